"""The invented people of the demo, what each may do, and an edit of theirs that waits for the desk."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from catalogo.models import EntePage, Operatore, ServizioPage
from catalogo.redazione.flusso import REDAZIONE
from portal.utenti.demo import register_persona
from portal.utenti.models import Utente

from .dati import read

AMMINISTRAZIONE = "Amministrazione tecnica"


def carica() -> Iterator[str]:
    """Yields the name of each person made, and the sheet of the waiting edit."""
    pages = EntePage.objects.filter(locale=Locale.get_default()).select_related("ente")
    bodies = {page.slug: page.ente for page in pages}
    known = set(Utente.objects.values_list("username", flat=True))
    for order, row in enumerate(read("personas")["personas"]):
        if row["username"] not in known:
            yield str(_person(row, bodies, order))
    yield from _waiting_edit()


def _person(row: dict, bodies: dict, order: int) -> Utente:
    utente = Utente.objects.create_user(row["username"], row["email"], first_name=row["nome"], last_name=row["cognome"])
    if row["ruolo"]:
        since = timezone.localdate() - timedelta(days=200)
        Operatore.objects.create(utente=utente, ente=bodies[row["ente"]], ruolo=row["ruolo"], dal=since)
    if row["gruppo"]:
        utente.groups.add(group(row["gruppo"]))
    texts = {name: row[name] for name in ("etichetta", "cosa_provare", "processo")}
    register_persona(utente, ordine=order, **texts)
    silent = {"submitted_notifications": False, "approved_notifications": False, "rejected_notifications": False}
    UserProfile.objects.update_or_create(user=utente, defaults=silent)
    return utente


def group(name: str) -> Group:
    """The group of Wagtail that `name` stands for in the data, made where it is missing."""
    if name == "redazione":
        return Group.objects.get(name=REDAZIONE)
    found, created = Group.objects.get_or_create(name=AMMINISTRAZIONE)
    if created:
        codes = ["access_admin", "add_utente", "change_utente", "view_utente"]
        found.permissions.set(Permission.objects.filter(codename__in=codes))
    return found


def _waiting_edit() -> Iterator[str]:
    row = read("personas")["modifica_in_attesa"]
    page = ServizioPage.objects.get(url_path__endswith=f"/enti/{row['pagina']}/", locale=Locale.get_default()).specific
    if page.workflow_states.exists():
        return
    for name, value in row["campi"].items():
        setattr(page, name, value)
    author = Utente.objects.get(username=row["di"])
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    yield page.title
