"""What in the register deserves a look: queries whose thresholds are data. A sign, never a judgement."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Func
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casi import policies
from casi.attore import Attore
from casi.giorni import start_of
from casi.models import Caso, Esito, Registro
from casi.registro import ARRIVATI, Dettaglio, record
from casi.ruoli import REGOLE, Azione, Via
from casi.selectors.conflitti import omonimi
from casi.selectors.emergenza import SOGLIA_MENSILE
from casi.selectors.quota import OLTRE
from casi.selectors.registro import Rubrica, ask
from casi.selectors.ricevute import FINALITA as RICEVUTA

DAYS = 30  # how far back the desk looks


@dataclass(frozen=True)
class Soglia:
    """Lines that meet `quali` (SQL over `r`, a line, and `locale`, its local time), counted per person and period."""

    titolo: Promise
    spiegazione: Promise
    quali: str
    almeno: int
    periodo: str = "day"


def _any_of(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))


# What is done on a case one has opened; to see it go by in a list is not.
DENTRO = frozenset(
    azione
    for azione, regola in REGOLE.items()
    if (regola.via is Via.INCARICO or azione is Azione.APRIRE_IN_EMERGENZA) and azione is not Azione.ELENCARE_CASI
)
SU_UN_CASO = _any_of(DENTRO)
# Requests, alerts and conversations, one by one; to look a receipt up tells nothing of what it is about.
SU_UN_ARRIVO = _any_of((Azione.GESTIRE_ARRIVI, Azione.SCRIVERE_ASCOLTO, Azione.APRIRE_CASO))
APERTO = f"""r.esito = 'consentito' AND (r.azione IN ({SU_UN_CASO}) AND cardinality(r.casi) > 0
    OR r.azione IN ({SU_UN_ARRIVO}) AND r.oggetto IN ({_any_of(ARRIVATI)}) AND r.finalita <> '{RICEVUTA}')"""

# Anybody who knows a name can fail to enter under it: that says nothing of the person.
A_SUO_NOME = "r.azione = 'entrare' AND r.finalita IN ('accesso', 'secondo fattore')"
# What is asked past the quota says what it was for; what is refused at the door does not.
OLTRE_LA_QUOTA = f"r.azione = 'cercare' AND r.finalita <> '' OR r.finalita IN ('{RICEVUTA}', '{OLTRE}')"

SOGLIE: Mapping[str, Soglia] = {
    "volume": Soglia(
        _("Molte letture in un giorno"),
        _("Più casi, richieste e ascolti diversi di quanti se ne seguono di solito."),
        APERTO,
        40,
    ),
    "orario": Soglia(
        _("Fuori orario"),
        _("Casi, richieste e ascolti aperti di notte (20–7) o di domenica."),
        f"{APERTO} AND (extract(hour FROM locale) NOT BETWEEN 7 AND 19 OR extract(isodow FROM locale) = 7)",
        3,
    ),
    "stampe": Soglia(
        _("Molte stampe in un giorno"),
        _("Pagine con casi, richieste e ascolti mandate in stampa."),
        "r.azione = 'stampare' AND cardinality(r.casi || r.oggetti) > 0",
        15,
    ),
    "chiusi": Soglia(
        _("Casi chiusi"),
        _("Letture di casi dopo la chiusura."),
        f"r.esito = 'consentito' AND r.azione IN ({SU_UN_CASO}) AND r.azione <> 'condurre'"
        " AND EXISTS (SELECT FROM casi_caso c WHERE c.id = ANY(r.casi) AND c.chiuso_il < r.quando)",
        1,
    ),
    "cognome": Soglia(
        _("Stesso cognome"),
        _("Casi aperti in cui vive oggi una persona che ha il suo cognome. Può non voler dire niente: chiedi."),
        f"r.esito = 'consentito' AND r.azione IN ({SU_UN_CASO})"
        " AND EXISTS (SELECT FROM omonimi o WHERE o.utente = r.utente_id AND o.caso = ANY(r.casi))",
        1,
    ),
    "negati": Soglia(
        _("Molti rifiuti"),
        _("Pagine o casi che non gli spettavano."),
        f"r.esito = 'negato' AND NOT ({A_SUO_NOME}) AND NOT ({OLTRE_LA_QUOTA})",
        10,
    ),
    "tentativi": Soglia(
        _("Tentativi di entrare a suo nome"),
        _("Password o codici sbagliati: può essere chi non li ricorda, o qualcun altro. Chiedi, prima di tutto."),
        f"r.esito = 'negato' AND {A_SUO_NOME}",
        8,
    ),
    "vuote": Soglia(
        _("Ricerche senza esito"),
        _("Persone cercate e non trovate."),
        "(r.azione = 'cercare' AND r.risultati = 0) OR"
        f" (r.azione = 'verificare_sovrapposizione' AND cardinality(r.casi) = 0 AND r.finalita <> '{OLTRE}')",
        5,
    ),
    "emergenze": Soglia(
        _("Accessi in emergenza"),
        _("Casi aperti in emergenza nello stesso mese."),
        "r.azione = 'aprire_in_emergenza' AND r.esito = 'consentito' AND cardinality(r.casi) > 0",
        SOGLIA_MENSILE + 1,
        "month",
    ),
}  # fmt: skip

# Whose lines, by lists of bodies: what he watches, for the officer; what bodies have done, for who coordinates them.
VIGILATE = """r.ente_id <> ALL (%s) OR EXISTS
        (SELECT FROM casi_caso c WHERE c.id = ANY(r.casi) AND c.ente_titolare_id <> ALL (%s))"""
DEGLI_ENTI = "r.ente_id = ANY (%s)"
# Who has opened a case of somebody who has his surname (`conflitti.omonimi`).
OMONIMI = "WITH omonimi AS (SELECT * FROM unnest(%s::bigint[], %s::uuid[]) AS t (utente, caso))"
# One line of the register counts once; where what was opened is counted, each thing does. The end of an emergency is no
# act.
COSE_DISTINTE = frozenset({"volume", "cognome"})
COSE = "DISTINCT coalesce(nullif(r.casi, '{}'), ARRAY[r.oggetto_id])"
COUNT = """
    SELECT %s::text, r.utente_id, date_trunc('{periodo}', locale)::date AS giorno, count({conto}) AS quanti,
        array_agg(DISTINCT r.ente_id)
    FROM casi_registro r, LATERAL (SELECT r.quando AT TIME ZONE 'Europe/Rome' AS locale) l
    WHERE r.quando >= %s AND ({di_chi})
        AND NOT (r.azione = 'aprire_in_emergenza' AND r.finalita = 'fine')
        AND ({quali}) GROUP BY r.utente_id, giorno HAVING count({conto}) >= %s
"""


@dataclass(frozen=True)
class Allerta:
    """Who went past `soglia`, acting for `enti`, and when: `giorno`, or the month that begins with it."""

    soglia: Soglia
    chi: str
    utente_id: int
    giorno: date
    quanti: int
    enti: tuple[int, ...] = ()

    @property
    def ultimo(self) -> date:
        """The last day it is about."""
        if self.soglia.periodo == "day":
            return self.giorno
        return self.giorno.replace(day=monthrange(self.giorno.year, self.giorno.month)[1])


@transaction.atomic
def alerts(attore: Attore, nomi: Rubrica, since: date) -> list[Allerta]:
    """Who went past which threshold since `since`, newest first, of those he watches. Raises Assente."""
    ask(attore, Azione.LEGGERE_REGISTRO)
    senza = list(attore.non_vigilati)
    cognomi = {tie.utente_id: tie.utente.last_name for tie in nomi.legami}
    found = past(since, VIGILATE, [senza, senza], nomi.persone, omonimi(_opened(attore, since), cognomi))
    record(attore, Azione.LEGGERE_REGISTRO, dettaglio=Dettaglio(finalita="allerte", risultati=len(found)))
    return found


def past(
    since: date,
    di_chi: str,
    enti: Sequence[list[int]],
    nomi: Mapping[int, str],
    vicini: Iterable[tuple[int, UUID]] = (),
) -> list[Allerta]:
    """The same of the lines `di_chi`, SQL that takes the lists `enti`, for who has asked the decision already: one
    query for all the thresholds.

    `vicini`: pairs of `omonimi`. Nothing is said of surnames without them: body by body they would tell a family's.
    """
    pairs = list(vicini)
    query = ""
    values: list[Any] = [[utente for utente, _caso in pairs], [caso for _utente, caso in pairs]]
    for name, soglia in SOGLIE.items():
        conto = COSE if name in COSE_DISTINTE else "*"
        query += (" UNION ALL " if query else OMONIMI) + COUNT.format(
            periodo=soglia.periodo, conto=conto, quali=soglia.quali, di_chi=di_chi
        )
        first = since.replace(day=1) if soglia.periodo == "month" else since
        values += [name, start_of(first), *enti, soglia.almeno]
    with connection.cursor() as cursor:
        cursor.execute(f"{query} ORDER BY giorno DESC, 1, quanti DESC", values)
        return [
            Allerta(SOGLIE[name], nomi.get(utente, str(utente)), utente, giorno, quanti, tuple(di))
            for name, utente, giorno, quanti, di in cursor.fetchall()
        ]


def _opened(attore: Attore, since: date) -> list[tuple[int, UUID]]:
    """Each account with each case it has opened since then: of bodies he watches, and not in conflict with him."""
    lines = Registro.objects.filter(quando__gte=start_of(since), esito=Esito.CONSENTITO, azione__in=DENTRO)
    pairs = set(lines.order_by().annotate(caso=Func(F("casi"), function="unnest")).values_list("utente_id", "caso"))
    watched = Caso.objects.exclude(ente_titolare__in=attore.non_vigilati).filter(
        pk__in={caso for _utente, caso in pairs}
    )
    known = set(policies.known_to(attore, watched).values_list("pk", flat=True))
    return [pair for pair in pairs if pair[1] in known]
