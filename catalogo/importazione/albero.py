"""Pages added to the tree in bulk: live at once, with the first revision editors compare theirs with."""

from django.utils import timezone
from wagtail.models import Page, Revision


def add_page(parent: Page, page: Page, *, live: bool) -> None:
    """Add `page` under `parent`, published or as a draft.

    `save_revision` and `publish` would write, check and index every page three times; here it is one.
    """
    page.live = live
    page.has_unpublished_changes = not live
    if live:
        page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision, page.latest_revision_created_at = revision, revision.created_at
    page.live_revision = revision if live else None
    names = ("latest_revision", "latest_revision_created_at", "live_revision")
    Page.objects.filter(pk=page.pk).update(**{name: getattr(page, name) for name in names})
