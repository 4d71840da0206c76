"""One file per object of the search; import them from here."""

from .conteggio import ParolaCercata, RicercaVista, SaleDelGiorno
from .sinonimo import Sinonimo
from .voce import ParolaNota, VoceIndice

__all__ = ["ParolaCercata", "ParolaNota", "RicercaVista", "SaleDelGiorno", "Sinonimo", "VoceIndice"]
