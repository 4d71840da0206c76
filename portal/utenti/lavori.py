"""What the worker tells by mail: a page that lets nobody in must not take longer where there is somebody to tell."""

from django.utils.translation import gettext as _
from django_tasks import task

from .models import Utente
from .posta import write


@task()
def tell_of_tries(utente_id: int) -> None:
    """To whose account it is, if it is anybody's (0: nobody's)."""
    utente = Utente.objects.filter(pk=utente_id, is_active=True).first()
    if utente is None:
        return
    text = _(
        "Qualcuno, forse tu, ha provato più volte a entrare con il tuo nome, e non ci è riuscito. Se sei stato tu, "
        "riprova fra un quarto d'ora o scegli una nuova password da «Hai dimenticato la password?». Se non sei stato "
        "tu, avvisa il tuo ente. Nessuno ti chiederà mai la password o il codice."
    )
    write(_("Tessere: qualcuno prova a entrare con il tuo nome"), text, [utente.email])
