"""«Hai dimenticato la password?»: the page has answered before anybody is looked for, or written to.

Else how long it takes would tell who has an account: a mail server alone needs longer than all the rest.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.account.views import PasswordResetView
from allauth.core import context
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PasswordPersaModulo(ResetPasswordForm):
    to_be_written = False

    def clean_email(self) -> str:
        """Allauth's looks here already for whose it is."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        self.to_be_written = True
        return str(self.cleaned_data["email"])

    def write(self, request: HttpRequest) -> None:
        """To whose it is, if it is anybody's."""
        with context.request_context(request):
            super().clean_email()
            super().save(request)


class PasswordPersa(PasswordResetView):
    def form_valid(self, form: PasswordPersaModulo) -> HttpResponseBase:
        response = super().form_valid(form)
        if form.to_be_written:  # not too many were asked for
            do_once_gone(response, partial(form.write, self.request))
        return response


def do_once_gone(response: HttpResponseBase, job: Callable[[], None]) -> None:
    """Carry out `job` when the server has sent `response`, and closes it (PEP 3333)."""
    closes = response.close

    def close() -> None:
        try:
            job()
        finally:
            closes()

    response.close = close  # type: ignore[method-assign]
