"""The only way anything searches."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import asin, cos, radians, sin, sqrt

from django.db.models import Subquery
from django.db.models.functions import JSONObject
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from catalogo.models import Comune

from .etichette import etichette
from .models import VoceIndice
from .motori.base import FACCETTE, FINE, INIZIO, Esito
from .motori.interrogazione import RAGGIO_TERRA
from .motori.scelta import motore
from .parole import Domanda, comprendi
from .suggerimenti import suggerisci
from .tipi import PER_PAGINA, Faccetta, Filtri, Genere, Risultati, Risultato

__all__ = ["altrove", "cerca", "suggerisci"]

VALORI_MASSIMI = 100  # of a facet, the most frequent; those chosen besides
PAGINA_MASSIMA = 100_000
Punto = tuple[float | None, float | None]  # latitude and longitude, degrees


def cerca(testo: str, *, lingua: str, filtri: Filtri = Filtri(), pagina: int = 1) -> Risultati:  # noqa: B008
    """What the public finds for `testo`, read in `lingua`; a page that does not exist is the nearest that does."""
    domanda = comprendi(testo, lingua)
    wanted = min(max(pagina, 1), PAGINA_MASSIMA)
    esito = motore().cerca(domanda, lingua, filtri, wanted)
    pages = max(1, -(-esito.totale // PER_PAGINA))
    return Risultati(
        testo=domanda.testo,
        righe=_rows(esito, filtri),
        totale=esito.totale,
        pagina=min(wanted, pages),
        pagine=pages,
        faccette=_facets(esito, filtri, lingua),
        simili=esito.simili,
        forse=esito.forse,
        ripiego=esito.ripiego,
        termini=esito.termini,
    )


def altrove(risultati: Risultati, *, lingua: str, filtri: Filtri) -> Risultati:
    """What `risultati` were about, within other choices: a few queries, no facets and no snippets."""
    esito = motore().cerca(Domanda(risultati.testo, risultati.termini, corretta=True), lingua, filtri, 1)
    rows = _rows(replace(esito, estratti={}), filtri)
    return Risultati(risultati.testo, rows, esito.totale, ripiego=esito.ripiego)


def _rows(esito: Esito, filtri: Filtri) -> list[Risultato]:
    """Results in the order of the engine; a row that has gone in the meantime is passed over."""
    rows = VoceIndice.objects.defer("vettore", "nomi", "testo", "parole_chiave", "valori")
    if filtri.vicino:
        centre = Comune.objects.filter(codice_istat=filtri.vicino).order_by()
        rows = rows.annotate(centro=Subquery(centre.values(punto=JSONObject(lat="lat", lon="lon"))[:1]))
    found = rows.in_bulk(esito.chiavi)
    return [_result(found[key], evidenzia(esito.estratti.get(key, ""))) for key in esito.chiavi if key in found]


def _result(row: VoceIndice, estratto: SafeString) -> Risultato:
    centre = getattr(row, "centro", None)
    return Risultato(
        genere=Genere(row.genere),
        pagina=row.pagina_id,
        titolo=row.titolo,
        url=row.url,
        descrizione=row.descrizione,
        estratto=estratto,
        lingua=row.originale,
        tipo=row.tipo_nome,
        ente=row.ente_nome,
        comune=row.comune_nome,
        telefono=row.telefono,
        tassello=row.tassello,
        tinta=row.tinta,
        distanza_km=chilometri((centre["lat"], centre["lon"]) if centre else None, (row.lat, row.lon)),
    )


def evidenzia(estratto: str) -> SafeString:
    """Escaped whole, marks last: nothing of the text can become a tag, and every mark is closed."""
    marked, is_open = [], False
    for piece in estratto.replace(INIZIO, f"\0{INIZIO}").replace(FINE, f"\0{FINE}").split("\0"):
        sign, text = (piece[:1], piece[1:]) if piece[:1] in {INIZIO, FINE} else ("", piece)
        if sign == INIZIO and not is_open:
            marked.append("<mark>")
        elif sign == FINE and is_open:
            marked.append("</mark>")
        is_open = sign == INIZIO if sign else is_open
        marked.append(escape(text))
    return mark_safe("".join([*marked, "</mark>" if is_open else ""]))  # noqa: S308


def chilometri(centre: Punto | None, point: Punto) -> float | None:
    """Kilometres on the sphere; None where either end is unknown."""
    known = [radians(each) for each in (*(centre or ()), *point) if each is not None]
    if len(known) < 4:
        return None
    lat1, lon1, lat2, lon2 = known
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * RAGGIO_TERRA * asin(sqrt(min(1.0, half))), 1)


def _facets(esito: Esito, filtri: Filtri, lingua: str) -> dict[str, list[Faccetta]]:
    chosen = {name: _chosen(filtri, name) for name in FACCETTE}
    counts = {name: _frequent(esito.conteggi.get(name, {}), chosen[name]) for name in FACCETTE}
    names = etichette({name: set(codes) for name, codes in counts.items()}, lingua)
    return {
        name: [
            Faccetta(code, names[name][code], number, code in chosen[name])
            for code, number in sorted(codes.items(), key=lambda item: (-item[1], names[name].get(item[0], "")))
            if code in names[name]
        ]
        for name, codes in counts.items()
    }


def _frequent(numbers: Mapping[str, int], chosen: Iterable[str]) -> dict[str, int]:
    most = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))[:VALORI_MASSIMI]
    return {**{code: numbers.get(code, 0) for code in chosen}, **dict(most)}


def _chosen(filtri: Filtri, name: str) -> tuple[str, ...]:
    value = getattr(filtri, name)
    return ("1",) if value is True else value or ()
