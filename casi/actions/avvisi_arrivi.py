"""Who is told that a request or an alert has arrived, or was withdrawn: a notice without content each."""

from django.db.models import Q
from django.utils import timezone

from casi.actions.avvisi import notify, people_of, sociali_capofila
from casi.models import Arrivo, EsitoAscolto, Richiesta, TipoAvviso
from casi.ruoli import RUOLI, Azione
from catalogo.models import Operatore
from catalogo.models.operatore import RuoloOperatore

SUBITO = 1  # working days to answer in, where somebody may be in danger


def announce(arrivo: Arrivo) -> None:
    """Who may read it is told, but for who has written it down; of children in danger by mail too.

    When nobody of the body may read those today, its coordinators are told so: they can find somebody.
    """
    if not getattr(arrivo, "minori_a_rischio", False):
        by = getattr(arrivo, "raccolta_da", None)
        notify([each for each in _who_may(arrivo, Azione.GESTIRE_ARRIVI) if each != by], TipoAvviso.RICHIESTA)
        return
    readers = _who_may(arrivo, Azione.VEDERE_MINORI_A_RISCHIO)
    tipo = TipoAvviso.MINORI if readers else TipoAvviso.MINORI_SENZA_NESSUNO
    notify(readers or list(people_of(arrivo.ente_id, RuoloOperatore.COORDINATORE)), tipo, mail=True)


def withdrawn(richiesta: Richiesta) -> None:
    """Who took it, who has listened to her, and who was asked to take her on, learn not to look for her.

    Where nobody has yet, who reads what arrives learns that it was there: it goes away before everybody's eyes.
    """
    proposed = richiesta.ascolti.filter(esito=EsitoAscolto.PROPOSTA, non_presa_il=None)
    asked = [each.pk for each in sociali_capofila(richiesta.ente_id)] if proposed.exists() else []
    followed = Q(pk=richiesta.vista_da_id) | Q(pk__in=richiesta.ascolti.values("operatore")) | Q(pk__in=asked)
    people = list(Operatore.objects.acting(timezone.localdate()).filter(followed))
    if people:
        notify(people, TipoAvviso.RITIRATA)
    else:
        notify(_who_may(richiesta, Azione.GESTIRE_ARRIVI), TipoAvviso.RITIRATA_SUBITO)


def _who_may(arrivo: Arrivo, azione: Azione) -> list[Operatore]:
    return list(people_of(arrivo.ente_id, *(ruolo for ruolo, cosa in RUOLI.items() if azione in cosa.azioni)))
