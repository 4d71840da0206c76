"""One file per domain object; import them from here."""

from .accordo import Accordo, Adesione
from .alloggio import AlloggioPage
from .catalogo import CatalogoPage
from .civic_center import AttivitaSettimanale, CivicCenterPage
from .emporio import EmporioPage
from .ente import Ente, EntePage, EntiIndexPage
from .lavanderia import LavanderiaPage
from .luogo import LuogoPage
from .operatore import Operatore
from .servizio import ServizioPage
from .tessera import TesseraPage
from .vocabolari import Argomento, Bisogno, Comune, Destinatari, ModalitaAccesso, TipoServizio

TIPI_DI_SCHEDA = (ServizioPage, EmporioPage, LavanderiaPage, AlloggioPage, TesseraPage, CivicCenterPage)

__all__ = [
    "TIPI_DI_SCHEDA",
    "Accordo",
    "Adesione",
    "AlloggioPage",
    "Argomento",
    "AttivitaSettimanale",
    "Bisogno",
    "CatalogoPage",
    "CivicCenterPage",
    "Comune",
    "Destinatari",
    "EmporioPage",
    "Ente",
    "EntePage",
    "EntiIndexPage",
    "LavanderiaPage",
    "LuogoPage",
    "ModalitaAccesso",
    "Operatore",
    "ServizioPage",
    "TesseraPage",
    "TipoServizio",
]
