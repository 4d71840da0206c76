"""Helping an accredited person who cannot enter any more. Who does it reads no case, and cannot become that person.

- nobody touches his own account, nor one that administers the system, nor that of who works for another network too;
- one says why, and how the person was recognised: both are on the register;
- a new mailbox asks for the person's second factor, unless she has never entered: there is nothing to take over;
- a new mailbox and a forgotten second factor together would open the account to who coordinates: never both within
  `TRA_DUE`, so that the person, who is told each time, can speak up.
"""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casi.actions.accredito import claim_tie
from casi.attore import Attore
from casi.errori import Impossibile
from casi.models import Esito, Registro
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors import accredito as selectors
from catalogo.models import Operatore
from portal.utenti.models import Utente
from portal.utenti.ripristino import forget_second_factor, move_mailbox, would_need_the_mailbox_alone

TRA_DUE = timedelta(days=7)
FATTORE, EMAIL = "fattore", "email"


class Motivo(models.TextChoices):
    PERSO = "perso", gettext_lazy("Ha perso o cambiato il telefono o la chiave")
    RUBATO = "rubato", gettext_lazy("Il telefono o la chiave sono stati rubati")
    INDIRIZZO = "indirizzo", gettext_lazy("L'indirizzo è cambiato o era sbagliato")


class Riconosciuta(models.TextChoices):
    PRESENZA = "presenza", gettext_lazy("Di persona")
    VIDEO = "video", gettext_lazy("In videochiamata, la conosco")
    RESPONSABILE = "responsabile", gettext_lazy("Lo conferma chi è responsabile del suo ente")


@transaction.atomic
def reset_second_factor(*, by: Attore, legame: Operatore, motivo: str, riconosciuta: str) -> None:
    """The person sets up another one at the next entry, after her password. Raises Vietato, Impossibile."""
    utente = _claim(by, legame, other=EMAIL)
    forget_second_factor(utente)
    _write(by, FATTORE, motivo, riconosciuta, utente)


@transaction.atomic
def change_email(*, by: Attore, legame: Operatore, email: str, motivo: str, riconosciuta: str) -> None:
    """The person proves the new mailbox and her second factor. Raises Vietato, Impossibile, ValidationError."""
    utente = _claim(by, legame, other=FATTORE)
    if utente.email.casefold() == email.casefold():
        raise Impossibile(_("È già il suo indirizzo."))
    if Utente.objects.filter(email__iexact=email).exists():
        raise Impossibile(_("Questo indirizzo è di un altro account."))
    if would_need_the_mailbox_alone(utente):
        raise Impossibile(_("Non ha un secondo fattore qui: prima deve entrare e prepararlo, poi cambi l'indirizzo."))
    move_mailbox(utente, email)
    _write(by, EMAIL, motivo, riconosciuta, utente)


def _claim(by: Attore, legame: Operatore, *, other: str) -> Utente:
    """The account, locked. `other`: what must not have been done to it lately."""
    found = claim_tie(by, legame, Azione.RIPRISTINARE_ACCESSO)
    utente = Utente.objects.select_for_update().get(pk=found.utente_id)
    ours = selectors.bodies(by).values("pk")
    if Operatore.objects.filter(utente=utente, chiuso_il__isnull=True).exclude(ente__in=ours).exists():
        raise Impossibile(_("Lavora anche per un'altra rete: da qui non si tocca il suo accesso."))
    lately = Registro.objects.filter(
        azione=Azione.RIPRISTINARE_ACCESSO,
        esito=Esito.CONSENTITO,
        quando__gte=timezone.now() - TRA_DUE,
        finalita__startswith=f"{other} ",
        finalita__endswith=f" {utente.pk}",
    )
    if lately.exists():
        raise Impossibile(
            _("E-mail e secondo fattore non si cambiano insieme: aspetta sette giorni dall'altro cambio.")
        )
    return utente


def _write(by: Attore, what: str, motivo: str, riconosciuta: str, utente: Utente) -> None:
    told = f"{what} {motivo} {riconosciuta} {utente.pk}"
    record(by, Azione.RIPRISTINARE_ACCESSO, dettaglio=Dettaglio(finalita=told))
