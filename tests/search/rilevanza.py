"""How well the search answers the questions of rilevanza.yaml: figures by language, for whatever engine is set.

`python -m tests.search.rilevanza` prints them as JSON, and on the error stream the questions that fail; it reads the
database of the environment, with the demo loaded and indexed.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from math import log2
from pathlib import Path
from typing import NamedTuple

import yaml

QUESTIONS = Path(__file__).with_name("rilevanza.yaml")
LANGUAGES = ("it", "en", "uk", "ar")
HELPS = 2  # the least grade that counts as found
DEPTH = 10

Ask = Callable[[str, str], list[str]]  # (question, language) -> slugs, best first


class Question(NamedTuple):
    q: str
    chi: str
    attesi: dict[str, int]


@dataclass(frozen=True)
class Figures:
    """Means over the questions of a language."""

    domande: int
    success_1: float
    success_5: float
    mrr: float
    ndcg_10: float


@cache
def questions(lingua: str) -> list[Question]:
    return [Question(**row) for row in yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))[lingua]]


def measure(lingua: str, ask: Ask) -> tuple[Figures, list[tuple[str, list[str]]]]:
    """The figures of `lingua`, and the questions whose answer is not among the first five, with what came instead."""
    asked = questions(lingua)
    found = [ask(each.q, lingua)[:DEPTH] for each in asked]
    ranks = [rank(each, slugs) for each, slugs in zip(asked, found, strict=True)]
    figures = Figures(
        len(asked),
        mean([place == 1 for place in ranks]),
        mean([0 < place <= 5 for place in ranks]),
        mean([1 / place if place else 0 for place in ranks]),
        mean([ndcg(each, slugs) for each, slugs in zip(asked, found, strict=True)]),
    )
    triples = zip(asked, found, ranks, strict=True)
    return figures, [(each.q, slugs[:5]) for each, slugs, place in triples if not 0 < place <= 5]


def rank(question: Question, slugs: list[str]) -> int:
    """Place of the first page that helps, counted from one; zero where there is none."""
    return next((place for place, slug in enumerate(slugs, 1) if question.attesi.get(slug, 0) >= HELPS), 0)


def ndcg(question: Question, slugs: list[str]) -> float:
    ideal = gain(sorted(question.attesi.values(), reverse=True)[:DEPTH])
    return gain([question.attesi.get(slug, 0) for slug in slugs[:DEPTH]]) / ideal


def gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))


def mean(values: list) -> float:
    return round(sum(values) / len(values), 4)


def ask_portal(question: str, lingua: str) -> list[str]:
    from search.query import cerca

    return [row.url.rstrip("/").rpartition("/")[2] for row in cerca(question, lingua=lingua).righe]


def main() -> None:
    import django

    django.setup()
    told = {}
    for lingua in LANGUAGES:
        figures, missed = measure(lingua, ask_portal)
        told[lingua] = asdict(figures)
        for question, slugs in missed:
            sys.stderr.write(f"{lingua}  {question}: {', '.join(slugs) or 'niente'}\n")
    sys.stdout.write(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
