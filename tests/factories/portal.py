"""Accounts and files."""

import factory
import wagtail_factories
from factory.django import DjangoModelFactory

from portal.cms.models import Immagine
from portal.utenti.models import Utente

CON_PASSWORD = "con.la.password"
PASSWORD = "una parola d'ordine lunga"


class UtenteFactory(DjangoModelFactory):
    """A named person; `password` is given in clear and kept hashed. Trait `amministratore`: may do everything."""

    class Meta:
        model = Utente
        skip_postgeneration_save = True

    class Params:
        amministratore = factory.Trait(is_staff=True, is_superuser=True)

    username = factory.Sequence(lambda n: f"persona{n}")
    email = factory.LazyAttribute(lambda utente: f"{utente.username}@esempio.it")
    first_name = "Persona"
    last_name = factory.Sequence(lambda n: f"di prova {n}")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or PASSWORD)
        if create:
            self.save(update_fields=["password"])


class ImmagineFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = Immagine

    title = factory.Sequence(lambda n: f"Immagine {n}")
    testo_alternativo = "Un banco con frutta e pane"
