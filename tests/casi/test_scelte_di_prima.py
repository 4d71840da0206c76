"""Who corrects a record loses nothing that was chosen when it still could be."""

from datetime import date

import pytest

from casi.models import PrimoAscolto, Residenza
from tests.factories.casi import PersonaFactory, PrimoAscoltoFactory
from tests.factories.catalogo import BisognoFactory, ComuneFactory, OperatoreFactory
from tests.support.incaricati import followed

from .test_ascolti import told
from .test_persone import sent

pytestmark = pytest.mark.django_db


def test_need_that_is_offered_no_more_stays_in_a_conversation_and_in_what_follows_it(riservato):
    volontario = OperatoreFactory(ruolo="volontario_ascolto")
    BisognoFactory(codice="mangiare")
    BisognoFactory(codice="vecchio", nome="Pagare il riscaldamento", attivo=False)
    ascolto = PrimoAscoltoFactory(operatore=volontario, bisogni=["vecchio"])
    riservato.force_login(volontario.utente)
    assert "riscaldamento" not in riservato.get("/ascolti/nuovo/").content.decode()
    for tail, more in (("correggi/", {"versione": 1}), ("seguito/", {})):
        address = f"/ascolti/{ascolto.pk}/{tail}"
        assert "Pagare il riscaldamento" in riservato.get(address).content.decode()
        assert riservato.post(address, told(bisogni=["vecchio", "mangiare"], **more)).status_code == 302
    assert list(PrimoAscolto.objects.values_list("bisogni", flat=True)) == [["vecchio", "mangiare"]] * 2


def test_municipality_where_no_body_is_any_more_stays_in_a_home(riservato):
    sociale, ada, lontano = OperatoreFactory(ruolo="assistente_sociale"), PersonaFactory(), ComuneFactory()
    caso = followed(sociale, ada)
    home = Residenza.objects.create(persona=ada, tipo="domicilio", comune=lontano, dal=date(2026, 1, 1))
    riservato.force_login(sociale.utente)
    here = f"/casi/{caso.pk}/persone/{ada.pk}/residenza/"
    assert lontano.nome not in riservato.get(here).content.decode()
    assert lontano.nome in riservato.get(f"{here}{home.pk}/").content.decode()
    right = {"tipo": "domicilio", "indirizzo": "Via Nuova 1", "comune": lontano.pk, "dal": "2026-01-01", "versione": 1}
    assert riservato.post(f"{here}{home.pk}/", sent(**right)).status_code == 302
    home.refresh_from_db()
    assert (home.indirizzo, home.comune) == ("Via Nuova 1", lontano)
