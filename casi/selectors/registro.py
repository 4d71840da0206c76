"""The privacy officer's desk: who did what, on which case numbers. No name and no text of the assisted is read here."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from ipaddress import ip_network
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.frasi import phrase
from casi.giorni import start_of
from casi.models import Arrivo, Caso, Esito, Registro, TestaRegistro
from casi.models.registro import RegistroQuerySet
from casi.registro import Dettaglio, about, arrivals_of, record
from casi.ruoli import Azione
from casi.selectors.registro_codici import behind, known_by, receipts
from casi.selectors.registro_parole import azione_detta, scopo_detto
from casi.selectors.registro_titoli import grounds
from catalogo.models import Operatore
from catalogo.models.operatore import RuoloOperatore

PAGE, CHUNK = 50, 2_000
# What is asked for with a reason, which says something of who was refused too.
CON_RAGIONE = frozenset({Azione.ENTRARE, Azione.CERCARE, Azione.VERIFICARE_SOVRAPPOSIZIONE, Azione.APRIRE_IN_EMERGENZA})


@dataclass(frozen=True)
class Filtro:
    """What is looked for; a field left empty asks nothing. `prima_di`: lines older than this one (keyset paging)."""

    dal: date | None = None
    al: date | None = None
    persona: int | None = None
    ente: int | None = None
    azione: str = ""
    esito: str = ""
    numero: str = ""
    codice: str = ""
    prima_di: int | None = None


@dataclass(frozen=True)
class Rubrica:
    """People who work, and bodies, by their number in the register; and the ties that say so."""

    persone: Mapping[int, str]
    enti: Mapping[int, str]
    legami: list[Operatore]

    @classmethod
    def of(cls, legami: list[Operatore]) -> "Rubrica":
        enti = {tie.ente_id: tie.ente.nome for tie in legami}
        persone = {tie.utente_id: str(tie.utente) for tie in legami}
        return cls(persone, dict(sorted(enti.items(), key=lambda pair: pair[1])), legami)


@dataclass(frozen=True)
class Riga:
    """A line as the desk shows it. `casi`: numbers, or an id where the case is no more.

    `altro`: requests and alerts by their receipt; conversations, and what is no more, by their key. `titoli`: what
    allowed it, in words; by its key what is no more.
    """

    voce: Registro
    chi: str
    ruolo: str
    fatto: str
    casi: list[str]
    altro: list[str]
    titoli: list[str]

    @property
    def precisamente(self) -> str:
        """The action as the page of permissions says it, and its purpose: of what was refused, nothing as done."""
        azione, finalita = self.voce.azione, self.voce.finalita
        said = finalita and (not self.negata or azione in CON_RAGIONE)
        return " · ".join(
            [*([] if self.negata else [azione_detta(azione)]), *([scopo_detto(azione, finalita)] if said else [])]
        )

    @property
    def negata(self) -> bool:
        return self.voce.esito == Esito.NEGATO


@dataclass(frozen=True)
class Pagina:
    righe: list[Riga]
    altre: int | None  # `prima_di` of the next page


def ask(attore: Attore, azione: Azione) -> None:
    """The decision, for what is about no case. Raises Assente."""
    if not policies.may(attore, azione):
        raise Assente


def rubrica(attore: Attore | None = None) -> Rubrica:
    """Everybody who has ever acted for a body. For `da_scegliere` of an `attore`: asked in the same question."""
    ties = Operatore.objects.select_related("utente", "ente")
    if attore and attore.non_vigilati:
        ties = ties.annotate(vicino=_near(attore.non_vigilati))
    return Rubrica.of(list(ties.order_by("utente__last_name", "utente__first_name", "pk")))


def da_scegliere(attore: Attore, nomi: Rubrica) -> Rubrica:
    """Of `nomi`, those about whom he may ask: of the bodies he watches, and whoever of another is in what he reads."""
    senza = attore.non_vigilati
    return Rubrica.of([tie for tie in nomi.legami if tie.ente_id not in senza or getattr(tie, "vicino", False)])


@transaction.atomic
def consult(attore: Attore, filtro: Filtro, nomi: Rubrica) -> Pagina:
    """One page, newest first. Reading the register is in the register, as everything else."""
    ask(attore, Azione.LEGGERE_REGISTRO)
    senza, caso = attore.non_vigilati, _case(filtro.numero, attore)
    found = list(_matching(filtro, caso, senza)[: PAGE + 1])
    shown = found[:PAGE]
    dettaglio = Dettaglio(_arrival(filtro.codice, senza), risultati=len(shown))
    record(attore, Azione.LEGGERE_REGISTRO, casi=[caso] if caso else [], dettaglio=dettaglio)
    righe = list(rows(shown, nomi, attore))
    return Pagina(righe, shown[-1].pk if len(found) > PAGE else None)


@transaction.atomic
def export(attore: Attore, filtro: Filtro, nomi: Rubrica) -> Iterator[list[object]]:
    """Heading and rows of the file. How many they are is written before the first one leaves.

    The register only grows: the lines up to the last one of now are the same whenever they are read.
    """
    ask(attore, Azione.ESPORTARE_REGISTRO)
    senza, caso = attore.non_vigilati, _case(filtro.numero, attore)
    last = Registro.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    lines = _matching(replace(filtro, prima_di=last + 1), caso, senza).order_by("pk")
    dettaglio = Dettaglio(_arrival(filtro.codice, senza), finalita="csv", risultati=lines.count())
    record(attore, Azione.ESPORTARE_REGISTRO, casi=[caso] if caso else [], dettaglio=dettaglio)
    return _table(lines, nomi, attore)


@dataclass(frozen=True)
class Integrita:
    """The last head, up to whose line the register was found whole; `manca`: last night's verification left none."""

    testa: TestaRegistro | None
    manca: bool


def integrity() -> Integrita:
    head = TestaRegistro.objects.order_by("-giorno").first()
    return Integrita(head, head is not None and head.giorno < timezone.localdate() - timedelta(days=1))


class UnoDi(Func):
    """Whether the first is one of the second, an array."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def _matching(filtro: Filtro, caso: UUID | None, senza: Collection[int]) -> RegistroQuerySet:
    """The newest first; of what the bodies `senza` did, only what touched a case of another body."""
    asked = {
        "quando__gte": _midnight(filtro.dal),
        "quando__lt": _midnight(filtro.al + timedelta(days=1) if filtro.al else None),
        "utente_id": filtro.persona,
        "ente_id": filtro.ente,
        "azione": filtro.azione,
        "esito": filtro.esito,
        "pk__lt": filtro.prima_di,
    }
    within = ~Q(ente_id__in=senza) | _touching(senza)
    lines = Registro.objects.filter(within, **{name: value for name, value in asked.items() if value})
    if filtro.numero:
        lines = lines.filter(casi__contains=[caso]) if caso else lines.none()
    if filtro.codice:
        lines = lines.filter(about(behind(filtro.codice)))
    return lines.order_by("-pk")


def _touching(senza: Collection[int]) -> Exists:
    """Whether a line is about a case of a body that is none of `senza`."""
    return Exists(Caso.objects.filter(UnoDi(F("pk"), OuterRef("casi"))).exclude(ente_titolare__in=senza))


def _near(senza: Collection[int]) -> Exists:
    """Whether a tie with a body of `senza` has touched a case of another."""
    theirs = {"utente_id": OuterRef("utente_id"), "ente_id": OuterRef("ente_id")}
    return Exists(Registro.objects.filter(_touching(senza), ente_id__in=senza, **theirs))


def _midnight(day: date | None) -> datetime | None:
    return start_of(day) if day else None


def _case(numero: str, attore: Attore) -> UUID | None:
    """A case by its whole number, or by its id: the only name an erased one has left. One that he does not watch, or in
    conflict with him, is as one that is not there."""
    try:
        there = Caso.objects.filter(pk=UUID(numero))
        return UUID(numero) if policies.known_to(attore, there).exists() or not there.exists() else None
    except ValueError:
        watched = policies.known_to(attore, Caso.objects.exclude(ente_titolare__in=attore.non_vigilati))
        return watched.filter(numero=numero.upper()).values_list("pk", flat=True).first() if numero else None


def _arrival(codice: str, senza: Collection[int]) -> Arrivo | None:
    """That the search was about: one of the bodies `senza` is as one that is not there."""
    found = known_by(codice)
    return found if found and found.ente_id not in senza else None


def rows(lines: list[Registro], nomi: Rubrica, attore: Attore) -> Iterator[Riga]:
    """For who has asked the decision already. What a body that he does not watch touched besides is not named, nor is a
    case in conflict with him."""
    pks, senza = {pk for line in lines for pk in line.casi}, attore.non_vigilati
    known = Exists(policies.known_to(attore, Caso.objects.filter(pk=OuterRef("pk"))))
    there = Caso.objects.filter(pk__in=pks).values_list("pk", "numero", "ente_titolare", known)
    numbers = {pk: (numero, titolare not in senza) for pk, numero, titolare, told in there if told}
    kept = {pk for pk, _numero, _titolare, told in there if not told}
    codici = receipts({pk for line in lines if line.ente_id not in senza for pk in arrivals_of(line)})
    ruoli, basi = dict(RuoloOperatore.choices), grounds({pk for line in lines for pk in line.titoli})
    for line in lines:
        ours, told = (
            line.ente_id not in senza,
            [numbers.get(pk, (str(pk), False)) for pk in line.casi if pk not in kept],
        )
        casi = [numero for numero, watched in told if ours or watched]
        yield Riga(
            voce=line,
            chi=nomi.persone.get(line.utente_id, str(line.utente_id or _("Il server"))),
            ruolo=str(ruoli.get(line.ruolo, line.ruolo)),
            fatto=deed(line),
            casi=casi,
            altro=[codici.get(pk, str(pk)) for pk in arrivals_of(line) if ours],
            titoli=[basi.get(pk, str(pk)) for pk in line.titoli if casi],
        )


def deed(line: Registro) -> str:
    """What was done; of who was refused, what he would have."""
    if line.esito == Esito.NEGATO:
        return azione_detta(line.azione)
    return phrase(line.azione, line.finalita, case=bool(line.casi))


HEADING = (
    "voce", "quando", "chi", "ente", "ruolo", "azione", "esito", "casi", "oggetto", "arrivi e ascolti", "livello",
    "scopo", "in base a", "risultati", "rete", "impronta", "copia",
)  # fmt: skip


def _table(lines: RegistroQuerySet, nomi: Rubrica, attore: Attore) -> Iterator[list[object]]:
    made = _signed(attore)
    yield list(HEADING)
    for chunk in _chunks(lines):
        for riga in rows(chunk, nomi, attore):
            voce = riga.voce
            yield [
                voce.pk, timezone.localtime(voce.quando).isoformat(), riga.chi, voce.ente_nome, riga.ruolo, voce.azione,
                voce.esito, " ".join(riga.casi), voce.oggetto, " ".join(riga.altro), voce.livello, voce.finalita,
                "; ".join(riga.titoli), voce.risultati, _network(voce.indirizzo), voce.impronta, made,
            ]  # fmt: skip


def _signed(attore: Attore) -> str:
    """Whose the file is, on each of its rows: they are copied one by one. As on the copy that a person is given."""
    me, when = attore.operatore, timezone.localtime().strftime("%d/%m/%Y, %H.%M")
    told = {"chi": f"{me.utente}, {me.ente.nome}", "quando": when, "codice": attore.richiesta}
    return _("Copia preparata da %(chi)s il %(quando)s. Codice %(codice)s.") % told


def _chunks(lines: RegistroQuerySet) -> Iterable[list[Registro]]:
    after = 0
    while chunk := list(lines.filter(pk__gt=after)[:CHUNK]):
        yield chunk
        after = chunk[-1].pk


def _network(address: str) -> str:
    """Where from, not which machine: the last part of the address is nobody's need here."""
    return str(ip_network(f"{address}/{48 if ':' in address else 24}", strict=False))
