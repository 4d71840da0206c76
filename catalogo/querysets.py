"""Which sheets the public may find, and with what they are read."""

from typing import TypeVar

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageManager, PageQuerySet, PageViewRestriction

Rows = TypeVar("Rows", bound=QuerySet)


def unrestricted(queryset: Rows) -> Rows:
    """Wagtail's `public()` inside the query itself: one query less, whatever the number of restrictions."""
    here = ExpressionWrapper(OuterRef("path"), CharField())
    above = PageViewRestriction.objects.annotate(here=here).filter(here__startswith=F("page__path"))
    return queryset.filter(~Exists(above))


class ServizioQuerySet(PageQuerySet):
    def in_catalogo(self) -> "ServizioQuerySet":
        """Live, unrestricted Italian sheets: one row per service, whatever the language of the reader.

        Translations are laid over them afterwards (`selectors.in_lingua`), so that nobody is shown fewer services
        because of the language they read.
        """
        return unrestricted(self.live()).filter(locale__language_code=settings.LANGUAGE_CODE)

    def slice_for_cards(self, start: int, stop: int) -> "ServizioQuerySet":
        """Rows `start` to `stop` with all that a card shows: the database sorts numbers, not whole sheets."""
        rows = self.values("pk")[start:stop]
        return self.model.objects.filter(pk__in=rows).order_by(*self.query.order_by).for_cards()

    def with_apertura(self) -> "ServizioQuerySet":
        """Each row with `aperto_fino`, see there."""
        from catalogo.aperto import aperto_fino

        return self.annotate(aperto_fino=aperto_fino())

    def for_cards(self) -> "ServizioQuerySet":
        """All that a card shows, in two queries whatever the number of rows."""
        return (
            self.with_apertura().select_related("tipo__bisogno", "ente", "comune", "locale").prefetch_related("accessi")
        )

    def with_relations(self) -> "ServizioQuerySet":
        """All that a sheet shows, in three queries whatever the number of rows."""
        related = ("tipo__bisogno", "ente", "comune", "luogo__comune", "locale")
        return self.with_apertura().select_related(*related).prefetch_related("accessi", "argomenti")


ServizioManager = PageManager.from_queryset(ServizioQuerySet)


def visible_pages(queryset: PageQuerySet) -> PageQuerySet:
    """Live pages without a view restriction, by title."""
    return unrestricted(queryset.live()).order_by("title", "pk")
