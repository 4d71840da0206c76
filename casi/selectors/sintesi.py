"""The page of a case at a glance: who is on it, what happened last, and why the reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateTimeField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import Ambito, Caso, Parte, Passaggio, StatoCaso, StatoIntervento, TipoVoce
from casi.percorso import Passo, fatto
from casi.ruoli import Azione
from casi.selectors.casi import Aperto
from casi.selectors.chiunque import ask_of_case
from casi.selectors.condivisione import may_be_named, non_vede, perche_nessuno_vede, perche_non_vede
from casi.selectors.nomi import called
from catalogo.models import Accordo, Adesione

LATEST = 20


@dataclass(frozen=True)
class Presenza:
    """A body or a person on the case, or what binds the reader's body to the network; or a help, by its kind alone."""

    genere: str  # incarico, ammissione, adesione, accordo, aiuto
    parte: str
    dal: date
    al: date | None
    chi: str
    ente: str
    ente_id: int
    mia: bool
    non_vede: str = ""  # in words, for a person or a body that does not see the case today

    @property
    def in_che_parte(self) -> str:
        return str(Parte(self.parte).label) if self.genere == "incarico" else ""

    @property
    def che_cosa_vede(self) -> list[str]:
        """Of objectives nothing is there to be seen, before there are shared projects."""
        seen = [Ambito(each) for each in self.parte.split(",")] if self.genere == "ammissione" else []
        return [str(each.label) for each in seen if each is not Ambito.OBIETTIVI]


@dataclass(frozen=True)
class Evento:
    """A line of the history. `chi` and `ente` are empty where the reader may not know."""

    genere: str  # passo, voce, intervento
    giorno: date
    cosa: str
    stato: str
    chi: str
    ente: str
    voce: str  # which entry of the diary, where it is one
    perche: str = ""  # the reason of a step, for who conducts the case


@dataclass(frozen=True)
class Sintesi:
    presenze: list[Presenza]
    aiuti: list[str]  # kinds of help that are running
    storia: list[Evento]
    altro: bool  # there is more history than this
    perche: list[Presenza]  # the reader's own grounds, `Aperto.fatti` apart


def sintesi(attore: Attore, aperto: Aperto) -> Sintesi:
    """Two questions, one for who is there, one for what happened; and one for the reasons, if they are his to read."""
    everybody = _everybody(attore, aperto)
    storia = _storia(attore, aperto)
    return Sintesi(
        presenze=[
            each
            for each in everybody
            if each.genere in ("incarico", "ammissione") and may_be_named(attore, aperto, each.ente_id, each.parte)
        ],
        aiuti=sorted({each.chi for each in everybody if each.genere == "aiuto"}),
        storia=storia[:LATEST],
        altro=len(storia) > LATEST,
        perche=[each for each in everybody if each.mia],
    )


def _everybody(attore: Attore, aperto: Aperto) -> list[Presenza]:
    me, leads = attore.operatore, Azione.CONDIVIDERE in aperto.azioni
    mine = {("incarico", me.pk), ("ammissione", me.ente_id), ("adesione", 0), ("accordo", 0)}
    people = [
        Presenza(row["p_genere"], row["p_parte"], row["p_dal"], row["p_al"], row["p_chi"], row["p_ente"],
                 row["p_quale"], (row["p_genere"], row["p_di"]) in mine, non_vede(row["p_non"], leads=leads))
        for row in ask_of_case(_presenze, attore, aperto)
    ]  # fmt: skip
    return sorted(people, key=lambda each: (each.parte != Parte.RESPONSABILE, each.genere, each.dal, each.ente))


def _presenze(attore: Attore, aperto: Aperto) -> QuerySet:
    """People and bodies in force today, what ties the reader's body to the network, what is given: one question."""
    me, today, caso, nobody = attore.operatore, timezone.localdate(), aperto.caso, Value("")
    scopes = Func(F("ambiti"), Value(","), function="array_to_string", output_field=CharField())
    body = {"p_ente": F("operatore__ente__nome"), "p_quale": F("operatore__ente")}
    who = {"p_parte": F("parte"), "p_chi": called("operatore__utente"), "p_non": perche_non_vede(caso, attore), **body}
    admitted = {"p_parte": scopes, "p_chi": nobody, "p_ente": F("ente__nome"), "p_quale": F("ente")}
    admitted["p_non"] = perche_nessuno_vede(attore)
    bound = {"p_parte": nobody, "p_chi": nobody, "p_ente": Value(me.ente.nome), "p_quale": Value(me.ente_id)}
    bound["p_non"] = nobody
    given = {**bound, "p_chi": F("tipo__nome")}
    parts = (
        (caso.incarichi.in_force(today), "incarico", {**who, "p_di": F("operatore")}, "dal", "al"),
        (caso.ammissioni.in_force(today), "ammissione", {**admitted, "p_di": F("ente")}, "dal", "al"),
        (Adesione.objects.in_force(today).filter(ente=me.ente), "adesione", bound, "valida_dal", "valida_al"),
        (Accordo.objects.in_force(today).filter(capofila=me.ente), "accordo", bound, "valida_dal", "valida_al"),
        (policies.aiuti_in_corso(attore, caso, aperto.azioni), "aiuto", given, "dal", "al"),
    )
    return _joined(
        _columns(rows, p_genere=Value(genere), p_dal=F(dal), p_al=F(al), **{"p_di": Value(0), **columns})
        for rows, genere, columns, dal, al in parts
    )


def _storia(attore: Attore, aperto: Aperto) -> list[Evento]:
    rows = ask_of_case(_accaduto, attore, aperto)
    reasons = _perche(aperto.caso, rows) if Azione.CONDURRE in aperto.azioni else {}
    return [_evento(row, attore, aperto.azioni, reasons) for row in rows]


def _accaduto(attore: Attore, aperto: Aperto) -> QuerySet:
    """The latest of what the reader may see, newest first, and no text of any entry."""
    caso, azioni = aperto.caso, aperto.azioni
    none = Value("", CharField())
    by = {"t_chi": called("autore__utente"), "t_ente": F("ente__nome"), "t_di": F("ente"), "t_da": none}
    written = {**by, "t_ora": F("creato_il"), "t_voce": Cast(F("pk"), CharField())}
    begun = {**by, "t_ora": Cast(F("dal"), DateTimeField()), "t_voce": none}
    entries, supports = (each(attore, caso, azioni) for each in (policies.voci_visibili, policies.interventi_visibili))
    parts = (
        (_steps(aperto), "passo", TruncDate("quando"), F("passo"), F("a"), {
            "t_chi": called("operatore__utente"), "t_ente": F("operatore__ente__nome"), "t_di": F("operatore__ente"),
            "t_da": F("da"), "t_ora": F("quando"), "t_voce": Cast(F("pk"), CharField()),
        }),
        (entries, "voce", F("avvenuto_il"), F("tipo"), Value(""), written),
        (supports, "intervento", F("dal"), F("tipo__nome"), F("stato"), begun),
    )  # fmt: skip
    found = _joined(
        _columns(rows, t_genere=Value(genere), t_giorno=giorno, t_cosa=Cast(cosa, CharField()), t_stato=stato, **more)
        for rows, genere, giorno, cosa, stato, more in parts
    )
    return found.order_by("-t_giorno", "-t_ora", "t_cosa")[: LATEST + 1]


def _steps(aperto: Aperto) -> QuerySet[Passaggio]:
    """A countersignature tells that there are entries of level 5, a closing begun anew that there is one more: only
    who conducts the case knows of them."""
    passaggi = aperto.caso.passaggi.all()
    anew = Q(passo=Passo.AVVIA_CHIUSURA, da=StatoCaso.IN_CHIUSURA)
    return passaggi if Azione.CONDURRE in aperto.azioni else passaggi.exclude(Q(passo=Passo.CONTROFIRMA) | anew)


def _perche(caso: Caso, rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Why each step was taken: one more question, which nobody else asks."""
    steps = [row["t_voce"] for row in rows if row["t_genere"] == "passo"]
    return {str(each.pk): each.motivo for each in caso.passaggi.filter(pk__in=steps).only("motivo", "caso")}


def _evento(row: dict[str, Any], attore: Attore, azioni: frozenset[Azione], reasons: dict[str, str]) -> Evento:
    """Of other bodies' supports only kind and day, unless the reader has the whole view; of a step, who took it and
    why only for who conducts the case."""
    genere, cosa, stato = row["t_genere"], row["t_cosa"], row["t_stato"]
    known = row["t_di"] == attore.operatore.ente_id or Azione.VISTA_GLOBALE in azioni
    if genere == "passo":
        cosa, stato = fatto(cosa, row["t_da"], stato), ""
        known = Azione.CONDURRE in azioni
    elif genere == "voce":
        cosa, known = str(TipoVoce(cosa).label), True
    else:
        stato = str(StatoIntervento(stato).label) if known else ""
    chi, ente = (row["t_chi"], row["t_ente"]) if known else ("", "")
    voce, perche = (row["t_voce"], "") if genere != "passo" else ("", reasons.get(row["t_voce"], ""))
    return Evento(genere, row["t_giorno"], cosa, stato, chi, ente, voce, perche)


def _columns(rows: QuerySet, **columns: Any) -> QuerySet:
    return rows.order_by().annotate(**columns).values(*sorted(columns))


def _joined(parts: Iterable[QuerySet]) -> QuerySet:
    first, *others = parts
    return first.union(*others, all=True)
