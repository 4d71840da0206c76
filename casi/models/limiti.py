"""What closes a case, or a part of it, to people whom everything else would let in."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .ascolto import PrimoAscolto, Valutazione
from .caso import Caso
from .diario import Allegato, VoceDiario
from .intervento import Intervento
from .periodo import Concessione, ConcessioneQuerySet, Periodo
from .vincoli import one_alone


class NominatoAlSigillo(Concessione):
    """Somebody who may open a sealed case, if all the rest lets him."""

    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="nominati")
    operatore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("operatore"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Concessione.Meta):
        verbose_name = _("nominato al sigillo")
        verbose_name_plural = _("nominati al sigillo")
        ordering = ["caso", "dal", "pk"]
        default_permissions = ()

    class DatiPersonali:
        id = caso = dati.TECNICO
        operatore = dal = al = data_da = data_il = tolta_il = tolta_da = dati.PERSONALE

    def __str__(self) -> str:
        return f"Nominato {self.pk}"


class OrigineIncompatibilita(models.TextChoices):
    DICHIARATA = "dichiarata", _("Dichiarata")
    RILEVATA = "rilevata", _("Rilevata dal sistema")


class MotivoIncompatibilita(models.TextChoices):
    SE_STESSO = "se_stesso", _("È il proprio caso")
    PARENTE = "parente", _("Parente")
    VICINO = "vicino", _("Vicino di casa")
    LAVORO = "lavoro", _("Collega o datore di lavoro")
    ALTRO = "altro", _("Altro")


class Incompatibilita(Periodo):
    """A conflict of interest. Stronger than any role, assignment or emergency, for the person under every tie."""

    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="incompatibilita")
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("persona"), on_delete=models.PROTECT, related_name="+"
    )
    origine = models.CharField(_("origine"), max_length=12, choices=OrigineIncompatibilita)
    motivo = models.CharField(_("motivo"), max_length=12, choices=MotivoIncompatibilita)
    scritta_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("scritta da"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    tolta_il = models.DateTimeField(_("tolta il"), null=True, blank=True)

    objects = ConcessioneQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Periodo.Meta):
        verbose_name = _("incompatibilità")
        verbose_name_plural = _("incompatibilità")
        ordering = ["caso", "dal", "pk"]
        default_permissions = ()
        constraints = [
            *Periodo.Meta.constraints,
            models.UniqueConstraint(
                fields=["caso", "utente"], condition=Q(al__isnull=True), name="unique_incompatibilita_in_corso"
            ),
        ]

    class DatiPersonali:
        id = caso = dati.TECNICO
        utente = origine = motivo = scritta_da = dal = al = tolta_il = dati.PERSONALE

    def __str__(self) -> str:
        return f"Incompatibilità {self.pk}"


# What can be hidden, and the column of who wrote it.
COSE = {"voce": "autore", "allegato": "autore", "intervento": "autore", "ascolto": "operatore", "valutazione": "autore"}


class Oscuramento(models.Model):
    """An item hidden from everybody but its author, the hiding included. Taken off by its author's side alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="oscuramenti")
    voce = models.ForeignKey(
        VoceDiario, verbose_name=_("voce"), null=True, blank=True, on_delete=models.CASCADE, related_name="oscuramenti"
    )
    allegato = models.ForeignKey(
        Allegato, verbose_name=_("allegato"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="oscuramenti",
    )  # fmt: skip
    intervento = models.ForeignKey(
        Intervento, verbose_name=_("intervento"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="oscuramenti",
    )  # fmt: skip
    ascolto = models.ForeignKey(
        PrimoAscolto, verbose_name=_("ascolto"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="oscuramenti",
    )  # fmt: skip
    valutazione = models.ForeignKey(
        Valutazione, verbose_name=_("valutazione"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="oscuramenti",
    )  # fmt: skip
    chiesto_dalla_persona = models.BooleanField(_("lo ha chiesto la persona"), default=True)
    fatto_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("fatto da"), on_delete=models.PROTECT, related_name="+"
    )
    fatto_il = models.DateTimeField(_("fatto il"), default=timezone.now)
    tolto_il = models.DateTimeField(_("tolto il"), null=True, blank=True)

    class Meta:
        verbose_name = _("oscuramento")
        verbose_name_plural = _("oscuramenti")
        ordering = ["caso", "-fatto_il", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=one_alone(*COSE), name="oscuramento_di_una_cosa"),
        ]

    class DatiPersonali:
        id = caso = voce = allegato = intervento = ascolto = valutazione = dati.TECNICO
        chiesto_dalla_persona = fatto_da = fatto_il = tolto_il = dati.PERSONALE

    def __str__(self) -> str:
        return f"Oscuramento {self.pk}"


def is_hidden(column: str, *, of: str = "pk") -> Exists:
    """Whether somebody has hidden it, of the row around: `column` as in `Oscuramento`, `of` what it points to there."""
    return Exists(Oscuramento.objects.filter(**{column: OuterRef(of)}, tolto_il__isnull=True))
