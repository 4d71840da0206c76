"""How a story reaches the network: the person asks, or somebody else worries."""

import secrets
import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .campi import TestoCifrato
from .caso import LETTERS, Caso
from .informativa import Informativa


def new_codice() -> str:
    """A receipt such as R-7F3K-2Q9P, to say on the phone; 27^8 of them."""
    letters = "".join(secrets.choice(LETTERS) for _place in range(8))
    return f"R-{letters[:4]}-{letters[4:]}"


class StatoRichiesta(models.TextChoices):
    NUOVA = "nuova", _("Nuova")
    VISTA = "vista", _("Vista")
    ASCOLTO_FISSATO = "ascolto_fissato", _("Ascolto fissato")
    REINDIRIZZATA = "reindirizzata", _("Indirizzata altrove")
    NON_COMPETENTE = "non_competente", _("Non di competenza")
    DUPLICATA = "duplicata", _("Doppia")
    RITIRATA = "ritirata", _("Ritirata")


class Canale(models.TextChoices):
    TELEFONO = "telefono", _("Telefono")
    MESSAGGIO = "messaggio", _("Messaggio")
    EMAIL = "email", _("E-mail")
    DI_PERSONA = "di_persona", _("Passo di persona")


class Tramite(models.TextChoices):
    MODULO = "modulo", _("Dal sito")
    TELEFONO = "telefono", _("Al telefono")
    SPORTELLO = "sportello", _("Allo sportello")
    ALTRO = "altro", _("In un altro modo")


class Arrivo(models.Model):
    """What a request and an alert share. Read by the intake people of the receiving body only, until handed over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    codice = models.CharField(_("codice di ricevuta"), max_length=11, unique=True, default=new_codice, editable=False)
    ente = models.ForeignKey("catalogo.Ente", verbose_name=_("ente"), on_delete=models.PROTECT, related_name="+")
    comune = models.ForeignKey(
        "catalogo.Comune", verbose_name=_("comune"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stato = models.CharField(_("stato"), max_length=20, choices=StatoRichiesta, default=StatoRichiesta.NUOVA)
    ricevuta_il = models.DateTimeField(_("ricevuta il"), default=timezone.now)
    rispondere_entro = models.DateField(_("rispondere entro"))
    ascolto_il = models.DateTimeField(_("ascolto fissato per"), null=True, blank=True)
    vista_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("vista da"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    esito_nota = TestoCifrato(_("che cosa si è fatto"), blank=True)
    caso = models.ForeignKey(
        Caso, verbose_name=_("caso"), null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)s_set"
    )

    class Meta:
        abstract = True
        ordering = ["rispondere_entro", "ricevuta_il", "pk"]
        default_permissions = ()

    @property
    def entro(self) -> date:
        """The day it waits for: of the conversation that was fixed or, as long as none was, of an answer."""
        return timezone.localdate(self.ascolto_il) if self.ascolto_il else self.rispondere_entro


class Richiesta(Arrivo):
    """A person asks for help. No health question and no room for intimate details: those are for a conversation."""

    servizio = models.UUIDField(_("servizio da cui arriva"), null=True, blank=True)
    nome = TestoCifrato(_("come ti chiami"), blank=True)
    canale = models.CharField(_("come vuoi essere ricontattato"), max_length=12, choices=Canale)
    contatto = TestoCifrato(_("numero o indirizzo"), blank=True)
    contatto_sicuro = TestoCifrato(_("quando e come chiamarti senza problemi"), blank=True)
    lingua = models.CharField(_("lingua"), max_length=40, blank=True)
    interprete = models.BooleanField(_("serve un interprete"), default=False)
    bisogni = ArrayField(models.SlugField(), verbose_name=_("di che cosa hai bisogno"), default=list, blank=True)
    per_conto = models.BooleanField(_("chiedo per un'altra persona"), default=False)
    tramite = models.CharField(_("come è arrivata"), max_length=12, choices=Tramite, default=Tramite.MODULO)
    raccolta_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("chi l'ha scritta"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    informativa = models.ForeignKey(
        Informativa, verbose_name=_("informativa data"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    class Meta(Arrivo.Meta):
        verbose_name = _("richiesta")
        verbose_name_plural = _("richieste")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tramite=Tramite.MODULO, raccolta_da__isnull=True)
                | ~models.Q(tramite=Tramite.MODULO) & models.Q(raccolta_da__isnull=False),
                name="richiesta_scritta_da_qualcuno",
                violation_error_message=_("Di' chi ha scritto la richiesta e come è arrivata."),
            )
        ]

    class DatiPersonali:
        id = codice = ente = caso = servizio = dati.TECNICO
        comune = stato = ricevuta_il = rispondere_entro = ascolto_il = vista_da = dati.RICHIESTA
        canale = lingua = interprete = per_conto = dati.RICHIESTA
        nome = contatto = contatto_sicuro = esito_nota = bisogni = dati.RICHIESTA
        tramite = raccolta_da = informativa = dati.RICHIESTA

    def __str__(self) -> str:
        return self.codice


class Rapporto(models.TextChoices):
    VICINO = "vicino", _("Vicino di casa o conoscente")
    PARENTE = "parente", _("Parente")
    PARROCCHIA = "parrocchia", _("Parrocchia")
    SCUOLA = "scuola", _("Scuola")
    NEGOZIO = "negozio", _("Negozio")
    ASSOCIAZIONE = "associazione", _("Associazione")
    ALTRO = "altro", _("Altro")


class Segnalazione(Arrivo):
    """A third party's alert. Who sent it is never shown to another body; minors at risk go to the minors unit alone."""

    zona = TestoCifrato(_("dove vive, a grandi linee"), blank=True)
    persona = TestoCifrato(_("come si può riconoscere o trovare la persona"))
    rapporto = models.CharField(_("chi sei per questa persona"), max_length=20, choices=Rapporto)
    urgente = models.BooleanField(_("è urgente"), default=False)
    minori_a_rischio = models.BooleanField(_("ci sono bambini o ragazzi in pericolo"), default=False)
    sa_della_segnalazione = models.BooleanField(_("la persona sa che scrivi"), default=False)
    segnalante = TestoCifrato(_("il tuo nome"), blank=True)
    segnalante_contatto = TestoCifrato(_("come possiamo ricontattarti"), blank=True)
    avvisare_entro = models.DateField(_("informare la persona entro"))
    avvisata_il = models.DateField(_("la persona è stata informata il"), null=True, blank=True)
    non_avvisata_perche = TestoCifrato(_("perché la persona non va informata"), blank=True)
    versione = models.PositiveIntegerField(default=1, editable=False)  # of what was said to her
    # Where it has passed to another body, which is not told who wrote it.
    scritta_a = models.ForeignKey(
        "catalogo.Ente", verbose_name=_("ente a cui era scritta"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip

    class Meta(Arrivo.Meta):
        verbose_name = _("segnalazione")
        verbose_name_plural = _("segnalazioni")

    class DatiPersonali:
        id = codice = ente = caso = versione = scritta_a = dati.TECNICO
        comune = stato = ricevuta_il = rispondere_entro = ascolto_il = vista_da = rapporto = urgente = dati.RICHIESTA
        minori_a_rischio = sa_della_segnalazione = avvisare_entro = avvisata_il = dati.RICHIESTA
        zona = persona = segnalante = segnalante_contatto = esito_nota = non_avvisata_perche = dati.RICHIESTA

    def __str__(self) -> str:
        return self.codice
