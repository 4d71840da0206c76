"""Telling people that something happened: in their tray, and by mail only that there is something to read."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.models import Avviso, Caso, Parte, TipoAvviso
from casi.reti import in_network, once_signed
from catalogo.models import Accordo, Adesione, Ente, Operatore
from catalogo.models.operatore import RuoloOperatore
from portal.utenti import posta


def notify(who: Iterable[Operatore], tipo: TipoAvviso, caso: Caso | None = None, *, mail: bool = False) -> None:
    """One notice each. Leave `caso` out for who does not see it. The caller holds the transaction."""
    people = list(who)
    Avviso.objects.bulk_create(Avviso(destinatario=each, tipo=tipo, caso=caso) for each in people)
    if mail:
        text = _("Hai un aggiornamento nell'area riservata. Entra per leggerlo: %(indirizzo)s")
        there = text % {"indirizzo": settings.URL_RISERVATO}
        posta.write(_("Tessere: hai un aggiornamento"), there, [each.utente.email for each in people])


def responsabili(caso: Caso) -> list[Operatore]:
    """Who answers for the case today; empty between one and the next."""
    here = caso.incarichi.in_force(timezone.localdate()).filter(parte=Parte.RESPONSABILE)
    return [each.operatore for each in here.select_related("operatore__utente")]


def in_office(caso: Caso, *ruoli: str) -> list[Operatore]:
    """The holder's people in `ruoli` today."""
    return list(people_of(caso.ente_titolare_id, *ruoli))


def people_of(ente: int, *ruoli: str) -> QuerySet[Operatore]:
    """The people of a body in `ruoli` today."""
    return _working(*ruoli).filter(ente=ente)


def sociali_capofila(ente: int) -> list[Operatore]:
    """The social workers of the bodies that lead the networks `ente` is in today, or of itself where it leads one; of
    those it was in, where it is in none."""
    today = timezone.localdate()
    belongs = Ente.objects.filter(in_network(), pk=ente).exists()
    signed = Adesione.objects.in_force(today) if belongs else once_signed()
    leads = Accordo.objects.in_force(today).filter(capofila=ente).values("capofila")
    here = Q(ente__in=signed.filter(ente=ente).values("accordo__capofila")) | Q(ente__in=leads)
    return list(_working(RuoloOperatore.ASSISTENTE_SOCIALE).filter(here))


def _working(*ruoli: str) -> QuerySet[Operatore]:
    today = Operatore.objects.acting(timezone.localdate()).filter(ruolo__in=ruoli)
    return today.select_related("utente").order_by("pk")
