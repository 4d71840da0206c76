"""The case of a story and its steps, from the first to the state it is in."""

from typing import Any

from casi.models import Caso, Nucleo, Passaggio, PresaInCarico, StatoCaso
from casi.models.caso import LETTERS
from casi.percorso import FINITI

from .lettura import key, signs
from .rete import Rete
from .righe import Righe
from .tempo import giorno, momento

S = StatoCaso
INIZIO = (S.PRIMO_ASCOLTO, S.IN_VALUTAZIONE)
IN_CARICO = (*INIZIO, S.PRESO_IN_CARICO)
CHIUSO = (*IN_CARICO, S.IN_CHIUSURA, S.CHIUSO)
STRADE: dict[str, tuple[S, ...]] = {
    S.SEGNALATO: (S.SEGNALATO,),
    S.PRIMO_ASCOLTO: (S.PRIMO_ASCOLTO,),
    S.IN_VALUTAZIONE: INIZIO,
    S.PRESO_IN_CARICO: IN_CARICO,
    S.SOSPESO: (*IN_CARICO, S.SOSPESO),
    S.IN_CHIUSURA: (*IN_CARICO, S.IN_CHIUSURA),
    S.CHIUSO: CHIUSO,
    S.RIAPERTO: (*CHIUSO, S.RIAPERTO),
    S.ORIENTATO: (S.PRIMO_ASCOLTO, S.ORIENTATO),
    S.NON_PRESO_IN_CARICO: (*INIZIO, S.NON_PRESO_IN_CARICO),
    S.TRASFERITO: (*IN_CARICO, S.TRASFERITO),
}
PASSI = {
    S.IN_VALUTAZIONE: "valuta", S.PRESO_IN_CARICO: "accetta", S.SOSPESO: "sospende", S.IN_CHIUSURA: "avvia_chiusura",
    S.CHIUSO: "chiude", S.RIAPERTO: "riapre", S.ORIENTATO: "orienta", S.NON_PRESO_IN_CARICO: "non_prende",
    S.TRASFERITO: "trasferisce",
}  # fmt: skip


def caso(storia: dict[str, Any], nucleo: Nucleo, rete: Rete, righe: Righe) -> Caso:
    name, stato, passi = storia["chiave"], storia["stato"], storia["passi"]
    verifica, urgente = storia.get("verifica"), storia.get("urgente")
    row = Caso(
        pk=key("caso", name),
        numero=f"C-{signs(LETTERS, 6, 'caso', name)}",
        stato=stato,
        ente_titolare=rete.enti[storia["titolare"]],
        nucleo=nucleo,
        comune=rete.comuni[storia.get("comune", "999001")],
        aperto_il=momento(passi[0], name, 0),
        chiuso_il=momento(passi[-1], name, len(passi) - 1) if stato in FINITI else None,
        motivo_chiusura=storia.get("motivo_chiusura", "obiettivi") if stato == S.CHIUSO else "",
        urgente_fino_al=giorno(-urgente) if urgente else None,
        prossima_verifica=giorno(-verifica) if verifica is not None else None,
        sigillato=bool(storia.get("sigillato")),
    )
    righe.add(row)
    _steps(row, storia, rete, righe)
    if S.PRESO_IN_CARICO in STRADE[stato]:
        _taken(row, storia, rete, righe)
    if "proposta" in storia:
        _offered(row, storia["proposta"], rete, righe)
    return row


def quando(storia: dict[str, Any], stato: str) -> int:
    """How many days ago the case of `storia` came to `stato`."""
    return storia["passi"][STRADE[storia["stato"]].index(S(stato))]


def coordinatore(ente: str) -> str:
    return f"coordinatore_{ente}"


def _steps(row: Caso, storia: dict[str, Any], rete: Rete, righe: Righe) -> None:
    before = ""
    offices = {S.TRASFERITO: coordinatore(storia.get("da_ente", storia["titolare"]))}
    for place, (stato, days) in enumerate(zip(STRADE[storia["stato"]], storia["passi"], strict=True)):
        who = offices.get(stato, storia["responsabile"])
        righe.add(
            Passaggio(
                pk=key("passaggio", row.pk, place),
                caso=row,
                da=before,
                a=stato,
                operatore=rete.operatore(who),
                quando=momento(days, storia["chiave"], place),
                motivo=storia.get("motivi", {}).get(stato, ""),
                passo=PASSI.get(stato, ""),
            )
        )
        before = stato


def _taken(row: Caso, storia: dict[str, Any], rete: Rete, righe: Righe) -> None:
    """The formal assumption of responsibility: given by the coordinator, accepted, over when the case is."""
    taken = quando(storia, S.PRESO_IN_CARICO)
    over = storia["stato"] in {S.CHIUSO, S.RIAPERTO, S.TRASFERITO}
    ended = storia["passi"][4 if storia["stato"] == S.RIAPERTO else -1]
    righe.add(
        PresaInCarico(
            pk=key("presa", row.pk),
            caso=row,
            assegnata_a=rete.operatore(storia["responsabile"]),
            assegnata_da=rete.operatore(coordinatore(storia.get("da_ente", storia["titolare"]))),
            assegnata_il=momento(taken + 3, storia["chiave"], "assegnata"),
            accettata_il=momento(taken, storia["chiave"], "accettata"),
            base_giuridica="compito_pubblico",
            avviso_alla_famiglia_il=giorno(taken),
            conclusa_il=momento(ended, storia["chiave"], "conclusa") if over else None,
        )
    )


def _offered(row: Caso, proposta: list[Any], rete: Rete, righe: Righe) -> None:
    """Assigned, and waiting for a yes."""
    who, days = proposta
    righe.add(
        PresaInCarico(
            pk=key("proposta", row.pk),
            caso=row,
            assegnata_a=rete.operatore(who),
            assegnata_da=rete.operatore(coordinatore(_office(row, rete))),
            assegnata_il=momento(days, row.numero, "proposta"),
        )
    )


def _office(row: Caso, rete: Rete) -> str:
    return next(name for name, ente in rete.enti.items() if ente.pk == row.ente_titolare_id)
