"""Documents of the search: files that a live public page offers. What is written inside them is not read."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, Func, OuterRef, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, LPad
from django.utils.translation import override
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex

from catalogo.querysets import unrestricted
from portal.cms.models import Documento
from portal.cms.templatetags.presentazione import peso

from .models import VoceIndice
from .parole import piana
from .tipi import Genere
from .voci import ITALIANO, SEGNI, voce

Pagine = dict[str, Page]  # by language, the page that offers a document
CHIAVE = Cast(LPad(Func(F("pk"), function="to_hex", output_field=CharField()), 32, Value("0")), UUIDField())


def chiave(numero: int) -> UUID:
    """A document has no translation key: its number makes one that no page can have."""
    return UUID(int=numero)


def gruppi() -> QuerySet:
    """Keys of all documents; which of them the public may find, only `voci` tells."""
    keys = Documento.objects.annotate(translation_key=CHIAVE).order_by("translation_key")
    return keys.values_list("translation_key", flat=True)


def voci(gruppi: Iterable[UUID]) -> list[VoceIndice]:
    """Rows of the documents `gruppi`, in three queries; none for what is closed or that no public page links."""
    files = _open([key.int for key in gruppi])
    offering = _offering([file.pk for file in files])
    return [row for file in files for row in _of_document(file, offering.get(file.pk, []))]


def collegati(gruppi: Iterable[UUID]) -> list[UUID]:
    """Documents that the pages of `gruppi` link now, and those whose rows say so."""
    pages = list(Page.objects.filter(translation_key__in=list(gruppi)).values_list("pk", flat=True))
    linked = _links().filter(object_id__in=[str(each) for each in pages]).values_list("to_object_id", flat=True)
    return sorted({*(chiave(int(each)) for each in linked), *mostrati_da(pages)})


def mostrati_da(pagine: Sequence[int]) -> list[UUID]:
    """Documents whose rows name one of these pages as where they are offered."""
    rows = VoceIndice.objects.filter(genere=Genere.DOCUMENTO, pagina_id__in=pagine)
    return list(rows.order_by().values_list("gruppo", flat=True).distinct())


@transaction.atomic
def annota_collegamenti(pagine: Iterable[tuple[type[Page], int]]) -> None:
    """What these pages link, in Wagtail's reference index at once: its own task does it when the worker comes by."""
    for model, key in pagine:
        if page := model._default_manager.filter(pk=key).first():
            ReferenceIndex.create_or_update_for_object(page)


def _links() -> QuerySet:
    """From pages to documents."""
    types = ContentType.objects.get_for_models(Page, Documento)
    return ReferenceIndex.objects.filter(base_content_type=types[Page], to_content_type=types[Documento])


def _open(numeri: list[int]) -> QuerySet:
    """Documents of no collection that is closed, nor lies in one that is."""
    here = ExpressionWrapper(OuterRef("collection__path"), CharField())
    above = CollectionViewRestriction.objects.annotate(here=here).filter(here__startswith=F("collection__path"))
    return Documento.objects.filter(~Exists(above), pk__in=numeri).order_by("pk")


def _offering(numeri: list[int]) -> dict[int, list[Page]]:
    """Live public pages by the document they link."""
    rows = _links().filter(to_object_id__in=[str(each) for each in numeri]).values_list("to_object_id", "object_id")
    links = sorted({(int(file), int(page)) for file, page in rows})
    public = unrestricted(Page.objects.live()).filter(alias_of__isnull=True).select_related("locale", "notiziapage")
    pages = public.in_bulk([page for _file, page in links])
    found: dict[int, list[Page]] = {}
    for file, page in links:
        if page in pages:
            found.setdefault(file, []).append(pages[page])
    return found


def _of_document(file: Documento, pages: list[Page]) -> list[VoceIndice]:
    """In each language the page of that language offers it, or else the Italian one, as with pages."""
    by_language: Pagine = {}
    for page in sorted(pages, key=lambda each: (_last_day(each) or date.max, -each.pk)):
        by_language[page.locale.language_code] = page
    rows = []
    for lingua, _name in settings.LANGUAGES:
        if page := by_language.get(lingua) or by_language.get(ITALIANO):
            # Translators leave a document where it is: one that an Italian page offers is in Italian.
            originale = ITALIANO if ITALIANO in by_language else page.locale.language_code
            words = _of_words(file, page, originale, lingua)
            rows.append(voce(Genere.DOCUMENTO, lingua, words, {"scadenza": _last_day(page)}, [page.title]))
    return rows


def _last_day(page: Page) -> date | None:
    """News may have one; what else offers the document has none."""
    news = getattr(page, "notiziapage", None)
    return news.scadenza if news else None


def _of_words(file: Documento, page: Page, originale: str, lingua: str) -> dict[str, object]:
    return {
        "gruppo": chiave(file.pk),
        "pagina_id": page.pk,
        "originale": originale,
        "titolo": SEGNI.sub(" ", file.title)[:255],
        "titolo_piano": f" {piana(file.title)}"[:300],
        "descrizione": SEGNI.sub(" ", f"{_shape(file, lingua)} · {page.title}"),
        "url": file.url,
        "aggiornata_il": file.created_at,
    }


def _shape(file: Documento, lingua: str) -> str:
    """Kind and size, as in PDF, 120 kB; no size where the file cannot be reached."""
    kind = file.file_extension.upper()
    try:
        size = file.file_size if file.file_size is not None else file.file.size
    except OSError:
        return kind
    with override(lingua):
        return f"{kind}, {peso(size)}"
