"""Which of a case's pages one is on, or under; which pages of the register one may open."""

from collections.abc import Iterable, Mapping

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casi.ruoli import RUOLI, Azione
from catalogo.models import Operatore

register = template.Library()

# Pages that lie under another one by meaning, not by address.
ALTROVE = {"nascosti": "diario", "nascondi": "diario", "legami": "persone"}
# The pages of the register, each with the action it asks for.
REGISTRO = (
    (_("Voci"), "casi:registro", Azione.LEGGERE_REGISTRO),
    (_("Da guardare"), "casi:registro_allerte", Azione.LEGGERE_REGISTRO),
    (_("Emergenze"), "casi:emergenze", Azione.ESAMINARE_EMERGENZE),
    (_("Scarica"), "casi:registro_esporta", Azione.ESPORTARE_REGISTRO),
    (_("Scarti"), "casi:scarti_da_controllare", Azione.CONTROLLARE_SCARTI),
    (_("Quanti accessi"), "casi:registro_numeri", Azione.CONTARE_ACCESSI),
    (_("Il tuo ente"), "casi:accessi_ente", Azione.ACCESSI_DELL_ENTE),
    (_("Che cosa hai fatto"), "casi:accessi_miei", Azione.PROPRI_ACCESSI),
)


@register.simple_tag
def pagine_del_registro(operatore: Operatore, path: str) -> list[dict[str, object]]:
    """Title, address and whether `path` is it, or under it: the first is above all the others."""
    first = reverse(REGISTRO[0][1])
    azioni = RUOLI[operatore.ruolo].azioni
    found = [(titolo, reverse(nome)) for titolo, nome, azione in REGISTRO if azione in azioni]
    return [
        {"titolo": titolo, "url": url, "qui": path == url if url == first else path.startswith(url)}
        for titolo, url in found
    ]


@register.filter
def sopra(schede: Iterable[Mapping[str, str]], path: str) -> str:
    """The address of the entry that `path` lies under; empty under none but the first, which is above all."""
    first, *others = [each["url"] for each in schede]
    rest = path.removeprefix(first)
    head, slash, tail = rest.partition("/")
    wanted = f"{first}{ALTROVE.get(head, head)}{slash}{tail}"
    return max((url for url in others if wanted.startswith(url)), key=len, default="")
