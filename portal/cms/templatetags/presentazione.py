"""How things look and read: icons, tiles, phone numbers, hours. No query here."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

import phonenumbers
from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

DISEGNO = '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
E164 = phonenumbers.PhoneNumberFormat.E164
NAZIONALE = phonenumbers.PhoneNumberFormat.NATIONAL
INTERNAZIONALE = phonenumbers.PhoneNumberFormat.INTERNATIONAL
# Six digits or more, perhaps grouped ("0377 310758", "02/123.45.67"); or nothing but a short number ("1522").
NUMERO = re.compile(r"^\d{3,5}$|(?:0\d{1,3}/)?\+?\d(?:[ .-]?\d){5,}")
# In running text only what can be nothing else: eight digits or more after 0, 3, 800 or a prefix.
NUMERO_NEL_TESTO = re.compile(r"(?<![\w.,/+-])(?:\+\d{2} ?)?(?:0\d|3\d\d|800)(?:[ .-]?\d){6,9}(?![\w/])")
TAG = re.compile(r"(<[^>]*>)")
# An hour, or from when to when; no part of a date, nor of a longer number.
ORA = r"\d{1,2}(?:[.:]\d{2})?"
ORARIO = re.compile(rf"(?<!\d)(?<!\d[.,:-])(?:{ORA}\s*[–-]\s*{ORA}|\d{{1,2}}[.:]\d{{2}})(?!\d|[.,:-]\d)")
FINO_A = re.compile(r"(?<=\d)\s+(alle|to|до|إلى)\s+(?=\d)")  # the same in words, which read as the rest does

INIZIA_PER_VOCALE = re.compile(r"(8|11)\b")  # as one says it: otto, undici
ELISE = {"il": "l'", "Il": "L'", "dal": "dall'", "Dal": "Dall'", "al": "all'", "del": "dell'"}


@register.simple_tag
def icona(nome: str, classe: str = "") -> SafeString:
    """Bootstrap Italia icon, decorative: the words beside it carry the meaning."""
    return format_html(DISEGNO, f"icona {classe}".strip(), static("tessere/icone.svg"), nome)


@register.simple_tag
def disegno_tassello(codice: str, classe: str = "") -> SafeString:
    """One of our twelve tiles, decorative; `codice` is the code of a need."""
    return format_html(DISEGNO, f"disegno {classe}".strip(), static("tessere/tasselli.svg"), codice)


@lru_cache(maxsize=4096)  # the same few thousand numbers, on every card of every page
def _numero(scritto: str) -> tuple[str, str]:
    """(dialled, grouped) of one number; one that no numbering plan knows is dialled and shown as written."""
    try:
        numero = phonenumbers.parse(scritto, "IT")
    except phonenumbers.NumberParseException:
        numero = None
    if numero is None or not phonenumbers.is_valid_number(numero):
        return re.sub(r"[^\d+]", "", scritto), scritto
    stile = NAZIONALE if numero.country_code == 39 else INTERNAZIONALE
    return phonenumbers.format_number(numero, E164), phonenumbers.format_number(numero, stile)


@register.filter
def numeri(testo: str | None) -> list[tuple[str, str]]:
    """Phone numbers found in a text, as (dialled, grouped); Italian unless a prefix says otherwise."""
    return [_numero(trovato.strip()) for trovato in NUMERO.findall(testo or "")]


@register.filter
def primo_numero(testo: str | None) -> str:
    """The number a "Chiama" button dials; empty when the text holds none."""
    trovati = numeri(testo)
    return trovati[0][0] if trovati else ""


@register.filter
def primo_scritto(testo: str | None) -> str:
    """The same number as people read it."""
    trovati = numeri(testo)
    return trovati[0][1] if trovati else ""


@register.simple_tag
def telefono(testo: str | None, classe: str = "") -> SafeString:
    """Tappable numbers; a text without a number stays as written, read left to right even in Arabic."""
    trovati = numeri(testo)
    if not trovati:
        return format_html('<bdi dir="ltr">{}</bdi>', testo or "")
    return format_html_join(
        ", ",
        '<a class="{}" href="tel:{}"><bdi dir="ltr">{}</bdi></a>',
        ((f"telefono {classe}".strip(), chiamata, scritto) for chiamata, scritto in trovati),
    )


@register.filter
def con_telefoni(html: object) -> SafeString:
    """Rich text (already safe) with the Italian phone numbers outside its links made tappable."""
    pezzi = TAG.split(str(html))
    in_link = False
    for indice, pezzo in enumerate(pezzi):
        if pezzo.startswith("<"):
            in_link = pezzo.startswith("<a ") or (in_link and pezzo != "</a>")
        elif not in_link:
            pezzi[indice] = NUMERO_NEL_TESTO.sub(lambda trovato: telefono(trovato[0]), pezzo)
    return mark_safe("".join(pezzi))  # noqa: S308 - safe on entry, only links on digits added


@register.filter(needs_autoescape=True)
def orari(testo: str | None, autoescape: bool = True) -> SafeString:
    """Text, or rich text, with its hours isolated: 9.00–12.30 never reads backwards in Arabic, nor over two lines."""
    pezzi = TAG.split(conditional_escape(testo or "") if autoescape else str(testo or ""))
    isolati = (pezzo if pezzo.startswith("<") else _isolato(pezzo) for pezzo in pezzi)
    return mark_safe("".join(isolati))  # noqa: S308 - escaped above, or safe on entry; only <bdi> added


def _isolato(testo: str) -> str:
    uniti = FINO_A.sub("\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}", testo)
    return ORARIO.sub(lambda trovato: f'<bdi class="orario" dir="ltr">{trovato[0]}</bdi>', uniti)


@register.filter
def ritaglia(testo: str | None) -> str:
    """Text without white space at its ends; empty for None. Lets a template test whether there is anything."""
    return (testo or "").strip()


@register.filter
def euro(importo: Decimal | int) -> str:
    """Money as people write it: 1.250 €, with cents only when there are some."""
    decimali = 0 if importo == int(importo) else 2
    return f"{number_format(importo, decimal_pos=decimali, force_grouping=True)} €"


@register.filter(expects_localtime=True)
def giorno_intero(quando: date, come: str = "l j E") -> str:
    """A day as people say it, in the language of the moment: martedì 24 novembre, Tuesday 24 November."""
    detto = date_format(quando, come)
    return detto if get_language() == "en" else detto.lower()


@register.filter(expects_localtime=True)
def giorno_con_anno(quando: date, come: str = "j E") -> str:
    """The same with the year when it is another one: 3 marzo, 3 marzo 2025; empty for no day."""
    if not quando:
        return ""
    return giorno_intero(quando, come if quando.year == timezone.localdate().year else f"{come} Y")


@register.filter
def con(giorno: str, parola: str) -> str:
    """A day in words after `parola`, one of ELISE: il 7 maggio, l'8 maggio; "il" is not said before martedì 7 maggio.

    In Italian; another language says its own word around the day, and gets the day alone.
    """
    if get_language() != "it" or (parola.lower() == "il" and not giorno[:1].isdigit()):
        return giorno
    return f"{ELISE[parola]}{giorno}" if INIZIA_PER_VOCALE.match(giorno) else f"{parola} {giorno}"


@register.filter
def peso(byte: int) -> str:
    """How big a file is: 120 kB, 1,4 MB."""
    if byte < 999_500:
        return f"{max(1, round(byte / 1_000))} kB"
    return f"{number_format(round(byte / 1_000_000, 1), decimal_pos=1)} MB"
