"""The first structured conversation, and what is understood after it: needs, and always resources."""

import uuid
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati
from casi.crypto import blind_index

from .campi import TestoCifrato
from .caso import Caso
from .informativa import Informativa
from .richiesta import Richiesta, Segnalazione


class Modalita(models.TextChoices):
    DI_PERSONA = "di_persona", _("Di persona")
    TELEFONO = "telefono", _("Al telefono")
    A_CASA = "a_casa", _("A casa")
    SCRITTO = "scritto", _("Per scritto")
    ALTRO = "altro", _("In altro modo")


class Interlocutore(models.TextChoices):
    PERSONA = "persona", _("La persona stessa")
    FAMILIARE = "familiare", _("Un familiare o conoscente")
    ORGANIZZAZIONE = "organizzazione", _("Un'associazione")
    ISTITUZIONE = "istituzione", _("Un'istituzione")
    AUTORITA = "autorita", _("L'autorità giudiziaria")


class Motivo(models.TextChoices):
    """Why they speak today; what she needs is in needs and words."""

    SPONTANEO = "spontaneo", _("È venuta di sua iniziativa")
    INVIATO = "inviato", _("L'ha mandata qualcuno")
    CONVOCATO = "convocato", _("L'abbiamo chiamata noi")
    PROVVEDIMENTO = "provvedimento", _("C'è un provvedimento dell'autorità")


class EsitoAscolto(models.TextChoices):
    ORIENTAMENTO = "orientamento", _("È bastato orientare")
    AIUTO_IMMEDIATO = "aiuto_immediato", _("Aiuto immediato")
    PROPOSTA = "proposta", _("Proposta di presa in carico")
    DA_RISENTIRE = "da_risentire", _("Ci si risente")


class PrimoAscolto(models.Model):
    """May stay anonymous, under a code; later it is tied to a case without typing anything again.

    Its body finds it again by the whole code: `indice_sigla` is blind, and another body's equal code has another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ente = models.ForeignKey("catalogo.Ente", verbose_name=_("ente"), on_delete=models.PROTECT, related_name="+")
    operatore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("chi ha ascoltato"), on_delete=models.PROTECT, related_name="+"
    )
    caso = models.ForeignKey(
        Caso, verbose_name=_("caso"), null=True, blank=True, on_delete=models.PROTECT, related_name="ascolti"
    )
    richiesta = models.ForeignKey(
        Richiesta, verbose_name=_("richiesta"), null=True, blank=True, on_delete=models.PROTECT, related_name="ascolti"
    )
    segnalazione = models.ForeignKey(
        Segnalazione, verbose_name=_("segnalazione"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="ascolti",
    )  # fmt: skip
    seguito_di = models.ForeignKey(
        "self", verbose_name=_("seguito di"), null=True, blank=True, on_delete=models.PROTECT, related_name="seguiti"
    )
    sigla = TestoCifrato(_("sigla, se non dice il nome"), blank=True)
    indice_sigla = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    nome = TestoCifrato(_("come si chiama"), blank=True)
    contatto = TestoCifrato(_("numero o indirizzo"), blank=True)
    contatto_sicuro = TestoCifrato(_("quando e come chiamarla senza problemi"), blank=True)
    quando = models.DateTimeField(_("quando"), default=timezone.now)
    modalita = models.CharField(_("come"), max_length=12, choices=Modalita)
    luogo = TestoCifrato(_("dove"), blank=True)
    interlocutore = models.CharField(_("con chi"), max_length=16, choices=Interlocutore)
    motivo = models.CharField(_("come mai"), max_length=16, choices=Motivo, blank=True)
    bisogni = ArrayField(models.SlugField(), verbose_name=_("bisogni"), default=list, blank=True)
    racconto = TestoCifrato(_("che cosa racconta"))
    risorse = TestoCifrato(_("su che cosa e su chi può contare"))
    urgente = models.BooleanField(_("serve un aiuto subito"), default=False)
    informativa = models.ForeignKey(
        Informativa, verbose_name=_("informativa consegnata"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    esito = models.CharField(_("esito"), max_length=16, choices=EsitoAscolto)
    passato_il = models.DateTimeField(_("passato a un caso il"), null=True, blank=True, editable=False)
    non_presa_il = models.DateTimeField(_("proposta non accolta il"), null=True, blank=True, editable=False)
    non_presa_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("chi non l'ha accolta"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False,
    )  # fmt: skip
    non_presa_motivo = TestoCifrato(_("perché non è stata accolta"), blank=True, editable=False)
    versione = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("primo ascolto")
        verbose_name_plural = _("primi ascolti")
        ordering = ["-quando", "pk"]
        default_permissions = ()

    class DatiPersonali:
        id = ente = caso = richiesta = segnalazione = seguito_di = versione = dati.TECNICO
        operatore = quando = modalita = interlocutore = motivo = urgente = informativa = esito = dati.ASCOLTO
        sigla = indice_sigla = dati.ASCOLTO
        nome = contatto = contatto_sicuro = luogo = passato_il = non_presa_il = non_presa_da = dati.ASCOLTO
        bisogni = racconto = risorse = non_presa_motivo = dati.ASCOLTO_PARTICOLARE

    def __str__(self) -> str:
        return f"Ascolto {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.reindex()
        super().save(*args, **kwargs)

    def reindex(self) -> None:
        """Compute the blind index of what the row says now; a bulk write calls it by itself."""
        self.indice_sigla = index_of_sigla(self.ente_id, self.sigla)


def index_of_sigla(ente: int, sigla: str) -> str:
    """Of the code to the letter, whatever the case; empty for no code."""
    return blind_index(sigla and f"{ente}|{sigla.upper()}", scopo="sigla")


class Valutazione(models.Model):
    """What the social worker has understood, by area."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="valutazioni")
    autore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("chi valuta"), on_delete=models.PROTECT, related_name="+"
    )
    iniziata_il = models.DateTimeField(_("iniziata il"), default=timezone.now)
    conclusa_il = models.DateTimeField(_("conclusa il"), null=True, blank=True)
    parole_della_persona = TestoCifrato(_("con le parole della persona"), blank=True)
    versione = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("valutazione")
        verbose_name_plural = _("valutazioni")
        ordering = ["caso", "-iniziata_il", "pk"]
        default_permissions = ()

    class DatiPersonali:
        id = caso = versione = dati.TECNICO
        autore = iniziata_il = conclusa_il = dati.PERSONALE
        parole_della_persona = dati.PARTICOLARE

    def __str__(self) -> str:
        return f"Valutazione {self.pk}"


class Area(models.TextChoices):
    REDDITO = "reddito", _("Soldi")
    CASA = "casa", _("Casa")
    LAVORO = "lavoro", _("Lavoro")
    RETE = "rete", _("Relazioni")
    CAPACITA = "capacita", _("Capacità")


class AreaRiservata(models.TextChoices):
    SALUTE = "salute", _("Salute")
    MINORI = "minori", _("Bambini e ragazzi")


class VoceValutazione(models.Model):
    """One area: what is missing, and what there is to build on. Never the first without the second."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    valutazione = models.ForeignKey(
        Valutazione, verbose_name=_("valutazione"), on_delete=models.CASCADE, related_name="voci"
    )
    area = models.CharField(_("area"), max_length=10, choices=Area)
    bisogni = TestoCifrato(_("che cosa manca"))
    risorse = TestoCifrato(_("su che cosa si può contare"))

    class Meta:
        verbose_name = _("voce della valutazione")
        verbose_name_plural = _("voci della valutazione")
        ordering = ["valutazione", "area"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["valutazione", "area"], name="unique_voce_area")]

    class DatiPersonali:
        id = valutazione = dati.TECNICO
        area = bisogni = risorse = dati.PERSONALE

    def __str__(self) -> str:
        return f"Voce {self.pk}"


class VoceValutazioneRiservata(models.Model):
    """Health and minors, level 5: a table apart, for named people only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    valutazione = models.ForeignKey(
        Valutazione, verbose_name=_("valutazione"), on_delete=models.CASCADE, related_name="voci_riservate"
    )
    area = models.CharField(_("area"), max_length=10, choices=AreaRiservata)
    bisogni = TestoCifrato(_("che cosa manca"))
    risorse = TestoCifrato(_("su che cosa si può contare"))

    class Meta:
        verbose_name = _("voce riservata della valutazione")
        verbose_name_plural = _("voci riservate della valutazione")
        ordering = ["valutazione", "area"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["valutazione", "area"], name="unique_voce_area_riservata")]

    class DatiPersonali:
        id = valutazione = dati.TECNICO
        area = bisogni = risorse = dati.PARTICOLARE

    def __str__(self) -> str:
        return f"Voce riservata {self.pk}"

    @property
    def caso(self) -> Caso:
        return self.valutazione.caso

    @property
    def autore(self) -> Any:
        """Who began the assessment: nobody else begins a reserved area of it."""
        return self.valutazione.autore

    @property
    def giorno(self) -> date:
        return timezone.localdate(self.valutazione.iniziata_il)
