"""The catalogue list: filters, order, page; everything its template shows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from catalogo.filtri import ORDINI, FiltroServizi, SceltaField
from catalogo.models import ServizioPage
from catalogo.selectors import in_lingua

PER_PAGINA = 20


@dataclass(frozen=True)
class Chip:
    """An active filter and the address without it."""

    etichetta: str
    senza: str


def elenco_servizi(request: HttpRequest, lingua: str) -> dict[str, object]:
    """What the catalogue shows readers of `lingua`: filtro, chips, pagina (a page of `Voce`), totale, scelte, query."""
    schede = ServizioPage.objects.in_catalogo().order_by(*ORDINI["nome"])
    filtro = FiltroServizi(request.GET, queryset=schede)
    pagina = _page(filtro.qs, request.GET.get("pagina", ""))
    shown = filtro.qs.slice_for_cards(pagina.start_index() - 1, pagina.end_index()) if pagina.paginator.count else []
    pagina.object_list = in_lingua(shown, lingua)
    pairs = _pairs(filtro)
    return {
        "filtro": filtro,
        "chips": _chips(filtro, pairs),
        "pagina": pagina,
        "totale": pagina.paginator.count,
        "scelte": [pair for pair in pairs if pair[0] != "ordina"],
        "query": urlencode(pairs),
    }


def _page(queryset: QuerySet, number: str) -> Page:
    """The page asked for; one that does not exist is the nearest that does, nonsense is the first."""
    paginator = Paginator(queryset, PER_PAGINA)
    try:
        asked = int(number)
    except ValueError:
        asked = 1
    return paginator.page(min(max(asked, 1), paginator.num_pages))


def _pairs(filtro: FiltroServizi) -> list[tuple[str, str]]:
    """What was understood of the address, as (parameter, value) pairs: links repeat this and no nonsense."""
    pairs = []
    for name in filtro.filters:
        value = filtro.form.cleaned_data.get(name)
        for each in value if isinstance(value, list) else [value]:
            if each:
                pairs.append((name, "on" if each is True else each))
    return pairs


def _chips(filtro: FiltroServizi, pairs: list[tuple[str, str]]) -> list[Chip]:
    return [
        Chip(_label(filtro, name, value), urlencode([pair for pair in pairs if pair != (name, value)]))
        for name, value in pairs
        if name != "ordina"
    ]


def _label(filtro: FiltroServizi, name: str, value: str) -> str:
    field = filtro.form.fields[name]
    if isinstance(field, SceltaField):
        return str(dict(field.choices)[value])
    return str(field.label)
