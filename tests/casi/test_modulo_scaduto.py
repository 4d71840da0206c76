"""A form whose token is no longer good: who typed it gets his words back, nobody else does, and nothing keeps them."""

import re
import uuid
from html import unescape

import pytest

from casi.attore import SCELTA
from casi.models import Bozza, PrimoAscolto, Richiesta
from portal.utenti.models import Utente
from tests.casi.canarini import heard, leaks
from tests.factories.casi import PersonaFactory, PrimoAscoltoFactory
from tests.factories.catalogo import BisognoFactory, OperatoreFactory
from tests.support.incaricati import followed
from tests.support.percorso import voce

pytestmark = pytest.mark.django_db
DA_NOI = {"Origin": "http://testserver"}
SCRITTO = {"racconto": "Canarino <b>mio</b>", "chiave": "segno-tecnico", "csrfmiddlewaretoken": "gettone-vecchio"}


@pytest.fixture
def browser(riservato):
    riservato.force_login(OperatoreFactory(ruolo="volontario_ascolto").utente)
    riservato.handler.enforce_csrf_checks = True
    return riservato


def test_form_comes_back_with_the_words_in_their_place_and_nothing_keeps_them(browser, caplog):
    answer = browser.post("/ascolti/nuovo/", {**SCRITTO, "urgente": "on"}, headers=DA_NOI)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert answer["Cache-Control"] == "no-store, private"
    assert "Il modulo è scaduto" in page
    assert re.search(r'<textarea name="racconto"[^>]*>\s*Canarino &lt;b&gt;mio&lt;/b&gt;</textarea>', page)
    assert re.search(r'name="urgente"[^>]* checked', page)
    assert "segno-tecnico" not in page
    assert "gettone-vecchio" not in page
    assert not Bozza.objects.exists()
    assert not PrimoAscolto.objects.exists()
    assert leaks() == []
    assert not heard(caplog.text)
    assert not heard(browser.get("/ascolti/nuovo/").content.decode())


def test_form_that_came_back_is_sent_with_its_new_token(browser):
    BisognoFactory(codice="mangiare")
    typed = {**SCRITTO, "quando": "2026-03-01T10:00", "modalita": "telefono", "interlocutore": "persona"}
    typed |= {"bisogni": ["mangiare"], "risorse": "La sorella", "esito": "orientamento"}
    page = browser.post("/ascolti/nuovo/", typed, headers=DA_NOI).content.decode()
    new = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("csrfmiddlewaretoken", "chiave")}
    assert browser.post("/ascolti/nuovo/", {**typed, **new}, headers=DA_NOI).status_code == 302
    assert PrimoAscolto.objects.get().racconto == "Canarino <b>mio</b>"


def test_after_signing_in_again_the_form_is_there_with_all_that_was_typed(browser):
    """The session ends in the middle of a form: the page that says so opens it again, in the same words."""
    who = browser.session["_auth_user_id"]
    browser.logout()
    page = browser.post("/ascolti/nuovo/", {**SCRITTO, "urgente": "on"}, headers=DA_NOI).content.decode()
    assert "La sessione è scaduta" in page
    form = re.search(r'<form method="post" action="/ascolti/nuovo/">(.*?)</form>', page, re.DOTALL)[1]
    kept = {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}
    assert kept == {"racconto": "Canarino <b>mio</b>", "urgente": "on"}
    again = browser.post("/ascolti/nuovo/", kept, headers=DA_NOI)
    assert (again.status_code, "La sessione è scaduta" in again.content.decode()) == (401, True)
    browser.force_login(Utente.objects.get(pk=who))
    page = browser.post("/ascolti/nuovo/", kept, headers=DA_NOI).content.decode()
    assert re.search(r'<textarea name="racconto"[^>]*>\s*Canarino &lt;b&gt;mio&lt;/b&gt;</textarea>', page)
    assert not PrimoAscolto.objects.exists()


def resumed(answer) -> dict[str, list[str]]:
    """What «Riprendi il modulo» sends."""
    page = answer.content.decode().partition("Riprendi il modulo</button>")[0].rpartition("<form")[2]
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', page):
        sent.setdefault(name, []).append(unescape(value))
    return sent


def test_what_was_chosen_for_a_copy_is_chosen_still_after_confirming_who_one_is(riservato, confirmed):
    """Also against what the page proposes, and nothing of it is a text to copy."""
    sociale, lei = OperatoreFactory(ruolo="assistente_sociale"), PersonaFactory()
    caso = followed(sociale, lei)
    heard = PrimoAscoltoFactory(caso=caso, operatore=sociale)
    entries = [voce(caso, sociale, livello=3, testo="Parole") for _each in range(2)]
    riservato.force_login(sociale.utente)
    riservato.handler.enforce_csrf_checks = True
    address = f"/casi/{caso.pk}/estratto/"
    chosen = {
        "persona": [str(lei.pk)], "lingua": ["en"], "identita": ["on"], "voci": [str(entries[1].pk)],
        "contatto_sicuro": ["on"],
    }  # fmt: skip
    late = riservato.post(address, {**chosen, "chiave": uuid.uuid4()}, headers=DA_NOI)
    assert (late.status_code, told_to_copy(late), resumed(late)) == (401, [], chosen)
    confirmed()
    proposed = riservato.get(address).context["modulo"]
    assert proposed["racconti"].value() == [str(heard.pk)]
    again = riservato.post(address, resumed(late), headers=DA_NOI)
    modulo = again.context["modulo"]
    assert (again.status_code, modulo.scaduto) == (403, True)
    assert {name: modulo[name].value() for name in chosen} == {
        "persona": str(lei.pk), "lingua": "en", "identita": True, "voci": chosen["voci"], "contatto_sicuro": True,
    }  # fmt: skip
    assert modulo["racconti"].value() == []


@pytest.mark.parametrize("address", ["/registro/", "/registro/esporta/"])
def test_what_was_looked_for_in_the_register_is_in_its_form_again(riservato, dpo, confirmed, address):
    riservato.force_login(dpo.utente)
    confirmed()
    riservato.handler.enforce_csrf_checks = True
    asked = {"dal": "2026-03-01", "numero": "C-CANARI", "esito": "negato", "persona": "", "azione": "vedere_caso"}
    again = riservato.post(address, asked, headers=DA_NOI)
    modulo = again.context["modulo"]
    assert (again.status_code, modulo.scaduto, modulo.is_bound) == (403, True, False)
    assert {name: modulo[name].value() for name in asked} == asked
    assert "Il modulo è scaduto" in again.content.decode()
    assert not riservato.get(address).context["modulo"].scaduto


def told_to_copy(answer) -> list[str]:
    return re.findall(r'<textarea readonly[^>]*aria-labelledby="scritto">(.*?)</textarea>', answer.content.decode())


def test_words_to_copy_are_those_written_not_what_was_chosen_or_what_is_ours(browser):
    """The codes of what was chosen mean nothing to anybody, but they come back in the form."""
    chosen = {"modalita": "telefono", "bisogni": ["mangiare", "dormire"], "informativa": "7", "urgente": "on"}
    technical = {"versione": "3", "letto": "nuova", "mostrato": "b5c0", "avviso": "b5c1", "chiave": "b5c2"}
    written = {"racconto": "Canarino", "sigla": "on", "contatto": "telefono", "quando": "2026-03-01T10:00"}
    browser.logout()
    answer = browser.post("/ascolti/nuovo/", {**chosen, **technical, **written}, headers=DA_NOI)
    assert told_to_copy(answer) == ["Canarino", "on", "telefono"]
    page = answer.content.decode()
    for name, value in (("modalita", "telefono"), ("bisogni", "dormire"), ("informativa", "7"), ("urgente", "on")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_reason_that_is_written_in_one_form_and_chosen_in_another_is_told_only_if_written(browser):
    browser.logout()
    told = [
        told_to_copy(browser.post("/ascolti/nuovo/", {"motivo": motivo}, headers=DA_NOI))
        for motivo in ("parente", "La conosco da sempre")
    ]
    assert told == [[], ["La conosco da sempre"]]


def test_every_text_of_an_assessment_is_there_to_be_copied(browser):
    sent = {f"{area}_{parte}": f"{area} {parte}" for area in ("casa", "salute") for parte in ("bisogni", "risorse")}
    browser.logout()
    answer = browser.post(f"/casi/{uuid.uuid4()}/valutazione/scrivi/", sent, headers=DA_NOI)
    assert told_to_copy(answer) == list(sent.values())


def test_choice_alone_is_not_lost_by_who_has_not_chosen_the_body_yet(browser):
    who = Utente.objects.get(pk=browser.session["_auth_user_id"])
    OperatoreFactory(utente=who, ruolo="volontario_ascolto")
    browser.force_login(who)
    answer = browser.post("/ascolti/nuovo/", {"modalita": "telefono"}, headers=DA_NOI)
    assert (answer.status_code, told_to_copy(answer)) == (409, [])
    assert '<input type="hidden" name="modalita" value="telefono">' in answer.content.decode()
    browser.handler.enforce_csrf_checks = False
    assert browser.post("/ascolti/nuovo/", {"versione": "2", "chiave": "x"}, headers=DA_NOI).status_code == 302


def test_who_has_not_chosen_the_body_yet_is_asked_again_as_often_as_needed(browser):
    who = Utente.objects.get(pk=browser.session["_auth_user_id"])
    tie = OperatoreFactory(utente=who, ruolo="volontario_ascolto")
    browser.force_login(who)
    for _ in range(2):
        answer = browser.post("/ascolti/nuovo/", SCRITTO, headers=DA_NOI)
        assert (answer.status_code, "Prima scegli" in answer.content.decode()) == (409, True)
    session = browser.session
    session[SCELTA] = tie.pk
    session.save()
    page = browser.post("/ascolti/nuovo/", SCRITTO, headers=DA_NOI).content.decode()
    assert re.search(r'<textarea name="racconto"[^>]*>\s*Canarino &lt;b&gt;mio&lt;/b&gt;</textarea>', page)


def test_words_for_a_page_that_shows_no_form_are_there_to_be_copied(browser):
    answer = browser.post("/bozze/ascolto/", SCRITTO, headers=DA_NOI)
    assert answer.status_code == 403
    assert "Canarino &lt;b&gt;mio&lt;/b&gt;</textarea>" in answer.content.decode()
    assert not Bozza.objects.exists()


@pytest.mark.parametrize("origine", [{"Origin": "https://altrove.esempio"}, {"Origin": "null"}, {}])
def test_form_of_another_site_gets_no_words(browser, origine):
    answer = browser.post("/ascolti/nuovo/", SCRITTO, headers=origine)
    assert answer.status_code == 403
    assert not heard(answer.content.decode())


def test_password_is_not_given_back(riservato):
    riservato.handler.enforce_csrf_checks = True
    typed = {"login": "chi@esempio.it", "password": "parola-scritta"}
    answer = riservato.post("/accesso/login/", typed, headers=DA_NOI)
    assert answer.status_code == 403
    assert "parola-scritta" not in answer.content.decode()
    assert "chi@esempio.it" not in answer.content.decode()


@pytest.mark.parametrize(
    ("lingua", "parole"),
    [
        ("it", "Il modulo è scaduto"),
        ("en", "The form has expired"),
        ("uk", "Термін дії форми минув"),
        ("ar", "انتهت صلاحية النموذج"),
    ],
)
@pytest.mark.parametrize(("address", "campo"), [("/chiedi-aiuto/", "nome"), ("/segnala/", "zona")])
def test_form_for_everybody_comes_back_in_the_language_it_was_read_in(riservato, address, campo, lingua, parole):
    riservato.handler.enforce_csrf_checks = True
    for url, headers in ((f"{address}?lingua={lingua}", {}), (address, {"Accept-Language": lingua})):
        answer = riservato.post(url, {campo: "Parola mia"}, headers={**DA_NOI, **headers})
        page = answer.content.decode()
        assert (answer.status_code, answer["Content-Language"]) == (403, lingua)
        assert parole in page
        assert f'lang="{lingua}"' in page
        assert re.search(rf'name="{campo}" value="Parola mia"', page)
        elsewhere = riservato.post(url, {campo: "Parola mia"}, headers={"Origin": "null", **headers}).content.decode()
        assert parole in elsewhere
        assert f'href="{address}?lingua={lingua}"' in elsewhere
        assert "Parola mia" not in elsewhere
    assert not Richiesta.objects.exists()
