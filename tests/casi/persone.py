"""People at work on a case, with the permission rows their part brings."""

from datetime import timedelta

from django.utils import timezone

from casi.actions.incarichi import project
from casi.attore import Attore
from casi.models import AccessoEmergenza, Caso
from tests.factories.casi import AmmissioneFactory, IncaricoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for


def responsabile(caso: Caso) -> Attore:
    """The social worker who is responsible for it."""
    return at_work(caso, "assistente_sociale", "responsabile")


def collega(caso: Caso) -> Attore:
    """Another social worker of the same body."""
    return at_work(caso, "assistente_sociale", "collega")


def referente(caso: Caso, *ambiti: str, ente=None) -> Attore:
    """Of an association admitted to the case, with `ambiti` besides the summary."""
    attore = at_work(caso, "referente", "collaboratore", ente=ente or OperatoreFactory().ente)
    if not caso.ammissioni.filter(ente=attore.operatore.ente).exists():
        AmmissioneFactory(caso=caso, ente=attore.operatore.ente, ambiti=["sintesi", *ambiti])
    return attore


def volontario(caso: Caso, ente) -> Attore:
    """Of a body that is admitted already."""
    return at_work(caso, "volontario_ascolto", "collaboratore", ente=ente)


def at_work(caso: Caso, ruolo: str, parte: str, ente=None) -> Attore:
    operatore = OperatoreFactory(ruolo=ruolo, ente=ente or caso.ente_titolare)
    IncaricoFactory(caso=caso, operatore=operatore, parte=parte, permesso=False)
    project(caso, operatore.utente_id)
    return attore_for(operatore)


def emergency(attore: Attore, caso: Caso) -> None:
    """`attore` has declared an emergency on the case; it is not over."""
    now = timezone.now()
    AccessoEmergenza.objects.create(
        caso=caso,
        operatore=attore.operatore,
        codice_motivo="pericolo",
        motivo="Una telefonata dalla scuola, subito.",
        inizio=now,
        fine=now + timedelta(hours=1),
        esaminare_entro=timezone.localdate() + timedelta(days=7),
    )
