"""A form that is no form: JSON, XML, a body that says it is something else. Every address answers calmly."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.urls import reverse

from casi.checks import flat, is_public

from .colpi import Arco, Colpo
from .indirizzi import Indirizzo, indirizzi
from .matrice import IN_GENERALE, puo
from .scena import PERSONE
from .test_colpi import difese  # noqa: F401 - a fixture
from .test_matrice_indirizzi import ORDINARIO, _reserved, clienti, methods, names  # noqa: F401 - the fixtures

pytestmark = pytest.mark.matrice
PARTE = b'--ab\r\nContent-Disposition: form-data; name="nome"\r\n\r\nParole\r\n--ab--\r\n'
CORPI: dict[str, tuple[str, bytes]] = {
    "json": ("application/json", b'{"chiave": "Parole", "nome": {"$gt": ""}}'),
    "json rotto": ("application/json", b'{"chiave": Parole'),
    "xml": ("application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>Parole &b;</a>'),
    "testo": ("text/plain", b"chiave=Parole"),
    "niente": ("", b"Parole"),
    "tipo inventato": ("Parole/\xff; boundary", b"Parole"),
    "parti senza confine": ("multipart/form-data", PARTE),
    "confine enorme": (f"multipart/form-data; boundary={'x' * 100_000}", PARTE),
    "confine di segni": ('multipart/form-data; boundary="\u00e8 \x01"', PARTE),
    "parti mai finite": ("multipart/form-data; boundary=ab", PARTE[:-20] + b"\x00\xff" * 1_000),
    "file al posto di un testo": (
        "multipart/form-data; boundary=ab",
        PARTE.replace(b'name="nome"', b'name="chiave"; filename="Parole"'),
    ),
    "mille campi": ("application/x-www-form-urlencoded", b"&".join(b"a%d=Parole" % n for n in range(2_000))),
    "segni che non sono testo": ("application/x-www-form-urlencoded", b"chiave=%00%ff%fe&versione=%00&nome=%ed%a0%80"),
    "alfabeto che non c'e": ("application/x-www-form-urlencoded; charset=inventato", b"chiave=Parole"),
    "utf-7": ("application/x-www-form-urlencoded; charset=utf-7", b"chiave=+ADw-Parole"),
}
ALLA_PORTA = ("json", "confine enorme", "file al posto di un testo", "segni che non sono testo")  # its words are kept
TUTTI = indirizzi()
PER_TUTTI = [each.name for each in flat(import_module("casi.urls").urlpatterns) if is_public(each)]


def who_may(indirizzo: Indirizzo) -> str:
    """Somebody to whom the view itself answers; where a case like that is offered to nobody, who knows it best."""
    state = ORDINARIO if indirizzo.di_un_caso else IN_GENERALE
    return next((persona for persona in PERSONE if puo(indirizzo.azione, persona, state)), "as_responsabile")


def blows(url: str, bodies=tuple(CORPI)) -> Iterator[Colpo]:
    for name, (kind, body) in ((each, CORPI[each]) for each in bodies):
        yield Colpo(name, url, body, kind)


@pytest.mark.parametrize("indirizzo", TUTTI, ids=names)
def test_body_that_is_no_form_is_answered_calmly(scena, clienti, difese, indirizzo):  # noqa: F811
    if "POST" not in methods(clienti, indirizzo.url(scena, "as_responsabile", ORDINARIO)):
        return
    persona = who_may(indirizzo)
    url = indirizzo.url(scena, persona, ORDINARIO)
    assert Arco(clienti[persona], difese).colpisci(blows(url)) == [], persona
    assert Arco(clienti["anonimo"], difese).colpisci(blows(url, ALLA_PORTA)) == []


@pytest.mark.parametrize("nome", PER_TUTTI)
def test_body_that_is_no_form_is_answered_calmly_to_anybody_too(scena, clienti, difese, nome):  # noqa: F811
    assert Arco(clienti["anonimo"], difese).colpisci(blows(reverse(f"casi:{nome}"))) == []
