"""Helping an accredited person who cannot enter any more. Who does it reads no case, and cannot become that person.

- nobody touches his own account, nor one that administers the system, nor that of who works for another network too;
- one says why, and how the person was recognised: both are on the register;
- a new mailbox asks for the person's second factor, unless she has never entered: there is nothing to take over;
- a second factor is forgotten by two: one proposes it, another person confirms it within a day, and has recognised
  her too. Who has got his role or his mailbox lately confirms nothing: he might be the first one (`newcomers`);
- where nobody could confirm nothing is proposed: who runs the server helps (`dal_server`);
- a new mailbox and a forgotten second factor together would open the account: never both within `TRA_DUE`, so that the
  person, who is told each time, can speak up.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.accredito import claim_tie
from casi.attore import Attore
from casi.errori import Impossibile, Vietato
from casi.models import Ripristino
from casi.models.ripristino import VALE
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors import accredito as selectors
from casi.selectors.ripristini import EMAIL, FATTORE, PROPOSTA, done, for_me, may_confirm, newcomers
from catalogo.models import Operatore
from portal.utenti.models import Utente
from portal.utenti.ripristino import forget_second_factor, move_mailbox, tell_proposed, would_need_the_mailbox_alone

TRA_DUE = timedelta(days=7)


@transaction.atomic
def propose_reset(*, by: Attore, legame: Operatore, motivo: str, riconosciuta: str) -> Ripristino:
    """Nothing changes until another person confirms it; she is told already. Raises Vietato, Impossibile."""
    utente = claim_account(by, legame, Azione.RIPRISTINARE_ACCESSO, other=EMAIL)
    if not may_confirm(by, about=[utente.pk]):
        raise Impossibile(_("Adesso nessun altro può confermarlo: per questa volta lo fa chi gestisce il server."))
    Ripristino.objects.filter(proposto_il__lte=timezone.now() - VALE).delete()
    if Ripristino.objects.filter(legame__utente=utente).exists():
        raise Impossibile(_("È già stato proposto: lo conferma un'altra persona, da «Conferme»."))
    row = Ripristino(legame=legame, proposto_da=by.operatore, motivo=motivo, riconosciuta=riconosciuta)
    row.full_clean()
    row.save()
    tell_proposed(utente)
    _write(by, Azione.RIPRISTINARE_ACCESSO, PROPOSTA, motivo, riconosciuta, utente)
    return row


@transaction.atomic
def confirm_reset(*, by: Attore, ripristino: Ripristino, riconosciuta: str) -> None:
    """The person sets up another one at the next entry, after her password. Raises Vietato, Impossibile."""
    utente = claim_account(by, ripristino.legame, Azione.CONFERMARE_RIPRISTINO, other=EMAIL)
    row = for_me(by).select_for_update(of=("self",)).filter(pk=ripristino.pk).first()
    if row is None:
        raise Vietato
    if newcomers([by.operatore]):
        raise Impossibile(_("Conferma solo chi ha questo ruolo e questa e-mail da almeno trenta giorni."))
    forget_second_factor(utente)
    row.delete()
    _write(by, Azione.CONFERMARE_RIPRISTINO, FATTORE, row.motivo, riconosciuta, utente)


@transaction.atomic
def change_email(*, by: Attore, legame: Operatore, email: str, motivo: str, riconosciuta: str) -> None:
    """The person proves the new mailbox and her second factor. Raises Vietato, Impossibile, ValidationError."""
    utente = claim_account(by, legame, Azione.RIPRISTINARE_ACCESSO, other=FATTORE)
    if utente.email.casefold() == email.casefold():
        raise Impossibile(_("È già il suo indirizzo."), campo="email")
    if Utente.objects.filter(email__iexact=email).exists():
        raise Impossibile(_("Questo indirizzo è di un altro account."), campo="email")
    if would_need_the_mailbox_alone(utente):
        raise Impossibile(_("Non ha un secondo fattore qui: prima deve entrare e prepararlo, poi cambi l'indirizzo."))
    move_mailbox(utente, email)
    _write(by, Azione.RIPRISTINARE_ACCESSO, EMAIL, motivo, riconosciuta, utente)


def claim_account(by: Attore, legame: Operatore, azione: Azione, *, other: str) -> Utente:
    """The account, locked. `other`: what must not have been done to it lately."""
    found = claim_tie(by, legame, azione)
    utente = Utente.objects.select_for_update().get(pk=found.utente_id)
    ours = selectors.only_ours(by).order_by().values("pk")
    if Operatore.objects.filter(utente=utente, chiuso_il__isnull=True).exclude(ente__in=ours).exists():
        raise Impossibile(_("Lavora anche per un'altra rete: da qui non si tocca il suo accesso."))
    if done(other, utente.pk, TRA_DUE):
        raise Impossibile(
            _("E-mail e secondo fattore non si cambiano insieme: aspetta sette giorni dall'altro cambio.")
        )
    return utente


def _write(by: Attore, azione: Azione, what: str, motivo: str, riconosciuta: str, utente: Utente) -> None:
    told = f"{what} {motivo} {riconosciuta} {utente.pk}"
    record(by, azione, dettaglio=Dettaglio(finalita=told))
