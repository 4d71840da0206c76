"""Who may do what with a page, beyond the rights that Wagtail's groups give.

The central desk (Redazione) is whoever may publish; everybody else in the admin writes for one body.
"""

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PagePermissionTester
from wagtail.permissions import policy_registry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.utenti.models import Utente

PERMESSO_REDAZIONE = "wagtailcore.publish_page"


def is_redazione(user: "Utente | AnonymousUser") -> bool:
    return user.has_perm(PERMESSO_REDAZIONE)


def may_write(user: "Utente | AnonymousUser", page: Page) -> bool:
    """Whether `page` lies in a branch on which one of the groups of `user` may write."""
    policy = policy_registry.get(page)
    return policy.user_has_any_permission_for_instance(user, {"add", "change"}, page)


def choosable_pages(user: "Utente | AnonymousUser", pages: QuerySet[Page]) -> QuerySet[Page]:
    """The part of `pages` to which `user` may link.

    - the central desk: all;
    - who writes for a body: the body's own, and of the others what the public already reads under the same title.
    """
    if is_redazione(user):
        return pages
    own = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, {"add", "change"})
    parent = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
    public = Q(live=True, draft_title=F("title")) & Exists(Page.objects.filter(path=parent, live=True))
    allowed = Page.objects.filter(Q(pk__in=own.values("pk")) | public)
    # By key alone: the search backends know no other of these columns.
    return pages.filter(pk__in=allowed.values_list("pk", flat=True))


class RegolePagina(PagePermissionTester):
    """Rules of every page.

    - only the central desk deletes and moves;
    - a page with others under it is not deleted.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return is_redazione(self.user) and self.page.is_leaf() and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        return is_redazione(self.user) and PagePermissionTester.can_delete(self, ignore_bulk=True)


class RegolePaginaRitirata(RegolePagina):
    """Rules of what people may have on paper or in a link: once published it is retired, not deleted."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        page = self.page
        return not (page.live or page.first_published_at) and super().can_delete(ignore_bulk)


class RegolePaginaFissa(RegolePagina):
    """Rules of the pages that hold the tree together: neither deleted nor moved nor copied."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False
