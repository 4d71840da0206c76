"""The days of a tie: which may be its last."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


def check_last_day(dal: date, al: date | None) -> None:
    """None: without an end. Raises ValidationError of `al` for a day that is over, or before the first."""
    if al is None:
        return
    if al < timezone.localdate():
        raise ValidationError({"al": _("Questo giorno è già passato: per finire adesso c'è «Togli dall'ente».")})
    if al < dal:
        raise ValidationError({"al": _("La data di fine viene prima di quella di inizio.")})
