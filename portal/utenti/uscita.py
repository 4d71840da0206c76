"""Leaving the reserved area: nothing of it stays in the browser."""

from typing import Any

from allauth.account.views import LogoutView
from django.http import HttpResponse

from .processi import in_riservato

TUTTO = '"cache", "cookies", "storage"'


class Uscita(LogoutView):
    """Allauth's, and the browser of a shared desk forgets what it kept."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(*args, **kwargs)
        if in_riservato():
            response["Clear-Site-Data"] = TUTTO
        return response
