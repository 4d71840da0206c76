"""What is done for a household, by whom, from when to when."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .campi import TestoCifrato
from .caso import Caso


class StatoIntervento(models.TextChoices):
    RICHIESTO = "richiesto", _("Richiesto")
    AUTORIZZATO = "autorizzato", _("Autorizzato")
    IN_CORSO = "in_corso", _("In corso")
    SOSPESO = "sospeso", _("Sospeso")
    CONCLUSO = "concluso", _("Concluso")
    RIFIUTATO = "rifiutato", _("Rifiutato")
    ANNULLATO = "annullato", _("Annullato")


# What never was a help: the other bodies are told nothing of it.
SENZA_EFFETTO = frozenset({StatoIntervento.RIFIUTATO, StatoIntervento.ANNULLATO})


class Intervento(models.Model):
    """A body's support. Its kind and period may be shared with the other bodies, its note never."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="interventi")
    ente = models.ForeignKey("catalogo.Ente", verbose_name=_("ente"), on_delete=models.PROTECT, related_name="+")
    autore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("chi l'ha scritto"), on_delete=models.PROTECT, related_name="+"
    )
    tipo = models.ForeignKey(
        "catalogo.TipoServizio", verbose_name=_("tipo di aiuto"), on_delete=models.PROTECT, related_name="+"
    )
    # The sheet's translation key: the same in every language, and no foreign key to a page.
    servizio = models.UUIDField(_("servizio del catalogo"), null=True, blank=True)
    stato = models.CharField(_("stato"), max_length=12, choices=StatoIntervento, default=StatoIntervento.RICHIESTO)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)
    nota = TestoCifrato(_("nota"), blank=True)
    condiviso = models.BooleanField(_("gli altri enti vedono tipo e periodo"), default=True)
    versione = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("intervento")
        verbose_name_plural = _("interventi")
        ordering = ["caso", "-dal", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")),
                name="intervento_al_dopo_dal",
                violation_error_message=_("La data di fine viene prima di quella di inizio."),
            ),
            models.CheckConstraint(condition=Q(stato__in=StatoIntervento.values), name="intervento_stato_noto"),
        ]

    class DatiPersonali:
        id = caso = ente = servizio = versione = dati.TECNICO
        autore = tipo = stato = dal = al = condiviso = dati.PERSONALE
        nota = dati.PARTICOLARE

    def __str__(self) -> str:
        return f"Intervento {self.pk}"
