"""An alert the person is not to learn of is in nothing she is handed: neither her copy, nor who has read what."""

import pytest
from django.utils import timezone

from casi.models import Registro
from casi.parole_estratto import MANCA
from casi.selectors.rapporto import accesses
from tests.casi.test_rapporto_senza_caso import handed, paper
from tests.casi.test_registro import voce
from tests.factories.casi import PersonaFactory, PrimoAscoltoFactory, SegnalazioneFactory
from tests.support.attori import attore_for
from tests.support.copie import copy_for
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
TACIUTE = ({"non_avvisata_perche": "Metterebbe qualcuno in pericolo."}, {"minori_a_rischio": True})
DETTE = ({}, {"minori_a_rischio": True, "avvisata_il": OGGI()})


def mentions(attore, caso, persona) -> dict[str, object]:
    """What the copy and the report of accesses say that comes from an alert."""
    made = copy_for(attore, caso.pk, persona=persona.pk)
    read = [each.ente for each in accesses(caso.pk)]
    return {
        "segnalazioni": made.dati["segnalazioni_di_altri"],
        "chi ha scritto": MANCA["chi_ha_scritto"] in made.dati["mancano"],
        "con altri": MANCA["ascolti_di_altri"] in made.dati["mancano"],
        "letta": "Chi Ha Letto" in read,
        "ascolto letto": "Chi Ha Ascoltato" in read,
    }


@pytest.mark.parametrize(("said", "there"), [(each, False) for each in TACIUTE] + [(each, True) for each in DETTE])
def test_case_says_nothing_of_an_alert_she_may_not_know_of(assistente, said, there):
    persona = PersonaFactory()
    caso = followed(assistente, persona)
    alert = SegnalazioneFactory(caso=caso, ente=assistente.ente, **said)
    heard = PrimoAscoltoFactory(operatore=assistente, caso=caso, segnalazione=alert, interlocutore="familiare")
    voce(oggetto="segnalazione", oggetto_id=alert.pk, azione="gestire_arrivi", ente_nome="Chi Ha Letto")
    voce(oggetto="primoascolto", oggetto_id=heard.pk, azione="scrivere_ascolto", ente_nome="Chi Ha Ascoltato")
    assert mentions(attore_for(assistente), caso, persona) == dict.fromkeys(
        ("segnalazioni", "chi ha scritto", "con altri", "letta", "ascolto letto"), there
    )


def test_conversation_with_herself_keeps_who_has_read_it(assistente):
    """She knows of it: only that it answered an alert is not for her."""
    persona = PersonaFactory()
    caso = followed(assistente, persona)
    alert = SegnalazioneFactory(caso=caso, ente=assistente.ente, **TACIUTE[0])
    heard = PrimoAscoltoFactory(operatore=assistente, caso=caso, segnalazione=alert)
    voce(oggetto="primoascolto", oggetto_id=heard.pk, azione="scrivere_ascolto", ente_nome="Chi Ha Ascoltato")
    said = mentions(attore_for(assistente), caso, persona)
    assert (said["ascolto letto"], said["con altri"], said["chi ha scritto"]) == (True, False, False)


@pytest.mark.parametrize("said", TACIUTE)
@pytest.mark.parametrize("of", ["segnalazioni", "ascolti"])
def test_there_is_no_paper_of_it_and_the_page_says_whom_to_ask(riservato, act_as, assistente, said, of):
    alert = SegnalazioneFactory(ente=assistente.ente, **said)
    heard = PrimoAscoltoFactory(operatore=assistente, segnalazione=alert, interlocutore="familiare")
    place = f"/arrivi/segnalazioni/{alert.pk}/" if of == "segnalazioni" else f"/ascolti/{heard.pk}/"
    act_as("riservato")
    riservato.force_login(assistente.utente)
    for response in (riservato.get(f"{place}copia/"), riservato.post(f"{place}copia/", {"lingua": "en"})):
        assert (response.status_code, response["Location"]) == (302, place)
    assert "Una copia le direbbe" in riservato.get(place).content.decode()
    assert set(Registro.objects.filter(finalita__startswith="rapporto_").values_list("esito", flat=True)) == {"negato"}


def test_paper_of_a_conversation_with_her_says_nothing_of_the_alert(riservato, act_as, assistente):
    alert = SegnalazioneFactory(ente=assistente.ente, **TACIUTE[0])
    heard = PrimoAscoltoFactory(operatore=assistente, segnalazione=alert)
    act_as("riservato")
    riservato.force_login(assistente.utente)
    said = handed(paper(riservato, f"/ascolti/{heard.pk}/copia/"))
    assert MANCA["chi_ha_scritto"] not in said
    assert MANCA["ascolti_di_altri"] not in said
