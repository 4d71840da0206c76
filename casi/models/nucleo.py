"""Who lives, or counts, together: a household, its members over time, those who are close to it, where it has lived."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .campi import TestoCifrato
from .periodo import Giorni, Periodo
from .persona import Persona


class Nucleo(models.Model):
    """A household, also of one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    creato_il = models.DateTimeField(_("creato il"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("nucleo")
        verbose_name_plural = _("nuclei")
        ordering = ["creato_il", "pk"]
        default_permissions = ()

    class DatiPersonali:
        id = creato_il = dati.TECNICO

    def __str__(self) -> str:
        return f"Nucleo {self.pk}"


class RuoloNelNucleo(models.TextChoices):
    RIFERIMENTO = "riferimento", _("Persona di riferimento")
    CONIUGE = "coniuge", _("Coniuge o convivente")
    FIGLIO = "figlio", _("Figlia o figlio")
    GENITORE = "genitore", _("Genitore")
    ALTRO_PARENTE = "altro_parente", _("Altro parente")
    ALTRO = "altro", _("Altra persona che vive qui")


class Componente(Periodo):
    """A person's membership of a household, from when to when."""

    nucleo = models.ForeignKey(Nucleo, verbose_name=_("nucleo"), on_delete=models.CASCADE, related_name="componenti")
    persona = models.ForeignKey(
        Persona, verbose_name=_("persona"), on_delete=models.PROTECT, related_name="appartenenze"
    )
    ruolo = models.CharField(_("ruolo nel nucleo"), max_length=20, choices=RuoloNelNucleo)

    class Meta(Periodo.Meta):
        verbose_name = _("componente")
        verbose_name_plural = _("componenti")
        ordering = ["nucleo", "dal", "pk"]
        default_permissions = ()
        constraints = [
            *Periodo.Meta.constraints,
            models.UniqueConstraint(
                fields=["nucleo", "persona"],
                condition=models.Q(al__isnull=True),
                name="unique_componente_in_corso",
                violation_error_message=_("Questa persona è già nel nucleo."),
            ),
            ExclusionConstraint(
                name="componente_una_volta_per_giorno",
                expressions=[
                    ("nucleo", RangeOperators.EQUAL),
                    ("persona", RangeOperators.EQUAL),
                    (Giorni("dal", "al", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("In quei giorni questa persona è già nel nucleo."),
            ),
        ]

    class DatiPersonali:
        id = dati.TECNICO
        nucleo = persona = ruolo = dal = al = dati.PERSONALE

    def __str__(self) -> str:
        return f"Componente {self.pk}"


class LegameSociale(models.Model):
    """Somebody who matters to the household without living in it: a grandmother, a neighbour, a priest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nucleo = models.ForeignKey(Nucleo, verbose_name=_("nucleo"), on_delete=models.CASCADE, related_name="legami")
    chi = TestoCifrato(_("chi è"))
    rapporto = TestoCifrato(_("che rapporto c'è"), blank=True)
    contatto = TestoCifrato(_("contatto"), blank=True)
    nota = TestoCifrato(_("in che cosa può aiutare"), blank=True)
    versione = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("legame sociale")
        verbose_name_plural = _("legami sociali")
        ordering = ["nucleo", "pk"]
        default_permissions = ()

    class DatiPersonali:
        id = nucleo = versione = dati.TECNICO
        chi = rapporto = contatto = nota = dati.PERSONALE

    def __str__(self) -> str:
        return f"Legame {self.pk}"

    @property
    def nominativo(self) -> str:
        return self.chi


class TipoResidenza(models.TextChoices):
    RESIDENZA = "residenza", _("Residenza")
    DOMICILIO = "domicilio", _("Domicilio")
    OSPITE = "ospite", _("Ospite di qualcuno")
    STRUTTURA = "struttura", _("In una struttura")
    STRADA = "strada", _("Senza un tetto")


class Residenza(Periodo):
    """Where a person has lived, from when to when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    persona = models.ForeignKey(Persona, verbose_name=_("persona"), on_delete=models.CASCADE, related_name="residenze")
    tipo = models.CharField(_("come ci vive"), max_length=20, choices=TipoResidenza)
    comune = models.ForeignKey(
        "catalogo.Comune", verbose_name=_("comune"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    indirizzo = TestoCifrato(_("indirizzo"), blank=True)
    versione = models.PositiveIntegerField(default=1, editable=False)

    class Meta(Periodo.Meta):
        verbose_name = _("residenza")
        verbose_name_plural = _("residenze")
        ordering = ["persona", "-dal", "pk"]
        default_permissions = ()

    class DatiPersonali:
        id = versione = dati.TECNICO
        persona = tipo = comune = indirizzo = dal = al = dati.PERSONALE

    def __str__(self) -> str:
        return f"Residenza {self.pk}"
