"""Every address of the reserved area with somebody who may open it, on the scene of the permission matrix."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings
from django.urls import reverse

from casi.models import PresaInCarico
from tests.casi.indirizzi import Indirizzo, client_for, indirizzi
from tests.casi.matrice import IN_GENERALE, puo
from tests.casi.scena import PERSONE, STATI, Scena, build
from tests.factories.casi import InformativaFactory, PrimoAscoltoFactory
from tests.support.processi import own_settings

FOUND, NOT_ALLOWED = 200, 405
# What a browser is never brought to: sent by a script, or a file that is saved.
SENZA_PAGINA = {"allegato", "avvisi_letti", "bozza", "bozza_su", "chiudi_emergenza", "stampa"}


@dataclass(frozen=True)
class Aperto:
    percorso: str
    biscotto: dict[str, str]  # the session's, by name


def opened(site_settings: dict[str, object], folder: Path) -> dict[str, Aperto]:
    """By the name of the address, for those that have a page; written for good in the database of the sites.

    In a thread of its own: the browser's loop makes Django refuse the database in the one of the tests.
    """
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(_opened, site_settings, folder).result()


def _opened(site_settings: dict[str, object], folder: Path) -> dict[str, Aperto]:
    own = own_settings("riservato")
    own["MIDDLEWARE"] = [each for each in own["MIDDLEWARE"] if "whitenoise" not in each]
    with override_settings(**own, **site_settings, RISERVATI=folder):
        scena = build()
        clients = {persona: client_for(scena, persona) for persona in scena.operatori}
        found = {each.nome: _first(each, scena, clients) for each in indirizzi()}
    connection.close()
    return {nome: each for nome, each in found.items() if each}


def _first(indirizzo: Indirizzo, scena: Scena, clients: dict) -> Aperto | None:
    """As the first who finds a page there; a step is offered in some states only."""
    for persona, url in _asked(indirizzo, scena):
        client = clients[persona]
        with closing(client.get(url)) as response:
            if response.status_code == NOT_ALLOWED or response.streaming:
                return None
            if response.status_code == FOUND:
                return Aperto(url, {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value})
    return None


def _asked(indirizzo: Indirizzo, scena: Scena) -> Iterator[tuple[str, str]]:
    """Who may, and what he asks for."""
    if indirizzo.nome in SU_MISURA:
        persona, pk = SU_MISURA[indirizzo.nome](scena)
        yield persona, reverse(f"casi:{indirizzo.nome}", args=[pk])
        return
    states = STATI if indirizzo.di_un_caso else (STATI[0],)
    for stato, persona in product(states, PERSONE):
        if puo(indirizzo.azione, persona, stato if indirizzo.di_un_caso else IN_GENERALE):
            yield persona, indirizzo.url(scena, persona, stato)


def _assigned(scena: Scena) -> tuple[str, UUID]:
    """A case that waits for somebody to accept it."""
    caso, persona = scena.casi["in_valutazione"], "as_stesso_ufficio"
    ours = {"assegnata_a": scena.operatori[persona], "assegnata_da": scena.operatori["coordinatore"]}
    return persona, PresaInCarico.objects.get_or_create(caso=caso, accettata_il=None, defaults=ours)[0].caso_id


def _proposed(scena: Scena) -> tuple[str, UUID]:
    """A conversation in which another body asks the lead one to take somebody on."""
    given = {"esito": "proposta", "informativa": InformativaFactory()}
    return "as_responsabile", PrimoAscoltoFactory(operatore=scena.operatori["volontario"], **given).pk


# Those about what the scene of the matrix has not: maker(scena) → who opens it, and which.
SU_MISURA: dict[str, Callable[[Scena], tuple[str, UUID]]] = {
    "accetta": _assigned,
    "rifiuta": _assigned,
    "ascolto_non_prendere": _proposed,
}
