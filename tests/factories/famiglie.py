"""Invented households and their cases."""

from datetime import date

from casi.models import Caso, Componente, Nucleo, Persona

from .casi import INIZIO, CasoFactory

FITTIZIO = "ZZZZZZ00A00Z000{}"  # no such tax code exists: the last place is the letter to be filled in


def persona(**dati) -> Persona:
    return Persona.objects.create(**{"cognome": "Prova", "nome": "Ada", "data_nascita": date(1980, 5, 4), **dati})


def caso_di(*persone: Persona, **dati) -> Caso:
    """A case in progress of the household of `persone`."""
    nucleo = Nucleo.objects.create()
    for each in persone:
        Componente.objects.create(nucleo=nucleo, persona=each, ruolo="riferimento", dal=INIZIO)
    return CasoFactory(**{"stato": "preso_in_carico", "nucleo": nucleo, **dati})


def famiglia(caso: Caso, altri: int = 0, **persona) -> Persona:
    """The person of reference, with `altri` more members."""
    nucleo = Nucleo.objects.create()
    head = Persona.objects.create(**{"cognome": "Bruni", "nome": "Ada", **persona})
    Componente.objects.create(nucleo=nucleo, persona=head, ruolo="riferimento", dal=INIZIO)
    for n in range(altri):
        other = Persona.objects.create(cognome=head.cognome, nome=f"Figlio {n}")
        Componente.objects.create(nucleo=nucleo, persona=other, ruolo="figlio", dal=INIZIO)
    caso.nucleo = nucleo
    caso.save()
    return head
