"""All that the page of results shows around its rows: groups of filters, chips, links, ways out of an empty answer."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogo.elenco import Chip
from catalogo.scelte import scelte
from search import query
from search.etichette import etichette
from search.modulo import SPUNTE, Richiesta
from search.tipi import PER_PAGINA, Faccetta, Filtri, Ordine, Risultati, Risultato

GRUPPI: dict[str, str | Promise] = {
    "bisogno": gettext_lazy("Di cosa hai bisogno"),
    "per": gettext_lazy("Per chi"),
    "comune": gettext_lazy("Comune"),
    "tipo": gettext_lazy("Tipo di servizio"),
    "accesso": gettext_lazy("Come si entra"),
    "ente": gettext_lazy("Ente"),
    "genere": gettext_lazy("Che cosa mostrare"),
}
ORDINI: dict[Ordine, str | Promise] = {
    Ordine.RILEVANZA: gettext_lazy("Più pertinenti"),
    Ordine.NOME: gettext_lazy("Nome"),
    Ordine.DISTANZA: gettext_lazy("Più vicini"),
}
ALTROVE = 3  # results offered from elsewhere when there is none here


@dataclass(frozen=True)
class Gruppo:
    """A group of boxes to tick."""

    nome: str
    titolo: str | Promise
    voci: list[Faccetta]
    aperto: bool


@dataclass(frozen=True)
class Altrove:
    """What there is outside the filters that left nothing: a title that says where, and the address of all of it."""

    titolo: str
    righe: list[Risultato]
    totale: int
    query: str


def rispondi(richiesta: Richiesta, lingua: str) -> tuple[Richiesta, Risultati]:
    """The answer, and the question as far as it made sense: a filter nobody knows (any more) is passed over."""
    understood = richiesta.senza(_unknown(richiesta, lingua))
    found = query.cerca(understood.testo, lingua=lingua, filtri=understood.filtri, pagina=understood.pagina)
    return understood, found


def _unknown(richiesta: Richiesta, lingua: str) -> set[tuple[str, str]]:
    """The choices that have no name."""
    codes: dict[str, set[str]] = {}
    for name, code in richiesta.scelte:
        if name not in SPUNTE:
            codes.setdefault(name, set()).add(code)
    names = etichette(codes, lingua) if codes else {}
    return {(name, code) for name, asked in codes.items() for code in asked if code not in names[name]}


def contesto(richiesta: Richiesta, risultati: Risultati, lingua: str) -> dict[str, object]:
    comuni = scelte()["comune"]
    return {
        "richiesta": richiesta,
        "risultati": risultati,
        "totale": risultati.totale,
        "pagina": _page(risultati),
        "gruppi": _groups(risultati),
        "spunte": [voce for name in SPUNTE for voce in _tick(name, risultati)],
        "chips": _chips(richiesta, risultati, dict(comuni)),
        "query": urlencode(richiesta.coppie),
        "senza_filtri": urlencode([("q", richiesta.testo)] if richiesta.testo else []),
        "forse": urlencode([("q", risultati.forse), *richiesta.scelte]) if risultati.forse else "",
        "ordini": [(each.value, label) for each, label in ORDINI.items()],
        "comuni": comuni,
        "altrove": None if risultati.totale else altrove(richiesta, risultati, lingua, dict(comuni)),
    }


def _page(risultati: Risultati) -> Page:
    return Paginator(range(risultati.totale), PER_PAGINA).get_page(risultati.pagina)


def _groups(risultati: Risultati) -> list[Gruppo]:
    found = []
    for name, title in GRUPPI.items():
        voci = [voce for voce in risultati.faccette.get(name, []) if voce.numero or voce.scelta]
        if voci:
            is_open = name == "bisogno" or any(voce.scelta for voce in voci)
            found.append(Gruppo(name, title, voci, is_open))
    return found


def _tick(name: str, risultati: Risultati) -> list[tuple[str, Faccetta]]:
    return [(name, voce) for voce in risultati.faccette.get(name, []) if voce.numero or voce.scelta]


def _chips(richiesta: Richiesta, risultati: Risultati, comuni: dict[str, str]) -> list[Chip]:
    labels = {(name, voce.valore): voce.etichetta for name, voci in risultati.faccette.items() for voce in voci}
    labels |= {(name, "on"): labels.get((name, "1"), "") for name in SPUNTE}
    pairs = richiesta.coppie
    chips = [
        Chip(labels.get(pair, pair[1]), urlencode([each for each in pairs if each != pair]))
        for pair in richiesta.scelte
    ]
    near = richiesta.filtri.vicino
    if near in comuni:
        rest = [pair for pair in pairs if pair[0] not in {"vicino", "ordina"}]
        chips.append(Chip(_("Vicino a %(comune)s") % {"comune": comuni[near]}, urlencode(rest)))
    return chips


def altrove(richiesta: Richiesta, risultati: Risultati, lingua: str, comuni: dict[str, str]) -> Altrove | None:
    """Where nothing was found: the same outside the municipality, the nearest first; or without any filter."""
    if not richiesta.scelte:
        return None
    here = next(iter(richiesta.filtri.comune), "")
    if here and any(voce.numero for voce in risultati.faccette["comune"]):  # counted as if none had been chosen
        filtri = replace(richiesta.filtri, comune=(), vicino=here, ordina=Ordine.DISTANZA)
        title = _("Nei Comuni più vicini a %(comune)s") % {"comune": comuni.get(here, here)}
    else:
        filtri, title = Filtri(), _("Senza i filtri")
    found = query.altrove(risultati, lingua=lingua, filtri=filtri)
    if not found.totale:
        return None
    address = urlencode(replace(richiesta, filtri=filtri).coppie)
    return Altrove(title, found.righe[:ALTROVE], found.totale, address)
