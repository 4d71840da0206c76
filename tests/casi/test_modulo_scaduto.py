"""A form whose token is no longer good: who typed it gets his words back, nobody else does, and nothing keeps them."""

import pytest

from casi.models import Bozza, PrimoAscolto
from tests.casi.canarini import heard, leaks
from tests.factories.catalogo import OperatoreFactory

pytestmark = pytest.mark.django_db
DA_NOI = {"Origin": "http://testserver"}
SCRITTO = {"racconto": "Canarino <b>mio</b>", "chiave": "segno-tecnico", "csrfmiddlewaretoken": "gettone-vecchio"}


@pytest.fixture
def browser(riservato):
    riservato.force_login(OperatoreFactory(ruolo="volontario_ascolto").utente)
    riservato.handler.enforce_csrf_checks = True
    return riservato


def test_words_come_back_to_who_typed_them_and_are_kept_nowhere(browser, caplog):
    answer = browser.post("/ascolti/nuovo/", SCRITTO, headers=DA_NOI)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert answer["Cache-Control"] == "no-store, private"
    assert "Il modulo è scaduto" in page
    assert "Canarino &lt;b&gt;mio&lt;/b&gt;</textarea>" in page
    assert 'href="/ascolti/nuovo/"' in page
    assert "segno-tecnico" not in page
    assert "gettone-vecchio" not in page
    assert not Bozza.objects.exists()
    assert not PrimoAscolto.objects.exists()
    assert leaks() == []
    assert not heard(caplog.text)
    assert not heard(browser.get("/ascolti/nuovo/").content.decode())


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


def test_form_for_everybody_gives_the_words_back_too(riservato):
    riservato.handler.enforce_csrf_checks = True
    answer = riservato.post("/chiedi-aiuto/", {"nome": "Parola mia"}, headers=DA_NOI)
    assert answer.status_code == 403
    assert "Parola mia" in answer.content.decode()


@pytest.mark.parametrize(
    ("lingua", "parole"),
    [
        ("it", ("Il modulo è scaduto", "Quello che hai scritto")),
        ("en", ("The form has expired", "What you wrote")),
        ("uk", ("Термін дії форми минув", "Що ви написали")),
        ("ar", ("انتهت صلاحية النموذج", "ما كتبته")),
    ],
)
@pytest.mark.parametrize("address", ["/chiedi-aiuto/", "/segnala/", "/chiedi-aiuto/ritira/"])
def test_form_for_everybody_speaks_the_language_it_was_read_in(riservato, address, lingua, parole):
    riservato.handler.enforce_csrf_checks = True
    for url, headers in ((f"{address}?lingua={lingua}", {}), (address, {"Accept-Language": lingua})):
        answer = riservato.post(url, {"nome": "Parola mia"}, headers={**DA_NOI, **headers})
        page = answer.content.decode()
        assert (answer.status_code, answer["Content-Language"]) == (403, lingua)
        assert all(f">{each}</h" in page for each in parole)
        assert f'lang="{lingua}"' in page
        assert f'href="{address}?lingua={lingua}"' in page
        assert "Parola mia" in page
