"""The index follows the pages: whoever changes one, by whatever door, its rows are written when the change is kept.

Signals only note what may have changed (`nota`); at the end of the transaction the contents are looked up once, and
written at once when they are few, by the worker when they are many: saving a page stays cheap.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from catalogo.models import Comune, Ente, EntePage, LuogoPage, ServizioPage
from catalogo.models.vocabolari import Vocabolario
from portal.cms.models import Documento
from portal.utenti.processi import in_riservato

from . import indexed
from .documenti import annota_collegamenti, chiave, mostrati_da
from .lavori import riscrivi, riscrivi_documenti

Contenuto = tuple[str, str]  # label of the model, translation key
Causa = Callable[[], Iterable[Contenuto]]
Salvata = tuple[type[Page], int]  # a page by its model and number
POCHE = 50  # pages whose links are looked at with the change; for more the worker does it, after Wagtail's own tasks


class Sospesi:
    """What this transaction may have changed; it forgets with the savepoint that is taken back."""

    def __init__(self, savepoints: set[str]) -> None:
        self.savepoints = savepoints
        self.cause: list[Causa] = []
        self.salvate: set[Salvata] = set()

    def annota(self, causa: Causa, salvata: Salvata | None) -> None:
        self.cause.append(causa)
        self.salvate |= {salvata} if salvata else set()

    def __call__(self) -> None:
        found = sorted({each for causa in self.cause for each in causa()})
        by_model: dict[str, list[str]] = {}
        for label, key in found:
            if label in indexed.PAGINE or label in indexed.FILE:
                by_model.setdefault(label, []).append(key)
        if len(found) > settings.INDICE_SUBITO:
            riscrivi.enqueue(by_model)
        elif by_model:
            riscrivi.call(by_model)
        self._documents([key for label, key in found if label not in indexed.FILE])

    def _documents(self, pages: list[str]) -> None:
        """Those that the changed pages link or linked."""
        if len(pages) > min(settings.INDICE_SUBITO, POCHE):
            riscrivi_documenti.enqueue(pages)
        elif pages:
            annota_collegamenti(self.salvate)
            riscrivi_documenti.call(pages)


def nota(causa: Causa, salvata: Salvata | None = None) -> None:
    """Look at what `causa` names when the transaction ends; many notes of one transaction are one look.

    `salvata` is a page whose links may have changed too.
    """
    open_savepoints = set(connection.savepoint_ids)
    for entry in connection.run_on_commit:
        function = entry[1]
        if isinstance(function, Sospesi) and function.savepoints == open_savepoints:
            function.annota(causa, salvata)
            return
    pending = Sospesi(open_savepoints)
    pending.annota(causa, salvata)
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
    label, key, model = instance.specific_class._meta.label, instance.translation_key, instance.specific_class
    if "origin" in kwargs:  # deleted: afterwards nobody would know which documents it offered
        offered = _documents(mostrati_da([instance.pk]))
        nota(lambda: [(label, str(key)), *offered])
    else:
        nota(lambda: [(label, str(key))], (model, instance.pk))
    if isinstance(instance, LuogoPage):
        nota(lambda: contenuti(ServizioPage.objects.filter(luogo__translation_key=key)))


def _documents(keys: Iterable[UUID]) -> list[Contenuto]:
    return [(Documento._meta.label, str(key)) for key in keys]


def document_changed(instance: Documento, raw: bool = False, **kwargs: object) -> None:
    if not raw:
        found = _documents([chiave(instance.pk)])
        nota(lambda: found)


def collection_changed(instance: Collection | CollectionViewRestriction, raw: bool = False, **kwargs: object) -> None:
    """Privacy comes from above for files too."""
    key = instance.pk if isinstance(instance, Collection) else instance.collection_id
    if not (raw or (kwargs.get("created") and isinstance(instance, Collection))):
        nota(lambda: _documents_below(key))


def _documents_below(key: int) -> list[Contenuto]:
    root = Collection.objects.filter(pk=key).first()
    rows = Documento.objects.filter(collection__path__startswith=root.path) if root else Documento.objects.none()
    return _documents(chiave(number) for number in rows.order_by("pk").values_list("pk", flat=True))


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
    for model in map(apps.get_model, indexed.PAGINE):
        post_save.connect(page_changed, sender=model)
        post_delete.connect(page_changed, sender=model)
    for model in (*Vocabolario.__subclasses__(), Ente, Comune):
        post_save.connect(name_changed, sender=model)
        pre_delete.connect(name_changed, sender=model)
    for sender, receiver in (
        (PageViewRestriction, restriction_changed),
        (Documento, document_changed),
        (Collection, collection_changed),
        (CollectionViewRestriction, collection_changed),
    ):
        post_save.connect(receiver, sender=sender)
        post_delete.connect(receiver, sender=sender)
    page_slug_changed.connect(subtree_changed)
    post_page_move.connect(subtree_changed)
