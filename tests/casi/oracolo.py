"""The rule of domain.md §5.3 said a second time, in plain Python over what has happened, without casi.ruoli.

Days and hours are numbers from the beginning of the story.
"""

from dataclasses import dataclass, field

AS, REF, VOL, CO = "assistente_sociale", "referente", "volontario_ascolto", "coordinatore"
SEGUONO = {AS, REF, VOL}
CHIUNQUE, COLLEGHI, RESPONSABILE = (
    {"responsabile", "collega", "collaboratore"},
    {"responsabile", "collega"},
    {"responsabile"},
)
APERTI_AGLI_ALTRI = {"preso_in_carico", "sospeso", "in_chiusura"}


@dataclass(frozen=True)
class Regola:
    """Roles that have the action, parts that open it, what an admitted body must have been given (None: holders)."""

    ruoli: frozenset[str]
    parti: frozenset[str] = frozenset(CHIUNQUE)
    ambito: str | None = "sintesi"
    in_emergenza: bool = False  # a declared emergency opens it to social workers and coordinators
    ufficio: bool = False  # on every case the own body holds, without being assigned


def _r(ruoli, parti=CHIUNQUE, ambito="sintesi", **more) -> Regola:
    return Regola(frozenset(ruoli), frozenset(parti), ambito, **more)


REGOLE = {
    "elencare_casi": _r(SEGUONO),
    "vedere_caso": _r(SEGUONO, in_emergenza=True),
    "vedere_persone": _r(SEGUONO, ambito="contatti", in_emergenza=True),
    "diario_ente": _r({AS, REF}),
    "interventi_altrui": _r({AS, REF}, ambito="interventi", in_emergenza=True),
    "ascoltare": _r({AS, VOL}, ambito=None),
    "scrivere_diario": _r(SEGUONO),
    "vista_globale": _r({AS}, COLLEGHI, None),
    "valutare": _r({AS}, COLLEGHI, None),
    "note_professionali": _r({AS}, COLLEGHI, None),
    "condurre": _r({AS}, COLLEGHI, None),
    "condividere": _r({AS}, RESPONSABILE, None),
    "sigillare": _r({AS}, RESPONSABILE, None),
    "dichiarare_conflitto": _r(SEGUONO),
    "estrarre": _r({AS}, RESPONSABILE, None),
    "assegnare": _r({CO}, ambito=None, ufficio=True),
    "trasferire": _r({CO}, ambito=None, ufficio=True),
}


@dataclass
class Periodo:
    dal: int
    al: int | None = None
    tolto: bool = False
    cosa: object = None  # part, scopes: what the period gives

    def vale(self, oggi: int) -> bool:
        return not self.tolto and self.dal <= oggi and (self.al is None or oggi <= self.al)


@dataclass
class Legame:
    utente: str
    ente: str
    ruolo: str
    al: int | None = None


@dataclass
class Caso:
    titolare: str
    stato: str = "preso_in_carico"
    sigillato: bool = False
    proposta: str | None = None  # who is to answer, and who asked
    proposta_da: str = ""
    proposta_al: int = 0  # which act it was: a name on the seal that came later does not count
    presa: str | None = None  # who has formally accepted it
    prima_di_chiudere: str = ""


@dataclass
class Mondo:
    ora: int = 9  # hours since midnight of day 0
    atti: int = 0  # names and proposals so far
    attivi: dict[str, bool] = field(default_factory=dict)
    superutenti: dict[str, bool] = field(default_factory=dict)
    legami: dict[str, Legame] = field(default_factory=dict)
    casi: dict[str, Caso] = field(default_factory=dict)
    capofila: str = ""
    altra: str = ""  # leads another network, of which `di_due` is too
    di_due: str = ""
    adesioni: dict[str, list[Periodo]] = field(default_factory=dict)
    incarichi: dict[tuple[str, str], list[Periodo]] = field(default_factory=dict)  # (tie, case)
    ammissioni: dict[tuple[str, str], list[Periodo]] = field(default_factory=dict)  # (body, case)
    nominati: dict[tuple[str, str], list[Periodo]] = field(default_factory=dict)  # (tie, case)
    conflitti: dict[tuple[str, str], list[Periodo]] = field(default_factory=dict)  # (account, case)
    emergenze: dict[tuple[str, str], list[list]] = field(default_factory=dict)  # (tie, case): [from, to, closed]

    @property
    def oggi(self) -> int:
        return self.ora // 24

    def puo(self, chi: str, azione: str, caso: str) -> bool:
        regola, legame = REGOLE[azione], self.legami[chi]
        return self.agisce(legame) and not self.escluso(chi, legame, caso) and self.arriva(regola, chi, legame, caso)

    def trova(self, chi: str, caso: str) -> bool | None:
        """Whether looking for somebody of the household gives `caso`; None for who may not look for anybody."""
        legame = self.legami[chi]
        return self.puo(chi, "vedere_persone", caso) if legame.ruolo == AS and self.agisce(legame) else None

    def azioni(self, chi: str, caso: str) -> set[str]:
        return {azione for azione in REGOLE if self.puo(chi, azione, caso)}

    def agisce(self, legame: Legame) -> bool:
        """A live account, a tie and a body that count today."""
        return self.lavora(legame) and self.in_rete(legame.ente)

    def lavora(self, legame: Legame) -> bool:
        account = self.attivi[legame.utente] and not self.superutenti[legame.utente]
        return account and (legame.al is None or self.oggi <= legame.al)

    def in_rete(self, ente: str) -> bool:
        return bool(self.reti(ente))

    def reti(self, ente: str) -> set[str]:
        """The networks of `ente` today, each by the body that leads it, which is of no other."""
        if ente in (self.capofila, self.altra):
            return {ente}
        joined = {self.capofila} if self._vale(self.adesioni, ente) else set()
        return joined | ({self.altra} if ente == self.di_due else set())

    def raggiunge(self, ente: str, caso: str) -> bool:
        """Whether the case is of the networks of `ente`; of a body that is in none any more, of that it was in."""
        holder = self.casi[caso].titolare
        return bool(self.reti(ente) & (self.reti(holder) or {self.capofila}))

    def in_conflitto(self, legame: Legame, caso: str) -> bool:
        return self._vale(self.conflitti, (legame.utente, caso))

    def escluso(self, chi: str, legame: Legame, caso: str) -> bool:
        """Conflict and seal say no to whatever says yes."""
        sealed = self.casi[caso].sigillato and not self._vale(self.nominati, (chi, caso))
        return sealed or self.in_conflitto(legame, caso)

    def arriva(self, regola: Regola, chi: str, legame: Legame, caso: str) -> bool:
        holder = self.casi[caso].titolare == legame.ente
        reaches = self.raggiunge(legame.ente, caso)
        unsealed = not self.casi[caso].sigillato  # the office is on every seal, and reads nothing
        opens = legame.ruolo == AS or (legame.ruolo == CO and unsealed)
        if regola.in_emergenza and opens and reaches and self.emergenza(chi, caso):
            return True
        if legame.ruolo not in regola.ruoli:
            return False
        if regola.ufficio:
            return holder
        parts = {each.cosa for each in self.incarichi.get((chi, caso), []) if each.vale(self.oggi)}
        return bool(parts & regola.parti) and (holder or (reaches and self.ammesso(legame.ente, caso, regola.ambito)))

    def ammesso(self, ente: str, caso: str, ambito: str | None) -> bool:
        open_to_others = self.casi[caso].stato in APERTI_AGLI_ALTRI
        admissions = self.ammissioni.get((ente, caso), [])
        return open_to_others and any(each.vale(self.oggi) and ambito in each.cosa for each in admissions)

    def emergenza(self, chi: str, caso: str) -> bool:
        return any(
            dalle <= self.ora < alle and not chiusa for dalle, alle, chiusa in self.emergenze.get((chi, caso), [])
        )

    def _vale(self, periods: dict, key: object) -> bool:
        return any(each.vale(self.oggi) for each in periods.get(key, []))
