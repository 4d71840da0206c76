"""Translated pages, made with wagtail-localize as a translator would: segment by segment, then published."""

from collections.abc import Iterator
from itertools import groupby

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from home.models import HomePage

from .dati import read
from .testi import pieces


def carica() -> Iterator[str]:
    """Yields the title of each page made."""
    home = HomePage.objects.get(locale=Locale.get_default())
    locales = [Locale.objects.get(language_code=code) for code, _ in settings.LANGUAGES if code != "it"]
    for row in read("traduzioni")["pagine"]:
        page = _page(home, row["pagina"])
        done = set(
            Translation.objects.filter(source__object_id=page.translation_key).values_list("target_locale", flat=True)
        )
        missing = [locale for locale in locales if locale.pk not in done]
        if missing:
            source, _created = TranslationSource.update_or_create_from_instance(page)
            for locale in missing:
                yield _translate(source, locale, row["campi"])


def _page(home: HomePage, path: str) -> Page:
    """`path` from the home page on, or "home" itself."""
    wanted = home.url_path if path == "home" else f"{home.url_path}{path}/"
    return Page.objects.get(url_path=wanted, locale=home.locale).specific


@transaction.atomic
def _translate(source: TranslationSource, locale: Locale, texts: dict[str, dict[str, str]]) -> str:
    segments = StringSegment.objects.filter(source=source).select_related("context", "string").order_by("order")
    rows = []
    for field, group in groupby(segments, key=lambda segment: segment.context.path.split(".")[0]):
        rows += _segments_of(field, list(group), texts, locale)
    StringTranslation.objects.bulk_create(rows, ignore_conflicts=True)
    Translation.objects.create(source=source, target_locale=locale)
    page, _created = source.create_or_update_translation(locale, publish=True, copy_parent_pages=True)
    return page.title


def _segments_of(field: str, segments: list[StringSegment], texts: dict, locale: Locale) -> list[StringTranslation]:
    """The translations of one field. What has none in the data (addresses, numbers) stays as it is."""
    if field in texts:
        whole = texts[field][locale.language_code]
        words = pieces(whole) if len(pieces(whole)) == len(segments) else [whole]  # a plain field is one segment
    else:
        words = [segment.string.as_value().render_text() for segment in segments]
    if len(words) != len(segments):
        raise ValueError(f"traduzioni.json, {field}: {len(words)} testi per {len(segments)} segmenti")
    return [
        StringTranslation(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            data=StringValue.from_plaintext(text).data,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        for segment, text in zip(segments, words, strict=True)
    ]
