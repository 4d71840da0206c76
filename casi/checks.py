"""Conventions of the case area, as system checks: a process that breaks one does not start."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS
from django.urls import URLPattern, URLResolver

from casi.crypto import CryptoError
from casi.ruoli import PERMESSI_DI_PARTE, REGOLE, RUOLI, Azione, Via


@register(Tags.urls)
def every_address_declares_its_action(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A view outside the door (`dichiara`, or `pubblica` for anybody) would be open to whoever has signed in."""
    patterns = import_module("casi.urls").urlpatterns
    return [
        Error(f"L'indirizzo «{pattern.pattern}» non dichiara la sua azione.", id="casi.E001")
        for pattern in flat(patterns)
        if not (isinstance(getattr(pattern.callback, "azione", None), Azione) or is_public(pattern))
    ]


def is_public(pattern: URLPattern) -> bool:
    """Declared to be for anybody (`casi.views.porta.pubblica`), and for nobody in particular."""
    return getattr(pattern.callback, "pubblica", False) is True and not hasattr(pattern.callback, "azione")


@register()
def every_role_is_described(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The tables of `ruoli` cover the roles an operator can have, each action, each part in a case."""
    from casi.models import Parte
    from catalogo.models.operatore import RuoloOperatore

    gaps = [
        *(set(RuoloOperatore.values) ^ set(RUOLI)),
        *(set(Azione) ^ set(REGOLE)),
        *(set(Parte.values) ^ set(PERMESSI_DI_PARTE)),
        *(azione for azione, regola in REGOLE.items() if (regola.via is Via.INCARICO) != bool(regola.permesso)),
    ]
    return [Error(f"Manca in casi.ruoli: {gap}.", id="casi.E002") for gap in gaps]


@register(Tags.database)
def keys_open_what_is_written(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """With another key file each value would be unreadable, and each new one lost to whoever has the right file."""
    from casi.chiavi import has_trials_table, try_keys

    if DEFAULT_DB_ALIAS not in (kwargs.get("databases") or ()) or not has_trials_table():
        return []
    try:
        try_keys()
    except CryptoError as error:
        return [Error(str(error), id="casi.E003")]
    return []


def flat(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from flat(pattern.url_patterns)
        else:
            yield pattern
