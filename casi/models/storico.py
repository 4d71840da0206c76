"""What a record said before it was corrected, and who was taken out of a household she had been put in by mistake."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .ascolto import PrimoAscolto
from .campi import TestoCifrato
from .nucleo import Componente, LegameSociale, Nucleo, Residenza
from .persona import Persona

# What may have a history, by the field that points to it.
CON_STORIA = ("persona", "componente", "residenza", "legame", "ascolto")


def di_uno_solo() -> Q:
    """One of the rows of CON_STORIA, and no other."""
    found = Q()
    for here in CON_STORIA:
        found |= Q(**{f"{each}__isnull": each != here for each in CON_STORIA})
    return found


class Storico(models.Model):
    """One correction: what the fields it changed said before. It is of one row, and goes with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    persona = models.ForeignKey(
        Persona, verbose_name=_("persona"), null=True, on_delete=models.CASCADE, related_name="storico"
    )
    componente = models.ForeignKey(
        Componente, verbose_name=_("componente"), null=True, on_delete=models.CASCADE, related_name="storico"
    )
    residenza = models.ForeignKey(
        Residenza, verbose_name=_("residenza"), null=True, on_delete=models.CASCADE, related_name="storico"
    )
    legame = models.ForeignKey(
        LegameSociale, verbose_name=_("legame sociale"), null=True, on_delete=models.CASCADE, related_name="storico"
    )
    ascolto = models.ForeignKey(
        PrimoAscolto, verbose_name=_("primo ascolto"), null=True, on_delete=models.CASCADE, related_name="storico"
    )
    # JSON: the name of each field and the text of its value, as a person reads it.
    valori = TestoCifrato(_("che cosa diceva"))
    perche = TestoCifrato(_("perché è stato corretto"), blank=True)
    scritto_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("chi ha corretto"), on_delete=models.PROTECT, related_name="+"
    )
    scritto_il = models.DateTimeField(_("corretto il"), default=timezone.now)

    class Meta:
        verbose_name = _("com'era prima")
        verbose_name_plural = _("com'era prima")
        ordering = ["-scritto_il", "pk"]
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=di_uno_solo(), name="storico_di_una_riga_sola")]

    class DatiPersonali:
        id = dati.TECNICO
        persona = componente = residenza = legame = ascolto = dati.PERSONALE
        scritto_da = scritto_il = dati.PERSONALE
        valori = perche = dati.PARTICOLARE

    def __str__(self) -> str:
        return f"Storico {self.pk}"


class ComponenteTolto(models.Model):
    """Somebody who is of `nucleo` no more, or close to it, and never was: her rows wait in `appartato`, which no case
    has, untouched, to be put back. A person of whom nothing else was written is not kept at all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nucleo = models.ForeignKey(Nucleo, verbose_name=_("nucleo"), on_delete=models.CASCADE, related_name="tolti")
    appartato = models.OneToOneField(
        Nucleo, verbose_name=_("dove aspetta"), on_delete=models.PROTECT, related_name="appartato_da"
    )
    perche = TestoCifrato(_("perché"), blank=True)
    tolto_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("chi l'ha tolto"), on_delete=models.PROTECT, related_name="+"
    )
    tolto_il = models.DateTimeField(_("tolto il"), default=timezone.now)

    class Meta:
        verbose_name = _("componente tolto")
        verbose_name_plural = _("componenti tolti")
        ordering = ["-tolto_il", "pk"]
        default_permissions = ()

    class DatiPersonali:
        id = dati.TECNICO
        nucleo = appartato = perche = tolto_da = tolto_il = dati.PERSONALE

    def __str__(self) -> str:
        return f"Tolto {self.pk}"
