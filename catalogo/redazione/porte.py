"""What is open in the admin, by the name of the address, and to whom.

Each rule takes the request and the arguments in its address. The same rule serves reading and writing: what one may
change is narrower and checked again by Wagtail and by the forms.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.admin.views.chooser import page_models_from_string
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, TranslationSource

from portal.cms.permission_testers import choosable_pages, is_redazione, may_write

Rule = Callable[[HttpRequest, dict], bool]


def libera(request: HttpRequest, kwargs: dict) -> bool:
    """Shows nothing of anybody, or asks Wagtail's own rights row by row (listings, choosers of files)."""
    return True


def account(request: HttpRequest, kwargs: dict) -> bool:
    """Accounts, for who keeps them; what that may not become is in docs/decisions/0012."""
    return request.user.has_perm("utenti.change_utente")


def propria(name: str) -> Rule:
    """The page named by the argument `name` is one's own."""

    def rule(request: HttpRequest, kwargs: dict) -> bool:
        page = Page.objects.filter(pk=kwargs[name]).first()
        return page is not None and may_write(request.user, page)

    return rule


def esplorabile(request: HttpRequest, kwargs: dict) -> bool:
    """One's own pages, and those above them up to the first that one's bodies share."""
    pages = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(pk=kwargs["parent_page_id"]).exists()


def copia(request: HttpRequest, kwargs: dict) -> bool:
    """From one's own pages to one's own pages: the form would answer with the title of any other."""
    if not propria("page_id")(request, kwargs):
        return False
    target = request.POST.get("new_parent_page")
    return not target or propria("target")(request, {"target": _number(target)})


def scelta_pagine(request: HttpRequest, kwargs: dict) -> bool:
    """The chooser opens at the page above all those of the kind asked for: it must be one that may be shown."""
    kind = request.GET.get("page_type")
    if "parent_page_id" in kwargs:
        start = get_object_or_404(Page, pk=kwargs["parent_page_id"])
    elif kind:
        start = Page.objects.type(*_models(kind)).first_common_ancestor()
    else:
        return True
    above = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return start.is_root() or choosable_pages(request.user, Page.objects.filter(pk=start.pk)).exists() or start in above


def file_proprio(model: Callable[[], Any], name: str, action: str = "change") -> Rule:
    """The image or document named by the argument `name` is in a collection of one's own."""

    def rule(request: HttpRequest, kwargs: dict) -> bool:
        item = model().objects.filter(pk=_number(kwargs[name])).first()
        policy = policy_registry.get_by_type(model())
        return item is not None and policy.user_has_permission_for_instance(request.user, action, item)

    return rule


def traduzione(request: HttpRequest, kwargs: dict) -> bool:
    """wagtail-localize asks for `submit_translation` alone: here also for the right on each page concerned.

    What is no page (a word of a list) is for the central desk.
    """
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        return False
    pages = _pages_of_translation(kwargs)
    if not pages:
        return is_redazione(request.user)
    return all(page.permissions_for_user(request.user).can_edit() for page in pages)


def _pages_of_translation(kwargs: dict) -> list[Page]:
    if "page_id" in kwargs:
        return [get_object_or_404(Page, pk=kwargs["page_id"])]
    if "translation_id" in kwargs:
        translation = get_object_or_404(Translation.objects.select_related("source"), pk=kwargs["translation_id"])
        locales = [translation.source.locale_id, translation.target_locale_id]
        return list(Page.objects.filter(translation_key=translation.source.object_id, locale__in=locales))
    source = TranslationSource.objects.filter(pk=kwargs.get("translation_source_id")).first()
    return list(Page.objects.filter(translation_key=source.object_id)) if source else []


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError as error:
        raise Http404 from error


def _models(names: str) -> tuple[type[Page], ...]:
    try:
        return page_models_from_string(names)
    except (ValueError, LookupError) as error:
        raise Http404 from error


def _names(prefix: str, names: str, rule: Rule) -> dict[str, Rule]:
    return {f"{prefix}{name}": rule for name in names.split()}


PORTE_DI_TUTTI: dict[str, Rule] = _names(
    "wagtail_localize:",
    "submit_page_translation submit_snippet_translation update_translations edit_string_translation edit_override "
    "download_pofile upload_pofile machine_translate preview_translation stop_translation convert_to_alias",
    traduzione,
)

PORTE: dict[str, Rule] = {
    **PORTE_DI_TUTTI,
    **_names(
        "wagtailadmin_",
        "home account logout sprite javascript_catalog dismissibles block_preview explore_root "
        "editing_sessions:ping editing_sessions:release pages:search pages:search_results api:pages:listing "
        "choose_page_search choose_page_external_link choose_page_email_link choose_page_phone_link "
        "choose_page_anchor_link",
        libera,
    ),
    **_names("wagtailadmin_", "explore explore_results", esplorabile),
    **_names("wagtailadmin_", "choose_page choose_page_child", scelta_pagine),
    **_names(
        "wagtailadmin_pages:",
        "edit preview_on_edit view_draft history history_results revisions_index revisions_view revisions_revert "
        "workflow_history workflow_history_detail confirm_workflow_cancellation",
        propria("page_id"),
    ),
    **_names("wagtailadmin_pages:", "revisions_compare", propria("pk")),
    **_names("wagtailadmin_pages:", "add preview_on_add add_subpage", propria("parent_page_id")),
    **_names("wagtailadmin_pages:", "copy", copia),
    **_names("wagtailadmin_api:pages:", "detail", propria("pk")),
    **_names("wagtailusers_users:", "index index_results add edit history history_results", account),
    **_names("wagtail_localize:", "javascript_catalog", libera),
    **_names(
        "wagtailimages",
        ":index :index_results :add :add_multiple :create_multiple_from_uploaded_image :delete_upload_multiple "
        "_chooser:choose _chooser:choose_results _chooser:create _chooser:chosen_multiple",
        libera,
    ),
    **_names(
        "wagtailimages:", "edit delete preview edit_multiple delete_multiple", file_proprio(get_image_model, "image_id")
    ),
    "wagtailimages_chooser:chosen": file_proprio(get_image_model, "pk", "choose"),
    "wagtailimages_chooser:select_format": file_proprio(get_image_model, "image_id", "choose"),
    **_names(
        "wagtaildocs",
        ":index :index_results :add :add_multiple :create_multiple_from_uploaded_document :delete_upload_multiple "
        "_chooser:choose _chooser:choose_results _chooser:create _chooser:chosen_multiple",
        libera,
    ),
    **_names("wagtaildocs:", "edit delete", file_proprio(get_document_model, "document_id")),
    **_names("wagtaildocs:", "edit_multiple delete_multiple", file_proprio(get_document_model, "doc_id")),
    "wagtaildocs_chooser:chosen": file_proprio(get_document_model, "pk", "choose"),
}
