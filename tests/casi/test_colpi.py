"""Every address of the reserved site, struck as no page of ours would: it answers calmly, loses and leaks nothing.

Which addresses, whose, and with which fields is read from the resolver, from the pages themselves and from what their
views ask of a request: a new address, or a new field, is struck from the day it is there.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module

import pytest
from django.urls import get_resolver

from casi.checks import flat, is_public
from casi.models import Operazione
from tests.factories.catalogo import OperatoreFactory
from tests.support.html import StrictClient
from tests.support.undone import undone

from .canarini import Voliera
from .colpi import Arco, defences, form, form_of, forms, overheard, queries, said_by
from .indirizzi import Indirizzo, ask, indirizzi
from .moduli_letti import Modulo, Pagina
from .scena import PERSONE, STATI
from .test_matrice_indirizzi import ORDINARIO, _reserved, clienti, entitled, methods  # noqa: F401 - the fixtures

pytestmark = pytest.mark.matrice
PUBBLICI = [each for each in flat(import_module("casi.urls").urlpatterns) if is_public(each)]
ACCESSO = sorted(
    f"/{rotta}"
    for nome, vie in get_resolver("portal.urls.riservato").reverse_dict.lists()
    for [(rotta, argomenti)], *_rest in vie
    if isinstance(nome, str) and not argomenti
)
CHIAVE = re.compile("<(uuid|opaco):")
UNA_CHIAVE = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DI_NIENTE = (
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "c232ab00-9414-11ec-b3c8-9f6bdeced846",  # of a clock
    "a3bb189e-8bf9-3888-9912-ace4e6543002",  # of a name
    "01890a5d-ac96-774b-bcce-b302099a8057",  # of a moment
)
FUORI = ("/ascolti/nuovo/", "/non-esiste/", *ACCESSO)  # where somebody who has not signed in may knock
TUTTI = [*indirizzi(), *(f"/{each.pattern}" for each in PUBBLICI), *FUORI]


def names(each: object) -> str:
    return each.nome if isinstance(each, Indirizzo) else str(each)


@pytest.fixture(scope="module")
def altrui(scena, django_db_blocker) -> Iterator[str]:
    """The key of a case, and of a form that was sent, of somebody whom nobody of the scene works with: full of
    canaries, as is a row of each kind of his."""
    with django_db_blocker.unblock(), undone():
        caso = Voliera().rows["Caso"]
        Operazione.objects.create(chiave=caso.pk, operatore=OperatoreFactory(), destinazione="/di-altri/")
        yield str(caso.pk)


@dataclass(frozen=True)
class Bersaglio:
    url: str
    client: StrictClient
    metodi: set[str]
    turno: int


@pytest.fixture
def bersaglio(request, scena, clienti, altrui) -> Bersaglio:  # noqa: F811
    """The address as somebody may open it, on a case in a state in which it shows its form if there is one."""
    indirizzo = request.param
    turno = TUTTI.index(indirizzo)
    if not isinstance(indirizzo, Indirizzo):
        return Bersaglio(indirizzo, clienti["anonimo"], {"GET", "POST"}, turno)
    found = None
    for persona, stato in who_may(indirizzo):
        url = indirizzo.url(scena, persona, stato)
        found = found or Bersaglio(url, clienti[persona], methods(clienti, url), turno)
        if found.metodi & {"GET", "POST"} != {"GET", "POST"} or shows_a_form(clienti[persona], url):
            return Bersaglio(url, clienti[persona], found.metodi, turno)
    return found


def who_may(indirizzo: Indirizzo) -> list[tuple[str, str]]:
    """Somebody for each state of a case in which there is somebody."""
    stati = STATI[:-1] if indirizzo.di_un_caso else (ORDINARIO,)
    found = [(next((who for who in PERSONE if entitled(indirizzo, who, stato)), ""), stato) for stato in stati]
    return [pair for pair in found if pair[0]] or [("as_responsabile", ORDINARIO)]


def shows_a_form(client: StrictClient, url: str) -> bool:
    with undone():
        return Pagina(said_by(client.get(url))).del_modulo(url) is not None


@pytest.fixture
def arco(bersaglio, difese) -> Arco:
    return Arco(bersaglio.client, difese)


@pytest.fixture
def difese(clienti) -> dict[str, str]:  # noqa: F811
    """The headers of a page that is well."""
    with undone():
        return defences(clienti["as_responsabile"].get("/"))


@pytest.mark.parametrize("bersaglio", TUTTI, ids=names, indirect=True)
def test_query_that_no_page_leads_to_is_answered_calmly(bersaglio, arco, altrui, monkeypatch):
    if "GET" not in bersaglio.metodi:
        return
    with undone(), overheard(monkeypatch) as asked:
        page = said_by(bersaglio.client.get(bersaglio.url))
    colpi = queries(bersaglio.url, asked | Pagina(page).chieste, altrui, bersaglio.turno)
    assert not (wrong := arco.colpisci(colpi)), "\n".join(wrong)


@pytest.mark.parametrize("bersaglio", TUTTI, ids=names, indirect=True)
def test_form_that_nobody_would_fill_so_is_answered_calmly(bersaglio, arco, altrui, monkeypatch):
    if "POST" not in bersaglio.metodi:
        return
    modulo = form_at(bersaglio, monkeypatch)
    colpi = forms(bersaglio.url, modulo, altrui, bersaglio.turno)
    assert not (wrong := arco.colpisci(colpi)), "\n".join(wrong)


def form_at(bersaglio: Bersaglio, monkeypatch) -> Modulo:
    """The form of the page, and whatever else its view asks for when it comes empty, and filled."""
    url, client = bersaglio.url, bersaglio.client
    with undone():
        html = said_by(client.get(url))
    with undone(), overheard(monkeypatch) as asked:
        client.post(url, {})
    with undone(), overheard(monkeypatch) as more:
        client.post(url, form_of(html, url, set()).riempito())
    return form_of(html, url, asked | more)


@pytest.mark.parametrize("bersaglio", [each for each in TUTTI if each not in FUORI], ids=names, indirect=True)
def test_form_without_its_token_does_nothing_and_gives_its_words_back(bersaglio, arco, monkeypatch):
    if "POST" not in bersaglio.metodi:
        return
    modulo = form_at(bersaglio, monkeypatch)
    monkeypatch.setattr(bersaglio.client.handler, "enforce_csrf_checks", True)
    late = replace(form("senza gettone", bersaglio.url, modulo, modulo.riempito()), attesi=frozenset({403}))
    assert arco.colpisci([late]) == []


@pytest.mark.parametrize("indirizzo", [each for each in indirizzi() if CHIAVE.search(each.rotta)], ids=names)
def test_forged_key_is_answered_as_one_of_nothing(scena, clienti, indirizzo):  # noqa: F811
    """By who may open what is there: other kinds of keys, the true one written otherwise."""
    persona, stato = who_may(indirizzo)[0]
    url, client = indirizzo.url(scena, persona, stato), clienti[persona]
    metodo = "GET" if "GET" in methods(clienti, url) else "POST"
    with undone():
        nowhere = ask(client, "GET", "/non-esiste/")[0]
    for found in UNA_CHIAVE.finditer(url):
        before, after = url[: found.start()], url[found.end() :]
        with undone():
            nothing = ask(client, metodo, f"{before}{uuid.uuid4()}{after}")[0]
        for key in {*DI_NIENTE, *otherwise(found.group())} - {found.group()}:
            with undone():
                answer = ask(client, metodo, f"{before}{key}{after}")[0]
            assert answer == (nothing if key in DI_NIENTE else nowhere), key


def otherwise(key: str) -> list[str]:
    return [key.upper(), key.replace("-", ""), f"{{{key}}}", f"urn:uuid:{key}", f"{key}%00", f"%20{key}", f"%ff{key}"]
