"""Which bodies are admitted to a case, for what, on which ground, to how much of it, from when to when."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .caso import Caso
from .informativa import Informativa
from .periodo import Concessione


class Ambito(models.TextChoices):
    """How much of a case an admitted body's people may see (domain.md §5.3, Sharing)."""

    SINTESI = "sintesi", _("Sintesi: che il caso c'è, chi ne è responsabile, che tipo di aiuti sono in corso")
    CONTATTI = "contatti", _("Persone e contatti")
    OBIETTIVI = "obiettivi", _("Obiettivi")
    INTERVENTI = "interventi", _("Interventi degli altri enti: tipo e periodo")


NOMI_BREVI = {
    Ambito.SINTESI: _("sintesi"),
    Ambito.CONTATTI: _("persone e contatti"),
    Ambito.OBIETTIVI: _("obiettivi, quando ci saranno i progetti condivisi"),
    Ambito.INTERVENTI: _("interventi degli altri enti"),
}


class Finalita(models.TextChoices):
    PROGETTO = "progetto", _("Costruire insieme il progetto di sostegno")
    INTERVENTO = "intervento", _("Fornire un aiuto concordato")
    ORIENTAMENTO = "orientamento", _("Accompagnare verso un altro servizio")
    VERIFICA = "verifica", _("Verificare insieme come va")


class BaseGiuridica(models.TextChoices):
    """Ground of the sharing (GDPR art. 6 and 9); consent is only one, and not a public body's usual one."""

    COMPITO_PUBBLICO = "compito_pubblico", _("Compito di interesse pubblico")
    ATTO_GENERALE = "atto_generale", _("Atto amministrativo generale o protocollo")
    CONSENSO = "consenso", _("Consenso della persona")
    INTERESSE_VITALE = "interesse_vitale", _("Interesse vitale")


class Ammissione(Concessione):
    """A body other than the one that holds the case. Without it none of the body's people sees that the case exists."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="ammissioni")
    ente = models.ForeignKey("catalogo.Ente", verbose_name=_("ente"), on_delete=models.PROTECT, related_name="+")
    finalita = models.CharField(_("a che scopo"), max_length=20, choices=Finalita)
    base_giuridica = models.CharField(_("base giuridica"), max_length=20, choices=BaseGiuridica)
    informativa = models.ForeignKey(
        Informativa, verbose_name=_("informativa consegnata"), on_delete=models.PROTECT, related_name="+"
    )
    ambiti = ArrayField(models.CharField(max_length=12, choices=Ambito), verbose_name=_("che cosa può vedere"))
    fine_detta = models.BooleanField(default=False, editable=False)  # to who answers, if it ended by itself

    class Meta(Concessione.Meta):
        verbose_name = _("ammissione")
        verbose_name_plural = _("ammissioni")
        ordering = ["caso", "dal", "pk"]
        default_permissions = ()
        constraints = [
            *Concessione.Meta.constraints,
            models.UniqueConstraint(
                fields=["caso", "ente"],
                condition=Q(al__isnull=True, tolta_il__isnull=True),
                name="unique_ammissione_in_corso",
                violation_error_message=_("Questo ente è già ammesso al caso."),
            ),
            models.CheckConstraint(condition=Q(ambiti__contains=["sintesi"]), name="ammissione_con_sintesi"),
        ]
        indexes = [models.Index(fields=["ente", "caso"], name="ammissione_ente_caso")]

    class DatiPersonali:
        id = caso = fine_detta = dati.TECNICO
        ente = dal = al = finalita = base_giuridica = informativa = ambiti = dati.PERSONALE
        data_da = data_il = tolta_il = tolta_da = dati.PERSONALE

    def __str__(self) -> str:
        return f"Ammissione {self.pk}"

    @property
    def ambiti_detti(self) -> list[str]:
        """The scope in words, the summary first."""
        return [str(NOMI_BREVI[ambito]) for ambito in Ambito if ambito in self.ambiti]
