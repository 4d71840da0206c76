"""Conditions whose words are made once, by Django, and asked many times: making them takes longer than asking them
(decision 0013). The answer is never kept."""

from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.expressions import RawSQL

QUI = "@qui@"  # where a statement names the column of the query around it


def written_out(rows: QuerySet[Any]) -> RawSQL:
    """Whether there are any `rows`, which depend on nothing around them."""
    statement, values = rows.query.exists().sql_with_params()
    return RawSQL(f"EXISTS ({statement})", values, output_field=BooleanField())  # noqa: S611 (no word of it is typed)


def pointing(rows: QuerySet[Any], link: str, at: str) -> Func:
    """Whether any of `rows` points with `link` to what the query around has in `at`."""
    linked = rows.filter(**{link: RawSQL(QUI, ())}).query  # noqa: S611 (no word of it is typed)
    tables = frozenset(table for table, uses in linked.alias_refcount.items() if uses)
    statement, values = linked.exists().sql_with_params()
    return _Pointing(at, statement, values, tables)


class _Pointing(Func):
    """A column is all that the statement takes from the query around.

    It names its `tables` by their own names: raises ValueError where the column is of a table that the query around
    calls by one of them, which would be taken for the statement's own.
    """

    output_field = BooleanField()

    def __init__(self, at: str, statement: str, values: tuple[Any, ...], tables: frozenset[str]) -> None:
        super().__init__(F(at))
        self.statement, self.values, self.tables = statement, values, tables

    def as_sql(self, compiler: Any, *_args: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:
        column, _no_values = compiler.compile(self.source_expressions[0])
        if column.rpartition(".")[0].strip('"') in self.tables:
            raise ValueError(f"{column} is of a table of the statement itself")
        return f"EXISTS ({self.statement.replace(QUI, column)})", self.values
