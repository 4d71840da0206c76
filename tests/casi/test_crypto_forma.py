"""The form of what is encrypted, to its bounds: keys that fit, values told from what is none, and the blind index."""

import hmac
from base64 import b64encode
from hashlib import sha256
from json import dumps

import pytest

from casi import crypto
from casi.crypto import CryptoError, KeyFileError

KEY, OTHER, INDEX = (bytes([n]) * 32 for n in (1, 2, 3))


def text(value: bytes) -> str:
    return b64encode(value).decode()


def ring(chiavi=None, indice=None, attiva="a") -> dict:
    return {"attiva": attiva, "chiavi": chiavi or {"a": text(KEY)}, "indice": indice or text(INDEX)}


@pytest.fixture
def keys(settings, tmp_path):
    """`keys(ring)`: from now on the key file holds it; the process is not told."""
    settings.PORTACHIAVI = tmp_path / "portachiavi.json"
    crypto.forget_keys()
    yield lambda content: settings.PORTACHIAVI.write_text(dumps(content))
    crypto.forget_keys()


JSON = (None, True, 0, 1.5, "", "testo", [], ["a"], {}, {"a": "a"}, "\ud800")


@pytest.mark.parametrize("content", [
    *JSON, *(ring() | {member: value} for member in ring() for value in JSON), *(ring({"a": value}) for value in JSON),
])  # fmt: skip
def test_any_other_value_in_place_of_the_file_or_of_a_member_of_it_is_said_to_be_unfit(keys, content):
    keys(content)
    with pytest.raises(KeyFileError, match="Il file delle chiavi"):
        crypto.portachiavi()


@pytest.mark.parametrize("content", [
    ring({"a": text(KEY), "b": text(b"corta")}), ring({"a": text(KEY), "b": text(bytes(33))}),
    ring(indice=text(bytes(31))), ring(indice=text(INDEX) + " "), ring({"a": text(KEY) + " "}),
    ring({"a": text(KEY), "è": text(OTHER)}), ring({"a": text(KEY), "b" * 256: text(OTHER)}),
    ring({"a": text(KEY), "b": text(INDEX)}), ring(attiva="b"), ring({"\ud800": text(KEY)}, attiva="\ud800"),
])  # fmt: skip
def test_one_unfit_key_makes_the_file_unfit(keys, content):
    keys(content)
    with pytest.raises(KeyFileError):
        crypto.portachiavi()


def test_file_of_endless_brackets_is_said_to_be_unfit(keys, settings):
    settings.PORTACHIAVI.write_text("[" * 100_000)
    with pytest.raises(KeyFileError, match="non ha la forma attesa"):
        crypto.portachiavi()


def test_file_that_is_not_there_says_why(keys):
    with pytest.raises(KeyFileError, match="non si legge: No such file"):
        crypto.portachiavi()


def test_keys_are_those_of_the_file_and_one_added_meanwhile_is_found(keys):
    keys(ring())
    assert crypto.portachiavi() == crypto.Portachiavi("a", {"a": KEY}, INDEX)
    keys(ring({"a": text(KEY), "b": text(OTHER)}))
    assert crypto.key_named("a") == KEY
    assert "b" not in crypto.portachiavi().chiavi
    assert crypto.key_named("b") == OTHER
    assert crypto.key_named("c") is None


@pytest.mark.parametrize("name", ["a", "b" * 255])
def test_value_tells_its_key_is_never_the_same_twice_and_comes_back(keys, name):
    keys(ring({name: text(KEY)}, attiva=name))
    one, other = (crypto.encrypt(b"testo", contesto="riga") for _time in range(2))
    assert one[:2] == bytes([1, len(name)])
    assert (len(one), one != other) == (2 + len(name) + 12 + 5 + 16, True)
    assert one[2 + len(name) :][:12] != other[2 + len(name) :][:12]
    assert crypto.key_name(one) == name
    assert crypto.decrypt(one, contesto="riga") == b"testo"
    with pytest.raises(CryptoError, match="altra riga"):
        crypto.decrypt(one, contesto="altra")


@pytest.mark.parametrize(("token", "words"), [
    (b"", "non cifrato"), (b"\x01", "non cifrato"), (b"\x01\x01a" + bytes(10), "non cifrato"),
    (b"\x02\x01a" + bytes(28), "non cifrato"), (b"\x01\x01a" + bytes(11), "alterato"),
    (b"\x01\x01a" + bytes(28), "alterato"), (b"\x01\x02\xff\xff" + bytes(28), "chiave che non c'è"),
])  # fmt: skip
def test_what_is_no_value_says_so(keys, token, words):
    keys(ring())
    with pytest.raises(CryptoError, match=words):
        crypto.decrypt(token, contesto="riga")


def test_blind_index_is_hmac_of_what_it_is_for_and_of_the_value(keys):
    keys(ring())
    assert crypto.blind_index("rossi", scopo="nome") == hmac.new(INDEX, b"nome\x00rossi", sha256).hexdigest()
    assert crypto.blind_index("", scopo="nome") == ""
