"""What helps an operator work: notices without content, drafts that survive, forms that count once."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .campi import TestoCifrato
from .caso import Caso


class TipoAvviso(models.TextChoices):
    """The whole text of a notice: what happened is read on the case, through the gate."""

    PRESA_IN_CARICO = "presa_in_carico", _("Un caso aspetta che tu lo accetti")
    INCARICO = "incarico", _("Sei stato assegnato a un caso")
    INCARICO_FINITO = "incarico_finito", _("Un caso non è più fra quelli che segui")
    PROPOSTA = "proposta", _("Un ente propone una persona per un tuo caso")
    AMMISSIONE_FINITA = "ammissione_finita", _("Un ente non vede più un tuo caso")
    AMMISSIONE_RIPRESA = "ammissione_ripresa", _("Un ente vede di nuovo un tuo caso")
    EMERGENZA = "emergenza", _("C'è stato un accesso in emergenza")
    ABUSO = "abuso", _("Un accesso in emergenza è stato giudicato un abuso")
    RICHIESTA = "richiesta", _("È arrivata una richiesta")
    VOCE_RISERVATA = "voce_riservata", _("Ora puoi leggere una voce riservata di un caso")
    AFFIDAMENTO = "affidamento", _("Una voce riservata che nessuno legge più aspetta che tu decida chi la legge")
    VOCE_AFFIDATA = "voce_affidata", _("Una voce riservata che nessuno leggeva più ha di nuovo chi la legge")
    NON_AFFIDATA = "non_affidata", _("Il coordinatore ha risposto no: una voce riservata resta senza chi la legge")
    RITIRATA = "ritirata", _("Una richiesta che seguivi è stata ritirata: non cercare la persona")
    RITIRATA_SUBITO = "ritirata_subito", _("Una richiesta che nessuno seguiva ancora è stata ritirata con la ricevuta")
    MINORI = "minori", _("È arrivata una segnalazione su bambini o ragazzi in pericolo")
    MINORI_SENZA_NESSUNO = "minori_nessuno", _("C'è una segnalazione che oggi nessuno può leggere")
    PRESA_PROPOSTA = "presa_proposta", _("Un ente ti propone una presa in carico: è fra gli arrivi")
    PRESA_RIFIUTATA = "presa_rifiutata", _("Una tua proposta di presa in carico non è stata accolta: è fra gli ascolti")
    INCOMPATIBILITA = "incompatibilita", _("Un possibile conflitto di interessi su un caso")
    CANCELLATA = "cancellata", _("Ciò che una persona ti ha chiesto di cancellare è stato eliminato")
    NON_CANCELLATA = "non_cancellata", _("Una cancellazione che ti è stata chiesta è respinta: leggi perché e diglielo")


class AvvisoQuerySet(models.QuerySet["Avviso"]):
    def to_read(self, operatore: int) -> Self:
        """Whatever `operatore` has not put away, each with `in_tutto`, how many there are.

        A proposal shows by itself, with what to do about it.
        """
        unread = self.filter(destinatario=operatore, letto_il__isnull=True).exclude(tipo=TipoAvviso.PRESA_IN_CARICO)
        return unread.annotate(in_tutto=models.Window(models.Count("pk")))


class Avviso(models.Model):
    """In somebody's tray until seen. Never leaves by mail with more than «hai un aggiornamento»."""

    destinatario = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("destinatario"), on_delete=models.PROTECT, related_name="+"
    )
    tipo = models.CharField(_("tipo"), max_length=20, choices=TipoAvviso)
    caso = models.ForeignKey(
        Caso, verbose_name=_("caso"), null=True, blank=True, on_delete=models.CASCADE, related_name="avvisi"
    )
    creato_il = models.DateTimeField(_("creato il"), default=timezone.now)
    letto_il = models.DateTimeField(_("letto il"), null=True, blank=True)

    objects = AvvisoQuerySet.as_manager()

    class Meta:
        verbose_name = _("avviso")
        verbose_name_plural = _("avvisi")
        ordering = ["-creato_il", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["destinatario", "letto_il"], name="avviso_da_leggere")]

    class DatiPersonali:
        id = caso = dati.TECNICO
        destinatario = tipo = creato_il = letto_il = dati.PERSONALE

    def __str__(self) -> str:
        return f"Avviso {self.pk}"


class Bozza(models.Model):
    """What somebody was typing. His alone, gone when the form is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operatore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("di chi"), on_delete=models.PROTECT, related_name="+"
    )
    modulo = models.CharField(_("modulo"), max_length=40)
    oggetto = models.UUIDField(_("su che cosa"), null=True, blank=True)
    contenuto = TestoCifrato(_("contenuto"))
    scritta_il = models.DateTimeField(_("scritta il"), auto_now=True)

    class Meta:
        verbose_name = _("bozza")
        verbose_name_plural = _("bozze")
        ordering = ["-scritta_il", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["operatore", "modulo", "oggetto"], name="unique_bozza", nulls_distinct=False
            )
        ]

    class DatiPersonali:
        id = modulo = oggetto = dati.TECNICO
        operatore = scritta_il = contenuto = dati.BOZZA

    def __str__(self) -> str:
        return f"Bozza {self.pk}"


class Operazione(models.Model):
    """A form that was carried out, by the key it came with: sending it twice does it once."""

    chiave = models.UUIDField(_("chiave"), primary_key=True)
    operatore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("di chi"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    destinazione = models.CharField(_("dove ha portato"), max_length=200)
    fatta_il = models.DateTimeField(_("fatta il"), auto_now_add=True)

    class Meta:
        verbose_name = _("operazione")
        verbose_name_plural = _("operazioni")
        ordering = ["-fatta_il", "pk"]
        default_permissions = ()

    class DatiPersonali:
        chiave = destinazione = dati.TECNICO
        operatore = fatta_il = dati.BOZZA

    def __str__(self) -> str:
        return f"Operazione {self.pk}"
