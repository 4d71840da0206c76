from argparse import ArgumentParser
from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from casi.actions.accredito import Persona
from casi.actions.fondazione import Fondazione, found_network
from casi.errori import Impossibile
from catalogo.models import Ente
from portal.utenti.inviti import NON_PARTITO
from portal.utenti.posta import awaited


class Command(BaseCommand):
    help = (
        "Comincia una rete: l'accordo dell'ente capofila, chi la coordina e chi è responsabile della privacy, che "
        "ricevono un invito. Gli altri li accredita chi coordina, dall'area riservata. Vedi docs/esercizio.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--capofila", required=True, help="il nome dell'ente, com'è scritto nella redazione")
        parser.add_argument("--accordo", required=True, help="il titolo dell'accordo")
        parser.add_argument("--dal", required=True, type=date.fromisoformat, help="per esempio 2026-12-01")
        parser.add_argument("--al", type=date.fromisoformat, help="ultimo giorno valido; senza, cinque anni")
        chi = {"nargs": 3, "required": True, "metavar": ("EMAIL", "NOME", "COGNOME")}
        parser.add_argument("--coordina", **chi)  # type: ignore[arg-type]
        parser.add_argument("--privacy", **chi)  # type: ignore[arg-type]

    def handle(self, *args: object, **options: str) -> None:
        enti = list(Ente.objects.filter(nome__iexact=options["capofila"], attivo=True)[:2])
        if len(enti) != 1:
            raise CommandError(f"{options['capofila']}: gli enti attivi con questo nome sono {len(enti)}, non uno.")
        fondazione = Fondazione(
            titolo=options["accordo"],
            valida_dal=options["dal"],  # type: ignore[arg-type]
            valida_al=options["al"],  # type: ignore[arg-type]
            coordina=Persona(*options["coordina"]),
            privacy=Persona(*options["privacy"]),
        )
        try:
            with awaited() as invitations:
                accordo = found_network(ente=enti[0], fondazione=fondazione)
        except (Impossibile, ValidationError) as error:
            raise CommandError("; ".join(getattr(error, "messages", [str(error)]))) from error
        self.stdout.write(f"«{accordo}» vale dal {accordo.valida_dal:%d/%m/%Y}.")
        lost = ", ".join(invitations.perse)
        self.stdout.write(f"{NON_PARTITO} ({lost})" if lost else "L'invito è partito per entrambe.")
