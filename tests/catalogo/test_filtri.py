"""Each filter alone, together, and whatever an address may hold."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogo.filtri import FiltroServizi
from catalogo.models import ServizioPage
from tests.factories.catalogo import (
    BisognoFactory,
    ComuneFactory,
    DestinatariFactory,
    EntePageFactory,
    ServizioPageFactory,
    TipoServizioFactory,
)
from tests.support.requests import page_request


def titles(**data: object) -> list[str]:
    filtro = FiltroServizi(page_request(**data).GET, queryset=ServizioPage.objects.in_catalogo().order_by("title"))
    return [page.title for page in filtro.qs]


@pytest.fixture
def due(db) -> tuple[ServizioPage, ServizioPage]:
    """Two services that share nothing."""
    mensa = ServizioPageFactory(
        title="Mensa della stazione",
        tipo=TipoServizioFactory(codice="mensa", nome="Mensa", bisogno=BisognoFactory(codice="mangiare")),
        destinatari=[DestinatariFactory(codice="adulti")],
        comune=ComuneFactory(nome="Forlì", codice_istat="800001"),
        gratuito=True,
    )
    doccia = ServizioPageFactory(
        title="Docce calde",
        tipo=TipoServizioFactory(codice="docce", nome="Docce", bisogno=BisognoFactory(codice="lavarsi")),
        destinatari=[DestinatariFactory(codice="famiglie")],
        comune=ComuneFactory(nome="Riva", codice_istat="800002"),
        gratuito=False,
    )
    return mensa, doccia


@pytest.mark.parametrize(
    "data",
    [
        {"bisogno": "mangiare"},
        {"tipo": "mensa"},
        {"per": "adulti"},
        {"comune": "800001"},
        {"gratuito": "on"},
        {"bisogno": "mangiare", "tipo": "mensa", "per": "adulti", "comune": "800001", "gratuito": "on"},
    ],
    ids=str,
)
def test_filter_keeps_only_what_it_says(due, data):
    assert titles(**data) == ["Mensa della stazione"]


def test_ente_keeps_the_services_of_that_body(due):
    mensa, _doccia = due
    assert titles(ente=mensa.ente_id) == [mensa.title]


def test_values_of_one_filter_add_up_and_filters_narrow(due):
    assert len(titles(tipo=["mensa", "docce"])) == 2
    assert titles(tipo=["mensa", "docce"], per="famiglie") == ["Docce calde"]
    assert titles(tipo="mensa", per="famiglie") == []


def test_need_is_found_by_the_kind_and_by_what_the_sheet_names(due):
    casa = BisognoFactory(codice="casa")
    sportello = ServizioPageFactory(title="Sportello", tipo__bisogno__codice="ascolto", bisogni=[casa])
    assert titles(bisogno="casa") == titles(bisogno="ascolto") == [sportello.title]


def test_service_with_two_chosen_values_is_listed_once(db):
    voices = DestinatariFactory.create_batch(2)
    ServizioPageFactory(destinatari=voices)
    assert len(titles(per=[voice.codice for voice in voices])) == 1


@pytest.mark.parametrize("name", ["bisogno", "tipo", "per", "comune", "ente", "ordina", "sconosciuto"])
def test_unknown_value_is_passed_over(due, name):
    assert len(titles(**{name: "non-esiste"})) == 2


def test_unknown_value_beside_a_known_one_leaves_it_in_force(due):
    assert titles(tipo=["non-esiste", "mensa"]) == ["Mensa della stazione"]


def test_switched_off_vocabulary_is_not_offered(due):
    mensa, _doccia = due
    type(mensa.tipo).objects.filter(pk=mensa.tipo.pk).update(attivo=False)
    offered = dict(FiltroServizi({}, queryset=ServizioPage.objects.in_catalogo()).form.fields["tipo"].choices)
    assert offered == {"docce": "Docce"}


def test_municipalities_and_bodies_are_offered_by_their_names(due):
    ComuneFactory(nome="Vuoto")
    EntePageFactory(ente__nome="Associazione con un nome lungo", ente__nome_breve="Ancl")
    fields = FiltroServizi({}, queryset=ServizioPage.objects.in_catalogo()).form.fields
    assert list(fields["comune"].choices) == [("800001", "Forlì (XX)"), ("800002", "Riva (XX)")]
    assert "Ancl" in dict(fields["ente"].choices).values()


def test_choices_speak_the_readers_language(due):
    from django.utils import translation

    mensa, _doccia = due
    type(mensa.tipo).objects.filter(pk=mensa.tipo.pk).update(traduzioni={"en": "Soup kitchen"})
    with translation.override("en"):
        offered = dict(FiltroServizi({}, queryset=ServizioPage.objects.in_catalogo()).form.fields["tipo"].choices)
    assert offered == {"docce": "Docce", "mensa": "Soup kitchen"}


@pytest.mark.parametrize("order", ["nome", "comune", "recenti", ""])
def test_order_is_total_and_loses_nothing(due, order):
    request = page_request(ordina=order)
    found = FiltroServizi(request.GET, queryset=ServizioPage.objects.in_catalogo().order_by("title", "pk")).qs
    assert found.ordered
    assert found.count() == 2
    if order != "recenti":
        assert [page.title for page in found] == (
            ["Docce calde", "Mensa della stazione"] if order != "comune" else ["Mensa della stazione", "Docce calde"]
        )


names = st.sampled_from([*FiltroServizi.base_filters, "pagina", "altro"])


@pytest.mark.matrice
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(names, st.text(max_size=200) | st.binary(max_size=50)), max_size=6))
def test_no_address_breaks_the_list(due, pairs):
    from catalogo.elenco import elenco_servizi

    query = "&".join(f"{name}={quote(value)}" for name, value in pairs)
    context = elenco_servizi(page_request(query=query), "it")
    assert 0 <= context["totale"] <= 2
    assert len(context["pagina"].object_list) <= 2
