"""How long things are kept, and the disposal list of what is over: proposed, approved by another, carried out."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati


class ClasseConservazione(models.Model):
    """So many months from an event. The network's own choice, written here as data, not law."""

    codice = models.SlugField(_("codice"), unique=True)
    descrizione = models.CharField(_("descrizione"), max_length=160)
    evento = models.CharField(_("da quando si conta"), max_length=80)
    mesi = models.PositiveSmallIntegerField(_("mesi"))

    class Meta:
        verbose_name = _("classe di conservazione")
        verbose_name_plural = _("classi di conservazione")
        ordering = ["codice"]
        default_permissions = ()

    class DatiPersonali:
        id = codice = descrizione = evento = mesi = dati.TECNICO

    def __str__(self) -> str:
        return self.codice


class Scarto(models.Model):
    """One disposal list."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposto_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("proposto da"), on_delete=models.PROTECT, related_name="+"
    )
    proposto_il = models.DateTimeField(_("proposto il"), default=timezone.now)
    approvato_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("approvato da"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    approvato_il = models.DateTimeField(_("approvato il"), null=True, blank=True)
    atto = models.CharField(_("atto che lo autorizza"), max_length=160, blank=True)
    eseguito_il = models.DateTimeField(_("eseguito il"), null=True, blank=True)
    annullato_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("ritirato o respinto da"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    annullato_il = models.DateTimeField(_("ritirato o respinto il"), null=True, blank=True)
    motivo = models.CharField(_("perché si respinge"), max_length=160, blank=True)  # empty: withdrawn by who proposed

    class Meta:
        verbose_name = _("elenco di scarto")
        verbose_name_plural = _("elenchi di scarto")
        ordering = ["-proposto_il", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(approvato_da__isnull=True) | ~Q(approvato_da=F("proposto_da")),
                name="scarto_quattro_occhi",
                violation_error_message=_("Chi propone lo scarto non può approvarlo."),
            ),
            models.CheckConstraint(
                condition=Q(eseguito_il__isnull=True) | Q(approvato_il__isnull=False), name="scarto_approvato_prima"
            ),
            models.CheckConstraint(
                condition=Q(eseguito_il__isnull=True) | Q(annullato_il__isnull=True), name="scarto_eseguito_o_annullato"
            ),
        ]

    class DatiPersonali:
        id = atto = motivo = dati.REGISTRO_TECNICO
        proposto_da = proposto_il = approvato_da = approvato_il = eseguito_il = dati.REGISTRO
        annullato_da = annullato_il = dati.REGISTRO

    def __str__(self) -> str:
        return f"Scarto {self.pk}"

    @property
    def chiuso(self) -> bool:
        """Nothing more is to be done with it."""
        return bool(self.eseguito_il or self.annullato_il)


class VoceScarto(models.Model):
    """One thing to dispose of, by its kind and opaque key: the line outlives it."""

    scarto = models.ForeignKey(Scarto, verbose_name=_("elenco"), on_delete=models.CASCADE, related_name="voci")
    oggetto = models.CharField(_("che cosa"), max_length=40)
    oggetto_id = models.UUIDField(_("chiave"))
    classe = models.ForeignKey(
        ClasseConservazione, verbose_name=_("classe"), on_delete=models.PROTECT, related_name="+"
    )
    sospesa = models.BooleanField(_("non scartare: serve ancora"), default=False)

    class Meta:
        verbose_name = _("voce di scarto")
        verbose_name_plural = _("voci di scarto")
        ordering = ["scarto", "pk"]
        default_permissions = ()

    class DatiPersonali:
        id = scarto = oggetto = oggetto_id = classe = sospesa = dati.REGISTRO_TECNICO

    def __str__(self) -> str:
        return f"Voce di scarto {self.pk}"
