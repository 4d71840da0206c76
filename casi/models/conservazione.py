"""How long things are kept, and the disposal list of what is over: proposed, approved by another, carried out."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati
from casi.ruoli import RUOLI, Azione

from .campi import TestoCifrato

# The roles whose lists these are: who approves has none of them.
PROPONGONO = [ruolo for ruolo, cosa in RUOLI.items() if Azione.PROPORRE_SCARTO in cosa.azioni]


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


class Ragione(models.TextChoices):
    """On which ground a person asks (GDPR art. 17(1))."""

    NON_SERVONO = "non_servono", _("Non servono più a ciò per cui li abbiamo raccolti")
    CONSENSO = "consenso", _("Ha ritirato il consenso")
    OPPOSIZIONE = "opposizione", _("Si oppone a come li usiamo")
    ILLECITO = "illecito", _("Non dovevamo averli")
    OBBLIGO = "obbligo", _("Lo impone una legge")


class Scarto(models.Model):
    """One disposal list: what has finished its time, or the one thing a person wants erased before (`chiesta_il`).

    `entro`: by which day she is answered (GDPR art. 12(3)); later since `prorogata_il`, the day on which she was told
    that it takes longer and why. `perche`, in her words, is for who may read the thing itself, and goes with it.
    """

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
    atto = TestoCifrato(_("atto che lo autorizza"), blank=True)
    eseguito_il = models.DateTimeField(_("eseguito il"), null=True, blank=True)
    annullato_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("ritirato o respinto da"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    annullato_il = models.DateTimeField(_("ritirato o respinto il"), null=True, blank=True)
    motivo = TestoCifrato(_("perché si respinge"), blank=True)  # or is withdrawn; empty: an ordinary list, withdrawn
    chiesta_il = models.DateField(_("chiesta dalla persona il"), null=True, blank=True)
    entro = models.DateField(_("rispondere entro"), null=True, blank=True)
    ragione = models.CharField(_("per quale ragione"), max_length=12, choices=Ragione, blank=True)
    perche = TestoCifrato(_("perché la chiede"), blank=True)
    prorogata_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("prorogata da"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    prorogata_il = models.DateField(_("la persona lo sa dal"), null=True, blank=True)
    proroga_perche = TestoCifrato(_("perché serve più tempo"), blank=True)

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
            models.CheckConstraint(
                condition=Q(chiesta_il__isnull=True, entro__isnull=True, ragione="")
                | (Q(chiesta_il__isnull=False, entro__gt=F("chiesta_il")) & ~Q(ragione="")),
                name="scarto_chiesto_con_termine_e_ragione",
            ),
            models.CheckConstraint(
                condition=Q(prorogata_il__isnull=True, prorogata_da__isnull=True)
                | Q(
                    chiesta_il__isnull=False,
                    prorogata_il__isnull=False,
                    prorogata_il__gte=F("chiesta_il"),
                    prorogata_il__lt=F("entro"),
                    prorogata_da__isnull=False,
                ),
                name="scarto_prorogato_nel_termine",
            ),
        ]

    class DatiPersonali:
        id = atto = motivo = ragione = proroga_perche = dati.REGISTRO_TECNICO
        proposto_da = proposto_il = approvato_da = approvato_il = eseguito_il = dati.REGISTRO
        annullato_da = annullato_il = chiesta_il = entro = prorogata_da = prorogata_il = dati.REGISTRO
        perche = dati.CHIESTO

    def __str__(self) -> str:
        return f"Scarto {self.pk}"

    @property
    def chiuso(self) -> bool:
        """Nothing more is to be done with it."""
        return bool(self.eseguito_il or self.annullato_il)

    @property
    def ritirato(self) -> bool:
        """Taken back by the body that made it; what else is cancelled was refused by who approves."""
        return self.annullato_da is not None and self.annullato_da.ruolo in PROPONGONO

    @property
    def prorogabile(self) -> bool:
        """Once, while the first month lasts."""
        asked = self.entro is not None and not self.chiuso and self.prorogata_il is None
        return asked and self.entro >= timezone.localdate()  # type: ignore[operator]

    @property
    def tardi(self) -> bool:
        """A person has waited for the answer longer than the law lets her."""
        return self.entro is not None and not self.chiuso and self.entro < timezone.localdate()


class VoceScarto(models.Model):
    """One thing to dispose of, by its kind and opaque key: the line outlives it.

    Two holds, each taken off only by who puts it: `sospesa` of the body, `fermata` of who watches over data protection.
    """

    scarto = models.ForeignKey(Scarto, verbose_name=_("elenco"), on_delete=models.CASCADE, related_name="voci")
    oggetto = models.CharField(_("che cosa"), max_length=40)
    oggetto_id = models.UUIDField(_("chiave"))
    classe = models.ForeignKey(
        ClasseConservazione, verbose_name=_("classe"), on_delete=models.PROTECT, related_name="+"
    )
    sospesa = models.BooleanField(_("non scartare: serve ancora"), default=False)
    fermata = models.BooleanField(_("non scartare: lo chiede chi protegge i dati"), default=False)

    class Meta:
        verbose_name = _("voce di scarto")
        verbose_name_plural = _("voci di scarto")
        ordering = ["scarto", "pk"]
        default_permissions = ()

    class DatiPersonali:
        id = scarto = oggetto = oggetto_id = classe = sospesa = fermata = dati.REGISTRO_TECNICO

    def __str__(self) -> str:
        return f"Voce di scarto {self.pk}"

    @property
    def ferma(self) -> bool:
        return self.sospesa or self.fermata
