"""What browsers tell of the content policy (ASVS 3.4.7): asked for by each page, written down as little as possible."""

import json

import pytest

from portal import violazioni
from portal.violazioni import LARGEST, MOST, VIOLAZIONI
from tests.factories.catalogo import OperatoreFactory

CASO = "https://casi.esempio.it/casi/12345678-0000-4000-8000-000000000000/?q=Canarino"


@pytest.fixture(autouse=True)
def nothing_written_yet():
    violazioni._written.clear()
    yield
    violazioni._written.clear()


def tell(client, body: object):
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    client.handler.enforce_csrf_checks = True
    return client.generic("POST", VIOLAZIONI, sent, "application/csp-report")


def test_browser_knows_where_to_tell_what_was_stopped(riservato):
    riservato.force_login(OperatoreFactory(ruolo="assistente_sociale").utente)
    for address in ("/", "/accesso/login/", "/non-esiste/"):
        assert f"report-uri {VIOLAZIONI}" in riservato.get(address)["Content-Security-Policy"]


def test_public_pages_tell_it_too(client, db):
    assert f"report-uri {VIOLAZIONI}" in client.get("/accesso/login/")["Content-Security-Policy"]


def test_what_a_browser_tells_is_one_line_of_the_log_without_addresses(riservato, caplog):
    report = {
        "document-uri": CASO,
        "referrer": CASO,
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://altrove.esempio.it/ladro.js?Canarino",
        "script-sample": "Canarino",
    }
    assert tell(riservato, {"csp-report": report}).status_code == 204
    assert caplog.messages == ["La politica dei contenuti ha fermato «script-src-elem» da «altrove.esempio.it»"]


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ({"violated-directive": "img-src 'self'", "blocked-uri": "inline"}, "«img-src» da «inline»"),
        ({"effective-directive": "img-src", "blocked-uri": "data:text/html,Canarino"}, "«img-src» da «data»"),
        ({"effective-directive": "img-src"}, "«img-src» da «?»"),
        ({"effective-directive": "a\nERROR finta", "blocked-uri": "https://x\ny/"}, "«?» da «"),
        ({"effective-directive": ["x"], "blocked-uri": 7}, "«?» da «?»"),
        ({"blocked-uri": "http://["}, "«?» da «?»"),
        ([], "«?» da «?»"),
    ],
)
def test_what_is_told_is_not_taken_at_its_word(riservato, caplog, report, said):
    assert tell(riservato, {"csp-report": report}).status_code == 204
    assert len(caplog.messages) == 1
    assert said in caplog.text
    assert "Canarino" not in caplog.text
    assert "finta" not in caplog.text


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"7", b'{"a":' + b" " * LARGEST + b"1}"])
def test_what_is_no_report_is_answered_calmly(riservato, caplog, body):
    assert tell(riservato, body).status_code == 204
    assert caplog.messages == ["La politica dei contenuti ha fermato «?» da «?»"]


def test_log_is_not_filled_by_who_tells_too_much(riservato, caplog, monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr(violazioni.time, "monotonic", lambda: clock[0])
    for _each in range(MOST + 5):
        assert tell(riservato, {"csp-report": {}}).status_code == 204
    assert len(caplog.messages) == MOST
    clock[0] += violazioni.WITHIN + 1
    tell(riservato, {"csp-report": {}})
    assert len(caplog.messages) == MOST + 1


def test_address_is_for_telling_alone(riservato):
    response = riservato.get(VIOLAZIONI)
    assert (response.status_code, response["Allow"]) == (405, "POST")
