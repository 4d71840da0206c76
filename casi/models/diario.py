"""What happens along the path, each entry at its level of confidentiality, and the files that go with it."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .ascolto import VoceValutazioneRiservata
from .campi import TestoCifrato
from .caso import Caso
from .vincoli import one_alone


class Livello(models.IntegerChoices):
    """domain.md §5.1; a higher one is never implied by a role alone."""

    SINTESI = 2, _("Sintesi")
    CARTELLA = 3, _("Cartella")
    PROFESSIONALE = 4, _("Nota professionale")
    RISERVATO = 5, _("Riservata a persone nominate")


class TipoVoce(models.TextChoices):
    COLLOQUIO = "colloquio", _("Colloquio")
    VISITA = "visita", _("Visita a casa")
    TELEFONATA = "telefonata", _("Telefonata")
    RIUNIONE = "riunione", _("Riunione")
    NOTA = "nota", _("Nota")
    RETTIFICA = "rettifica", _("Rettifica chiesta dalla persona")
    FINALE = "finale", _("Valutazione finale")
    CONSEGNE = "consegne", _("Note di consegna")


class Scritto(models.Model):
    """What an entry and a file share: whose it is, how confidential, whether the social worker may read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="%(class)s_set")
    ente = models.ForeignKey("catalogo.Ente", verbose_name=_("ente"), on_delete=models.PROTECT, related_name="+")
    autore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("autore"), on_delete=models.PROTECT, related_name="+"
    )
    livello = models.PositiveSmallIntegerField(_("livello"), choices=Livello, default=Livello.CARTELLA)
    condiviso = models.BooleanField(_("lo legge anche l'assistente sociale"), default=False)
    creato_il = models.DateTimeField(_("scritto il"), default=timezone.now, editable=False)

    class Meta:
        abstract = True
        default_permissions = ()


class VoceDiario(Scritto):
    """An entry. Corrected by another entry that points to it, never rewritten."""

    tipo = models.CharField(_("tipo"), max_length=12, choices=TipoVoce, default=TipoVoce.NOTA)
    avvenuto_il = models.DateField(_("giorno"))
    testo = TestoCifrato(_("testo"))
    corregge = models.ForeignKey(
        "self", verbose_name=_("corregge"), null=True, blank=True, on_delete=models.PROTECT, related_name="correzioni"
    )

    class Meta(Scritto.Meta):
        verbose_name = _("voce di diario")
        verbose_name_plural = _("diario")
        ordering = ["caso", "-avvenuto_il", "-creato_il", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(livello__in=Livello.values), name="voce_livello_noto"),
            # Professional notes and named-only entries are nobody's to share with a tick.
            models.CheckConstraint(condition=Q(livello__lte=3) | Q(condiviso=False), name="voce_condivisa_fino_a_3"),
        ]

    class DatiPersonali:
        id = caso = ente = corregge = dati.TECNICO
        autore = livello = condiviso = creato_il = tipo = avvenuto_il = dati.PERSONALE
        testo = dati.PARTICOLARE

    def __str__(self) -> str:
        return f"Voce {self.pk}"

    @property
    def giorno(self) -> date:
        return self.avvenuto_il


Riservata = VoceDiario | VoceValutazioneRiservata  # what has a list of readers of its own


def su(riga: Riservata) -> dict[str, Any]:
    """Under which column a list of readers points to it."""
    return {"area" if isinstance(riga, VoceValutazioneRiservata) else "voce": riga}


class Destinatario(models.Model):
    """Somebody named, one by one, on a level 5 entry or area; who is no social worker, with the reason why
    (domain.md §5.2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    voce = models.ForeignKey(
        VoceDiario, verbose_name=_("voce"), null=True, blank=True, on_delete=models.CASCADE, related_name="destinatari"
    )
    area = models.ForeignKey(
        VoceValutazioneRiservata, verbose_name=_("area"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="destinatari",
    )  # fmt: skip
    operatore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("operatore"), on_delete=models.PROTECT, related_name="+"
    )
    motivo = TestoCifrato(_("perché serve anche a chi non è assistente sociale"), blank=True)

    class Meta:
        verbose_name = _("destinatario")
        verbose_name_plural = _("destinatari")
        ordering = ["voce", "area", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["voce", "operatore"], name="unique_destinatario"),
            models.UniqueConstraint(fields=["area", "operatore"], name="unique_destinatario_area"),
            models.CheckConstraint(condition=one_alone("voce", "area"), name="destinatario_di_una_cosa"),
        ]

    class DatiPersonali:
        id = voce = area = dati.TECNICO
        operatore = dati.PERSONALE
        motivo = dati.PARTICOLARE

    def __str__(self) -> str:
        return f"Destinatario {self.pk}"


GIA_CHIESTO = _("Per questa voce è già stato chiesto: decide il coordinatore.")


class Affidamento(models.Model):
    """That somebody read again a level 5 entry or area which nobody on the case reads any more: asked by who answers
    for the case, decided by a coordinator, who reads neither."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    voce = models.ForeignKey(
        VoceDiario, verbose_name=_("voce"), null=True, blank=True, on_delete=models.CASCADE, related_name="affidamenti"
    )
    area = models.ForeignKey(
        VoceValutazioneRiservata, verbose_name=_("area"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="affidamenti",
    )  # fmt: skip
    operatore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("chi la leggerebbe"), on_delete=models.PROTECT, related_name="+"
    )
    chiesto_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("chiesto da"), on_delete=models.PROTECT, related_name="+"
    )
    chiesto_il = models.DateTimeField(_("chiesto il"), default=timezone.now)
    deciso_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("deciso da"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    deciso_il = models.DateTimeField(_("deciso il"), null=True, blank=True)
    concesso = models.BooleanField(_("concesso"), default=False)

    class Meta:
        verbose_name = _("affidamento di una voce")
        verbose_name_plural = _("affidamenti di voci")
        ordering = ["-chiesto_il", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["voce"],
                condition=Q(deciso_il__isnull=True),
                name="unique_affidamento_aperto",
                violation_error_message=GIA_CHIESTO,
            ),
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(deciso_il__isnull=True),
                name="unique_affidamento_area_aperto",
                violation_error_message=GIA_CHIESTO,
            ),
            models.CheckConstraint(condition=one_alone("voce", "area"), name="affidamento_di_una_cosa"),
            models.CheckConstraint(
                condition=Q(deciso_il__isnull=True, deciso_da__isnull=True, concesso=False)
                | (Q(deciso_il__isnull=False, deciso_da__isnull=False) & ~Q(deciso_da=F("chiesto_da"))),
                name="affidamento_deciso_da_un_altro",
            ),
        ]

    class DatiPersonali:
        id = voce = area = dati.TECNICO
        operatore = chiesto_da = chiesto_il = deciso_da = deciso_il = concesso = dati.PERSONALE

    def __str__(self) -> str:
        return f"Affidamento {self.pk}"

    @property
    def riservata(self) -> Riservata:
        """What is asked about."""
        return self.voce or self.area  # type: ignore[return-value]


class Allegato(Scritto):
    """A file: encrypted in private storage under an opaque name, handed out by the gate only."""

    nome = TestoCifrato(_("nome del file"))
    tipo = models.CharField(_("tipo"), max_length=100)
    dimensione = models.PositiveIntegerField(_("dimensione"))
    chiave = TestoCifrato(_("chiave del file"), editable=False)

    class Meta(Scritto.Meta):
        verbose_name = _("allegato")
        verbose_name_plural = _("allegati")
        ordering = ["caso", "-creato_il", "pk"]
        constraints = [
            # Level 5 is for entries, which have a list of named readers.
            models.CheckConstraint(condition=Q(livello__range=(2, 4)), name="allegato_livello_noto"),
            models.CheckConstraint(
                condition=Q(livello__lte=3) | Q(condiviso=False), name="allegato_condiviso_fino_a_3"
            ),
        ]

    class DatiPersonali:
        id = caso = ente = tipo = dimensione = chiave = dati.TECNICO
        autore = livello = condiviso = creato_il = dati.PERSONALE
        nome = dati.PARTICOLARE

    def __str__(self) -> str:
        return f"Allegato {self.pk}"
