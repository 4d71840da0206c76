"""What the register would say of these two years: who opened which case, who was refused, who searched.

The lines go in as SQL, so that each may carry its own day; the database numbers and seals them as it does any other.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from casi.integrita import keep_head, verify
from casi.models import AccessoEmergenza, Ammissione, Incarico, Intervento, Passaggio, Registro, VoceDiario
from casi.ruoli import REGOLE, Azione, Via
from catalogo.models import Operatore

from . import scarti
from .lettura import key, number
from .rete import Rete
from .righe import Righe
from .tempo import momento

COLONNE = (
    "quando", "utente_id", "operatore_id", "ente_id", "ente_nome", "ruolo", "azione", "esito", "casi", "oggetto",
    "oggetto_id", "oggetti", "titoli", "livello", "finalita", "risultati", "sessione", "indirizzo", "richiesta",
    "precedente", "impronta",
)  # fmt: skip
QUOTIDIANE = 40  # days on which somebody looked at his list
Riga = dict[str, Any]


def scrivi(righe: Righe, rete: Rete) -> int:
    """The lines of the history, oldest first, if the register has none yet; verified, as every night. How many."""
    if Registro.objects.exists():
        return 0
    disposal = (_line(*each[:3], **each[3]) for each in scarti.atti(rete))
    on_cases = (_grounded(line, righe) for line in (*_writing(righe), *_looking(righe)))
    told = (*on_cases, *_refused(righe, rete), *disposal)
    lines = sorted(told, key=lambda line: line["quando"])
    places = ", ".join(["%s"] * len(COLONNE))
    insert = f"INSERT INTO {Registro._meta.db_table} ({', '.join(COLONNE)}) VALUES ({places})"  # noqa: S608 -- names of our own columns
    with connection.cursor() as cursor:
        cursor.executemany(insert, [[line[name] for name in COLONNE] for line in lines])
    verify()
    keep_head(timezone.localdate() - timedelta(days=1))
    return len(lines)


def _writing(righe: Righe) -> Iterator[Riga]:
    """Each row that somebody wrote, by who wrote it, when it was written; before writing one opens the case."""
    for voce in righe.of(VoceDiario):
        azione = Azione.SCRIVERE_NOTE if voce.livello > 3 else Azione.SCRIVERE_DIARIO
        yield _line(voce.autore, Azione.VEDERE_CASO, voce.creato_il, caso=voce.caso_id)
        yield _line(voce.autore, azione, voce.creato_il, caso=voce.caso_id, oggetto="vocediario", livello=voce.livello)
    for passaggio in righe.of(Passaggio):
        azione = Azione.CONDURRE if passaggio.da else Azione.APRIRE_CASO
        yield _line(passaggio.operatore, azione, passaggio.quando, caso=passaggio.caso_id, oggetto="passaggio")
    for emergenza in righe.of(AccessoEmergenza):
        for azione in (Azione.APRIRE_IN_EMERGENZA, Azione.VEDERE_CASO, Azione.VEDERE_PERSONE):
            told = {"caso": emergenza.caso_id, "finalita": emergenza.codice_motivo}
            told |= {} if azione is Azione.APRIRE_IN_EMERGENZA else {"titoli": [emergenza.pk]}
            yield _line(emergenza.operatore, azione, emergenza.inizio, **told)


def _looking(righe: Righe) -> Iterator[Riga]:
    """Lists of the last weeks, and the case somebody opened from them."""
    mine: dict[Operatore, list[Incarico]] = {}
    for incarico in righe.of(Incarico):
        if incarico.tolta_il is None:
            mine.setdefault(incarico.operatore, []).append(incarico)
    shared = {row.caso_id for row in righe.of(Intervento)}
    for operatore, incarichi in mine.items():
        for days in range(QUOTIDIANE, 0, -1):
            if number("lista", operatore.pk, days) % 4:
                continue
            when = momento(days, "lista", operatore.utente.username)
            chosen = incarichi[number("apre", operatore.pk, days) % len(incarichi)].caso_id
            yield _line(operatore, Azione.ELENCARE_CASI, when, risultati=len(incarichi))
            yield _line(operatore, Azione.VEDERE_CASO, when, caso=chosen)
            if operatore.ruolo == "assistente_sociale" and chosen in shared:
                yield _line(operatore, Azione.VISTA_GLOBALE, when, caso=chosen)


def _refused(righe: Righe, rete: Rete) -> Iterator[Riga]:
    """A body that had left, a search without a hit, a colleague at the wrong number."""
    cases = [row.caso_id for row in righe.of(Incarico) if row.tolta_il]
    for place, case in enumerate(cases[:6]):
        when = momento(90 - place * 11, "negato", place)
        yield _line(rete.operatore("ettore"), Azione.VEDERE_CASO, when, caso=case, esito="negato")
    for place in range(8):
        when = momento(100 - place * 12, "cerca", place)
        found = {"risultati": number("cerca", place) % 2, "finalita": "richiesta_nuova"}
        yield _line(rete.operatore("marisa" if place % 3 else "teodora"), Azione.CERCARE, when, **found)


def _grounded(line: Riga, righe: Righe) -> Riga:
    """With what it rested on that day, where it is about a case and no emergency opened it: the admission of the body
    that is not the holder, the assignment of the person."""
    if line["titoli"] or not line["casi"] or REGOLE[line["azione"]].via is Via.RUOLO:
        return line
    admitted = [row for row in righe.of(Ammissione) if row.ente_id == line["ente_id"] and _allowed(row, line)]
    assigned = [row for row in righe.of(Incarico) if row.operatore.pk == line["operatore_id"] and _allowed(row, line)]
    return {**line, "titoli": [*(row.pk for row in admitted), *(row.pk for row in assigned)]}


def _allowed(row: Ammissione | Incarico, line: Riga) -> bool:
    day = timezone.localdate(when := line["quando"])
    runs = row.dal <= day and (row.al is None or day <= row.al) and (row.tolta_il is None or when < row.tolta_il)
    return runs and row.caso_id in line["casi"]


def _line(operatore: Operatore, azione: Azione, quando: datetime, **told: Any) -> Riga:
    caso = told.pop("caso", None)
    session = key("sessione", operatore.pk, quando.date()).hex
    return {
        "quando": quando,
        "utente_id": operatore.utente_id,
        "operatore_id": operatore.pk,
        "ente_id": operatore.ente_id,
        "ente_nome": operatore.ente.nome,
        "ruolo": operatore.ruolo,
        "azione": str(azione),
        "esito": "consentito",
        "casi": [caso] if caso else [],
        "oggetto": "",
        "oggetto_id": None,
        "oggetti": [],
        "titoli": [],
        "livello": None,
        "finalita": "",
        "risultati": None,
        "sessione": session * 2,
        "indirizzo": f"192.0.2.{operatore.utente_id % 200 + 20}",
        "richiesta": key("richiesta", operatore.pk, azione, quando),
        "precedente": "",
        "impronta": "",
        **told,
    }
