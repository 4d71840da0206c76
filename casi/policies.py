"""THE decision: who may do what in the case area. Nothing else decides, and nothing else reads the permission rows.

A person acts as one `Operatore` (his tie to a body). All of these must hold; anything unknown means no:
- the account is active and no superuser, the second factor was shown, the tie is in force today;
- the body is active and in the network today: it leads an agreement, or its adhesion and privacy deed are in force;
- the role of the tie lists the action (`ruoli.RUOLI`);
- for a case, moreover: no conflict of interest, and the case is not sealed, or the person is named on its list;
- and either the body holds the case, for the actions of an office;
- or the body holds the case, or is of the network of who does and admitted today with the scope the action needs, the
  person is assigned to it today, and has on it the permission row the action needs;
- or, for what an emergency opens to the role, the person has declared one on this case of his network, not yet over.

The rule is written once, as a Q over facts: a list asks it of the database, a single case of the facts in hand.
Everything is read from the database at each question: a right that ended is gone at the next request. Permissions of
groups, permissions on all cases and `is_superuser` open nothing. Sources: domain.md §5.3, security.md §2.
"""

from collections.abc import Mapping
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from casi import models
from casi.attore import Attore
from casi.condizioni import MINORI, UnArrivo, by_code, by_level, holds, opened, proposed_to, reserved_to, seen, unless
from casi.fatti import Chi, Fatti, asked, chi, in_hand
from casi.reti import in_network, piu_reti
from casi.ruoli import REGOLE, RUOLI, Azione, Via
from casi.scritte import written_out
from catalogo.models import Operatore


def ties_of(utente_id: int | None) -> QuerySet[Operatore]:
    """The ties a person may act under today; empty for who may not enter at all."""
    found = Operatore.objects.in_force(timezone.localdate()).filter(
        in_network("ente"),
        utente_id=utente_id or 0,
        utente__is_active=True,
        utente__is_superuser=False,
        ruolo__in=[ruolo for ruolo, cosa in RUOLI.items() if Azione.ENTRARE in cosa.azioni],
    )
    return found.select_related("ente").annotate(piu_reti=piu_reti()).order_by("ente__nome", "pk")


def visible_to(attore: Attore | None, azione: Azione = Azione.ELENCARE_CASI) -> QuerySet[models.Caso]:
    """The cases on which `attore` may do `azione`, now."""
    if attore is None or REGOLE[azione].via is Via.RUOLO or not allowed_by_role(attore, azione):
        return models.Caso.objects.none()
    ruolo = attore.operatore.ruolo
    composed = _composed.__wrapped__ if azione in RUOLI[ruolo].in_emergenza else _composed
    return composed(chi(attore), ruolo, azione).all()


@lru_cache(maxsize=1_000)
def _composed(who: Chi, ruolo: str, azione: Azione) -> QuerySet[models.Caso]:
    """The words are kept for the day, but for those of an emergency, which lives for minutes; the answer never."""
    return models.Caso.objects.filter(_stands(who, ruolo), asked(who, _rule(ruolo, azione)))


def known_to(attore: Attore, casi: QuerySet[models.Caso]) -> QuerySet[models.Caso]:
    """Of `casi`, told by number alone, those neither in conflict with `attore` nor under a seal that binds his role."""
    return casi.filter(asked(chi(attore, reti=False), by_code(attore.operatore.ruolo)))


def may(attore: Attore | None, azione: Azione, caso: models.Caso | None = None) -> bool:
    """Whether `attore` may do `azione`: on `caso`, or at all where no case is named."""
    if caso is not None:
        return visible_to(attore, azione).filter(pk=caso.pk).exists()
    if attore is None or not allowed_by_role(attore, azione):
        return False
    me = attore.operatore  # if he is still what he was when the request began
    return ties_of(me.utente_id).filter(pk=me.pk, ruolo=me.ruolo).exists()


def allowed_by_role(attore: Attore, azione: Azione) -> bool:
    """As `may` with no case, of a tie that `ties_of` has just answered in this request: nothing to ask again."""
    return _listed(attore, azione) and not needs_confirming(attore, azione)


def facts_on(attore: Attore, pk: UUID) -> Fatti | None:
    """What ties `attore` to the case, as the rule asks it: for `azioni_su`, and for who explains it to him."""
    return in_hand(chi(attore), attore.operatore.ruolo, _stands, _rule, pk)


def azioni_su(attore: Attore, pk: UUID) -> frozenset[Azione]:
    """What `attore` may do on the case `pk`, some after confirming who he is: one query. Empty also for no case."""
    return azioni_con(attore, facts_on(attore, pk))


def azioni_con(attore: Attore, facts: Mapping[str, bool] | None) -> frozenset[Azione]:
    """The same from facts in hand: those of `facts_on`, or those with one of them supposed otherwise."""
    listed = (each for each in Azione if REGOLE[each].via is not Via.RUOLO and _listed(attore, each))
    return frozenset(each for each in listed if facts and holds(_rule(attore.operatore.ruolo, each), facts))


def voci_visibili(attore: Attore, caso: models.Caso, azioni: frozenset[Azione]) -> QuerySet[models.VoceDiario]:
    """Diary entries of `caso`; `azioni` is what `azioni_su` has just answered."""
    rules = by_level(attore.operatore) | reserved_to(attore.operatore, "voce")
    return seen(attore, opened(models.VoceDiario.objects.filter(caso=caso), rules, azioni))


def allegati_visibili(attore: Attore, caso: models.Caso, azioni: frozenset[Azione]) -> QuerySet[models.Allegato]:
    return seen(attore, opened(models.Allegato.objects.filter(caso=caso), by_level(attore.operatore), azioni))


def interventi_visibili(attore: Attore, caso: models.Caso, azioni: frozenset[Azione]) -> QuerySet[models.Intervento]:
    """Those of other bodies are to be shown by kind and period alone, unless VISTA_GLOBALE is in `azioni`."""
    rules = {
        Azione.INTERVENTI_ENTE: Q(ente=attore.operatore.ente_id),
        Azione.INTERVENTI_ALTRUI: Q(condiviso=True) & ~Q(stato__in=models.SENZA_EFFETTO),
        Azione.VISTA_GLOBALE: Q(pk__isnull=False),
    }
    return seen(attore, opened(models.Intervento.objects.filter(caso=caso), rules, azioni))


def aiuti_in_corso(attore: Attore, caso: models.Caso, azioni: frozenset[Azione]) -> QuerySet[models.Intervento]:
    """Those of which a summary tells the kind alone (domain.md §5.1); others' to the roles they concern (§5.2)."""
    told = Q(ente=attore.operatore.ente_id) | (Q(condiviso=True) if _listed(attore, Azione.INTERVENTI_ALTRUI) else Q())
    rules = {Azione.VEDERE_CASO: told, Azione.VISTA_GLOBALE: Q(pk__isnull=False)}
    running = models.Intervento.objects.filter(caso=caso, stato=models.StatoIntervento.IN_CORSO)
    return seen(attore, opened(running, rules, azioni))


def valutazioni_visibili(attore: Attore, caso: models.Caso, azioni: frozenset[Azione]) -> QuerySet[models.Valutazione]:
    rules = {Azione.VALUTARE: Q(pk__isnull=False)}
    return seen(attore, opened(models.Valutazione.objects.filter(caso=caso), rules, azioni))


def salute_e_minori_visibili(
    attore: Attore, caso: models.Caso, azioni: frozenset[Azione]
) -> QuerySet[models.VoceValutazioneRiservata]:
    """Level 5 of an assessment: for who is named on each area, and for who wrote it while he may assess."""
    rules = reserved_to(attore.operatore, "area")
    return seen(attore, opened(models.VoceValutazioneRiservata.objects.filter(valutazione__caso=caso), rules, azioni))


def arrivi_visibili(attore: Attore, modello: type[UnArrivo], *, dei_casi: bool = False) -> QuerySet[UnArrivo]:
    """Requests, or alerts, of the actor's body that are in nobody's hands yet; or those of the cases he assesses."""
    me = attore.operatore
    where = Q(caso__in=visible_to(attore, Azione.VALUTARE)) if dei_casi else Q(ente=me.ente_id, caso=None)
    found = modello._default_manager.filter(_stands(chi(attore), me.ruolo), where)
    if modello is models.Segnalazione:
        found = unless(found, "minori_a_rischio", reads=_listed(attore, Azione.VEDERE_MINORI_A_RISCHIO))
    return found if dei_casi or allowed_by_role(attore, Azione.GESTIRE_ARRIVI) else found.none()


def ascolti_visibili(
    attore: Attore, caso: models.Caso | None = None, azioni: frozenset[Azione] = frozenset()
) -> QuerySet[models.PrimoAscolto]:
    """First conversations: of `caso`; of none yet, the body's own and what its network proposes to who opens cases."""
    me, ours = attore.operatore, Q(ente=attore.operatore.ente_id)
    ascolti = unless(models.PrimoAscolto.objects.all(), MINORI, reads=_listed(attore, Azione.VEDERE_MINORI_A_RISCHIO))
    if caso is not None:
        rules = {Azione.DIARIO_PROPRIO: Q(operatore=me.pk), Azione.DIARIO_ENTE: ours, Azione.VALUTARE: Q(caso=caso)}
        return seen(attore, opened(ascolti.filter(caso=caso), rules, azioni))
    rules = {Azione.SCRIVERE_ASCOLTO: ours, Azione.APRIRE_CASO: proposed_to(me.ente_id)}
    loose = ascolti.filter(_stands(chi(attore), me.ruolo), caso=None)
    return opened(loose, rules, frozenset(each for each in rules if allowed_by_role(attore, each)))


def ascolti_passati(attore: Attore) -> QuerySet[models.PrimoAscolto]:
    """The actor's own that a case has taken along: for him to know that, and nothing of the case."""
    found = models.PrimoAscolto.objects.filter(_stands(chi(attore), attore.operatore.ruolo), caso__isnull=False)
    mine = found.filter(operatore=attore.operatore)
    return mine if allowed_by_role(attore, Azione.SCRIVERE_ASCOLTO) else mine.none()


def _listed(attore: Attore, azione: Azione) -> bool:
    ruolo = RUOLI[attore.operatore.ruolo]
    return attore.secondo_fattore and azione in ruolo.azioni | ruolo.in_emergenza


def needs_confirming(attore: Attore, azione: Azione) -> bool:
    """Whether `azione` asks who one is again, and that was too long ago."""
    return REGOLE[azione].conferma and not attore.confermato


@lru_cache(maxsize=1_000)
def _stands(who: Chi, ruolo: str) -> Any:
    """Whether the tie is what it was when the request began: the words are kept for the day, the answer never."""
    return written_out(ties_of(who.utente).filter(pk=who.operatore, ruolo=ruolo))


@cache
def _rule(nome: str, azione: Azione) -> Q:
    """The rule of one action on a case, for a role, over the facts of `casi.fatti`: an emergency is its last way."""
    regola, ruolo, ways = REGOLE[azione], RUOLI[nome], []
    if azione in ruolo.azioni and regola.via is Via.UFFICIO:
        ways.append(Q(titolare=True))
    elif azione in ruolo.azioni:
        body = Q(titolare=True) | (Q((f"ammesso_{regola.ambito}", True), della_rete=True) if regola.ambito else Q())
        ways.append(body & Q(incaricato=True) & Q((f"permesso_{regola.permesso}", True)))
    if azione in ruolo.in_emergenza:  # who is on a seal only to give the case away does not open it
        ways.append(Q(emergenza=True, della_rete=True) & (Q() if azione in ruolo.azioni else Q(sigillato=False)))
    return Q(conflitto=False) & Q(sigillato_per_me=False) & reduce(or_, ways)
