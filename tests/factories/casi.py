"""Cases, who works on them and the permission rows."""

from datetime import date, timedelta

import factory
from django.contrib.auth.models import Permission
from django.utils import timezone
from factory.django import DjangoModelFactory

from casi.models import AccessoEmergenza, Ammissione, Caso, Incarico, Incompatibilita, Informativa, PermessoUtenteSuCaso

from .catalogo import EnteFactory, OperatoreFactory

INIZIO = date(2024, 1, 1)


class CasoFactory(DjangoModelFactory):
    class Meta:
        model = Caso

    ente_titolare = factory.SubFactory(EnteFactory)


class InformativaFactory(DjangoModelFactory):
    class Meta:
        model = Informativa

    versione = factory.Sequence(lambda n: f"2024.{n}")
    lingua = "it"
    testo = "Perché trattiamo i tuoi dati."
    valida_dal = INIZIO


class AmmissioneFactory(DjangoModelFactory):
    class Meta:
        model = Ammissione

    caso = factory.SubFactory(CasoFactory)
    ente = factory.SubFactory(EnteFactory)
    dal = INIZIO
    finalita = "progetto"
    base_giuridica = "compito_pubblico"
    informativa = factory.SubFactory(InformativaFactory)
    ambiti = ["sintesi"]


class IncompatibilitaFactory(DjangoModelFactory):
    class Meta:
        model = Incompatibilita

    caso = factory.SubFactory(CasoFactory)
    origine = "dichiarata"
    motivo = "parente"
    dal = INIZIO


class AccessoEmergenzaFactory(DjangoModelFactory):
    """An emergency opened an hour ago, over now, waiting to be looked back at."""

    class Meta:
        model = AccessoEmergenza

    caso = factory.SubFactory(CasoFactory)
    operatore = factory.SubFactory(OperatoreFactory, ruolo="assistente_sociale")
    codice_motivo = "pericolo"
    motivo = "Un vicino chiama: si sente gridare dall'appartamento."
    inizio = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1, minutes=1))
    fine = factory.LazyAttribute(lambda row: row.inizio + timedelta(hours=1))
    esaminare_entro = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))


class IncaricoFactory(DjangoModelFactory):
    """An assignment by which its operator sees the case. With `permesso=False` the permission row is missing."""

    class Meta:
        model = Incarico
        skip_postgeneration_save = True

    caso = factory.SubFactory(CasoFactory)
    operatore = factory.SubFactory(
        OperatoreFactory, ente=factory.SelfAttribute("..caso.ente_titolare"), ruolo="assistente_sociale"
    )
    dal = INIZIO

    @factory.post_generation
    def permesso(self, create, extracted, **kwargs):
        if extracted is not False:
            give(self.caso, self.operatore.utente, extracted or "view_caso")


def give(caso: Caso, utente, codename: str) -> PermessoUtenteSuCaso:
    permission = Permission.objects.get(codename=codename, content_type__app_label="casi")
    return PermessoUtenteSuCaso.objects.create(content_object=caso, user=utente, permission=permission)
