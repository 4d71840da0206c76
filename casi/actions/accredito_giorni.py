"""The days of a tie: which may be its last, which are another's already, and moving the last one."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.errori import Impossibile
from catalogo.models import Operatore


def check_last_day(dal: date, al: date | None) -> None:
    """None: without an end. Raises ValidationError of `al` for a day that is over, or before the first."""
    if al is None:
        return
    if al < timezone.localdate():
        raise ValidationError({"al": _("Questo giorno è già passato: per finire adesso c'è «Togli dall'ente».")})
    if al < dal:
        raise ValidationError({"al": _("La data di fine viene prima di quella di inizio.")})


def only_once(legame: Operatore) -> None:
    """Raises Impossibile for a second tie like it on any of its days: ending one would leave the other."""
    same = Operatore.objects.filter(utente=legame.utente, ente=legame.ente, ruolo=legame.ruolo, chiuso_il=None)
    others = same.filter(Q(al__isnull=True) | Q(al__gte=legame.dal)).exclude(pk=legame.pk)
    if (others.filter(dal__lte=legame.al) if legame.al else others).exists():
        raise Impossibile(_("Questa persona ha già questo ruolo per questo ente: cambia il suo ultimo giorno."))
