"""Files and the collections they lie in."""

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from wagtail.models import Collection
from wagtail.rich_text import RichText

from portal.cms.models import Documento


class CollectionFactory(DjangoModelFactory):
    """A collection below `parent`, by default the root of all."""

    class Meta:
        model = Collection

    name = factory.Sequence(lambda n: f"Raccolta {n}")

    @classmethod
    def _create(cls, model_class, *args, parent: Collection | None = None, **kwargs):
        above = parent or Collection.get_first_root_node()
        return above.add_child(instance=model_class(**kwargs))


class DocumentoFactory(DjangoModelFactory):
    """A small PDF in the root collection, or whatever `contenuto` and `nome` make of it."""

    class Meta:
        model = Documento

    class Params:
        contenuto = b"%PDF-1.4"
        nome = "modulo.pdf"

    title = factory.Sequence(lambda n: f"Modulo {n}")
    file = factory.LazyAttribute(lambda each: ContentFile(each.contenuto, each.nome))


def linking(document: Documento) -> list[tuple[str, object]]:
    """The body of a page whose running text links `document`."""
    return [("testo", RichText(f'<p>Scarica il <a linktype="document" id="{document.pk}">modulo</a>.</p>'))]
