"""Every address of Wagtail's admin as the resolver knows it, and what its arguments may be filled with."""

import re
from collections.abc import Iterator
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

RADICE = "amministrazione/"
# Signing out ends a sweep; it shows nothing.
FUORI = {"wagtailadmin_logout"}
KINDS = {
    **dict.fromkeys(["page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"], "page"),
    **dict.fromkeys(["revision_id", "revision_id_a", "revision_id_b"], "revision"),
    **dict.fromkeys(["app_label", "app_name", "content_type_app_name"], "app"),
    **dict.fromkeys(["model_name", "content_type_model_name"], "model"),
}


def addresses(resolver: URLResolver, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """(pattern, name) of every address under `resolver`."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, f"{namespace}{pattern.name}"
        else:
            yield from addresses(pattern, route, namespace + (f"{pattern.namespace}:" if pattern.namespace else ""))


def admin_addresses() -> list[tuple[str, str]]:
    found = [(route, name) for route, name in addresses(get_resolver()) if route.startswith(RADICE)]
    return [(route, name) for route, name in found if name.split(":")[-1] not in FUORI and not route.endswith("^.*/$")]


def kind_of(argument: str, name: str) -> str:
    """Which of the values of `filled` the `argument` of the address `name` takes; `pk` says it only with the name."""
    if argument != "pk":
        return KINDS.get(argument, argument)
    found = {"pages": "page", "images": "image_id", "docs": "document_id"}
    return next((kind for part, kind in found.items() if part in name), "other")


def filled(route: str, name: str, values: dict[str, list[object]], own: int) -> Iterator[str]:
    """Addresses of `route` with every value of its arguments; also the page `own` with what is another's beside it."""
    tokens = re.findall(r"\(\?P<(\w+)>[^()]*\)|<(?:\w+:)?(\w+)>", route)
    arguments = [a or b for a, b in tokens]
    kinds = [kind_of(argument, name) for argument in arguments]
    choices = [values.get(kind, values["other"]) for kind in kinds]
    if "page" in kinds and len(kinds) > 1:
        choices = [[*choice, own] if kind == "page" else choice for kind, choice in zip(kinds, choices, strict=True)]
    shape = re.sub(r"\(\?P<\w+>[^()]*\)|<(?:\w+:)?\w+>", "{}", route)
    shape = shape.replace("^", "").replace("$", "").replace(r"\.", ".")
    for picked in product(*choices):
        yield "/" + shape.format(*picked)
