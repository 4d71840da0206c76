"""Questions whose words are made once, by Django, and asked many times: making them takes longer than asking them
(decisions 0013, 0022). The answer is never kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.expressions import Col, RawSQL

QUI = "@qui@"  # where a statement names the column of the query around it

# Marks: what stands in a `Scritta` where each request has its own. No row has any of them.
OPERATORE, UTENTE, ENTE, TITOLARE = -1, -2, -3, -4
NOME_ENTE = "@ente@"
CASO = UUID(int=2**128 - 1)
ADESSO = datetime.min.replace(tzinfo=UTC)
SEGNI = frozenset({OPERATORE, UTENTE, ENTE, TITOLARE, NOME_ENTE, CASO, ADESSO})


@dataclass(frozen=True)
class Scritta:
    """A whole question, with marks in place of some of its values."""

    statement: str
    values: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> "Scritta":
        """Raises ValueError for a moment that is no mark: the words outlive it."""
        statement, values = rows.query.sql_with_params()
        if any(isinstance(each, datetime) and each != ADESSO for each in values):
            raise ValueError("A question written once tells no time of its own")
        return cls(statement, values)

    def rows(self, meant: Mapping[Any, Any]) -> list[dict[str, Any]]:
        """By the name of each column. `meant`: the value of each mark; KeyError for one that means nothing."""
        with connection.cursor() as cursor:
            cursor.execute(self.statement, [_put(meant, each) for each in self.values])
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]


def _put(meant: Mapping[Any, Any], value: Any) -> Any:
    """What a mark means, or the value itself. A list is none, and cannot be looked up."""
    return meant[value] if not isinstance(value, list) and value in SEGNI else value


def written_out(rows: QuerySet[Any]) -> RawSQL:
    """Whether there are any `rows`, which depend on nothing around them."""
    statement, values = rows.query.exists().sql_with_params()
    return _Whole(f"EXISTS ({statement})", values, output_field=BooleanField())


class _Whole(RawSQL):
    """It takes nothing from around: there is nothing to look up, though Django would whenever it writes the words."""

    def resolve_expression(self, *_args: Any, **_kwargs: Any) -> "_Whole":
        return self


def pointing(rows: QuerySet[Any], link: str, at: str) -> Func:
    """Whether any of `rows` points with `link` to what the query around has in `at`."""
    return _linked("EXISTS ({})", lambda linked: linked.query.exists(), BooleanField(), rows, link, at)


def first_of(rows: QuerySet[Any], what: str, link: str, at: str) -> Func:
    """The field `what` of the first of those; None where there is none."""
    field = rows.model._meta.get_field(what)
    return _linked("({})", lambda linked: linked.values(what)[:1].query, field, rows, link, at)


def _linked(words: str, question: Callable[[Any], Any], field: Any, rows: QuerySet[Any], link: str, at: str) -> Func:
    linked = rows.filter(**{link: RawSQL(QUI, ())})  # noqa: S611 (no word of it is typed)
    tables = frozenset(table for table, uses in linked.query.alias_refcount.items() if uses)
    statement, values = question(linked).sql_with_params()
    return _Linked(at, words.format(statement), values, tables, field)


class _Linked(Func):
    """A column is all that the statement takes from the query around.

    It names its `tables` by their own names: raises ValueError where the column is of a table that the query around
    calls by one of them, which would be taken for the statement's own.
    """

    def __init__(self, at: str, statement: str, values: tuple[Any, ...], tables: frozenset[str], field: Any) -> None:
        super().__init__(F(at), output_field=field)
        self.statement, self.values, self.tables = statement, values, tables

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Once: Django would look the column up again whenever it writes the words."""
        known = isinstance(self.source_expressions[0], Col)
        return self if known else super().resolve_expression(*args, **kwargs)

    def as_sql(self, compiler: Any, *_args: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:
        column, _no_values = compiler.compile(self.source_expressions[0])
        if column.rpartition(".")[0].strip('"') in self.tables:
            raise ValueError(f"{column} is of a table of the statement itself")
        return self.statement.replace(QUI, column), self.values
