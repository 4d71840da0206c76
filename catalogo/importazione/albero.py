"""Pages added to the tree in bulk: live at once, with the first revision editors compare theirs with."""

from django.utils import timezone
from wagtail.models import Page


def add_page(parent: Page, page: Page, *, live: bool) -> None:
    """Add `page` under `parent`, published or as a draft.

    Saving as a draft and publishing afterwards would write and check every page three times; here it is one.
    """
    page.live = live
    page.has_unpublished_changes = not live
    if live:
        page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    revision = page.save_revision(log_action=False, clean=False, changed=not live)
    if live:
        page.live_revision = revision
        Page.objects.filter(pk=page.pk).update(live_revision=revision)
