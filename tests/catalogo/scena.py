"""Two bodies in the admin: Aurora, whose editor is signed in, and Betulla, with everything she must not see."""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, Locale, Revision
from wagtail_localize.models import Translation, TranslationSource

from catalogo.models import EntePage, LuogoPage, ServizioPage
from catalogo.redazione.flusso import REDAZIONE, prepara_redazione
from portal.utenti.models import Utente
from portal.utenti.secondo_fattore import SESSION_MARK
from tests.factories.catalogo import EntePageFactory, LuogoPageFactory, OperatoreFactory, ServizioPageFactory
from tests.factories.pagine import translate
from tests.factories.portal import ImmagineFactory, UtenteFactory

CANARINO = "Zafferanonascosto"


def referente_di(pagina: EntePage, **kwargs) -> Utente:
    return OperatoreFactory(ente=pagina.ente, **kwargs).utente


def redattrice() -> Utente:
    prepara_redazione()
    utente = UtenteFactory()
    utente.groups.add(Group.objects.get(name=REDAZIONE))
    return utente


def entra(client: Client, utente: Utente) -> Client:
    """`client` signed in as `utente`, second factor shown."""
    client.force_login(utente)
    session = client.session
    session[SESSION_MARK] = str(utente.pk)
    session.save()
    return client


def raccolta_di(pagina: EntePage) -> Collection:
    group = pagina.ente.gruppo_editori
    return Collection.objects.filter(group_permissions__group=group).distinct().get()


@dataclass
class Scena:
    """Built once per test; `canarini` are the words that must appear nowhere."""

    aurora: EntePage = field(default_factory=lambda: EntePageFactory(ente__nome="Aurora"))
    betulla: EntePage = field(default_factory=lambda: EntePageFactory(ente__nome="Betulla"))

    def __post_init__(self):
        prepara_redazione()
        for pagina in (self.aurora, self.betulla):
            pagina.ente.refresh_from_db()
        self.referente = referente_di(self.aurora)
        self.altro_referente = referente_di(self.betulla)
        self.propria: ServizioPage = ServizioPageFactory(parent=self.aurora, title="Emporio di Aurora")
        self.propria.save_revision(user=self.referente)
        self.bozza: ServizioPage = ServizioPageFactory(
            parent=self.betulla, title=f"{CANARINO} bozza", slug=f"{CANARINO.lower()}-bozza", in_bozza=True
        )
        self.bozza.owner = self.altro_referente
        self.bozza.save()
        self.revisione: Revision = self.bozza.save_revision(user=self.altro_referente, log_action=True)
        self.seconda: Revision = self.bozza.save_revision(user=self.altro_referente, log_action=True)
        self.luogo: LuogoPage = LuogoPageFactory(
            parent=self.betulla, title=f"{CANARINO} luogo", slug=f"{CANARINO.lower()}-luogo", in_bozza=True
        )
        self.viva: ServizioPage = ServizioPageFactory(parent=self.betulla, title="Mensa di Betulla")
        self.viva.title = f"{CANARINO} titolo nuovo"
        self.viva.save_revision(user=self.altro_referente, log_action=True)
        self.flusso = self.bozza.get_workflow().start(self.bozza, self.altro_referente)
        self.immagine = ImmagineFactory(title=f"{CANARINO} immagine", collection=raccolta_di(self.betulla))
        self.documento = get_document_model().objects.create(
            title=f"{CANARINO} documento",
            file=ContentFile(b"x", f"{CANARINO}.pdf"),
            collection=raccolta_di(self.betulla),
        )
        self.traduzione = self.translate()

    def translate(self) -> Translation:
        """A translation of the draft into English, as the desk would begin it."""
        translate(self.bozza, "en", live=False)
        source, _created = TranslationSource.update_or_create_from_instance(self.bozza)
        return Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))


def values_of(scena: Scena) -> dict[str, list[object]]:
    """What each argument of an address may be: always something of Betulla's; for a page also one's own."""
    pages = [scena.bozza.pk, scena.luogo.pk, scena.viva.pk, scena.betulla.pk]
    task = scena.flusso.current_task_state
    return {
        "page": pages,
        "revision": [scena.revisione.pk],
        "workflow_state_id": [scena.flusso.pk],
        "task_state_id": [task.pk],
        "task_id": [task.task_id],
        "image_id": [scena.immagine.pk],
        "document_id": [scena.documento.pk],
        "doc_id": [scena.documento.pk],
        "translation_id": [scena.traduzione.pk],
        "translation_source_id": [scena.traduzione.source_id],
        "action_name": ["approve", "reject"],
        "action": ["delete", "move", "publish", "unpublish"],
        "filter_spec": ["original"],
        "app": ["catalogo"],
        "model": ["serviziopage"],
        "other": [scena.bozza.pk],
    }
