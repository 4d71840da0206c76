import logging
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q

from casi.actions.dal_server import reset_from_server
from casi.errori import Impossibile
from casi.selectors.emergenza import MOTIVO_MINIMO
from catalogo.models import Operatore
from portal.utenti.models import Utente

log = logging.getLogger("tessere.ripristino")


class Command(BaseCommand):
    help = (
        "Azzera il secondo fattore di chi è rimasto fuori, quando nell'area riservata nessuno può farlo. Si esegue due "
        "volte: la prima lo annuncia, la seconda, da un'ora a un giorno dopo, lo fa. Vedi docs/esercizio.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("persone", nargs="+", help="nome utente o e-mail; tutte, se l'hanno perso insieme")
        parser.add_argument("--chiesto-da", required=True, help="nome utente o e-mail di chi lo chiede, accreditato")
        parser.add_argument("--motivo", required=True, help=f"almeno {MOTIVO_MINIMO} lettere: perché, e come lo sai")

    def handle(self, *args: object, persone: list[str], chiesto_da: str, motivo: str, **options: object) -> None:
        if len(motivo.strip()) < MOTIVO_MINIMO:
            raise CommandError(f"Scrivi il motivo con almeno {MOTIVO_MINIMO} lettere.")
        utenti, chiede = [_account(each) for each in persone], _account(chiesto_da)
        if not Operatore.objects.filter(utente=chiede, chiuso_il__isnull=True).exists():
            raise CommandError(f"{chiede}: chi lo chiede deve essere accreditato.")
        with transaction.atomic():  # all of them, or nobody
            for utente in utenti:
                self.stdout.write(f"{utente}: {_step(utente, chiede, [each.pk for each in utenti])}")
        log.warning(
            "secondo fattore: account %s, chiede %s: %s", [each.pk for each in utenti], chiede.pk, motivo.strip()
        )


def _step(utente: Utente, chiede: Utente, senza: list[int]) -> str:
    """Raises CommandError."""
    try:
        done = reset_from_server(utente=utente, chiede=chiede, senza=senza)
    except Impossibile as error:
        raise CommandError(f"{utente}: {error}") from error
    return "azzerato." if done else "annunciato. Fra un'ora, e prima di domani, ripeti lo stesso comando."


def _account(typed: str) -> Utente:
    """Raises CommandError."""
    found = Utente.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).order_by("pk").first()
    if found is None:
        raise CommandError(f"{typed}: nessun account ha questo nome o questa e-mail.")
    return found
