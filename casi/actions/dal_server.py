"""A second factor forgotten by who runs the server, where nobody inside can do it: the last way back in.

The only coordinator or the only privacy officer who has lost the telephone finds nobody to propose and confirm it.

- refused as long as one person inside could propose it and another confirm it: this is no shortcut;
- announced first to the person and to who coordinates or watches with her; done by the same order, `ATTESA` later at
  the earliest, so that she can speak up; an announcement counts once: another factor waits another hour;
- never within `TRA_DUE` of a new mailbox, as inside;
- both steps are on the register, with no session and with who asked; the reason is in the server's log;
- it opens no case: the person enters with her own password, which nobody here learns or chooses.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.ripristino import TRA_DUE, claim_account
from casi.attore import Attore, from_server
from casi.errori import Impossibile, Vietato
from casi.models import Ripristino
from casi.models.ripristino import VALE
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.ripristini import EMAIL, FATTORE, PROPOSTA, done, in_office, may_confirm, still_announced
from catalogo.models import Accordo, Operatore
from portal.utenti.models import Utente
from portal.utenti.ripristino import forget_second_factor, tell_from_server, tell_office

ATTESA = timedelta(hours=1)
DAL_SERVER = "server"


@transaction.atomic
def reset_from_server(*, utente: Utente, chiede: Utente, senza: Iterable[int] = ()) -> bool:
    """Announce it (False), or do it once announced (True). `senza`: accounts that are locked out too.

    Raises Impossibile, with the reason.
    """
    utente = Utente.objects.select_for_update().get(pk=utente.pk)
    legame = _refuse(utente, {utente.pk, *senza})
    if done(f"{PROPOSTA} {DAL_SERVER}", utente.pk, ATTESA):
        raise Impossibile(_("È stato annunciato da meno di un'ora: la persona deve avere il tempo di dire di no."))
    announced = still_announced(f"{PROPOSTA} {DAL_SERVER}", utente.pk, VALE)
    what, azione = (FATTORE, Azione.CONFERMARE_RIPRISTINO) if announced else (PROPOSTA, Azione.RIPRISTINARE_ACCESSO)
    if announced:
        forget_second_factor(utente)
        Ripristino.objects.filter(legame__utente=utente).delete()
    else:
        tell_from_server(utente)
    tell_office(each.utente.email for each in _office(utente) if each.utente_id != utente.pk)
    told = Dettaglio(finalita=f"{what} {DAL_SERVER} {chiede.pk} {utente.pk}")
    record(from_server(legame), azione, dettaglio=told)
    return announced


def _refuse(utente: Utente, senza: set[int]) -> Operatore:
    """A tie of the person's, for the register. Raises Impossibile."""
    legame = policies.ties_of(utente.pk).first()
    if legame is None:
        raise Impossibile(_("Oggi non agisce per nessun ente della rete, o amministra il sistema."))
    if not Authenticator.objects.filter(user=utente).exists():
        raise Impossibile(_("Non ha un secondo fattore: entra con la password e ne prepara uno."))
    if done(EMAIL, utente.pk, TRA_DUE):
        raise Impossibile(_("La sua e-mail è cambiata da meno di sette giorni: insieme aprirebbero l'account."))
    if way := _inside(utente, senza):
        who = {"chi": way[0].utente, "altri": way[1].utente}
        raise Impossibile(_("Si fa nell'area riservata: lo propone %(chi)s da «Rete», lo conferma %(altri)s.") % who)
    return legame


def _inside(utente: Utente, senza: set[int]) -> tuple[Operatore, Operatore] | None:
    """Who could propose it and who confirm it, by the very rules they would be asked."""
    for legame in _ties(utente):
        for capofila in _lead_bodies(utente):
            for each in in_office(capofila, Azione.RIPRISTINARE_ACCESSO, senza=senza):
                by = replace(from_server(each), secondo_fattore=True, confermato=True)
                others = may_confirm(by, about=senza)
                if others and _could_claim(by, legame):
                    return each, others[0]
    return None


def _could_claim(by: Attore, legame: Operatore) -> bool:
    try:
        claim_account(by, legame, Azione.RIPRISTINARE_ACCESSO, other=EMAIL)
    except (Vietato, Impossibile):
        return False
    return True


def _office(utente: Utente) -> list[Operatore]:
    """Who coordinates or watches the networks the person works in."""
    return [each for ente in _lead_bodies(utente) for each in in_office(ente, Azione.CONFERMARE_RIPRISTINO)]


def _ties(utente: Utente) -> list[Operatore]:
    return list(Operatore.objects.filter(utente=utente, chiuso_il__isnull=True).order_by("pk"))


def _lead_bodies(utente: Utente) -> list[int]:
    enti = [each.ente_id for each in _ties(utente)]
    accordi = Accordo.objects.in_force(timezone.localdate())
    ours = accordi.filter(Q(capofila__in=enti) | Q(adesioni__ente__in=enti)).order_by("capofila")
    return list(ours.values_list("capofila", flat=True).distinct())
