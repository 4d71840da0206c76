"""Requests and alerts that nobody may read today, and who is to answer them: their body is in no network."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casi.models import Arrivo, PrimoAscolto, Scarto, VoceScarto
from casi.reti import in_network, once_signed, run_today
from casi.selectors.arrivi import APERTI, MODELLI
from casi.selectors.conservazione import APERTI as IN_CORSO
from casi.selectors.conservazione import FERME
from casi.selectors.pubblico import capofila
from catalogo.models import Ente


def left_behind(tipo: str) -> QuerySet[Any]:
    """Those of kind `tipo` that are still to be heard.

    - of a body that has left: at once; of one kept out for a while, once their day is past; of children in danger,
      at once from either;
    - not those somebody has listened about (what was said there is that body's), nor those on a disposal list.
    """
    heard = PrimoAscolto.objects.filter(**{tipo: OuterRef("pk")})
    listed = VoceScarto.objects.filter(Q(scarto__in=Scarto.objects.filter(IN_CORSO)) | FERME, oggetto_id=OuterRef("pk"))
    in_time = Q(ente__in=run_today().values("ente"), rispondere_entro__gte=timezone.localdate())
    if tipo == "segnalazione":
        in_time &= Q(minori_a_rischio=False)
    unread = MODELLI[tipo].objects.filter(~in_network("ente"), caso=None, stato__in=APERTI)
    return unread.filter(~in_time, ~Exists(heard), ~Exists(listed)).select_related("ente__comune", "comune")


def heir(arrivo: Arrivo) -> Ente | None:
    """Who leads the network its body was of; of one that led a network itself, who would receive it today."""
    signed = once_signed().filter(ente=arrivo.ente_id, accordo__capofila__attivo=True)
    last = signed.select_related("accordo__capofila").order_by("-valida_dal", "-pk").first()
    return last.accordo.capofila if last else capofila(arrivo.comune or arrivo.ente.comune)
