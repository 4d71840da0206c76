"""The catalogue list: filters, order, page; everything its template shows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from wagtail.models import Locale

from catalogo.filtri import ORDINI, FiltroServizi
from catalogo.models import ServizioPage
from catalogo.selectors import in_lingua

PER_PAGINA = 20


@dataclass(frozen=True)
class Chip:
    """An active filter and the address without it."""

    etichetta: str
    senza: str


def elenco_servizi(request: HttpRequest, locale: Locale) -> dict[str, object]:
    """Context of the catalogue for `request`: filtro, chips, pagina (its object_list: `Voce` items), totale, query."""
    schede = ServizioPage.objects.in_catalogo().order_by(*ORDINI["nome"])
    filtro = FiltroServizi(request.GET, queryset=schede)
    pagina = _page(filtro.qs.with_relations(), request.GET.get("pagina"))
    pagina.object_list = in_lingua(pagina.object_list, locale)
    return {
        "filtro": filtro,
        "chips": _chips(filtro, request.GET),
        "pagina": pagina,
        "totale": pagina.paginator.count,
        "query": _query(request.GET, without={"pagina"}),
    }


def _page(queryset, number: str | None) -> Page:
    """The page asked for; a page that does not exist is the nearest that does."""
    return Paginator(queryset, PER_PAGINA).get_page(number)


def _chips(filtro: FiltroServizi, data: QueryDict) -> list[Chip]:
    chips = []
    if words := filtro.form.cleaned_data.get("q"):
        chips.append(Chip(f"«{words}»", _query(data, without={"q", "pagina"})))
    for name in ("bisogno", "tipo", "per", "comune", "ente"):
        labels = dict(filtro.form.fields[name].choices)
        for value in filtro.form.cleaned_data.get(name) or []:
            chips.append(Chip(str(labels[value]), _query(data, without={"pagina"}, minus=(name, value))))
    if filtro.form.cleaned_data.get("gratuito"):
        chips.append(Chip(str(filtro.form.fields["gratuito"].label), _query(data, without={"gratuito", "pagina"})))
    return chips


def _query(data: QueryDict, *, without: set[str], minus: tuple[str, str] = ("", "")) -> str:
    """The query string of known filters, less the parameters of `without` and the pair `minus`."""
    known = [*FiltroServizi.base_filters, "pagina"]
    pairs = [
        (name, value)
        for name in known
        if name not in without
        for value in data.getlist(name)
        if value and (name, value) != minus
    ]
    return urlencode(pairs)
