"""What stands between signing in and a page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from .ritorno import then
from .secondo_fattore import has_passed

# Signing in and setting up the second factor; the files of the theme.
ALWAYS_OPEN = ("/accesso/", settings.STATIC_URL)
METODI = ("GET", "HEAD", "POST")


class SecondoFattore:
    """Who has signed in with a password alone is sent to the second factor before the admin or the case area.

    The sign-in pages take the methods that a browser sends, and no other: allauth's would take PUT for POST.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/accesso/") and request.method not in METODI:
            return HttpResponseNotAllowed(METODI)
        if not self._guards(request.path) or request.user.is_anonymous or has_passed(request):
            return self.get_response(request)
        return HttpResponseRedirect(then(reverse("secondo_fattore"), request.get_full_path()))

    @staticmethod
    def _guards(path: str) -> bool:
        return path.startswith(settings.SECONDO_FATTORE_PER) and not path.startswith(ALWAYS_OPEN)
