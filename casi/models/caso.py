"""The container of a household's path."""

import secrets
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .nucleo import Nucleo

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


# States in which the path is over, or not begun: nobody but the holder's people sees the case.
FUORI_DAL_PERCORSO = frozenset(
    {
        StatoCaso.SEGNALATO,
        StatoCaso.PRIMO_ASCOLTO,
        StatoCaso.IN_VALUTAZIONE,
        StatoCaso.CHIUSO,
        StatoCaso.RIAPERTO,
        StatoCaso.ORIENTATO,
        StatoCaso.NON_PRESO_IN_CARICO,
        StatoCaso.TRASFERITO,
    }
)
CON_ALTRI_ENTI = frozenset(StatoCaso.values) - FUORI_DAL_PERCORSO


class MotivoChiusura(models.TextChoices):
    OBIETTIVI = "obiettivi", _("Obiettivi raggiunti")
    RINUNCIA = "rinuncia", _("La persona non vuole continuare")
    TRASFERIMENTO = "trasferimento", _("La famiglia si è trasferita")
    DECESSO = "decesso", _("Decesso")
    ALTRO = "altro", _("Altro motivo")


class Caso(models.Model):
    """Known outside its page by its number alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    numero = models.CharField(_("numero"), max_length=8, unique=True, default=new_numero, editable=False)
    stato = models.CharField(_("stato"), max_length=20, choices=StatoCaso, default=StatoCaso.SEGNALATO)
    ente_titolare = models.ForeignKey(
        "catalogo.Ente", verbose_name=_("ente titolare"), on_delete=models.PROTECT, related_name="+"
    )
    nucleo = models.ForeignKey(
        Nucleo, verbose_name=_("nucleo"), null=True, blank=True, on_delete=models.PROTECT, related_name="casi"
    )
    comune = models.ForeignKey(
        "catalogo.Comune", verbose_name=_("comune"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    aperto_il = models.DateTimeField(_("aperto il"), default=timezone.now)
    chiuso_il = models.DateTimeField(_("chiuso il"), null=True, blank=True)
    motivo_chiusura = models.CharField(_("perché si chiude"), max_length=20, choices=MotivoChiusura, blank=True)
    urgente_fino_al = models.DateField(_("aiuto urgente fino al"), null=True, blank=True)
    prossima_verifica = models.DateField(_("prossima verifica"), null=True, blank=True)
    sigillato = models.BooleanField(
        _("sigillato"), default=False, help_text=_("Lo aprono solo le persone nominate, una per una.")
    )
    versione = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("caso")
        verbose_name_plural = _("casi")
        ordering = ["-aperto_il", "pk"]
        default_permissions = ("view", "change")
        permissions = [
            ("annota_caso", "Scrive diario e interventi del proprio ente"),
            ("note_caso", "Legge e scrive le note professionali"),
            ("condividi_caso", "Ammette enti e persone, sigilla, oscura"),
        ]
        # A page of the newest is read from here and stops at its last row, also for who may see every case.
        indexes = [models.Index(fields=["-aperto_il", "id"], name="caso_recenti")]
        constraints = [
            models.CheckConstraint(condition=models.Q(stato__in=StatoCaso.values), name="caso_stato_noto"),
            models.CheckConstraint(
                condition=models.Q(numero__regex=r"^C-[2-9B-DF-HJ-KM-NP-TV-XZ]{6}$"), name="caso_numero_opaco"
            ),
        ]

    class DatiPersonali:
        id = numero = ente_titolare = versione = dati.TECNICO
        stato = nucleo = comune = aperto_il = chiuso_il = motivo_chiusura = dati.PERSONALE
        urgente_fino_al = prossima_verifica = sigillato = dati.PERSONALE

    def __str__(self) -> str:
        return self.numero

    def get_stato_display(self) -> str:  # type: ignore[no-redef]
        """As Django's, which looks at every choice anew for each row of a list."""
        return str(StatoCaso(self.stato).label)
