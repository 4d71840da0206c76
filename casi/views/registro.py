"""The register of accesses: for who watches over it, and for who works, each as far as it is about him."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casi.attore import Attore
from casi.forms.registro import FiltroRegistro
from casi.opachi import Opaco
from casi.ruoli import Azione
from casi.selectors import allerte, registro_conti
from casi.selectors.registro import Rubrica, consult, da_scegliere, export, integrity, rubrica
from casi.selectors.registro_proprio import Atti, of_the_body, own
from casi.tabella_csv import lines
from casi.views.modulo import METODI
from casi.views.pagina import mostra
from casi.views.porta import dichiara
from casi.views.scaduta import sent_too_late
from casi.views.stati import UNPROCESSABLE


@require_http_methods(METODI)
@dichiara(Azione.LEGGERE_REGISTRO)
def registro(request: HttpRequest, attore: Attore) -> HttpResponse:
    """The newest lines, or those that were asked for."""
    nomi = rubrica(attore)
    modulo = _filtro(request, attore, nomi)
    pagina = None
    if not modulo.is_bound or modulo.is_valid():
        pagina = consult(attore, modulo.filtro(_number(request.POST.get("prima_di"))), nomi)
    context: dict[str, object] = {"modulo": modulo, "pagina": pagina, "integrita": integrity()}
    return mostra(request, "casi/registro.html", context, status=200 if pagina else UNPROCESSABLE)


@require_safe
@dichiara(Azione.LEGGERE_REGISTRO)
def segnali(request: HttpRequest, attore: Attore) -> HttpResponse:
    """Who went past a threshold in the last month."""
    since, nomi = timezone.localdate() - timedelta(days=allerte.DAYS), rubrica(attore)
    context = {
        "allerte": allerte.alerts(attore, nomi, since),
        "da_scegliere": da_scegliere(attore, nomi).persone,
        "soglie": allerte.SOGLIE.values(),
        "giorni": allerte.DAYS,
    }
    return mostra(request, "casi/registro_allerte.html", context)


@require_http_methods(METODI)
@dichiara(Azione.ESPORTARE_REGISTRO)
def esporta(request: HttpRequest, attore: Attore) -> HttpResponseBase:
    """The lines asked for, as a file."""
    nomi = rubrica(attore)
    modulo = _filtro(request, attore, nomi)
    if not modulo.is_bound or not modulo.is_valid():
        status = UNPROCESSABLE if modulo.errors else 200
        return mostra(request, "casi/registro_esporta.html", {"modulo": modulo}, status=status)
    rows = export(attore, modulo.filtro(), nomi)
    name = f"registro-{timezone.localtime():%Y%m%d-%H%M}-{attore.richiesta}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines(rows), content_type="text/csv; charset=utf-8; header=present", headers=headers)


@require_safe
@dichiara(Azione.PROPRI_ACCESSI)
def miei(request: HttpRequest, attore: Attore) -> HttpResponse:
    """What who asks has done."""
    return _atti(request, "casi/registro_miei.html", own(attore, _older(request)))


@require_safe
@dichiara(Azione.ACCESSI_DELL_ENTE)
def dell_ente(request: HttpRequest, attore: Attore) -> HttpResponse:
    """What the people of one's own body have done."""
    return _atti(request, "casi/registro_ente.html", of_the_body(attore, _older(request)))


@require_safe
@dichiara(Azione.CONTARE_ACCESSI)
def numeri(request: HttpRequest, attore: Attore) -> HttpResponse:
    """How many accesses and alerts, body by body, in the last month and in the one before."""
    context = {"enti": registro_conti.counts(attore), "giorni": registro_conti.DAYS}
    return mostra(request, "casi/registro_conti.html", context)


def _atti(request: HttpRequest, template: str, atti: Atti) -> HttpResponse:
    """With the sealed number that the next page begins before: how many lines others have left is not told."""
    altri = Opaco().to_url(atti.altri) if atti.altri else ""
    return mostra(request, template, {"atti": atti.righe, "altri": altri, "da_capo": "prima_di" in request.GET})


def _older(request: HttpRequest) -> int | None:
    try:
        return Opaco().to_python(request.GET.get("prima_di", ""))
    except ValueError:
        return None


def _filtro(request: HttpRequest, attore: Attore, nomi: Rubrica) -> FiltroRegistro:
    """As it was sent; or with what was sent too late, to be sent again."""
    late = {name: values[-1] for name, values in sent_too_late(request).items()}
    sent = request.POST if request.method == "POST" else None
    modulo = FiltroRegistro(sent, nomi=da_scegliere(attore, nomi), initial=late)
    modulo.scaduto = bool(late)
    return modulo


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None
