"""The allow list: what the public may find, and what Wagtail's own admin search keeps besides."""

from django.apps import apps
from django.db.models import Model

from .tipi import Genere

# Pages by model, exactly: a new kind of page is found only once it is written here.
PAGINE = {
    "catalogo.ServizioPage": Genere.SERVIZIO,
    "catalogo.EmporioPage": Genere.SERVIZIO,
    "catalogo.LavanderiaPage": Genere.SERVIZIO,
    "catalogo.AlloggioPage": Genere.SERVIZIO,
    "catalogo.TesseraPage": Genere.SERVIZIO,
    "catalogo.CivicCenterPage": Genere.SERVIZIO,
    "catalogo.EntePage": Genere.ENTE,
    "catalogo.LuogoPage": Genere.LUOGO,
    "home.NotiziaPage": Genere.NOTIZIA,
    "home.PaginaSemplice": Genere.PAGINA,
}
# Files that one of the live public pages links (search/documenti.py).
FILE = {"cms.Documento": Genere.DOCUMENTO}
# Found in the admin only, through Wagtail's database backend: the pages that are lists, the files, the vocabularies.
SOLO_AMMINISTRAZIONE = {
    "wagtailcore.Page": "base of all pages: the explorer searches it",
    "home.HomePage": "a list",
    "home.NotizieIndexPage": "a list",
    "catalogo.CatalogoPage": "a list",
    "catalogo.EntiIndexPage": "a list",
    "cms.Immagine": "the image chooser",
    "wagtailimages.Image": "Wagtail's own, which has no rows here",
    "wagtaildocs.Document": "Wagtail's own, which has no rows here",
    "catalogo.TipoServizio": "lists of the vocabularies",
    "catalogo.Bisogno": "lists of the vocabularies",
    "catalogo.Destinatari": "lists of the vocabularies",
    "catalogo.ModalitaAccesso": "lists of the vocabularies",
    "catalogo.Argomento": "lists of the vocabularies",
    "catalogo.Comune": "lists of the vocabularies",
}


def modelli() -> dict[type[Model], Genere]:
    return {apps.get_model(label): genere for label, genere in {**PAGINE, **FILE}.items()}
