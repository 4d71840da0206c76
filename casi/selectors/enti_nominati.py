"""Which bodies a paper names: where somebody may be in danger, besides the holder those alone that are chosen.

The name of a body may say that she has asked for help against who holds the paper (decision 0019).
"""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext_lazy

from casi.models import Caso
from casi.parole_estratto import ALTRO_ENTE
from casi.selectors.registro_del_caso import shown_lines

Nomina = Callable[[str], object]


def nominabili(caso: Caso) -> list[str]:
    """The other bodies that have seen the case, or may; by the names they had."""
    seen = shown_lines(caso.pk).exclude(ente_id=caso.ente_titolare_id)
    let_in = caso.ammissioni.order_by().values_list("ente__nome", flat=True)
    return sorted(seen.order_by().values_list("ente_nome", flat=True).union(let_in))


def nomina(caso: Caso, scelti: Collection[str] | None) -> Nomina:
    """What to call a body by its name; None: each as it is called."""
    if scelti is None:
        return str
    hidden = {*nominabili(caso)} - {*scelti, caso.ente_titolare.nome}
    return lambda name: gettext_lazy(ALTRO_ENTE) if name in hidden else name


def renamed(dati: Any, named: Nomina) -> Any:
    """The data of a copy with each body called so."""
    if isinstance(dati, list):
        return [renamed(each, named) for each in dati]
    if isinstance(dati, dict):
        return {key: named(value) if key == "ente" else renamed(value, named) for key, value in dati.items()}
    return dati
