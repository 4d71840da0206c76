"""Accrediting bodies and people. Each act is on the register; none shows a case to who does it.

- a body is accredited by who coordinates for the body that leads its agreement;
- nobody gives himself a role, nor touches his own tie;
- who accredits follows no case and who follows cases accredits nobody, nor watches who reads them (constraints of
  `Operatore`);
- what ends, ends at once: the database closes the sessions (decision 0009), the decision reads the ties anew.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casi.actions.accredito_giorni import check_last_day
from casi.actions.avvisi import people_of
from casi.actions.limiti import cover_all
from casi.actions.serratura import require
from casi.attore import Attore, from_server
from casi.errori import Impossibile, Vietato
from casi.models import Caso
from casi.registro import Dettaglio, record
from casi.reti import APERTE
from casi.ruoli import Azione
from casi.selectors import accredito as selectors
from catalogo.models import Accordo, Adesione, Ente, Operatore
from catalogo.models.accordo import StatoAdesione, last_day
from catalogo.models.operatore import RuoloOperatore
from portal.utenti.inviti import invite, make_account, start_afresh
from portal.utenti.models import Utente

SOLO_CAPOFILA = (RuoloOperatore.COORDINATORE, RuoloOperatore.RESPONSABILE_PRIVACY)
SPENTO = gettext_lazy(
    "L'account di questa persona è spento: non entrerebbe. Lo riaccende chi gestisce gli account del portale: "
    "chiediglielo, poi accreditala."
)
# What may be done to an adhesion: from which states, to which.
PASSAGGI: dict[str, tuple[tuple[str, ...], str]] = {
    "sottoscrivi": ((StatoAdesione.RICHIESTA,), StatoAdesione.SOTTOSCRITTA),
    "sospendi": ((StatoAdesione.SOTTOSCRITTA,), StatoAdesione.SOSPESA),
    "riprendi": ((StatoAdesione.SOSPESA,), StatoAdesione.SOTTOSCRITTA),
    "recedi": (APERTE, StatoAdesione.RECEDUTA),
    "revoca": (APERTE, StatoAdesione.REVOCATA),
}


@dataclass(frozen=True)
class Firma:
    """What a body signs: from when, to when, and the privacy agreement, which may come later."""

    valida_dal: date
    valida_al: date | None = None  # None: five years
    ruolo_privacy: str = ""
    privacy_firmata_il: date | None = None


@dataclass(frozen=True)
class Persona:
    """Who is to be accredited; the names are asked for only when the address is nobody's yet."""

    email: str
    nome: str = ""
    cognome: str = ""


@transaction.atomic
def register_adhesion(*, by: Attore, accordo: Accordo, ente: Ente, firma: Firma) -> Adesione:
    """`ente` signs `accordo`; one that leads a network too, and goes on governing its own people alone: so a case is
    handed from one network to the other. Raises Vietato, Impossibile (it has signed already), ValidationError."""
    require(by, Azione.ACCREDITARE)
    locked = selectors.led_by(by).select_for_update().filter(pk=accordo.pk).first()
    if locked is None:
        raise Vietato
    if ente.pk == by.operatore.ente_id:
        raise Impossibile(_("Il capofila è già nella rete: ha firmato l'accordo."), campo="ente")
    if any(_overlaps(each, firma) for each in Adesione.objects.filter(accordo=locked, ente=ente, stato__in=APERTE)):
        text = _("Questo ente ha già un'adesione in quel periodo: rinnovala dalla sua riga.")
        raise Impossibile(text, campo="ente")
    return _sign(by, Adesione(accordo=locked, ente=ente), firma, "registra")


@transaction.atomic
def renew_adhesion(*, by: Attore, adesione: Adesione, firma: Firma) -> Adesione:
    """A new row that follows `adesione`. Raises Vietato, Impossibile (not to be renewed), ValidationError."""
    old = _claim_adesione(by, adesione)
    if old.stato != StatoAdesione.SOTTOSCRITTA or old.valida_al is None:
        raise Impossibile(_("Si rinnova solo un'adesione sottoscritta, con una data di fine."))
    if Adesione.objects.filter(precedente=old).exists():
        raise Impossibile(_("Questa adesione è già stata rinnovata."))
    if firma.valida_dal <= old.valida_al:
        raise ValidationError({"valida_dal": _("Il rinnovo comincia dopo la fine dell'adesione che rinnovi.")})
    new = Adesione(accordo=old.accordo, ente=old.ente, precedente=old)
    return _sign(by, new, firma, "rinnova")


@transaction.atomic
def move_adhesion(*, by: Attore, adesione: Adesione, passaggio: str) -> None:
    """Suspend it, resume it, end it (`PASSAGGI`), from this moment. Raises Vietato, Impossibile."""
    row = _claim_adesione(by, adesione)
    before, after = PASSAGGI[passaggio]
    if row.stato not in before:
        raise Impossibile(_("Nello stato di adesso questo passaggio non si può fare."))
    row.stato = after
    row.save(update_fields=["stato"])
    _tell(by, passaggio, row)


@transaction.atomic
def sign_privacy(
    *, by: Attore, adesione: Adesione, ruolo_privacy: str, privacy_firmata_il: date, letta: str = ""
) -> None:
    """The body's privacy agreement: without it nobody of the body enters. `letta` is the `Adesione.privacy` that was
    read, empty for none: signed otherwise meanwhile, it is not written over.

    Raises Vietato, Impossibile, ValidationError.
    """
    row = _claim_adesione(by, adesione)
    if row.privacy != letta:
        raise Impossibile(_("Intanto qualcuno ha registrato l'accordo privacy: torna a «Rete», guardalo e decidi."))
    _not_to_come(privacy_firmata_il)
    row.ruolo_privacy, row.privacy_firmata_il = ruolo_privacy, privacy_firmata_il
    row.full_clean()
    row.save(update_fields=["ruolo_privacy", "privacy_firmata_il"])
    _tell(by, "corregge privacy" if letta else "firma privacy", row)


@transaction.atomic
def accredit(*, by: Attore, ente: Ente, persona: Persona, ruolo: str, dal: date, al: date | None = None) -> Operatore:
    """Tie a person to `ente`, with the account he has or a new one, until `al` if there is to be a last day.
    Raises Vietato, Impossibile, ValidationError.

    Who was never accredited before proves the mailbox first, whatever the account's ways in were: somebody else may
    have set them up.
    """
    require(by, Azione.ACCREDITARE)
    if not selectors.bodies(by).filter(pk=ente.pk).exists():
        raise Vietato
    found = locked_account(persona)
    _refuse(by, found)
    check_last_day(dal, al)
    tie = _tie(by, Operatore(utente=account_for(persona, found), ente=ente, ruolo=ruolo, dal=dal, al=al))
    cover_all(by, tie.ente_id)
    _tell(by, "accredita", tie)
    return tie


def account_for(persona: Persona, utente: Utente | None) -> Utente:
    """The account `locked_account` has found, or a new one. Who was never accredited before is invited.
    Raises Impossibile."""
    if utente is not None and not utente.is_active:
        raise Impossibile(SPENTO, campo="email")
    if utente is not None and Operatore.objects.filter(utente=utente).exists():
        return utente
    if utente is not None:
        start_afresh(utente)
    elif persona.nome and persona.cognome:
        utente = make_account(email=persona.email, nome=persona.nome, cognome=persona.cognome)
    else:
        raise Impossibile(_("Nessun account ha questo indirizzo: scrivi anche nome e cognome."), campo="nome")
    invite(utente)
    return utente


def locked_account(persona: Persona) -> Utente | None:
    """Not its key: who writes on a case names the account, and the seals of the same case are next.

    Of an address that has none yet there is nothing to lock: two who accredit it wait for each other before looking.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7236181))", [persona.email.casefold()])
    return Utente.objects.select_for_update(no_key=True).filter(email__iexact=persona.email).first()


@transaction.atomic
def change_role(*, by: Attore, legame: Operatore, ruolo: str) -> Operatore:
    """End the tie and give another for the same body, from today or from when it was to begin.

    Raises Vietato, Impossibile, ValidationError.
    """
    old = claim_tie(by, legame)
    if old.ruolo == ruolo:
        raise Impossibile(_("Ha già questo ruolo."), campo="ruolo")
    _close(old)
    dal = max(old.dal, timezone.localdate())
    new = _tie(by, Operatore(utente=old.utente, ente=old.ente, ruolo=ruolo, dal=dal, al=old.al))
    cover_all(by, new.ente_id)
    _tell(by, "cambia ruolo", new)
    return new


@transaction.atomic
def end_tie(*, by: Attore, legame: Operatore) -> None:
    """From this moment the person acts for the body no more. Raises Vietato, Impossibile."""
    _end(by, claim_tie(by, legame), "termina")


@transaction.atomic
def end_switched_off() -> int:
    """End the ties of accounts that are off, or administer the system; how many. For the nightly command.

    Who is switched on again is accredited anew, and finds nothing of what he followed (domain.md §5.3). The only one
    who coordinates for a body stays: nobody inside could accredit him again.
    """
    off = Q(utente__is_active=False) | Q(utente__is_superuser=True)
    rows = selectors.not_ended().filter(off).select_for_update(of=("self",), no_key=True).select_related("ente")
    ended = [tie for tie in rows.order_by("pk") if not _only_one(tie)]
    bodies = {each.ente_id for each in ended}
    list(Caso.objects.select_for_update(no_key=True).filter(ente_titolare__in=bodies, sigillato=True).order_by("pk"))
    for tie in ended:
        _end(from_server(tie), tie, "termina spento")
    return len(ended)


def _only_one(tie: Operatore) -> bool:
    others = people_of(tie.ente_id, RuoloOperatore.COORDINATORE)
    return tie.ruolo == RuoloOperatore.COORDINATORE and not others.exists()


def _end(by: Attore, old: Operatore, atto: str) -> None:
    _close(old)
    cover_all(by, old.ente_id)
    _tell(by, atto, old)


def _claim_adesione(by: Attore, adesione: Adesione) -> Adesione:
    require(by, Azione.ACCREDITARE)
    rows = Adesione.objects.select_for_update().filter(accordo__in=selectors.led_by(by)).order_by("pk")
    found = rows.filter(pk=adesione.pk).first()
    if found is None:
        raise Vietato
    return found


def claim_tie(by: Attore, legame: Operatore, azione: Azione = Azione.ACCREDITARE) -> Operatore:
    """The tie, locked with its account, if it is one of the network and not one's own. Raises Vietato, Impossibile.

    What is given to one account comes one after the other, as in `accredit`. Not their keys: who writes on a sealed
    case names the tie, and the case may be next (`cover_all`).
    """
    require(by, azione)
    found = selectors.ties(by).select_for_update(of=("self", "utente"), no_key=True).filter(pk=legame.pk).first()
    if found is None:
        raise Vietato
    _refuse(by, found.utente)
    return found


def _refuse(by: Attore, utente: Utente | None) -> None:
    if utente is None:
        return
    if utente.pk == by.operatore.utente_id:
        raise Impossibile(_("Nessuno dà un ruolo a sé stesso, né tocca il proprio: chiedi a un altro coordinatore."))
    if utente.is_superuser:
        raise Impossibile(_("Chi amministra il sistema non lavora sui casi: serve un altro account."))


def _overlaps(adesione: Adesione, firma: Firma) -> bool:
    end = firma.valida_al or last_day(firma.valida_dal)
    return adesione.valida_dal <= end and (adesione.valida_al is None or adesione.valida_al >= firma.valida_dal)


def _not_to_come(privacy_firmata_il: date | None) -> None:
    if privacy_firmata_il and privacy_firmata_il > timezone.localdate():
        raise ValidationError({"privacy_firmata_il": _("Questo giorno deve ancora venire.")})


def _sign(by: Attore, adesione: Adesione, firma: Firma, atto: str) -> Adesione:
    _not_to_come(firma.privacy_firmata_il)
    adesione.stato = StatoAdesione.SOTTOSCRITTA
    adesione.valida_dal, adesione.valida_al = firma.valida_dal, firma.valida_al or last_day(firma.valida_dal)
    adesione.ruolo_privacy, adesione.privacy_firmata_il = firma.ruolo_privacy, firma.privacy_firmata_il
    adesione.full_clean()
    adesione.save()
    _tell(by, atto, adesione)
    return adesione


def _tie(by: Attore, operatore: Operatore) -> Operatore:
    if operatore.ruolo in SOLO_CAPOFILA and operatore.ente_id != by.operatore.ente_id:
        raise Impossibile(_("Questo ruolo è solo dell'ente capofila."), campo="ruolo")
    operatore.full_clean()
    operatore.save()
    return operatore


def _close(operatore: Operatore) -> None:
    operatore.chiuso_il = timezone.now()
    operatore.save(update_fields=["chiuso_il"])


def _tell(by: Attore, atto: str, row: Adesione | Operatore) -> None:
    record(by, Azione.ACCREDITARE, dettaglio=Dettaglio(row, finalita=f"{atto} {row.pk}"))
