"""Abstract page, image and document: what every kind of content shares."""

import logging

from django.db import OperationalError, models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image, SourceImageIOError
from wagtail.models import Page, PageViewRestriction

from .cache_pagine.incompleta import lacks
from .forms import ModuloPagina
from .permission_testers import RegolePagina

logger = logging.getLogger(__name__)


class Immagine(AbstractImage):
    """Uploaded picture; `testo_alternativo` is what a person who cannot see it hears."""

    testo_alternativo = models.CharField(
        _("testo alternativo"),
        max_length=160,
        blank=True,
        help_text=_("Che cosa si vede, in una frase. Vuoto se l'immagine è solo decorazione."),
    )
    # Tags and Wagtail's own description would be shared by all bodies and asked twice.
    admin_form_fields = (
        *(name for name in Image.admin_form_fields if name not in {"tags", "description"}),
        "testo_alternativo",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("immagine")
        verbose_name_plural = _("immagini")

    @property
    def default_alt_text(self) -> str:
        return self.testo_alternativo

    def get_rendition(self, filter: Filter | str) -> "Resa":
        """One that cannot be made now, such as on a full disk, is an empty one: the page goes without the picture."""
        try:
            return super().get_rendition(filter)
        except SourceImageIOError:
            raise
        except (OSError, OperationalError) as error:
            logger.error("Una figura non si può preparare: %s", error)
            lacks(str(self.pk))
            return Resa(image=self, width=0, height=0)


class Resa(AbstractRendition):
    """One size of an `Immagine`."""

    image = models.ForeignKey(Immagine, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="unique_resa_filtro")
        ]

    def img_tag(self, extra_attributes: dict[str, str] | None = None) -> str:
        return super().img_tag(extra_attributes) if self.file else ""


class Documento(AbstractDocument):
    """Uploaded public file."""

    admin_form_fields = tuple(name for name in Document.admin_form_fields if name != "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("documento")
        verbose_name_plural = _("documenti")


class PaginaBase(Page):
    """Every public page: one sentence that stands for it in lists, and a picture."""

    descrizione_breve = models.CharField(
        _("descrizione breve"),
        max_length=160,
        blank=True,
        help_text=_("Una frase, come la diresti a voce. Si legge negli elenchi e nei motori di ricerca."),
    )
    immagine = models.ForeignKey(
        "cms.Immagine",
        verbose_name=_("immagine"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    base_form_class = ModuloPagina
    permission_tester_class = RegolePagina
    content_panels = [*Page.content_panels, FieldPanel("descrizione_breve"), FieldPanel("immagine")]

    class Meta:
        abstract = True

    def permissions_for_user(self, user) -> RegolePagina:
        return self.permission_tester_class(user, self)

    @classmethod
    def for_page(cls) -> models.QuerySet:
        """Where a page that is about to be shown comes from: with what its template reads anyhow."""
        return cls._default_manager.select_related("locale")

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Wagtail's, which walks up the tree: for nothing where no page is restricted, as is usual."""
        if not PageViewRestriction.objects.exists():
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()
