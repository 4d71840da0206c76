"""Long lists of choices, written in one go: as a template loop, hundreds of them were half of the page's time."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.utils.formats import localize
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from search.pagina import Gruppo

register = template.Library()

CASELLA = (
    '<li id="voce-{nome}-{valore}"><label for="id_{nome}_{valore}">'
    '<input type="checkbox" name="{nome}" value="{valore}" id="id_{nome}_{valore}"{spunta}> '
    '<span class="scelte__voce">{etichetta}</span> <span class="scelte__numero">{numero}</span></label></li>'
)
OPZIONE = '<option value="{valore}"{scelta}>{etichetta}</option>'
SPUNTA, SCELTA = SafeString(" checked"), SafeString(" selected")


@register.simple_tag
def caselle(gruppo: "Gruppo") -> SafeString:
    """The boxes to tick of a group, each with how many results it would leave."""
    boxes = (
        {
            "nome": gruppo.nome,
            "valore": voce.valore,
            "spunta": SPUNTA if voce.scelta else "",
            "etichetta": voce.etichetta,
            "numero": localize(voce.numero),
        }
        for voce in gruppo.voci
    )
    return format_html_join("\n", CASELLA, boxes)


@register.simple_tag
def opzioni(coppie: Iterable[tuple[str, str]], scelta: str) -> SafeString:
    """Options of a `select`, from (value, label) pairs."""
    rows = (
        {"valore": value, "etichetta": label, "scelta": SCELTA if value == scelta else ""} for value, label in coppie
    )
    return format_html_join("\n", OPZIONE, rows)
