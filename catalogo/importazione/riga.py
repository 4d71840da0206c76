"""One row judged: what can be used, what is noted, what makes it unusable."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from math import isfinite

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.text import slugify

TESTO_MASSIMO = 5000
LIMITI = {"nome": 160, "ente": 160, "comune": 80, "provincia": 40, "indirizzo": 160, "telefono": 60, "data_fonte": 20}
CAMPI = [
    *("id", "tipo", "nome", "ente", "comune", "provincia", "indirizzo", "telefono", "email", "orari_testo"),
    *("a_chi", "come_si_accede", "costi", "fonte", "data_fonte", "nota"),
]
OBBLIGATORI = ("id", "nome", "ente")
NON_STAMPABILI = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# Enough where no address is given; where one is, only words about the place itself take it away.
RISERVATO = re.compile(
    r"riservat|protett|segret|(indirizzo|sede|recapito|luogo)\s+(omess|non pubblic|nascost)", re.IGNORECASE
)
LUOGO_RISERVATO = re.compile(
    r"(indirizzo|sede|recapito|luogo)\b.{0,40}(riservat|protett|segret|omess|non pubblic|nascost)"
    r"|(casa|struttura|alloggio|appartamento)\s+(rifugio|protett|segret)",
    re.IGNORECASE,
)


class RigaErrata(Exception):  # noqa: N818 (what it is, not what went wrong)
    """The row cannot become a sheet; the message says why."""


@dataclass(frozen=True)
class Scheda:
    """A row ready to be written. Texts are clean, never None; `avvisi` is what the editor should know."""

    id: str
    tipo: str
    nome: str
    ente: str
    comune: str = ""
    provincia: str = ""
    indirizzo: str = ""
    telefono: str = ""
    email: str = ""
    orari_testo: str = ""
    a_chi: str = ""
    come_si_accede: str = ""
    costi: str = ""
    fonte: str = ""
    fonte_url: str = ""
    data_fonte: str = ""
    nota: str = ""
    indirizzo_riservato: bool = False
    avvisi: tuple[str, ...] = field(default=(), compare=False)

    @property
    def impronta(self) -> str:
        """The same for two rows that say the same, whatever their order of keys or spacing."""
        facts = {name: value for name, value in asdict(self).items() if name != "avvisi"}
        return sha256(repr(sorted(facts.items())).encode()).hexdigest()


def interpret(dati: object) -> Scheda:
    """The sheet in a row; raises RigaErrata, and nothing else, on any JSON value."""
    if not isinstance(dati, Mapping):
        raise RigaErrata("Non è un oggetto con i campi di un servizio.")
    avvisi: list[str] = []
    testi = {name: _clean(name, dati.get(name), avvisi) for name in CAMPI}
    for name in OBBLIGATORI:
        if not testi[name]:
            raise RigaErrata(f"Manca «{name}».")
    unknown = sorted(str(name)[:40] for name in dati if name not in CAMPI)
    if unknown:
        avvisi.append(f"campi che non conosco: {', '.join(unknown[:5])}")
    testi["id"] = _slug(testi["id"], avvisi)
    testi["tipo"] = _code(testi["tipo"], avvisi)
    testi["telefono"] = normalise_phone(testi["telefono"])
    testi["email"] = _email(testi["email"], avvisi)
    testi["fonte"], testi["fonte_url"] = split_source(testi["fonte"])
    riservato = _confidential(testi, avvisi)
    return Scheda(**testi, indirizzo_riservato=riservato, avvisi=tuple(avvisi))


def _clean(name: str, value: object, avvisi: list[str]) -> str:
    """Text without control characters; a number becomes text, any other type is left out and noted."""
    if value is None:
        return ""
    if not _readable(value):
        if name in OBBLIGATORI:
            raise RigaErrata(f"«{name}» non è un testo.")
        avvisi.append(f"«{name}» non è un testo: lasciato vuoto")
        return ""
    text = NON_STAMPABILI.sub(" ", str(value)).strip()
    if name != "orari_testo":
        text = " ".join(text.split())
    limit = LIMITI.get(name, TESTO_MASSIMO)
    if len(text) <= limit:
        return text
    if name in OBBLIGATORI or len(text) > TESTO_MASSIMO:
        raise RigaErrata(f"«{name}» è troppo lungo: {len(text)} caratteri, al massimo {limit}.")
    avvisi.append(f"«{name}» accorciato a {limit} caratteri")
    return shorten(text, limit)


def _readable(value: object) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, str | int) and not isinstance(value, bool)


def shorten(text: str, limit: int) -> str:
    """`text` within `limit` characters, cut between two words."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head).rstrip(" ,;:.") + "…"


def _slug(value: str, avvisi: list[str]) -> str:
    slug = slugify(value)[:200].strip("-")
    if not slug:
        raise RigaErrata("«id» non contiene lettere o cifre: non può diventare l'indirizzo della pagina.")
    if slug != value:
        avvisi.append(f"«id» diventa «{slug}»")
    return slug


def _code(value: str, avvisi: list[str]) -> str:
    code = slugify(value).replace("-", "_")[:40].strip("_")
    if not code:
        avvisi.append("«tipo» manca: messo «altro»")
    return code or "altro"


def normalise_phone(value: str) -> str:
    """An Italian number grouped as people write it; what is not one valid number stays as published."""
    try:
        number = phonenumbers.parse(value, "IT")
    except phonenumbers.NumberParseException:
        return value
    if not phonenumbers.is_valid_number(number) or number.extension:
        return value
    national = number.country_code == 39
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _email(value: str, avvisi: list[str]) -> str:
    if not value:
        return ""
    try:
        validate_email(value)
    except ValidationError:
        avvisi.append("«email» non è un indirizzo valido: lasciata vuota")
        return ""
    return value


def split_source(value: str) -> tuple[str, str]:
    """("Caritas Lodi", "https://…") from "Caritas Lodi — https://…"; without an address the second is empty."""
    found = re.search(r"https?://\S+", value)
    if not found:
        return shorten(value, 255), ""
    url = found.group()
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        url = ""
    if not url or len(url) > 500:
        return shorten(value, 255), ""
    name = (value[: found.start()] + value[found.end() :]).strip(" —–-:|")
    return shorten(name, 255), url


def _confidential(testi: dict[str, str], avvisi: list[str]) -> bool:
    """Whether the place is protected. In doubt it is: an address that must not be known is not kept."""
    address = testi["indirizzo"]
    pattern = LUOGO_RISERVATO if address else RISERVATO
    says_so = bool(pattern.search(testi["nota"]) or RISERVATO.search(address))
    if says_so and address:
        avvisi.append("indirizzo tolto: la riga lo dice riservato")
        testi["indirizzo"] = ""
    return says_so
