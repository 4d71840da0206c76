"""Who has only a request or a conversation is told as much as who has a case: what is kept of her, who has read it."""

import pytest
from django.utils.html import escape
from django.utils.timezone import localdate

from casi.errori import Assente
from casi.models import Registro
from casi.selectors import rapporto_arrivi
from casi.selectors.rapporto import in_which
from tests.casi.test_registro import voce
from tests.factories.casi import (
    PrimoAscoltoFactory,
    RichiestaFactory,
    SegnalazioneFactory,
)
from tests.factories.catalogo import BisognoFactory, ComuneFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed
from tests.support.scarti import lead

pytestmark = pytest.mark.django_db
CHI = {"nome": "Zoraide", "contatto": "0000 111222", "contatto_sicuro": "Mai di sera"}
ALTRUI = {"segnalante": "Ermenegildo", "segnalante_contatto": "0000 999888", "zona": "Vicolo Storto"}


@pytest.fixture
def volontario(assistente):
    return OperatoreFactory(ente=assistente.ente, ruolo="volontario_ascolto", utente__last_name="Cognomesegreto")


def paper(riservato, address: str, **sent: str) -> str:
    response = riservato.post(address, sent) if sent else riservato.get(address)
    assert response.status_code == 200
    return response.content.decode()


def handed(page: str) -> str:
    """What is printed."""
    return page.split('class="rapporto"')[1].split("</section>", maxsplit=1)[0]


def test_request_tells_what_she_wrote_and_who_read_it(riservato, act_as, volontario):
    BisognoFactory(codice="casa", nome="Un tetto")
    row = RichiestaFactory(
        ente=volontario.ente, bisogni=["casa"], esito_nota="Richiamata.", comune=ComuneFactory(nome="Borgo"),
        lingua="uk", interprete=True, canale="messaggio", **CHI,
    )  # fmt: skip
    base = {"oggetto": "richiesta", "oggetto_id": row.pk, "azione": "gestire_arrivi"}
    voce(**base, ente_nome="Primo Ente", ruolo="referente")
    voce(**base, ente_nome="Respinto", esito="negato")
    voce(**base | {"oggetto_id": RichiestaFactory().pk}, ente_nome="Altrove")
    act_as("riservato")
    riservato.force_login(volontario.utente)
    page = paper(riservato, f"/arrivi/richieste/{row.pk}/copia/", lingua="it")
    said = handed(page)
    for word in (
        "Zoraide", "0000 111222", "Un tetto", row.codice, "Primo Ente · Referente", escape("12 mesi dall'arrivo"),
        "Alcune note", "Borgo", "Українська", "(serve un interprete)", "Messaggio", "Dal sito", "reclamo al Garante",
    ):  # fmt: skip
        assert word in said
    for word in ("Respinto", "Altrove", "Mai di sera", "Cognomesegreto</td>"):
        assert word not in said
    line = Registro.objects.first()
    assert (line.azione, line.finalita, line.oggetto_id) == ("gestire_arrivi", "rapporto_it", row.pk)


def test_who_reported_is_never_on_the_paper(riservato, act_as, assistente):
    row = SegnalazioneFactory(
        ente=assistente.ente,
        persona="Il signore del quarto piano",
        minori_a_rischio=True,
        avvisata_il=localdate(),
        **ALTRUI,
    )
    heard = PrimoAscoltoFactory(
        operatore=assistente, segnalazione=row, racconto="Me l'ha detto Ermenegildo", nome="X-Y"
    )
    act_as("riservato")
    riservato.force_login(assistente.utente)
    for address in (f"/arrivi/segnalazioni/{row.pk}/copia/", f"/ascolti/{heard.pk}/copia/"):
        said = handed(paper(riservato, address))
        for word in ("Ermenegildo", "0000 999888", "Vicolo Storto", "quarto piano", "Vicino", "X-Y"):
            assert word not in said
        assert "Chi ha segnalato o chiesto aiuto per te, e con quali parole." in said


@pytest.mark.parametrize("others", [{"per_conto": True}, {"interlocutore": "familiare"}])
def test_what_others_said_for_her_is_theirs(riservato, act_as, assistente, others):
    if "per_conto" in others:
        row, place = RichiestaFactory(ente=assistente.ente, **CHI, **others), "arrivi/richieste"
    else:
        row, place = (
            PrimoAscoltoFactory(operatore=assistente, luogo="Dal genero", racconto="Il genero", **CHI, **others),
            "ascolti",
        )
    act_as("riservato")
    riservato.force_login(assistente.utente)
    said = handed(paper(riservato, f"/{place}/{row.pk}/copia/"))
    assert not any(word in said for word in ("Zoraide", "0000 111222", "genero"))


def test_conversation_goes_with_or_without_what_she_told(riservato, act_as, volontario):
    row = PrimoAscoltoFactory(
        operatore=volontario, luogo="Al mercato", racconto="Mio cognato Oscar", risorse="Il forno", **CHI
    )
    act_as("riservato")
    riservato.force_login(volontario.utente)
    address = f"/ascolti/{row.pk}/copia/"
    for sent, there in (({}, True), ({"lingua": "en"}, True), ({"lingua": "it", "senza_racconto": "1"}, False)):
        said = handed(paper(riservato, address, **sent))
        words = ("Al mercato", "Oscar", "Il forno", "Zoraide")
        assert [word in said for word in words] == [there, there, there, True]
    assert "Alcuni ascolti o valutazioni." in said


@pytest.mark.parametrize(
    ("lingua", "verso", "kept"), [("en", "ltr", "English"), ("uk", "ltr", "ucraino"), ("ar", "rtl", "ar")]
)
def test_paper_opens_in_her_language_and_speaks_the_one_asked_for(riservato, act_as, assistente, lingua, verso, kept):
    row = RichiestaFactory(ente=assistente.ente, lingua=kept)
    heard = PrimoAscoltoFactory(operatore=assistente, richiesta=row)
    act_as("riservato")
    riservato.force_login(assistente.utente)
    for address in (f"/arrivi/richieste/{row.pk}/copia/", f"/ascolti/{heard.pk}/copia/"):
        page = paper(riservato, address)
        assert f'lang="{lingua}" dir="{verso}"' in page
        assert "Chi ha visto i tuoi dati" not in handed(page)
        assert 'lang="it" dir="ltr"' in paper(riservato, address, lingua="it")
    assert Registro.objects.filter(finalita=f"rapporto_{lingua}").count() == 2


def test_language_nobody_knows_or_the_paper_does_not_speak_is_italian():
    assert [in_which(each) for each in ("", "albanese", "wolof e francese", "Italiano", " UCRAINO ")] == [
        "it", "it", "it", "it", "uk",
    ]  # fmt: skip
    assert rapporto_arrivi.spoken(None) == "it"


def test_paper_is_for_who_may_read_the_thing(assistente, volontario, coordinatrice):
    asked, minors = (
        RichiestaFactory(ente=assistente.ente),
        SegnalazioneFactory(ente=assistente.ente, minori_a_rischio=True),
    )
    theirs = PrimoAscoltoFactory(esito="proposta", operatore=OperatoreFactory(ruolo="volontario_ascolto"))
    stranger = OperatoreFactory(ruolo="assistente_sociale")
    rows = (
        (stranger, rapporto_arrivi.open_arrivo, ("richiesta", asked.pk)),
        (coordinatrice, rapporto_arrivi.open_arrivo, ("richiesta", asked.pk)),
        (volontario, rapporto_arrivi.open_arrivo, ("segnalazione", minors.pk)),
        (lead(theirs.operatore, "assistente_sociale"), rapporto_arrivi.open_ascolto, (theirs.pk,)),
    )
    for who, opens, args in rows:
        with pytest.raises(Assente):
            opens(attore_for(who), *args)
    assert Registro.objects.filter(finalita="rapporto_it", esito="negato").count() == len(rows)
    assert rapporto_arrivi.open_arrivo(attore_for(volontario), "richiesta", asked.pk).riga == asked


def test_request_of_a_case_has_its_report_there(riservato, assistente):
    caso = followed(assistente)
    row = RichiestaFactory(ente=assistente.ente, caso=caso)
    riservato.force_login(assistente.utente)
    assert riservato.get(f"/arrivi/richieste/{row.pk}/copia/").status_code == 404


def test_paper_costs_the_same_with_one_reading_and_with_twenty(riservato, assistente, django_assert_max_num_queries):
    row = RichiestaFactory(ente=assistente.ente)
    riservato.force_login(assistente.utente)
    address = f"/arrivi/richieste/{row.pk}/copia/"
    riservato.get(address)
    with django_assert_max_num_queries(12) as few:
        riservato.get(address)
    for _each in range(20):
        voce(oggetto="richiesta", oggetto_id=row.pk, azione="gestire_arrivi")
    with django_assert_max_num_queries(len(few.captured_queries)):
        riservato.get(address)
