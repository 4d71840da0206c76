from argparse import ArgumentParser

from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from casi.integrita import DUREVOLE, ChainError, verify
from casi.mesi import months_before
from casi.models import AncoraRegistro, Bozza, ClasseConservazione, Operazione, Registro
from casi.selectors.bozze import of_another_day
from casi.selectors.conservazione import boundary
from casi.selectors.registro_fermo import first_held
from portal.utenti.sessioni import SessionStore as SessioniRiservate


class Command(BaseCommand):
    help = (
        "Elimina ciò che va via senza un elenco di scarto: le bozze vecchie, le sessioni finite e, con --registro, le "
        "voci più vecchie."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--registro", action="store_true", help="anche le voci del registro, oltre i loro mesi")

    def handle(self, *args: object, registro: bool, **options: object) -> None:
        self.stdout.write(f"Bozze e moduli eliminati: {drop_drafts()}.")
        for sessions in (SessionStore, SessioniRiservate):
            sessions.clear_expired()
        if not registro:
            return
        try:
            verify()
            anchor, held = drop_lines()
            verify()
        except ChainError as error:
            raise CommandError(f"Il registro è alterato, non ne tolgo niente. {error}") from error
        if held:
            self.stdout.write(held)
        if anchor:
            self.stdout.write(f"Ancora del registro {anchor.giorno:%Y-%m-%d} {anchor.ultima}:{anchor.impronta}")
        elif not held:
            self.stdout.write("Nessuna voce del registro ha finito il suo tempo.")


@transaction.atomic
def drop_drafts() -> int:
    since = boundary(ClasseConservazione.objects.get(codice="bozza_30_giorni"), timezone.localdate())
    drafts = Bozza.objects.filter(Q(scritta_il__lt=since) | of_another_day()).delete()[0]
    return drafts + Operazione.objects.filter(fatta_il__lt=since).delete()[0]


@transaction.atomic
def drop_lines() -> tuple[AncoraRegistro | None, str]:
    """The oldest lines, up to the first that is younger than its months, or on hold; never less than DUREVOLE. Answers
    also what stays past its months, and why; empty for nothing.

    The seal of the last one is kept first: from there the verification goes on. Only the owner of the tables can.
    """
    today = timezone.localdate()
    classe = ClasseConservazione.objects.get(codice="registro_24_mesi")
    classe.mesi = max(classe.mesi, DUREVOLE)
    young = Registro.objects.filter(quando__gte=boundary(classe, today)).order_by("pk").first()
    over = young or Registro.objects.first()  # the next line has to find the one it follows
    if over is None:
        return None, ""
    kept, held = _held_before(over)
    last = Registro.objects.filter(pk__lt=kept.pk).first()
    if last is None or AncoraRegistro.objects.filter(giorno=today).exists():  # one a day
        return None, held
    begins = min(months_before(today, classe.mesi), timezone.localdate(kept.quando))
    anchor = AncoraRegistro.objects.create(giorno=today, ultima=last.pk, impronta=last.impronta, prima_del=begins)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casi_registro DISABLE TRIGGER casi_registro_immutabile")
        cursor.execute("DELETE FROM casi_registro WHERE id <= %s", [last.pk])
        cursor.execute("ALTER TABLE casi_registro ENABLE TRIGGER casi_registro_immutabile")
    return anchor, held


def _held_before(over: Registro) -> tuple[Registro, str]:
    """The first line to keep, `over` or an older one; of that, how many stay for it and why."""
    held = first_held()
    if held is None or held.pk >= over.pk:
        return over, ""
    quante = Registro.objects.filter(pk__gte=held.pk, pk__lt=over.pk).count()
    perche = "è la prima su qualcosa che un elenco di scarto tiene fermo"
    day = timezone.localdate(held.quando)
    return held, f"Restano {quante} voci oltre il loro tempo, dalla {held.pk} del {day:%d/%m/%Y}: {perche}."
