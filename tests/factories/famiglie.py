"""Invented households, who answers for their case, and who lends a hand."""

from datetime import date

from casi.actions.incarichi import project
from casi.attore import Attore
from casi.models import Caso, Componente, Nucleo, Persona
from tests.support.attori import attore_for

from .casi import INIZIO, AmmissioneFactory, CasoFactory, IncaricoFactory
from .catalogo import OperatoreFactory

FITTIZIO = "ZZZZZZ00A00Z000{}"  # no such tax code exists: the last place is the letter to be filled in


def persona(**dati) -> Persona:
    return Persona.objects.create(**{"cognome": "Prova", "nome": "Ada", "data_nascita": date(1980, 5, 4), **dati})


def caso_di(*persone: Persona, **dati) -> Caso:
    """A case in progress of the household of `persone`."""
    nucleo = Nucleo.objects.create()
    for each in persone:
        Componente.objects.create(nucleo=nucleo, persona=each, ruolo="riferimento", dal=INIZIO)
    return CasoFactory(**{"stato": "preso_in_carico", "nucleo": nucleo, **dati})


def responsabile(caso: Caso, **utente) -> Attore:
    """The social worker who answers for `caso`, with all that comes with it."""
    return on_case(caso, "responsabile", ruolo="assistente_sociale", ente=caso.ente_titolare, **utente)


def ammesso(caso: Caso, *ambiti: str, **dati) -> Attore:
    """Somebody of another body, admitted to `caso` for `ambiti` besides the summary."""
    attore = on_case(caso, "collaboratore", **{"ruolo": "referente", **dati})
    AmmissioneFactory(caso=caso, ente=attore.operatore.ente, ambiti=["sintesi", *ambiti])
    return attore


def on_case(caso: Caso, parte: str, **dati) -> Attore:
    operatore = OperatoreFactory(**dati)
    IncaricoFactory(caso=caso, operatore=operatore, parte=parte, permesso=False)
    project(caso, operatore.utente_id)
    return attore_for(operatore)
