"""Whether the register is whole: every line there, in its place, as it was written; every head still reached.

The seals are computed anew by the database with the very function that made them (casi_registro_sigillo), in batches,
so that a register of any length is verified in the same memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction

from casi.giorni import start_of
from casi.mesi import months_before
from casi.models import AncoraRegistro, Registro, TestaRegistro

BATCH = 5_000
DUREVOLE = 24  # months for which no line may go, whatever the retention class says (Garante, 4 June 2015)
LINES = """
    SELECT r.id, r.precedente, r.impronta, casi_registro_sigillo(r)
    FROM casi_registro r WHERE r.id > %s ORDER BY r.id LIMIT %s
"""
GUARDS = (
    "casi_registro_immutabile",
    "casi_registro_non_si_svuota",
    "casi_registro_incatena",
    "casi_testaregistro_immutabile",
    "casi_testaregistro_non_si_svuota",
    "casi_ancoraregistro_immutabile",
    "casi_ancoraregistro_non_si_svuota",
)
ASLEEP = """
    SELECT name FROM unnest(%s::text[]) AS name
    WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgname = name AND t.tgenabled IN ('O', 'A')) ORDER BY name
"""


class ChainError(Exception):
    """The chain does not hold. The message says where first, in a sentence; it tells of no person."""


@dataclass(frozen=True, order=True)
class Punto:
    """A place in the chain: everything up to line `ultima` holds, and that line bears `impronta`."""

    ultima: int = 0
    impronta: str = ""


def verify(teste: tuple[Punto, ...] = ()) -> Punto:
    """Walk the whole register and answer its last place. Raises ChainError at the first thing that is wrong.

    `teste` are heads kept elsewhere, to be reached besides those in the database.
    """
    guards_awake()
    start = last = beginning()
    # Read before the lines: what a head tells of is there already, what is added meanwhile is not asked for.
    outside = (head for head in teste if head.ultima > start.ultima)
    heads = sorted({*known_heads(start), *outside}, reverse=True)
    for last in walk(start):
        while heads and heads[-1].ultima <= last.ultima:
            agree(heads.pop(), last)
    if heads:
        raise ChainError(f"Mancano le voci in fondo: una testa è alla {heads[0].ultima}, l'ultima è la {last.ultima}.")
    return last


def walk(point: Punto) -> Iterator[Punto]:
    """Each line after `point`, once it has been found whole."""
    while batch := _batch(point.ultima):
        for number, before, seal, expected in batch:
            if number != point.ultima + 1:
                raise ChainError(f"Manca la voce {point.ultima + 1}: dopo la {point.ultima} viene la {number}.")
            if before != point.impronta:
                raise ChainError(f"La voce {number} non segue quella che la precede.")
            if seal != expected:
                raise ChainError(f"La voce {number} non è più quella che fu scritta.")
            point = Punto(number, seal)
            yield point


def agree(head: Punto, line: Punto) -> None:
    if head != line:
        raise ChainError(f"La voce {head.ultima} non è quella di cui fu conservata la testa.")


def guards_awake() -> None:
    """The triggers that keep the register as it is are there, and on. Raises ChainError."""
    with connection.cursor() as cursor:
        cursor.execute(ASLEEP, [list(GUARDS)])
        if names := [name for (name,) in cursor.fetchall()]:
            raise ChainError(f"Sono spente le difese della banca dati: {', '.join(names)}.")


def beginning() -> Punto:
    """Before the first line that should be there: nothing, or the last one dropped at the end of its time."""
    anchor = AncoraRegistro.objects.order_by("-ultima").first()
    if anchor is None:
        return Punto()
    later = TestaRegistro.objects.filter(giorno__gte=anchor.prima_del, ultima__lt=anchor.ultima)
    if anchor.prima_del > months_before(anchor.giorno, DUREVOLE) or later.exists():
        raise ChainError(f"L'ancora del {anchor.giorno:%d/%m/%Y} copre voci che andavano ancora conservate.")
    return Punto(anchor.ultima, anchor.impronta)


def known_heads(after: Punto) -> Iterator[Punto]:
    heads = TestaRegistro.objects.filter(ultima__gt=after.ultima).order_by("ultima")
    return (Punto(*pair) for pair in heads.values_list("ultima", "impronta"))


@transaction.atomic
def keep_head(giorno: date) -> TestaRegistro | None:
    """The head at the end of `giorno`, kept now or before: the same whenever asked. None when there was no line yet."""
    midnight = start_of(giorno + timedelta(days=1))
    last = Registro.objects.filter(quando__lt=midnight).order_by("-pk").values("pk", "impronta").first()
    if last is None:
        return TestaRegistro.objects.filter(giorno=giorno).first()
    values = {"ultima": last["pk"], "impronta": last["impronta"]}
    return TestaRegistro.objects.get_or_create(giorno=giorno, defaults=values)[0]


def _batch(after: int) -> list[tuple[int, str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(LINES, [after, BATCH])
        return cursor.fetchall()
