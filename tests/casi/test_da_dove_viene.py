"""What a request or an alert said stays with the case it became, for who assesses it; who wrote it, for its body."""

import pytest

from casi.models import Segnalazione
from casi.policies import arrivi_visibili
from casi.selectors.apertura import open_fonte
from casi.selectors.rapporto import accesses_before
from tests.factories.casi import CasoFactory, PrimoAscoltoFactory, RichiestaFactory, SegnalazioneFactory
from tests.factories.catalogo import AccordoFactory, EnteFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import ammesso, collega, followed, on_case, responsabile

pytestmark = pytest.mark.django_db
MODELLI = {"richiesta": RichiestaFactory, "segnalazione": SegnalazioneFactory}
DETTO = {
    "persona": "Canarino del terzo piano", "zona": "Canarino zona", "segnalante": "Canarino vicino",
    "segnalante_contatto": "Canarino recapito", "esito_nota": "Canarino nota",
}  # fmt: skip


@pytest.fixture
def caso():
    return CasoFactory(ente_titolare=AccordoFactory().capofila, stato="preso_in_carico")


def page_of(riservato, attore, caso) -> str:
    riservato.force_login(attore.operatore.utente)
    response = riservato.get(f"/casi/{caso.pk}/ascolti/")
    return response.content.decode() if response.status_code == 200 else ""


def test_alert_stays_readable_on_its_case_with_who_wrote_it(riservato, caso):
    SegnalazioneFactory(caso=caso, ente=caso.ente_titolare, minori_a_rischio=True, **DETTO)
    page = page_of(riservato, responsabile(caso), caso)
    assert all(word in page for word in DETTO.values())
    assert "Minori a rischio" in page
    assert "Urgente" not in page
    assert "non dire chi ha scritto" in page


def test_urgency_of_an_alert_is_told_at_the_desk_and_on_its_case(riservato, caso):
    reader, alert = responsabile(caso), SegnalazioneFactory(ente=caso.ente_titolare, urgente=True, **DETTO)
    riservato.force_login(reader.operatore.utente)
    assert "serve qualcuno nei prossimi giorni" in riservato.get(f"/arrivi/segnalazioni/{alert.pk}/").content.decode()
    alert.caso = caso
    alert.save()
    assert "serve qualcuno nei prossimi giorni" in page_of(riservato, reader, caso)


def test_request_stays_readable_on_its_case(riservato, caso):
    told = {"nome": "Canarino nome", "contatto": "Canarino numero", "contatto_sicuro": "Canarino di mattina"}
    RichiestaFactory(caso=caso, ente=caso.ente_titolare, per_conto=True, **told)
    page = page_of(riservato, responsabile(caso), caso)
    assert all(word in page for word in told.values())
    assert "per conto di un&#x27;altra persona" in page or "per conto di un'altra persona" in page


def test_who_wrote_an_alert_is_told_to_the_body_that_received_it_alone(riservato, caso):
    SegnalazioneFactory(caso=caso, ente=EnteFactory(), **DETTO)
    page = page_of(riservato, responsabile(caso), caso)
    assert "Canarino del terzo piano" in page
    assert "Canarino vicino" not in page
    assert "Canarino recapito" not in page
    assert "Canarino nota" not in page


def test_what_another_body_did_with_a_request_is_read_on_its_case(riservato, caso):
    RichiestaFactory(caso=caso, ente=EnteFactory(), esito_nota="Canarino nota")
    assert "Canarino nota" in page_of(riservato, responsabile(caso), caso)


def test_who_does_not_assess_the_case_reads_nothing_of_what_it_came_from(riservato, caso):
    SegnalazioneFactory(caso=caso, ente=caso.ente_titolare, **DETTO)
    RichiestaFactory(caso=caso, ente=caso.ente_titolare, nome="Canarino")
    here = on_case(caso, "collaboratore", ruolo="volontario_ascolto", ente=caso.ente_titolare)
    for attore in (here, ammesso(caso, "contatti")):
        assert "Canarino" not in page_of(riservato, attore, caso)
        assert not arrivi_visibili(attore, Segnalazione, dei_casi=True).exists()
    assert "Canarino" in page_of(riservato, collega(caso), caso)


def test_each_case_shows_its_own(riservato, caso):
    mine = responsabile(caso)
    SegnalazioneFactory(caso=followed(mine.operatore), ente=caso.ente_titolare, **DETTO)
    assert "Canarino" not in page_of(riservato, mine, caso)


def test_opening_form_shows_what_the_alert_said(riservato):
    sociale = OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)
    alert = SegnalazioneFactory(ente=sociale.ente, **DETTO)
    heard = PrimoAscoltoFactory(operatore=sociale, segnalazione=alert)
    riservato.force_login(sociale.utente)
    for address in (f"/arrivi/segnalazioni/{alert.pk}/apri/", f"/ascolti/{heard.pk}/apri/"):
        page = riservato.get(address).content.decode()
        assert "Canarino del terzo piano" in page
        assert "Canarino zona" in page
        assert "Canarino vicino" not in page


@pytest.mark.parametrize(
    ("canale", "field"), [("telefono", "telefono"), ("email", "email"), ("di_persona", "contatto_sicuro")]
)
def test_contact_goes_where_it_belongs(canale, field):
    sociale = OperatoreFactory(ruolo="assistente_sociale")
    asked = {"canale": canale, "contatto": "Canarino", "contatto_sicuro": "Di mattina"}
    noto = open_fonte(attore_for(sociale), "richiesta", RichiestaFactory(ente=sociale.ente, **asked).pk).noto
    assert "Canarino" in noto[field]
    assert "Di mattina" in noto["contatto_sicuro"]
    assert [name for name, value in noto.items() if "Canarino" in str(value)] == [field]


def test_warnings_on_how_to_reach_her_are_all_there_when_a_case_opens():
    """From the request and from the conversation: the second does not take the first one's place."""
    sociale = OperatoreFactory(ruolo="assistente_sociale")
    richiesta = RichiestaFactory(ente=sociale.ente, contatto_sicuro="Mai messaggi: li legge lui")
    for said, known in (
        ("Solo di mattina", "Mai messaggi: li legge lui\nSolo di mattina"),
        ("Mai messaggi: li legge lui", "Mai messaggi: li legge lui"),
        ("", "Mai messaggi: li legge lui"),
    ):
        heard = PrimoAscoltoFactory(operatore=sociale, richiesta=richiesta, contatto_sicuro=said)
        assert open_fonte(attore_for(sociale), "ascolto", heard.pk).noto["contatto_sicuro"] == known


@pytest.mark.parametrize("tipo", ["richiesta", "segnalazione"])
def test_arrival_read_while_a_case_is_opened_from_its_conversation_is_told_as_read(riservato, act_as, tipo):
    sociale = OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)
    mine, other = (MODELLI[tipo](ente=sociale.ente) for _each in range(2))
    ascolto = PrimoAscoltoFactory(operatore=sociale, **{tipo: mine})
    riservato.force_login(sociale.utente)
    act_as("riservato")
    assert riservato.get(f"/ascolti/{ascolto.pk}/apri/").status_code == 200
    told = [[str(each.fatto) for each in accesses_before(row.pk)] for row in (mine, other)]
    assert told == [["Ha lavorato al percorso"], []]
