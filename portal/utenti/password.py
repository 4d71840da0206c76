"""How long a password is: longer for who can change what everybody reads, or other people's accounts."""

from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class Lunghezza(MinimumLengthValidator):
    """`amministra`: for superusers and whoever enters Wagtail's admin. Source of both lengths: security.md §3."""

    def __init__(self, min_length: int = 12, amministra: int = 14) -> None:
        super().__init__(min_length)
        self.amministra = amministra

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError. Nobody yet, `user` None, administers nothing."""
        if user is not None and (user.is_superuser or (user.pk and user.has_perm("wagtailadmin.access_admin"))):
            MinimumLengthValidator(self.amministra).validate(password, user)
        super().validate(password, user)

    def get_help_text(self) -> str:
        more = _("Se entri nella redazione del portale: almeno %(n)s caratteri.") % {"n": self.amministra}
        return f"{super().get_help_text()} {more}"
