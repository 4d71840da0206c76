"""What each act does to the world of `oracolo`, and when it is refused: a second time, from domain.md §4.1, §5.3.

Every function answers what must come of it, and only where it is done changes the world.
"""

from .oracolo import APERTI_AGLI_ALTRI, AS, CO, SEGUONO, Mondo, Periodo

FATTO, VIETATO, IMPOSSIBILE = "fatto", "vietato", "impossibile"
FINITI = {"chiuso", "orientato", "non_preso_in_carico"}
DA_ASSEGNARE = {"in_valutazione", "trasferito"}
IN_CARICO = {"preso_in_carico", "sospeso", "in_chiusura"}
SI_TRASFERISCE = {
    "segnalato", "primo_ascolto", "in_valutazione", "preso_in_carico", "sospeso", "in_chiusura", "riaperto",
    "trasferito",
}  # fmt: skip
# The steps of who works on a case: what one must be able to do, from where to where ("": where it was before).
PASSI = {
    "valuta": ("valutare", {"primo_ascolto": "in_valutazione", "riaperto": "in_valutazione"}),
    "non_prende": ("valutare", dict.fromkeys(["primo_ascolto", "in_valutazione"], "non_preso_in_carico")),
    "sospende": ("condurre", {"preso_in_carico": "sospeso"}),
    "riprende": ("condurre", {"sospeso": "preso_in_carico"}),
    "avvia_chiusura": ("condurre", {"preso_in_carico": "in_chiusura", "sospeso": "in_chiusura"}),
    "annulla_chiusura": ("condurre", {"in_chiusura": ""}),
    "chiude": ("condurre", {"in_chiusura": "chiuso"}),
    "riapre": ("condurre", dict.fromkeys(FINITI, "riaperto")),
}


# --- who works on a case
def assegna_persona(mondo: Mondo, by: str, chi: str, caso: str, parte: str) -> str:
    if no := _gate(mondo, by, "condividere", caso):
        return no
    legame, qui = mondo.legami[chi], mondo.casi[caso]
    if not assegnabile(mondo, chi, caso) or mondo.escluso(chi, legame, caso) or _now(mondo, chi, caso):
        return IMPOSSIBILE
    if parte == "collega" and (legame.ente, legame.ruolo) != (qui.titolare, AS):
        return IMPOSSIBILE
    _give(mondo, chi, caso, parte)
    return FATTO


def toglie_persona(mondo: Mondo, by: str, chi: str, caso: str) -> str:
    if no := _gate(mondo, by, "condividere", caso, anche_finito=True):
        return no
    rows = _now(mondo, chi, caso)
    if not rows or rows[0].cosa == "responsabile":
        return IMPOSSIBILE
    rows[0].tolto = True
    return FATTO


def assegnabile(mondo: Mondo, chi: str, caso: str) -> bool:
    legame, qui = mondo.legami[chi], mondo.casi[caso]
    admitted = any(each.vale(mondo.oggi) for each in mondo.ammissioni.get((legame.ente, caso), []))
    body = legame.ente == qui.titolare or (admitted and qui.stato in APERTI_AGLI_ALTRI)
    return body and legame.ruolo in SEGUONO and mondo.agisce(legame)


# --- which bodies
def ammette(mondo: Mondo, by: str, ente: str, caso: str, nuova: Periodo) -> str:
    rows = mondo.ammissioni.setdefault((ente, caso), [])
    if no := _gate(mondo, by, "condividere", caso) or _unfit(mondo, ente, caso, rows, nuova):
        return no
    earlier = [each for each in rows if not each.tolto and mondo.oggi <= each.al < nuova.dal]
    if all(each.al != nuova.dal - 1 for each in earlier):
        running = next((each for each in earlier if each.dal <= mondo.oggi), None)
        for each in _theirs(mondo, ente, caso):
            if running is None:
                each.tolto = True
            elif each.al is None or each.al > running.al:
                each.al = running.al
    rows.append(nuova)
    return FATTO


def cambia_ammissione(mondo: Mondo, by: str, ente: str, caso: str, ambiti: set[str]) -> str:
    rows = mondo.ammissioni.setdefault((ente, caso), [])
    if no := _gate(mondo, by, "condividere", caso):
        return no
    old = running_or_next(mondo, ente, caso)
    if old is None:
        return IMPOSSIBILE
    nuova = Periodo(max(old.dal, mondo.oggi), old.al, cosa=ambiti)
    if no := _unfit(mondo, ente, caso, [each for each in rows if each is not old], nuova):
        return no
    old.tolto = True
    rows.append(nuova)
    return FATTO


def revoca(mondo: Mondo, by: str, ente: str, caso: str) -> str:
    if no := _gate(mondo, by, "condividere", caso, anche_finito=True):
        return no
    row = running_or_next(mondo, ente, caso)
    if row is None:
        return IMPOSSIBILE
    row.tolto = True
    if not any(each.vale(mondo.oggi) for each in mondo.ammissioni[ente, caso]):
        for each in _theirs(mondo, ente, caso):
            each.tolto = True
    return FATTO


def running_or_next(mondo: Mondo, ente: str, caso: str) -> Periodo | None:
    rows = [each for each in mondo.ammissioni.get((ente, caso), []) if not each.tolto and each.al >= mondo.oggi]
    return min(rows, key=lambda each: each.dal, default=None)


def _unfit(mondo: Mondo, ente: str, caso: str, rows: list[Periodo], nuova: Periodo) -> str:
    qui = mondo.casi[caso]
    overlaps = any(not each.tolto and each.al >= nuova.dal and each.dal <= nuova.al for each in rows)
    together = mondo.reti(ente) & mondo.reti(qui.titolare)
    fit = qui.stato in APERTI_AGLI_ALTRI and ente != qui.titolare and together and not overlaps
    return "" if fit else IMPOSSIBILE


# --- the seal and conflicts
def sigilla(mondo: Mondo, by: str, caso: str, *, on: bool) -> str:
    if no := _gate(mondo, by, "sigillare", caso, anche_finito=True):
        return no
    qui = mondo.casi[caso]
    if qui.sigillato == on or (on and not _may_be_named(mondo, by, caso)):
        return IMPOSSIBILE
    qui.sigillato = on
    if on:
        for chi in {by, *_office(mondo, caso)}:
            _name(mondo, chi, caso)
    else:
        _unname(mondo, caso)
    return FATTO


def nomina(mondo: Mondo, by: str, chi: str, caso: str, *, on: bool) -> str:
    if no := _gate(mondo, by, "sigillare", caso, anche_finito=True):
        return no
    here = [each for each in mondo.nominati.get((chi, caso), []) if each.vale(mondo.oggi)]
    last = [each for each in _office(mondo, caso) if _named(mondo, (each,), caso)] == [chi]
    wrong = bool(here) or not _may_be_named(mondo, chi, caso) if on else not here or chi == by or last
    if wrong or not mondo.casi[caso].sigillato:
        return IMPOSSIBILE
    if on:
        _name(mondo, chi, caso)
    else:
        here[0].tolto = True
    return FATTO


def dichiara(mondo: Mondo, chi: str, caso: str) -> str:
    if no := _gate(mondo, chi, "dichiarare_conflitto", caso, anche_finito=True):
        return no
    return _conflict(mondo, chi, caso)


def scrive_conflitto(mondo: Mondo, by: str, chi: str, caso: str) -> str:
    if no := _gate(mondo, by, "condividere", caso, anche_finito=True):
        return no
    return IMPOSSIBILE if mondo.legami[by].utente == mondo.legami[chi].utente else _conflict(mondo, chi, caso)


def toglie_conflitto(mondo: Mondo, by: str, chi: str, caso: str) -> str:
    if no := _gate(mondo, by, "condividere", caso, anche_finito=True):
        return no
    rows = [each for each in mondo.conflitti.get((mondo.legami[chi].utente, caso), []) if not each.tolto]
    if not rows or mondo.legami[by].utente == mondo.legami[chi].utente:
        return IMPOSSIBILE
    rows[0].tolto = True
    _cover(mondo, caso)
    return FATTO


def _conflict(mondo: Mondo, chi: str, caso: str) -> str:
    rows = mondo.conflitti.setdefault((mondo.legami[chi].utente, caso), [])
    if any(not each.tolto for each in rows):
        return IMPOSSIBILE
    rows.append(Periodo(mondo.oggi))
    _cover(mondo, caso)
    return FATTO


def _office(mondo: Mondo, caso: str) -> list[str]:
    """The coordinators of who holds the case, but for those in conflict: a seal is never without them."""
    ours = {
        chi: each for chi, each in mondo.legami.items() if (each.ente, each.ruolo) == (mondo.casi[caso].titolare, CO)
    }
    return [chi for chi, each in ours.items() if mondo.lavora(each) and not mondo.in_conflitto(each, caso)]


def _cover(mondo: Mondo, caso: str) -> None:
    office = _office(mondo, caso)
    if mondo.casi[caso].sigillato and not _named(mondo, tuple(office), caso):
        for chi in office:
            _name(mondo, chi, caso)


def _may_be_named(mondo: Mondo, chi: str, caso: str) -> bool:
    legame = mondo.legami[chi]
    office = legame.ruolo == CO and legame.ente == mondo.casi[caso].titolare and mondo.lavora(legame)
    return office or assegnabile(mondo, chi, caso)


# --- the path: of who works on the case, of the coordinator, of who is asked
def passo(mondo: Mondo, by: str, caso: str, quale: str) -> str:
    azione, da = PASSI[quale]
    if not mondo.puo(by, azione, caso):
        return VIETATO
    qui = mondo.casi[caso]
    if qui.stato not in da:
        return IMPOSSIBILE
    if quale == "avvia_chiusura":
        qui.prima_di_chiudere = qui.stato
    qui.stato = da[qui.stato] or qui.prima_di_chiudere
    if quale in ("chiude", "non_prende"):
        _bodies_out(mondo, caso)
        _out(mondo, caso, lambda _chi, each: each.cosa != "responsabile")
        _emergencies_over(mondo, caso)
        qui.proposta = qui.presa = None
    if quale == "riapre":
        _bodies_out(mondo, caso)
        _out(mondo, caso, lambda chi, _each: chi != by)
        _unname(mondo, caso, but=(by, *_office(mondo, caso)))
        _cover(mondo, caso)
    return FATTO


def propone(mondo: Mondo, by: str, chi: str, caso: str) -> str:
    """The coordinator gives the case to `chi`, who is to answer."""
    if not mondo.puo(by, "assegnare", caso):
        return VIETATO
    qui, legame = mondo.casi[caso], mondo.legami[chi]
    anew = qui.stato not in DA_ASSEGNARE
    answers = any(each.cosa == "responsabile" for each in _now(mondo, chi, caso))
    fit = legame.ente == qui.titolare and legame.ruolo == AS and mondo.agisce(legame)
    if not fit or (answers and (anew or qui.presa)) or mondo.in_conflitto(legame, caso):
        return IMPOSSIBILE
    if anew:
        _out(mondo, caso, lambda _chi, each: each.cosa == "responsabile")
    mondo.atti += 1
    qui.proposta, qui.proposta_da, qui.proposta_al, qui.presa = chi, by, mondo.atti, None
    return FATTO


def risponde(mondo: Mondo, chi: str, caso: str, *, si: bool) -> str:
    qui, legame = mondo.casi[caso], mondo.legami[chi]
    asked = qui.proposta == chi and qui.titolare == legame.ente
    if not (asked and legame.ruolo == AS and mondo.agisce(legame)):
        return VIETATO
    before = any(each.vale(mondo.oggi) and each.cosa < qui.proposta_al for each in _names(mondo, qui.proposta_da, caso))
    if si and (mondo.in_conflitto(legame, caso) or (qui.sigillato and not (_named(mondo, (chi,), caso) or before))):
        return IMPOSSIBILE
    qui.proposta = None
    if si:
        _takes_over(mondo, chi, caso)
    return FATTO


def trasferisce(mondo: Mondo, by: str, caso: str, ente: str) -> str:
    if not mondo.puo(by, "trasferire", caso):
        return VIETATO
    qui = mondo.casi[caso]
    desks = [chi for chi, each in mondo.legami.items() if (each.ente, each.ruolo) == (ente, CO)]
    found, together = any(mondo.lavora(mondo.legami[chi]) for chi in desks), mondo.reti(ente) & mondo.reti(qui.titolare)
    if qui.stato not in SI_TRASFERISCE or ente == qui.titolare or not (found and together):
        return IMPOSSIBILE
    _bodies_out(mondo, caso)
    _out(mondo, caso, lambda _chi, _each: True)
    _emergencies_over(mondo, caso)
    _unname(mondo, caso)
    qui.titolare, qui.stato, qui.proposta, qui.presa = ente, "trasferito", None, None
    _cover(mondo, caso)
    return FATTO


def _takes_over(mondo: Mondo, chi: str, caso: str) -> None:
    qui, formal = mondo.casi[caso], mondo.casi[caso].stato in DA_ASSEGNARE | IN_CARICO
    qui.presa = chi if formal else None
    if not any(each.cosa == "responsabile" for each in _now(mondo, chi, caso)):
        _out(mondo, caso, lambda who, each: each.cosa == "responsabile" or (who == chi and each.vale(mondo.oggi)))
        _give(mondo, chi, caso, "responsabile")
    if qui.sigillato and not _named(mondo, (chi,), caso):
        _name(mondo, chi, caso)
    if qui.stato in DA_ASSEGNARE:
        qui.stato = "preso_in_carico"


def _gate(mondo: Mondo, by: str, azione: str, caso: str, *, anche_finito: bool = False) -> str:
    if not mondo.puo(by, azione, caso):
        return VIETATO
    return IMPOSSIBILE if mondo.casi[caso].stato in FINITI and not anche_finito else ""


def _now(mondo: Mondo, chi: str, caso: str) -> list[Periodo]:
    return [each for each in mondo.incarichi.get((chi, caso), []) if each.vale(mondo.oggi)]


def _give(mondo: Mondo, chi: str, caso: str, parte: str) -> None:
    mondo.incarichi.setdefault((chi, caso), []).append(Periodo(mondo.oggi, cosa=parte))


def _theirs(mondo: Mondo, ente: str, caso: str) -> list[Periodo]:
    rows = ((chi, each) for (chi, where), found in mondo.incarichi.items() if where == caso for each in found)
    return [each for chi, each in rows if mondo.legami[chi].ente == ente and not each.tolto]


def _out(mondo: Mondo, caso: str, which) -> None:
    """Of the assignments that are not over, those that `which` says end now."""
    for (chi, where), rows in mondo.incarichi.items():
        for each in rows if where == caso else ():
            if (each.al is None or each.al >= mondo.oggi) and which(chi, each):
                each.tolto = True


def _bodies_out(mondo: Mondo, caso: str) -> None:
    for (ente, where), rows in mondo.ammissioni.items():
        if where == caso and any(not each.tolto for each in rows):
            for each in [*rows, *_theirs(mondo, ente, caso)]:
                each.tolto = True


def _emergencies_over(mondo: Mondo, caso: str) -> None:
    for (_chi, where), rows in mondo.emergenze.items():
        for each in rows if where == caso else ():
            each[2] = each[2] or each[1] > mondo.ora


def _name(mondo: Mondo, chi: str, caso: str) -> None:
    mondo.atti += 1
    mondo.nominati.setdefault((chi, caso), []).append(Periodo(mondo.oggi, cosa=mondo.atti))


def _names(mondo: Mondo, chi: str, caso: str) -> list[Periodo]:
    return mondo.nominati.get((chi, caso), [])


def _named(mondo: Mondo, people: tuple[str, ...], caso: str) -> bool:
    return any(each.vale(mondo.oggi) for chi in people for each in _names(mondo, chi, caso))


def _unname(mondo: Mondo, caso: str, but: tuple[str, ...] = ()) -> None:
    for (chi, where), rows in mondo.nominati.items():
        for each in rows if where == caso and chi not in but else ():
            each.tolto = True
