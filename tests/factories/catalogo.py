"""Vocabularies, bodies, places and one factory per kind of service."""

from datetime import date, time

import factory
from factory.django import DjangoModelFactory

from catalogo.models import (
    Accordo,
    Adesione,
    AlloggioPage,
    Argomento,
    AttivitaSettimanale,
    Bisogno,
    CivicCenterPage,
    Comune,
    Destinatari,
    EmporioPage,
    Ente,
    EntePage,
    EntiIndexPage,
    LavanderiaPage,
    LuogoPage,
    ModalitaAccesso,
    Operatore,
    ServizioPage,
    TesseraPage,
    TipoServizio,
)

from .pagine import PaginaFactory, italian, many_to_many
from .portal import UtenteFactory


class VocabolarioFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    codice = factory.Sequence(lambda n: f"voce-{n}")
    nome = factory.LazyAttribute(lambda voce: voce.codice.replace("-", " ").capitalize())


class BisognoFactory(VocabolarioFactory):
    class Meta:
        model = Bisogno

    tassello = "mangiare"


class TipoServizioFactory(VocabolarioFactory):
    class Meta:
        model = TipoServizio

    bisogno = factory.SubFactory(BisognoFactory)


class DestinatariFactory(VocabolarioFactory):
    class Meta:
        model = Destinatari


class ModalitaAccessoFactory(VocabolarioFactory):
    class Meta:
        model = ModalitaAccesso


class ArgomentoFactory(VocabolarioFactory):
    class Meta:
        model = Argomento


class ComuneFactory(DjangoModelFactory):
    """An invented municipality."""

    class Meta:
        model = Comune

    codice_istat = factory.Sequence(lambda n: f"9{n:05}")
    nome = factory.Sequence(lambda n: f"Borgo {n}")
    provincia = "XX"


class EnteFactory(DjangoModelFactory):
    class Meta:
        model = Ente

    nome = factory.Sequence(lambda n: f"Associazione {n}")
    tipo = "odv"
    comune = factory.SubFactory(ComuneFactory)


class AccordoFactory(DjangoModelFactory):
    class Meta:
        model = Accordo

    titolo = factory.Sequence(lambda n: f"Protocollo {n}")
    capofila = factory.SubFactory(EnteFactory)
    valida_dal = date(2024, 1, 1)


def la_rete() -> Accordo:
    """The agreement of those who name none: on most servers there is one."""
    return Accordo.objects.filter(titolo="La rete").first() or AccordoFactory(titolo="La rete")


class AdesioneFactory(DjangoModelFactory):
    """A body's signature, with its privacy agreement."""

    class Meta:
        model = Adesione

    accordo = factory.LazyFunction(la_rete)
    ente = factory.SubFactory(EnteFactory)
    stato = "sottoscritta"
    valida_dal = date(2024, 1, 1)
    ruolo_privacy = "contitolare"
    privacy_firmata_il = date(2024, 1, 1)


class OperatoreFactory(DjangoModelFactory):
    """Acts for a body of the network; with `in_rete=False` the body has signed nothing."""

    class Meta:
        model = Operatore
        skip_postgeneration_save = True

    utente = factory.SubFactory(UtenteFactory)
    ente = factory.SubFactory(EnteFactory)
    ruolo = "referente"
    dal = date(2024, 1, 1)

    @factory.post_generation
    def in_rete(self, create, extracted, **kwargs):
        if create and extracted is not False and not self.ente.adesioni.exists():
            AdesioneFactory(ente=self.ente)


class EntePageFactory(PaginaFactory):
    class Meta:
        model = EntePage

    parent = factory.LazyFunction(lambda: italian(EntiIndexPage))
    ente = factory.SubFactory(EnteFactory)
    title = factory.LazyAttribute(lambda pagina: pagina.ente.nome)


class LuogoPageFactory(PaginaFactory):
    """A place. Trait `riservato`: a shelter whose address is kept nowhere."""

    class Meta:
        model = LuogoPage

    class Params:
        riservato = factory.Trait(indirizzo_riservato=True, indirizzo="", cap="", quartiere="", lat=None, lon=None)

    parent = factory.SubFactory(EntePageFactory)
    title = factory.Sequence(lambda n: f"Sede {n}")
    comune = factory.SubFactory(ComuneFactory)
    indirizzo = "Via della Prova 1"
    cap = "00001"


class ServizioPageFactory(PaginaFactory):
    """A service sheet; the relations are given as lists of rows, `ente` as the parent `EntePage`."""

    class Meta:
        model = ServizioPage

    parent = factory.SubFactory(EntePageFactory)
    title = factory.Sequence(lambda n: f"Servizio {n:04}")
    tipo = factory.SubFactory(TipoServizioFactory)
    comune = factory.SubFactory(ComuneFactory)
    per_chi = "Chiunque ne abbia bisogno."
    come_si_entra = "Vieni negli orari di apertura."

    bisogni = many_to_many("bisogni")
    destinatari = many_to_many("destinatari")
    accessi = many_to_many("accessi")
    argomenti = many_to_many("argomenti")


class EmporioPageFactory(ServizioPageFactory):
    class Meta:
        model = EmporioPage

    title = factory.Sequence(lambda n: f"Emporio {n:04}")
    regola_punti = "40 punti al mese, 10 in più a bambino."


class LavanderiaPageFactory(ServizioPageFactory):
    class Meta:
        model = LavanderiaPage

    title = factory.Sequence(lambda n: f"Lavanderia {n:04}")
    lavatrici = 3
    prezzo_lavaggio = "2 euro"


class AlloggioPageFactory(ServizioPageFactory):
    class Meta:
        model = AlloggioPage

    title = factory.Sequence(lambda n: f"Alloggio {n:04}")
    posti = 12
    ingresso_dalle = time(19, 30)
    uscita_entro = time(8, 30)


class TesseraPageFactory(ServizioPageFactory):
    class Meta:
        model = TesseraPage

    title = factory.Sequence(lambda n: f"Tessera {n:04}")
    importo = "80 euro al mese"


class CivicCenterPageFactory(ServizioPageFactory):
    class Meta:
        model = CivicCenterPage

    title = factory.Sequence(lambda n: f"Civic Center {n:04}")


class AttivitaSettimanaleFactory(DjangoModelFactory):
    class Meta:
        model = AttivitaSettimanale

    pagina = factory.SubFactory(CivicCenterPageFactory)
    locale = factory.LazyAttribute(lambda attivita: attivita.pagina.locale)
    giorno = 1
    dalle = time(16)
    alle = time(18)
    titolo = "Compiti insieme"
    fascia = "pomeriggio"
