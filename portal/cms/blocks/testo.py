"""Blocks of running text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

RICH_TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class TitoloBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Titolo")
        template = "blocks/titolo.html"
        preview_value = _("Come funziona")


class TestoBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": RICH_TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Testo")
        template = "blocks/testo.html"
        preview_value = _("<p>Vieni quando vuoi negli orari di apertura.</p>")


class AvvisoBlock(blocks.StructBlock):
    titolo = blocks.CharBlock(label=_("Titolo"), max_length=80)
    testo = blocks.RichTextBlock(label=_("Testo"), features=["bold", "link"])

    class Meta:
        icon = "warning"
        label = _("Avviso in evidenza")
        template = "blocks/avviso.html"
        preview_value = {"titolo": _("Chiusi il 26 dicembre"), "testo": _("<p>Riapriamo il 27.</p>")}


class CitazioneBlock(blocks.StructBlock):
    testo = blocks.TextBlock(label=_("Parole"))
    chi = blocks.CharBlock(label=_("Chi lo dice"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Citazione")
        template = "blocks/citazione.html"
        preview_value = {"testo": _("Qui mi hanno ascoltata."), "chi": _("Una mamma")}


class DomandaBlock(blocks.StructBlock):
    domanda = blocks.CharBlock(label=_("Domanda"), max_length=160)
    risposta = blocks.RichTextBlock(label=_("Risposta"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Domanda e risposta")
        template = "blocks/domanda.html"
        preview_value = {"domanda": _("Serve un documento?"), "risposta": _("<p>No.</p>")}


class FigureBlock(blocks.StructBlock):
    immagine = ImageBlock(label=_("Immagine"))
    didascalia = blocks.CharBlock(label=_("Didascalia"), required=False)

    class Meta:
        icon = "image"
        label = _("Immagine")
        template = "blocks/figura.html"


class AllegatoBlock(blocks.StructBlock):
    documento = DocumentChooserBlock(label=_("Documento"))
    descrizione = blocks.CharBlock(label=_("Che cosa contiene"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Documento da scaricare")
        template = "blocks/allegato.html"


class CorpoBlock(blocks.StreamBlock):
    """Body of a page of text."""

    titolo = TitoloBlock()
    testo = TestoBlock()
    avviso = AvvisoBlock()
    citazione = CitazioneBlock()
    domanda = DomandaBlock()
    figura = FigureBlock()
    allegato = AllegatoBlock()
