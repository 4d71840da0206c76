"""What a sheet shows besides its fields."""

from catalogo.models import LuogoPage, ServizioPage
from catalogo.templatetags.schede import arrivo, sezioni
from tests.factories.catalogo import ComuneFactory


def test_sezioni_keep_the_legal_order_and_skip_what_is_empty():
    scheda = ServizioPage(come_fare="<p>Vieni.</p>", per_chi="Tutti <3", tempi_e_scadenze="<p>Subito.</p>")
    found = sezioni(scheda)
    assert [sezione.gancio for sezione in found] == ["service-addressed", "service-how-to", "service-calendar-text"]
    assert found[0].testo == "<p>Tutti &lt;3</p>"


def test_arrivo_of_a_confidential_or_missing_place_is_empty():
    assert arrivo(None) == ""
    assert arrivo(LuogoPage(indirizzo_riservato=True, lat=1.0, lon=2.0)) == ""


def test_arrivo_prefers_coordinates_to_the_address():
    comune = ComuneFactory.build(nome="Borgo Uno")
    assert "mlat=43.5" in arrivo(LuogoPage(lat=43.5, lon=12.6, indirizzo="via A 1", comune=comune))
    assert "via+A+1%2C+Borgo+Uno" in arrivo(LuogoPage(indirizzo="via A 1", comune=comune))
    assert arrivo(LuogoPage()) == ""
