"""A household for a case."""

from casi.models import Caso, Componente, Nucleo, Persona
from tests.factories.casi import INIZIO


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
