"""What the page factories of every app share."""

import factory
import wagtail_factories
from django.db.models import Model
from wagtail.models import Locale, Page, PageViewRestriction


class PaginaFactory(wagtail_factories.PageFactory):
    """A live page. Traits: `in_bozza` (never published), `ristretta` (live, but only for those who sign in)."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    class Params:
        in_bozza = factory.Trait(live=False, has_unpublished_changes=True)

    title = factory.Sequence(lambda n: f"Pagina {n}")
    descrizione_breve = "Una frase che dice a che cosa serve."

    @factory.post_generation
    def ristretta(self, create, extracted, **kwargs):
        if extracted:
            PageViewRestriction.objects.create(page=self, restriction_type=PageViewRestriction.LOGIN)


def italian(model: type[Page]) -> Page:
    """The page of `model` in the Italian tree that home/0002 plants."""
    return model.objects.get(locale__language_code="it")


def many_to_many(name: str):
    """A factory argument that takes rows for the relation `name` and keeps them with the page."""

    def fill(self, create: bool, extracted: list[Model] | None, **kwargs) -> None:
        if extracted:
            getattr(self, name).set(extracted)
            self.save()

    return factory.post_generation(fill)


def translate(page: Page, lingua: str, *, live: bool = True, **fields: object) -> Page:
    """A copy of `page` (and, as aliases, of the pages above it) in `lingua` with `fields` laid over it."""
    locale = Locale.objects.get(language_code=lingua)
    translation = page.copy_for_translation(locale, copy_parents=True)
    for name, value in fields.items():
        setattr(translation, name, value)
    translation.live = live
    translation.save()
    return translation
