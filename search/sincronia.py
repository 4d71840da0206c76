"""The index follows the pages: whoever changes one, by whatever door, its rows are written when the change is kept.

Signals only note what may have changed (`nota`); at the end of the transaction the contents are looked up once, and
written at once when they are few, by the worker when they are many: saving a page stays cheap.
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from catalogo.models import Comune, Ente, EntePage, LuogoPage, ServizioPage
from catalogo.models.vocabolari import Vocabolario
from portal.utenti.processi import in_riservato

from . import indexed
from .lavori import riscrivi

Contenuto = tuple[str, str]  # label of the model, translation key
Causa = Callable[[], Iterable[Contenuto]]


class Sospesi:
    """What this transaction may have changed; it forgets with the savepoint that is taken back."""

    def __init__(self, savepoints: set[str]) -> None:
        self.savepoints = savepoints
        self.cause: list[Causa] = []

    def __call__(self) -> None:
        found = sorted({each for causa in self.cause for each in causa() if each[0] in indexed.PAGINE})
        by_model: dict[str, list[str]] = {}
        for label, key in found:
            by_model.setdefault(label, []).append(key)
        if len(found) > settings.INDICE_SUBITO:
            riscrivi.enqueue(by_model)
        elif found:
            riscrivi.call(by_model)


def nota(causa: Causa) -> None:
    """Look at what `causa` names when the transaction ends; many notes of one transaction are one look."""
    open_savepoints = set(connection.savepoint_ids)
    for entry in connection.run_on_commit:
        function = entry[1]
        if isinstance(function, Sospesi) and function.savepoints == open_savepoints:
            function.cause.append(causa)
            return
    pending = Sospesi(open_savepoints)
    pending.cause.append(causa)
    transaction.on_commit(pending, robust=True)


def contenuti(pages: QuerySet) -> list[Contenuto]:
    """What `pages` are pages of."""
    rows = pages.order_by().values_list("content_type_id", "translation_key").distinct()
    return [(_label(type_id), str(key)) for type_id, key in rows]


def _label(type_id: int) -> str:
    model = ContentType.objects.get_for_id(type_id).model_class()
    return model._meta.label if model else ""


def page_changed(instance: Page, raw: bool = False, **kwargs: object) -> None:
    if raw:
        return
    label, key = instance.specific_class._meta.label, instance.translation_key
    nota(lambda: [(label, str(key))])
    if isinstance(instance, LuogoPage):
        nota(lambda: contenuti(ServizioPage.objects.filter(luogo__translation_key=key)))


def subtree_changed(instance: Page, **kwargs: object) -> None:
    """Addresses, bodies and privacy come from above."""
    key = instance.pk
    nota(lambda: _below(key))


def restriction_changed(instance: PageViewRestriction, **kwargs: object) -> None:
    key = instance.page_id
    nota(lambda: _below(key))


def _below(key: int) -> list[Contenuto]:
    root = Page.objects.filter(pk=key).first()
    return contenuti(Page.objects.descendant_of(root, inclusive=True)) if root else []


def name_changed(instance: Vocabolario | Ente | Comune, raw: bool = False, **kwargs: object) -> None:
    """A word, a body or a municipality is in the rows of all that names it."""
    if raw or kwargs.get("created"):
        return
    if "origin" in kwargs:  # about to be deleted: afterwards nobody would know what named it
        found = _naming(instance)
        nota(lambda: found)
    else:
        nota(lambda: _naming(instance))


def _naming(row: Vocabolario | Ente | Comune) -> list[Contenuto]:
    found = contenuti(ServizioPage.objects.filter(_services_naming(row)))
    if isinstance(row, Ente):
        found += contenuti(EntePage.objects.filter(ente=row))
        found += contenuti(Page.objects.filter(notiziapage__a_cura_di=row))
        for page in EntePage.objects.filter(ente=row).order_by("pk"):
            found += contenuti(LuogoPage.objects.child_of(page))
    if isinstance(row, Comune):
        found += contenuti(LuogoPage.objects.filter(comune=row))
        found += contenuti(EntePage.objects.filter(ente__comune=row))
    return found


def _services_naming(row: Vocabolario | Ente | Comune) -> Q:
    """Any relation of a service to the model of `row`; a need is also that of its kind."""
    fields = [each for each in ServizioPage._meta.get_fields() if each.related_model is type(row) and each.concrete]
    found = Q(pk__in=[])
    for each in fields:
        found |= Q(**{each.name: row.pk})
    if row._meta.model_name == "bisogno":
        found |= Q(tipo__bisogno=row.pk)
    return found


def connect() -> None:
    """Called once when the application is ready; the reserved process changes no page."""
    if in_riservato():
        return
    for model in indexed.modelli():
        post_save.connect(page_changed, sender=model)
        post_delete.connect(page_changed, sender=model)
    for model in (*Vocabolario.__subclasses__(), Ente, Comune):
        post_save.connect(name_changed, sender=model)
        pre_delete.connect(name_changed, sender=model)
    post_save.connect(restriction_changed, sender=PageViewRestriction)
    post_delete.connect(restriction_changed, sender=PageViewRestriction)
    page_slug_changed.connect(subtree_changed)
    post_page_move.connect(subtree_changed)
