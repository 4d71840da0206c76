"""A case with everybody its path needs, ready to take any step from any state."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from casi.actions.mossa import Dati
from casi.actions.percorso import AZIONI, step
from casi.attore import Attore
from casi.models import Caso, Passaggio, PresaInCarico, VoceDiario
from casi.percorso import Passo
from casi.ruoli import Azione
from catalogo.models import Ente, Operatore
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import EnteFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import incarica


def voce(caso: Caso, autore: Operatore, **values) -> VoceDiario:
    values = {"tipo": "nota", "livello": 3, "avvenuto_il": timezone.localdate(), "testo": "Una nota.", **values}
    return VoceDiario.objects.create(caso=caso, ente=autore.ente, autore=autore, **values)


@dataclass
class Scena:
    """The body that holds the case: its coordinator, the responsible social worker, a colleague; another body."""

    stato: str = "segnalato"
    ente: Ente = field(default_factory=EnteFactory)

    def __post_init__(self) -> None:
        self.coordinatore = OperatoreFactory(ente=self.ente, ruolo="coordinatore")
        self.assistente = OperatoreFactory(ente=self.ente, ruolo="assistente_sociale")
        self.altra = OperatoreFactory(ente=self.ente, ruolo="assistente_sociale")
        self.altrove = OperatoreFactory(ruolo="coordinatore")
        self.caso = CasoFactory(ente_titolare=self.ente, stato=self.stato)
        incarica(self.caso, self.assistente)

    def chi(self, passo: Passo) -> Attore:
        azione = AZIONI[passo]
        if azione in (Azione.ASSEGNARE, Azione.TRASFERIRE, Azione.CONTROFIRMARE):
            return attore_for(self.coordinatore)
        return attore_for(self.altra if azione is Azione.ACCETTARE else self.assistente)

    def dati(self, **other) -> Dati:
        """All that any step may ask for; a timedelta counts from today."""
        today = timezone.localdate()
        values = {
            "motivo": "Perché sì.",
            "assistente": self.altra,
            "ente": self.altrove.ente,
            "base_giuridica": "compito_pubblico",
            "avviso_alla_famiglia_il": today,
            "prossima_verifica": today + timedelta(days=60),
            "urgente_fino_al": today + timedelta(days=10),
            "motivo_chiusura": "obiettivi",
            "valutazione_finale": "È andata bene.",
            "note_di_consegna": "Resta lo sportello lavoro.",
        }
        asked = {name: today + value if isinstance(value, timedelta) else value for name, value in other.items()}
        return Dati(**{**values, **asked})

    def fa(self, passo: str, by: Attore | None = None, **other) -> Passaggio:
        """Take the step as the one who should, with all it may ask for."""
        passaggio = step(
            by=by or self.chi(Passo(passo)), caso=self.caso.pk, passo=Passo(passo), dati=self.dati(**other)
        )
        self.caso.refresh_from_db()
        return passaggio

    def propone(self) -> PresaInCarico:
        """The case waits for the colleague's answer, in whatever state it is."""
        return PresaInCarico.objects.create(caso=self.caso, assegnata_a=self.altra, assegnata_da=self.coordinatore)

    def istantanea(self) -> tuple:
        """All that a refused step must leave as it was."""
        caso = Caso.objects.filter(pk=self.caso.pk)
        return (
            caso.values_list().get(),
            list(caso.get().passaggi.values_list("pk").order_by("pk")),
            list(caso.get().prese_in_carico.values_list("pk", "accettata_il", "rifiutata_il", "conclusa_il")),
            list(caso.get().incarichi.values_list("pk", "tolta_il")),
            list(caso.get().ammissioni.values_list("pk", "tolta_il")),
            sorted(caso.get().permessi.values_list("user", "permission")),
            caso.get().avvisi.count(),
        )
