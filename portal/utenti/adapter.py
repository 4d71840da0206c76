"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccessoSuInvito(DefaultAccountAdapter):
    """Named accounts only, made by the network's desk: nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
