"""An address that must not be known is forgotten, not hidden.

The row of a confidential place cannot hold an address (a constraint sees to it). What could still hold one: copies in
other languages, old versions, and the texts that wagtail-localize keeps. Log entries keep titles only.
"""

import json
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Revision
from wagtail_localize.models import String, TranslationSource

if TYPE_CHECKING:
    from catalogo.models import LuogoPage

VUOTI: dict[str, object] = {
    "indirizzo": "",
    "cap": "",
    "quartiere": "",
    "come_arrivare": "",
    "lat": None,
    "lon": None,
}
TENUTI = {"indirizzo_riservato": True, **VUOTI}


@transaction.atomic
def dimentica_indirizzo(luogo: "LuogoPage") -> None:
    """Empty the address of `luogo` in every language, version and translation memory.

    Called when a place becomes confidential, also by a draft: hiding an address does not wait for the desk.
    """
    pages = type(luogo).objects.filter(translation_key=luogo.translation_key)
    for page in pages:
        if any(getattr(page, name) != value for name, value in TENUTI.items()):
            for name, value in TENUTI.items():
                setattr(page, name, value)
            page.save()
        _forget_in_revisions(page)
    _forget_in_translations(luogo)


def _forget_in_revisions(page: "LuogoPage") -> None:
    for revision in Revision.objects.for_instance(page):
        if any(revision.content.get(name) != value for name, value in TENUTI.items()):
            Revision.objects.filter(pk=revision.pk).update(content={**revision.content, **TENUTI})


def _forget_in_translations(luogo: "LuogoPage") -> None:
    for source in TranslationSource.objects.filter(object_id=luogo.translation_key):
        content = json.dumps({**json.loads(source.content_json), **TENUTI})
        TranslationSource.objects.filter(pk=source.pk).update(content_json=content)
    segments = String.objects.filter(
        segments__source__object_id=luogo.translation_key, segments__context__path="come_arrivare"
    )
    segments.delete()
