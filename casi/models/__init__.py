from .ammissione import Ammissione
from .caso import Caso, StatoCaso
from .incarico import Incarico
from .permessi import PermessoGruppoSuCaso, PermessoUtenteSuCaso
from .registro import Esito, Registro

__all__ = [
    "Ammissione",
    "Caso",
    "Esito",
    "Incarico",
    "PermessoGruppoSuCaso",
    "PermessoUtenteSuCaso",
    "Registro",
    "StatoCaso",
]
