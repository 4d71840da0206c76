"""The network of the stories: a few people and cases in the database, and each thing that may happen to them."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from casi.actions.ammissioni import Condizioni
from casi.actions.incarichi import project
from casi.models import AccessoEmergenza, Ammissione, Caso, Incarico, Incompatibilita, NominatoAlSigillo
from catalogo.models import Adesione, Ente, Operatore
from tests.factories.casi import InformativaFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, EnteFactory, OperatoreFactory
from tests.factories.famiglie import FITTIZIO, caso_di, persona
from tests.factories.portal import UtenteFactory
from tests.support.attori import attore_for

from . import oracolo
from .oracolo import AS, CO, REF, VOL, Legame, Mondo, Periodo

INIZIO = date(2026, 3, 2)
CAPOFILA = "comune"
ENTI = ("comune", "altro_comune", "emporio", "mensa")
# Another network on the same server: the body that leads it, and one of the bodies above that is of both.
ALTRA, DI_DUE = "diocesi", "emporio"
# The same person works for two bodies: as2 and ref2.
LEGAMI = {
    "as1": ("anna", "comune", AS),
    "as2": ("bea", "comune", AS),
    "co": ("carla", "comune", CO),
    "as3": ("dora", "altro_comune", AS),
    "co3": ("dino", "altro_comune", CO),
    "ref1": ("elsa", "emporio", REF),
    "vol1": ("fede", "emporio", VOL),
    "ref2": ("bea", "mensa", REF),
    "as4": ("gino", ALTRA, AS),
}
CASI = {"c1": "comune", "c2": "comune", "c3": "altro_comune", "c4": ALTRA}

RESPONSABILI = (("as1", "c1"), ("as1", "c2"), ("as3", "c3"), ("as4", "c4"))


class Rete:
    def __init__(self) -> None:
        self.informativa = InformativaFactory()
        self._enti = {ente: EnteFactory() for ente in (*ENTI, ALTRA)}
        self._accordo = AccordoFactory(capofila=self._enti[CAPOFILA])
        utenti = {utente: UtenteFactory() for utente, _ente, _ruolo in LEGAMI.values()}
        self._legami = {
            chi: OperatoreFactory(utente=utenti[utente], ente=self._enti[ente], ruolo=ruolo, in_rete=False).pk
            for chi, (utente, ente, ruolo) in LEGAMI.items()
        }
        self.codici = {caso: FITTIZIO.format(letter) for caso, letter in zip(CASI, "ABCD", strict=True)}
        self.persone = {caso: persona(codice_fiscale=codice) for caso, codice in self.codici.items()}
        self._casi = {
            caso: caso_di(self.persone[caso], ente_titolare=self._enti[ente]).pk for caso, ente in CASI.items()
        }
        for ente in ENTI[1:]:
            AdesioneFactory(accordo=self._accordo, ente=self._enti[ente])
        AdesioneFactory(accordo=AccordoFactory(capofila=self._enti[ALTRA]), ente=self._enti[DI_DUE])
        for chi, caso in RESPONSABILI:
            self._responsible(chi, caso)

    def mondo(self) -> Mondo:
        """The oracle's own view of how every story begins."""
        mondo = Mondo(capofila=CAPOFILA, altra=ALTRA, di_due=DI_DUE)
        for chi, (utente, ente, ruolo) in LEGAMI.items():
            mondo.legami[chi] = Legame(utente, ente, ruolo)
            mondo.attivi[utente], mondo.superutenti[utente] = True, False
        mondo.casi = {caso: oracolo.Caso(ente) for caso, ente in CASI.items()}
        mondo.adesioni = {ente: [Periodo(-1000)] for ente in ENTI[1:]}
        for chi, caso in RESPONSABILI:
            mondo.incarichi[chi, caso] = [Periodo(-1000, cosa="responsabile")]
        return mondo

    def _responsible(self, chi: str, caso: str) -> None:
        operatore = self.operatore(chi)
        Incarico.objects.create(caso=self.caso(caso), operatore=operatore, parte="responsabile", dal=date(2024, 1, 1))
        project(self.caso(caso), operatore.utente_id)

    # --- who and what
    atomic = staticmethod(transaction.atomic)

    def operatore(self, chi: str) -> Operatore:
        return Operatore.objects.select_related("utente", "ente").get(pk=self._legami[chi])

    def attore(self, chi: str):
        return attore_for(self.operatore(chi))

    def caso(self, caso: str) -> Caso:
        return Caso.objects.get(pk=self._casi[caso])

    def pk(self, caso: str):
        return self._casi[caso]

    @staticmethod
    def day(number: int | None) -> date | None:
        return None if number is None else INIZIO + timedelta(days=number)

    @staticmethod
    def change(row, **values) -> None:
        type(row)._default_manager.filter(pk=row.pk).update(**values)

    def end(self, rows, last: int) -> None:
        for row in rows:
            self.change(row, al=self.day(last))

    # --- what may happen
    def incarichi(self, chi: str, caso: str) -> list[Incarico]:
        here = Incarico.objects.filter(caso=self._casi[caso], operatore=self._legami[chi])
        return list(here.in_force(timezone.localdate()).select_related("caso", "operatore").order_by("pk"))

    def condizioni(self, ambiti: set[str], dal: int, al: int) -> Condizioni:
        scopes = tuple(sorted(ambiti - {"sintesi"}))
        return Condizioni("progetto", "consenso", self.informativa, self.day(dal), self.day(al), scopes)

    def ente(self, ente: str) -> Ente:
        return self._enti[ente]

    def ammissione(self, ente: str, caso: str) -> UUID:
        """Of the body's admission that runs, or begins next; of none, a key that is nobody's."""
        here = Ammissione.objects.filter(caso=self._casi[caso], ente=self._enti[ente], tolta_il=None)
        found = here.filter(al__gte=timezone.localdate()).order_by("dal", "pk").first()
        return found.pk if found else uuid4()

    def end_adhesions(self, ente: str, last: int) -> None:
        today = timezone.localdate()
        rows = Adesione.objects.filter(ente=self._enti[ente], accordo=self._accordo)
        rows.filter(valida_dal__gt=self.day(last)).update(valida_dal=self.day(last), valida_al=self.day(last))
        rows.filter(valida_dal__lte=today).update(valida_al=self.day(last))

    def adhere(self, ente: str, dal: int) -> None:
        AdesioneFactory(accordo=self._accordo, ente=self._enti[ente], valida_dal=self.day(dal))

    def nominato(self, chi: str, caso: str) -> NominatoAlSigillo:
        here = NominatoAlSigillo.objects.filter(caso=self._casi[caso], operatore=self._legami[chi])
        return here.in_force(timezone.localdate()).first() or NominatoAlSigillo()

    def conflitto(self, chi: str, caso: str) -> Incompatibilita:
        here = Incompatibilita.objects.filter(caso=self._casi[caso], utente=self.operatore(chi).utente, al=None)
        return here.first() or Incompatibilita()

    def emergency(self, chi: str, caso: str) -> None:
        now = timezone.now()
        AccessoEmergenza.objects.create(
            caso_id=self._casi[caso], operatore_id=self._legami[chi], codice_motivo="notte", inizio=now,
            fine=now + timedelta(hours=1), esaminare_entro=timezone.localdate() + timedelta(days=7),
            motivo="Serve un posto per questa notte.",
        )  # fmt: skip

    def close_emergencies(self) -> None:
        AccessoEmergenza.objects.filter(chiuso_il=None).update(chiuso_il=timezone.now())
