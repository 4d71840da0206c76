"""Accounts in Wagtail's admin: deactivated, never deleted, because cases, bodies and the register name them.

Who manages accounts becomes nobody else by it: no password is set here, nor the address of who is accredited changed.
And the look of the demo's strip there.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks

from .models import Utente


@hooks.register("before_delete_user")
def keep_user(request: HttpRequest, utente: Utente) -> HttpResponse:
    messages.error(request, _("Gli account non si cancellano: togli la spunta «attivo» e la persona non entra più."))
    return redirect("wagtailusers_users:edit", utente.pk)


@hooks.register("before_edit_user")
def keep_address(request: HttpRequest, utente: Utente) -> HttpResponse | None:
    """A new password is sent to the address: whoever could change it would enter in the person's place."""
    if request.method != "POST" or request.POST.get("email") == utente.email or not utente.incarichi.exists():
        return None
    messages.error(
        request, _("L'indirizzo di chi agisce per un ente non si cambia da qui: chi lo cambia ne riceve la password.")
    )
    return redirect("wagtailusers_users:edit", utente.pk)


@hooks.register("before_bulk_action")
def keep_users(request: HttpRequest, action: str, objects: Iterable[Any], view: Any) -> HttpResponse | None:
    if action != "delete" or view.model is not Utente:
        return None
    messages.error(request, _("Gli account non si cancellano: scegli «disattiva» e le persone non entrano più."))
    return redirect("wagtailusers_users:index")


@hooks.register("insert_global_admin_css")
def style_of_the_demo_strip() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("utenti/banner_demo.css")) if settings.DEMO else ""
