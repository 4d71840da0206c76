"""The form of every page in the admin."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .permission_testers import choosable_pages, is_redazione

Reference = tuple[type[Model], str]


class ModuloPagina(WagtailAdminPageForm):
    """Refuses links that its user could not have chosen.

    Wagtail limits the choosers but takes any number that a request names, and would then show the title, the
    address or the picture behind it: a draft of another body. Links that were there before are left alone.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.references_before = set(references(self.instance)) if self.is_limited else set()

    @property
    def is_limited(self) -> bool:
        return self.for_user is not None and not is_redazione(self.for_user)

    def _post_clean(self):
        super()._post_clean()
        if self.is_limited:
            refuse_unreachable(self.for_user, set(references(self.instance)) - self.references_before)


def references(page: Page) -> Iterator[Reference]:
    """Pages, images and documents named in the fields and in the texts of `page`."""
    for field in page._meta.get_fields():
        if field.is_relation and field.many_to_one and (base := base_of(field.related_model)):
            key = getattr(page, field.attname)
            if key is not None:
                yield base, str(key)
        elif hasattr(field, "extract_references"):
            for model, key, *_path in field.extract_references(field.value_from_object(page)):
                if base := base_of(model):
                    yield base, str(key)


def base_of(model: type[Model]) -> type[Model] | None:
    """Page, image or document model that `model` is one of; None for the rest, which nobody needs to hide."""
    bases = (Page, get_image_model(), get_document_model())
    return next((base for base in bases if isinstance(model, type) and issubclass(model, base)), None)


def refuse_unreachable(user, named: set[Reference]) -> None:
    """Raise PermissionDenied if `user` may not choose one of `named`."""
    for model in {model for model, _key in named}:
        keys = {key for kind, key in named if kind is model and key.isdecimal()}
        if reachable(user, model).filter(pk__in=keys).count() < len(keys):
            raise PermissionDenied


def reachable(user, model: type[Model]):
    if issubclass(model, Page):
        return choosable_pages(user, Page.objects.all())
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, {"choose", "change"})
