"""T1 and T3: no address of Wagtail's admin says a word of a case, to nobody but a superuser who may enter it or knock.

Everybody of the sweep is also assigned to the canaries' case: what he may read in the area, the admin does not say.
"""

from collections.abc import Callable, Iterator
from functools import wraps

import pytest
from django.http import HttpResponse, HttpResponseForbidden

from casi.ruoli import RUOLI
from catalogo.models import Operatore
from catalogo.redazione.recinto import Recinto
from home.demo.persone import AMMINISTRAZIONE, group
from portal.utenti.models import Utente
from tests.catalogo.scena import Scena, entra, redattrice, values_of
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import UtenteFactory
from tests.support.amministrazione import admin_addresses, filled
from tests.support.html import StrictClient
from tests.support.incaricati import incarica

from .canarini import SPECIE, Voliera, heard, leaks

pytestmark = [pytest.mark.django_db, pytest.mark.matrice]
FUGA = f"{SPECIE}999"
RADICE = "/amministrazione/"


@pytest.fixture
def redazione() -> Scena:
    """Pages, files, translations and edits in waiting, so that the addresses of the admin lead somewhere."""
    return Scena()


@pytest.fixture
def voliera(redazione) -> Voliera:
    return Voliera()


def gestore() -> Utente:
    """Who manages accounts."""
    utente = UtenteFactory()
    utente.groups.add(group(AMMINISTRAZIONE))
    return utente


ENTRANO: dict[str, Callable[[Scena], Utente]] = {
    "referente": lambda redazione: redazione.referente,
    "redattrice": lambda redazione: redattrice(),
    "gestore": lambda redazione: gestore(),
}
BUSSANO: dict[str, Callable[[Scena], Utente]] = {
    ruolo: lambda redazione, ruolo=ruolo: OperatoreFactory(ente=redazione.aurora.ente, ruolo=ruolo).utente
    for ruolo in RUOLI
    if ruolo != "referente"
}
TUTTI = ENTRANO | BUSSANO


def signed_in(redazione: Scena, voliera: Voliera, chi: str) -> StrictClient:
    """As `chi`, with both factors, and assigned to the canaries' case."""
    utente = TUTTI[chi](redazione)
    tie = Operatore.objects.filter(utente=utente).first() or OperatoreFactory(utente=utente, ruolo="assistente_sociale")
    incarica(voliera.rows["Caso"], tie)
    return entra(StrictClient(raise_request_exception=False), utente)


def addresses(redazione: Scena, voliera: Voliera) -> list[str]:
    """Of the whole admin; arguments name what there is in it, an account, and the rows of the canaries."""
    values = values_of(redazione)
    values["app"] += ["casi"]
    values["model"] += ["caso", "persona"]
    values["other"] += [redazione.referente.pk, voliera.rows["Caso"].pk, voliera.rows["Persona"].pk]
    made = (url for route, name in admin_addresses() for url in filled(route, name, values, redazione.propria.pk))
    return list(dict.fromkeys(made))


def sweep(client: StrictClient, urls: list[str]) -> Iterator[tuple[str, int]]:
    """Addresses whose answer has a canary in its status line, headers or body, with its status."""
    answers = ((url, client.get(url)) for url in urls)
    return ((url, answer.status_code) for url, answer in answers if heard(told(answer)))


def told(answer: HttpResponse) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.reason_phrase} {answer.headers} {answer.cookies} {body.decode(errors='replace')}"


@pytest.mark.parametrize("chi", TUTTI)
def test_no_address_of_the_admin_says_a_word_of_a_case(redazione, voliera, chi):
    client, urls = signed_in(redazione, voliera, chi), addresses(redazione, voliera)
    assert client.get(RADICE).status_code == (200 if chi in ENTRANO else 403)
    assert len(urls) > 500
    assert list(sweep(client, urls)) == []
    assert leaks() == []


def in_title(redazione: Scena) -> None:
    redazione.propria.title = FUGA
    redazione.propria.save_revision()


def in_account(redazione: Scena) -> None:
    Utente.objects.filter(pk=redazione.altro_referente.pk).update(last_name=FUGA)


@pytest.mark.parametrize(("chi", "plant"), [("referente", in_title), ("redattrice", in_title), ("gestore", in_account)])
def test_planted_leak_in_the_admin_is_heard(redazione, voliera, chi, plant):
    """A word of a case copied into the title of a page, or into the name of an account."""
    client = signed_in(redazione, voliera, chi)
    plant(redazione)
    assert any(sweep(client, addresses(redazione, voliera)))


REFUSALS = {
    "body": lambda word: HttpResponseForbidden(f"Non puoi: {word}"),
    "header": lambda word: HttpResponseForbidden(headers={"X-Caso": word}),
    "status": lambda word: HttpResponseForbidden(reason=word),
}


@pytest.mark.parametrize("where", REFUSALS)
def test_planted_leak_in_the_refusal_is_heard(redazione, voliera, monkeypatch, where):
    """The fence tells who knocks which case he has."""
    client, urls = signed_in(redazione, voliera, "assistente_sociale"), addresses(redazione, voliera)

    @wraps(Recinto.process_view)
    def talkative(self, request, view, args, kwargs):
        return REFUSALS[where](voliera.rows["Persona"].cognome)

    monkeypatch.setattr(Recinto, "process_view", talkative)
    assert len(list(sweep(client, urls[:5]))) == 5
