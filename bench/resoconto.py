"""The result: a table for people, JSON for machines, and the limits that the project has set itself."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

PASSO_P95 = 2.0
INTERROGAZIONI = 12
VANTAGGIO = 3.0

Cifre = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Limite:
    """`valore` must not go over `limite` (or under it, when `almeno`); None when it could not be measured."""

    nome: str
    valore: float | None
    limite: float
    almeno: bool = False

    @property
    def rispettato(self) -> bool | None:
        if self.valore is None:
            return None
        return self.valore >= self.limite if self.almeno else self.valore <= self.limite

    def as_dict(self) -> dict[str, object]:
        return {"nome": self.nome, "valore": self.valore, "limite": self.limite, "rispettato": self.rispettato}


def limits(pagine: Cifre) -> list[Limite]:
    few, many = pagine["catalogo 40, senza memoria"], pagine["catalogo 10000, senza memoria"]
    bread = pagine.get("bakerydemo, elenco dei pani")
    warm = pagine["catalogo 40"]["richieste_al_secondo"]
    return [
        Limite("p95 del catalogo, 10000 su 40 servizi", round(many["p95_ms"] / few["p95_ms"], 2), PASSO_P95),
        Limite("interrogazioni del catalogo", max(few["interrogazioni"], many["interrogazioni"]), INTERROGAZIONI),
        Limite("interrogazioni in più con 10000 servizi", many["interrogazioni"] - few["interrogazioni"], 0),
        Limite(
            "richieste al secondo, catalogo su elenco dei pani",
            round(warm / bread["richieste_al_secondo"], 2) if bread else None,
            VANTAGGIO,
            almeno=True,
        ),
    ]


def table(pagine: Cifre, limiti: list[Limite]) -> str:
    width = max(map(len, pagine))
    lines = [f"{'pagina':<{width}}  {'al s':>8}  {'p50 ms':>8}  {'p95 ms':>8}  {'query':>5}  {'byte':>7}"]
    for name, cifre in pagine.items():
        lines.append(
            f"{name:<{width}}  {cifre['richieste_al_secondo']:>8}  {cifre['p50_ms']:>8}  {cifre['p95_ms']:>8}"
            f"  {cifre.get('interrogazioni', '·'):>5}  {cifre['byte']:>7}"
        )
    lines.append("")
    words = {True: "rispettato", False: "SUPERATO", None: "non misurato"}
    for limite in limiti:
        sign = "≥" if limite.almeno else "≤"
        lines.append(f"{words[limite.rispettato]:<13} {limite.nome}: {limite.valore} ({sign} {limite.limite:g})")
    return "\n".join(lines)


def server_address() -> str:
    """DATABASE_URL; exits with 2 where there is none."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        print("Manca DATABASE_URL: usa `make bench`, che accende una banca dati.", file=sys.stderr)
        raise SystemExit(2)
    return address


def trials(title: str, prove: Cifre) -> str:
    """A line per trial: times in the process and queries."""
    width = max(map(len, [title, *prove]))
    lines = [title.ljust(width) + "   p50 ms   p95 ms  query"]
    lines += [
        f"{name:<{width}} {each['p50_ms']:>8} {each['p95_ms']:>8} {each['interrogazioni']:>6}"
        for name, each in prove.items()
    ]
    return "\n".join(lines)


def concluded(result: Mapping[str, object], limiti: Sequence[Limite]) -> int:
    """Print the limits for people and all of it as JSON; 1 where a limit is not kept."""
    for limite in limiti:
        print("rispettato" if limite.rispettato else "SUPERATO  ", limite.nome, limite.valore, file=sys.stderr)
    told = {"quando": datetime.now(UTC).isoformat(timespec="seconds"), **result}
    print(json.dumps({**told, "limiti": [each.as_dict() for each in limiti]}, ensure_ascii=False, indent=2))
    return 0 if all(limite.rispettato for limite in limiti) else 1
