"""The admin's furniture: colours, what the menus offer and to whom, what one may link to."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from .permission_testers import choosable_pages, is_redazione

# Wagtail's names of the menu items that make sense to who writes for one body.
MENU_DI_UN_ENTE = {"explorer", "images", "documents"}
GUIDE_DI_WAGTAIL = ("whats-new", "editor-guide")


@hooks.register("insert_global_admin_css")
def admin_css():
    return format_html('<link rel="stylesheet" href="{}">', static("cms/amministrazione.css"))


@hooks.register("construct_main_menu")
def only_what_one_needs(request, menu_items):
    if not is_redazione(request.user):
        menu_items[:] = [item for item in menu_items if item.name in MENU_DI_UN_ENTE]


@hooks.register("construct_help_menu")
def without_foreign_guides(request, menu_items):
    """Wagtail's news and manual lie on foreign hosts and speak of another site."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(GUIDE_DI_WAGTAIL)]


@hooks.register("construct_page_chooser_queryset")
def only_choosable_pages(pages, request):
    return choosable_pages(request.user, pages)
