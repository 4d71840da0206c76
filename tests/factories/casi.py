"""Cases, who works on them and the permission rows."""

from datetime import date, timedelta

import factory
from django.contrib.auth.models import Permission
from django.utils import timezone
from factory.django import DjangoModelFactory

from casi.models import (
    AccessoEmergenza,
    Allegato,
    Ammissione,
    Caso,
    Componente,
    Incarico,
    Incompatibilita,
    Informativa,
    Intervento,
    Nucleo,
    PermessoUtenteSuCaso,
    Persona,
    PrimoAscolto,
    Richiesta,
    Segnalazione,
    VoceDiario,
)

from .catalogo import EnteFactory, OperatoreFactory, TipoServizioFactory

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


class RichiestaFactory(DjangoModelFactory):
    class Meta:
        model = Richiesta

    ente = factory.SubFactory(EnteFactory)
    canale = "telefono"
    contatto = "0000 123456"
    lingua = "it"
    rispondere_entro = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=3))


class SegnalazioneFactory(DjangoModelFactory):
    class Meta:
        model = Segnalazione

    ente = factory.SubFactory(EnteFactory)
    persona = "La persona del terzo piano"
    rapporto = "vicino"
    rispondere_entro = avvisare_entro = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=3))


class PrimoAscoltoFactory(DjangoModelFactory):
    class Meta:
        model = PrimoAscolto

    operatore = factory.SubFactory(OperatoreFactory, ruolo="volontario_ascolto")
    ente = factory.SelfAttribute("operatore.ente")
    modalita = "di_persona"
    interlocutore = "persona"
    bisogni = ["mangiare"]
    racconto = "Racconta."
    risorse = "Una sorella."
    esito = "da_risentire"


class PersonaFactory(DjangoModelFactory):
    """Invented: the tax code says so by being none."""

    class Meta:
        model = Persona

    cognome = factory.Sequence(lambda n: f"Prova{'abcdefghij'[n % 10]}{'abcdefghij'[n // 10 % 10]}")
    nome = "Ada"


class ComponenteFactory(DjangoModelFactory):
    class Meta:
        model = Componente

    nucleo = factory.SubFactory("tests.factories.casi.NucleoFactory")
    persona = factory.SubFactory(PersonaFactory)
    ruolo = "riferimento"
    dal = INIZIO


class NucleoFactory(DjangoModelFactory):
    class Meta:
        model = Nucleo


class DiQualcuno(DjangoModelFactory):
    """Written by `autore`, for his body."""

    class Meta:
        abstract = True

    caso = factory.SubFactory(CasoFactory)
    autore = factory.SubFactory(OperatoreFactory)
    ente = factory.LazyAttribute(lambda row: row.autore.ente)


class VoceFactory(DiQualcuno):
    class Meta:
        model = VoceDiario

    avvenuto_il = INIZIO
    testo = "Abbiamo parlato della casa."


class AllegatoFactory(DiQualcuno):
    class Meta:
        model = Allegato

    nome = "contratto.pdf"
    tipo = "application/pdf"
    dimensione = 1000
    chiave = "AAAA"


class InterventoFactory(DiQualcuno):
    class Meta:
        model = Intervento

    tipo = factory.SubFactory(TipoServizioFactory)
    dal = INIZIO


class EmergenzaFactory(DjangoModelFactory):
    class Meta:
        model = AccessoEmergenza

    caso = factory.SubFactory(CasoFactory)
    operatore = factory.SubFactory(OperatoreFactory, ruolo="assistente_sociale")
    codice_motivo = "pericolo"
    motivo = "Serve sapere chi può stare con i bambini."
    inizio = factory.LazyFunction(timezone.now)
    fine = factory.LazyAttribute(lambda row: row.inizio + timedelta(hours=1))
    esaminare_entro = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))


class AscoltoFactory(PrimoAscoltoFactory):
    """One after which somebody proposes to take charge."""

    esito = "proposta"
