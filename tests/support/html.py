"""What every page of ours must be free of: inline code, which the content policy blocks, and leftover template tags."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote_plus

from django.http import HttpResponse
from django.test import Client
from zeal import zeal_ignore

from portal.utenti.secondo_fattore import SESSION_MARK

ADMIN = "/amministrazione/"
DATA_TYPES = {"application/json", "application/ld+json"}
LEFTOVERS = re.compile(r"\{%|%\}|\{\{|\}\}|\{#|#\}|%\(\w+\)[sd]")


class UncleanPageError(AssertionError):
    """A page with something a browser would refuse or a person would stumble on."""


class StrictClient(Client):
    """Django's client; every HTML answer outside Wagtail's admin is inspected."""

    def force_login(self, user, backend=None) -> None:
        """As after a sign-in with both factors."""
        super().force_login(user, backend)
        session = self.session
        session[SESSION_MARK] = str(user.pk)
        session.save()

    def request(self, **request):
        if not request.get("PATH_INFO", "").startswith(ADMIN):
            response = super().request(**request)
            inspect(response, typed=unquote_plus(request.get("QUERY_STRING", "")))
            return response
        with zeal_ignore():  # Wagtail's own views are not ours to speed up
            return super().request(**request)


def inspect(response: HttpResponse, typed: str = "") -> None:
    """Raise UncleanPageError with everything that is wrong; other than HTML is not looked at.

    A page may say again the signs that its visitor has `typed`.
    """
    if response.streaming or "html" not in response.get("Content-Type", ""):
        return
    problems = faults_in(response.content.decode(response.charset), typed)
    if problems:
        path = getattr(response, "request", {}).get("PATH_INFO", "")
        raise UncleanPageError(f"{path}: " + "; ".join(problems))


def faults_in(html: str, typed: str = "") -> list[str]:
    parser = Faults(typed)
    parser.feed(html)
    return parser.found


def without_token(html: str) -> str:
    """A page as two people would compare it: the token of its forms and the key of its reading are new each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|/stampe/[0-9a-f-]{36}/', "", html)


class Faults(HTMLParser):
    def __init__(self, typed: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.typed = typed
        self.found: list[str] = []
        self.data_block = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.data_block = tag == "script" and values.get("type") in DATA_TYPES
        if tag == "style":
            self.found.append("inline <style>")
        if tag == "script" and not self.data_block and not values.get("src"):
            self.found.append("inline <script>")
        for name, value in attrs:
            self.attribute(tag, name, value or "")

    def attribute(self, tag: str, name: str, value: str) -> None:
        if name == "style" or name.startswith("on"):
            self.found.append(f"<{tag} {name}=…>")
        if value.strip().lower().startswith("javascript:"):
            self.found.append(f"<{tag} {name}=javascript:…>")
        if self.leftover(value):
            self.found.append(f"template tag left in <{tag} {name}>: {value[:60]}")

    def handle_endtag(self, tag: str) -> None:
        self.data_block = False

    def handle_data(self, data: str) -> None:
        if not self.data_block and (left := self.leftover(data)):
            self.found.append(f"template tag left: {data[max(0, left.start() - 20) : left.end() + 40]!r}")

    def leftover(self, text: str) -> re.Match | None:
        return next((each for each in LEFTOVERS.finditer(text) if each.group() not in self.typed), None)
