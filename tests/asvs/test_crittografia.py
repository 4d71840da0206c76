"""The inventory of docs/sicurezza.md is the code's (ASVS 11): who seals, digests or draws by chance, and with what."""

import ast
import random
import re
from collections.abc import Iterator

import pytest

from casi import crypto, storage
from tests.asvs.test_codice import imported, ours
from tests.support.sources import ROOT

DOCUMENTO = (ROOT / "docs" / "sicurezza.md").read_text()
INVENTARIO = DOCUMENTO[DOCUMENTO.index("## Crittografia") : DOCUMENTO.index("## Con chi parlano")]
STRUMENTI = re.compile(r"(cryptography|hashlib|hmac|secrets|jwt|fido2|ssl)(\.|$)|django\.(core\.signing|utils\.crypto)")
# Only what verifies, for `jwt` and `fido2`: told in words under the table.
A_PAROLE = {"portal.utenti.adapter", "portal.settings.avvio", "portal.utenti.chiavi"}
DEBOLI = re.compile(r"\b(md5|sha1|MD5|SHA1|DES|TripleDES|ARC4|Blowfish|RC4|PKCS1v15|CFB|OFB|CTR|CBC|ECB)\b")
UN_BLOCCO = "casi/opachi.py"  # one block of a single number, told in the inventory


def users() -> Iterator[str]:
    for file, module in ours():
        if "/demo/" in file or "test" in file.split("/"):
            continue
        if any(STRUMENTI.match(each) for each in imported(module)):
            yield file.removesuffix(".py").replace("/", ".")


def told() -> set[str]:
    return set(re.findall(r"^\| `([\w.]+)`", INVENTARIO, re.M))


def test_inventory_names_every_module_that_seals_or_digests():
    found = set(users())
    assert {"casi.crypto", "casi.storage", "portal.utenti.adapter"} <= found
    assert found - told() - A_PAROLE == set()
    assert told() - found == set()


def weak(module: ast.Module) -> set[str]:
    """Names of weak digests and modes in what is imported or called, not in what is said."""
    names = imported(module) | {ast.unparse(each) for each in ast.walk(module) if isinstance(each, ast.Attribute)}
    return {found.group() for each in names if (found := DEBOLI.search(each))}


def test_weak_modes_and_digests_are_nowhere_but_where_told():
    assert {file: found for file, module in ours() if (found := weak(module))} == {UN_BLOCCO: {"ECB"}}
    assert "un solo blocco AES-256" in INVENTARIO


@pytest.mark.parametrize("text", ["hashlib.md5(b'')", "from hashlib import sha1", "modes.CBC(iv)"])
def test_weak_one_that_is_planted_is_found(text):
    assert weak(ast.parse(text))


def by_chance(module: ast.Module) -> set[str]:
    return {each for each in imported(module) if re.match(r"random(\.|$)|numpy", each)}


def test_chance_comes_from_the_system():
    found = {file for file, module in ours() if by_chance(module) and "/demo/" not in file}
    assert found == set()
    assert by_chance(ast.parse("import random"))


def test_what_others_draw_for_us_comes_from_the_system(monkeypatch):
    """Sessions, tokens of forms, seeds and codes of allauth, keys of rows."""
    from allauth.mfa.totp.internal.auth import generate_totp_secret
    from django.contrib.sessions.backends.base import SessionBase
    from django.middleware.csrf import _get_new_csrf_string

    for draw in (generate_totp_secret, SessionBase()._get_new_session_key, _get_new_csrf_string, storage.new_key):
        random.seed(1)
        monkeypatch.setattr(SessionBase, "exists", lambda self, key: False)
        first = draw()
        random.seed(1)
        assert draw() != first


def test_two_seals_never_share_their_nonce():
    """Drawn for each value; for the chunks of a file, its own key and the place of each."""
    start = 2 + len(crypto.portachiavi().attiva)
    sealed = [crypto.encrypt(b"uguale", contesto="c") for _each in range(500)]
    assert len({each[start : start + crypto.NONCE_LENGTH] for each in sealed}) == 500
    assert storage.new_key() != storage.new_key()


def test_keys_have_their_length():
    assert {len(each) for each in (*crypto.portachiavi().chiavi.values(), storage.new_key())} == {32}
