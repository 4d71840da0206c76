"""The container of a household's path."""

import secrets
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

# No vowels, so no words; no 0/O, 1/I/L, which people mistake on the phone.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"


def new_numero() -> str:
    """One of 27^6 opaque numbers, such as C-7F3K2Q: tells neither when nor where nor how many."""
    return "C-" + "".join(secrets.choice(LETTERS) for _place in range(6))


class StatoCaso(models.TextChoices):
    """Where the path stands (domain.md §4.1)."""

    SEGNALATO = "segnalato", _("Segnalato")
    PRIMO_ASCOLTO = "primo_ascolto", _("Primo ascolto")
    IN_VALUTAZIONE = "in_valutazione", _("In valutazione")
    PRESO_IN_CARICO = "preso_in_carico", _("Preso in carico")
    SOSPESO = "sospeso", _("Sospeso")
    IN_CHIUSURA = "in_chiusura", _("In chiusura")
    CHIUSO = "chiuso", _("Chiuso")
    RIAPERTO = "riaperto", _("Riaperto")
    ORIENTATO = "orientato", _("Orientato")
    NON_PRESO_IN_CARICO = "non_preso_in_carico", _("Non preso in carico")
    TRASFERITO = "trasferito", _("Trasferito")


class Caso(models.Model):
    """Known outside its page by its number alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    numero = models.CharField(_("numero"), max_length=8, unique=True, default=new_numero, editable=False)
    stato = models.CharField(_("stato"), max_length=20, choices=StatoCaso, default=StatoCaso.SEGNALATO)
    ente_titolare = models.ForeignKey(
        "catalogo.Ente", verbose_name=_("ente titolare"), on_delete=models.PROTECT, related_name="+"
    )
    aperto_il = models.DateTimeField(_("aperto il"), default=timezone.now)

    class Meta:
        verbose_name = _("caso")
        verbose_name_plural = _("casi")
        ordering = ["-aperto_il", "pk"]
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(condition=models.Q(stato__in=StatoCaso.values), name="caso_stato_noto"),
            models.CheckConstraint(
                condition=models.Q(numero__regex=r"^C-[2-9B-DF-HJ-KM-NP-TV-XZ]{6}$"), name="caso_numero_opaco"
            ),
        ]

    class DatiPersonali:
        id = dati.TECNICO
        numero = dati.TECNICO
        stato = dati.PERSONALE
        ente_titolare = dati.TECNICO
        aperto_il = dati.PERSONALE

    def __str__(self) -> str:
        return self.numero
