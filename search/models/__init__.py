"""Models of the search."""

from .conteggio import ParolaCercata, RicercaVista, SaleDelGiorno
from .sinonimo import Sinonimo

__all__ = ["ParolaCercata", "RicercaVista", "SaleDelGiorno", "Sinonimo"]
