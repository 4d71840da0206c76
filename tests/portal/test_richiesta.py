"""What no browser sends: a charset that is a codec of Python, a NUL where no text of ours has one."""

from collections.abc import Callable

import pytest
from django.test import RequestFactory

from portal.richiesta import Gestore

pytestmark = pytest.mark.django_db
CODECS = ("hex", "rot13", "undefined", "idna", "utf-7", "utf-16", "canarino")
PARTE = b'--ab\r\nContent-Disposition: form-data; name="nome"\r\n\r\nAda +2AA-\r\n--ab--\r\n'


@pytest.fixture
def ask(riservato) -> Callable[..., int]:
    """`ask(path, …)`: what the process itself answers, without the client of the tests; the rest is the environment."""
    gestore = Gestore()

    def asked(path: str, **environ: object) -> int:
        answers: list[str] = []
        request = RequestFactory().get(path, HTTP_HOST="testserver").environ | environ
        b"".join(gestore(request, lambda status, headers: answers.append(status)))
        return int(answers[0].partition(" ")[0])

    return asked


@pytest.mark.parametrize("codec", CODECS)
def test_charset_that_is_named_is_not_taken_at_its_word(ask, codec):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=ab"):
        for name in ("charset", "charset*=utf-8''"):
            said = f"{kind}; {name}={codec}" if name == "charset" else f"{kind}; {name}{codec}"
            assert ask("/accesso/login/?next=/%C3%A8", CONTENT_TYPE=said) == 200, said


def test_form_in_another_alphabet_is_read_as_utf8():
    kind = "multipart/form-data; boundary=ab; charset=utf-7"
    request = RequestFactory().generic("POST", "/", PARTE, content_type=kind)
    assert Gestore.request_class(request.environ).POST["nome"] == "Ada +2AA-"


@pytest.mark.parametrize("cookie", [r'tessere_riservato="aaaaaaaa\000"', r'tessere_riservato_csrf="\000"', "=;;=\\"])
def test_cookie_with_a_nul_is_none(ask, cookie):
    assert ask("/accesso/login/", HTTP_COOKIE=cookie) == 200
    assert ask("/casi/", HTTP_COOKIE=cookie) == 302


def test_address_with_a_nul_has_none():
    request = Gestore.request_class({**RequestFactory().get("/").environ, "PATH_INFO": "/accesso/demo/a\x00/"})
    assert (request.path, request.path_info) == ("/accesso/demo/a\ufffd/",) * 2


def test_both_processes_read_their_requests_so():
    from portal.wsgi import application

    assert isinstance(application, Gestore)
