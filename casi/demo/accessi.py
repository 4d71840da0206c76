"""Who may see the case of a story: people on it, bodies admitted, and what keeps somebody out."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from casi.actions.ammissioni import MESI_AL_MASSIMO
from casi.giorni import after_working_days
from casi.mesi import last_day_of
from casi.models import AccessoEmergenza, Ammissione, Avviso, Incarico, Incompatibilita, NominatoAlSigillo, StatoCaso
from casi.percorso import FINITI
from casi.selectors.emergenza import ESAME_ENTRO
from catalogo.models import Operatore

from .lettura import key
from .percorso import coordinatore
from .scena import Scena
from .tempo import giorno, momento

# The path is over for all others, or has not begun again for them.
DA_SOLI = FINITI | {StatoCaso.RIAPERTO, StatoCaso.TRASFERITO}


def di(scena: Scena) -> None:
    caso, storia, rete, righe = scena.caso, scena.storia, scena.rete, scena.righe
    _people(scena)
    for place, row in enumerate(storia.get("enti", ())):
        _body(scena, place, row)
    for who in storia.get("sigillato", ()):
        since = giorno(storia["passi"][0])
        pk = {"caso": caso, "operatore": rete.operatore(who), "data_da": rete.operatore(storia["responsabile"])}
        righe.add(NominatoAlSigillo(dal=since, **pk))
    for who, motivo, origine, days in storia.get("conflitti", ()):
        tie = rete.operatore(who)
        fields = {"motivo": motivo, "origine": origine, "dal": giorno(days)}
        author = tie if origine == "dichiarata" else rete.operatore(storia["responsabile"])
        righe.add(Incompatibilita(caso=caso, utente=tie.utente, scritta_da=author, **fields))
    for place, row in enumerate(storia.get("emergenze", ())):
        _emergency(scena, place, row)
    for who, tipo, days in storia.get("avvisi", ()):
        when = momento(days, storia["chiave"], who, tipo)
        righe.add(Avviso(destinatario=rete.operatore(who), tipo=tipo, caso=caso, creato_il=when))


def _people(scena: Scena) -> None:
    storia, over = scena.storia, _ended(scena.storia)
    passi, rete = storia["passi"], scena.rete
    left = over if storia["stato"] == StatoCaso.TRASFERITO else None
    _assign(scena, rete.operatore(storia["responsabile"]), "responsabile", (passi[0], left))
    for who in storia.get("colleghi", ()):
        _assign(scena, rete.operatore(who), "collega", (passi[min(2, len(passi) - 1)], over))


def _body(scena: Scena, place: int, row: dict[str, Any]) -> None:
    """The admission of a body, and those of its people who are on the case."""
    storia, rete = scena.storia, scena.rete
    over, until = _ended(storia), row.get("al")
    gone = row.get("tolta", over)
    responsabile = rete.operatore(storia["responsabile"])
    last = last_day_of(giorno(row["dal"]), MESI_AL_MASSIMO)
    scena.righe.add(
        Ammissione(
            pk=key("ammissione", storia["chiave"], place),
            caso=scena.caso,
            ente=rete.enti[row["ente"]],
            finalita=row.get("finalita", "intervento"),
            base_giuridica=row.get("base", "compito_pubblico"),
            informativa=rete.informativa,
            ambiti=["sintesi", *row.get("ambiti", ())],
            dal=giorno(row["dal"]),
            al=giorno(until) if until is not None else last,
            fine_detta=gone is None and until is None and last < timezone.localdate(),
            data_da=responsabile,
            tolta_il=momento(gone, storia["chiave"], "tolta", place) if gone is not None else None,
            tolta_da=responsabile if gone is not None else None,
        )
    )
    for who in row.get("persone", ()):
        _assign(scena, rete.operatore(who, row["ente"]), "collaboratore", (row["dal"], gone))


def _assign(scena: Scena, operatore: Operatore, parte: str, days: tuple[int, int | None]) -> None:
    begun, over = days
    names = (scena.storia["chiave"], operatore.utente.username, operatore.ruolo)
    scena.righe.add(
        Incarico(
            pk=key("incarico", *names),
            caso=scena.caso,
            operatore=operatore,
            parte=parte,
            dal=giorno(begun),
            tolta_il=momento(over, *names, "fine") if over is not None else None,
        )
    )


def _ended(storia: dict[str, Any]) -> int | None:
    """When everybody else left, where they did."""
    if storia["stato"] not in DA_SOLI:
        return None
    return storia["passi"][-2 if storia["stato"] == StatoCaso.RIAPERTO else -1]


def _emergency(scena: Scena, place: int, row: dict[str, Any]) -> None:
    caso, rete, righe, name = scena.caso, scena.rete, scena.righe, (scena.storia["chiave"], place)
    begun = _evening(row["g"], row["ora"])
    examined = row.get("esaminata")
    dpo = rete.operatore("sandro")
    righe.add(
        AccessoEmergenza(
            pk=key("emergenza", *name),
            caso=caso,
            operatore=rete.operatore(row["chi"]),
            codice_motivo=row["codice"],
            motivo=row["motivo"],
            inizio=begun,
            fine=begun + timedelta(minutes=60),
            chiuso_il=begun + timedelta(minutes=row["minuti"]),
            esaminare_entro=after_working_days(begun.date(), ESAME_ENTRO),
            esaminato_il=momento(examined, *name) if examined else None,
            esaminato_da=dpo if examined else None,
            esito="giustificato" if examined else "",
            nota_esame=row.get("nota", ""),
        )
    )
    for each in (dpo, rete.operatore(coordinatore("borgo"))):
        letto = momento(examined, *name) if examined else None
        righe.add(Avviso(destinatario=each, tipo="emergenza", caso=caso, creato_il=begun, letto_il=letto))


def _evening(days: int, hour: int) -> datetime:
    return timezone.localtime(timezone.now() - timedelta(days=days)).replace(hour=hour, minute=12, second=0)
