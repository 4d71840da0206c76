"""How things look and read: icons, tiles, phone numbers, hours. No query here."""

import re
from decimal import Decimal

import phonenumbers
from django import template
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

DISEGNO = '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
ORARIO = re.compile(r"\d{1,2}[.:]\d{2}(?:\s*[–-]\s*\d{1,2}[.:]\d{2})?")


@register.simple_tag
def icona(nome: str, classe: str = "") -> SafeString:
    """Bootstrap Italia icon, decorative: the words beside it carry the meaning."""
    return format_html(DISEGNO, f"icona {classe}".strip(), static("tessere/icone.svg"), nome)


@register.simple_tag
def disegno_tassello(codice: str, classe: str = "") -> SafeString:
    """One of our twelve tiles, decorative; `codice` is the code of a need."""
    return format_html(DISEGNO, f"disegno {classe}".strip(), static("tessere/tasselli.svg"), codice)


def _numero(trovato: phonenumbers.PhoneNumberMatch) -> tuple[str, str]:
    numero = trovato.number
    if numero.country_code == 39:
        testo = phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.NATIONAL)
    else:
        testo = phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164), testo


@register.filter
def numeri(testo: str | None) -> list[tuple[str, str]]:
    """Phone numbers found in a text, as (dialled, grouped); Italian unless a prefix says otherwise."""
    trovati = phonenumbers.PhoneNumberMatcher(testo or "", "IT", leniency=phonenumbers.Leniency.POSSIBLE)
    return [_numero(trovato) for trovato in trovati]


@register.filter
def primo_numero(testo: str | None) -> str:
    """The number a "Chiama" button dials; empty when the text holds none."""
    trovati = numeri(testo)
    return trovati[0][0] if trovati else ""


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


@register.filter(needs_autoescape=True)
def orari(testo: str | None, autoescape: bool = True) -> SafeString:
    """Text with its hours isolated, so that 9.00–12.30 never reads backwards in Arabic."""
    protetto = conditional_escape(testo or "") if autoescape else str(testo or "")
    isolato = ORARIO.sub(lambda trovato: f'<bdi dir="ltr">{trovato[0]}</bdi>', protetto)
    return mark_safe(isolato)  # noqa: S308 - escaped above, only <bdi> added


@register.filter
def ritaglia(testo: str | None) -> str:
    """Text without white space at its ends; empty for None. Lets a template test whether there is anything."""
    return (testo or "").strip()


@register.filter
def euro(importo: Decimal | int) -> str:
    """Money as people write it: 1.250 €, with cents only when there are some."""
    decimali = 0 if importo == int(importo) else 2
    return f"{number_format(importo, decimal_pos=decimali, force_grouping=True)} €"
