from django.core.management.base import BaseCommand, CommandError

from casi import chiavi, crypto


class Command(BaseCommand):
    help = "Riscrive con la chiave attiva i valori chiusi con altre chiavi; se si ferma, si rilancia e riprende."

    def handle(self, *args: object, **options: object) -> None:
        try:
            chiavi.try_keys()
        except crypto.CryptoError as error:
            raise CommandError(str(error)) from error
        total, closed = 0, 0
        for model, fields in chiavi.sealed_models():
            for done, lost in chiavi.reseal(model, fields):
                total, closed = total + done, closed + len(lost)
                self.stdout.write(f"{model._meta.model_name}: {done} valori riscritti")
                for pk in lost:
                    self.stderr.write(f"{model._meta.model_name} {pk}: non si apre, resta com'è")
        self.stdout.write(f"In tutto {total} valori riscritti.")
        if closed:
            raise CommandError(f"{closed} righe non si aprono con nessuna chiave del file.")
