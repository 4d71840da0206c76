"""One network in which everybody of the matrix has his place, and one case in each of its states.

Whoever must not see a case misses one thing only: what is left over from before (an assignment, a permission row, an
admission) stays where it is, so that each condition of the decision has somebody whom it alone keeps out.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from casi.actions.incarichi import project
from casi.attore import Attore
from casi.models import AccessoEmergenza, Ammissione, Caso, Incarico, Incompatibilita, NominatoAlSigillo
from catalogo.models import Ente, Operatore
from portal.utenti.models import Utente
from tests.factories.casi import INIZIO, CasoFactory, InformativaFactory, give
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, EnteFactory, OperatoreFactory
from tests.factories.portal import UtenteFactory
from tests.support.attori import attore_for

STATI = (
    "preso_in_carico",
    "in_valutazione",
    "sospeso",
    "chiuso",
    "riaperto",
    "sigillato",
    "sigillato_con_nome",
    "ammissione_tolta",
    "ammissione_scaduta",
    "di_un_altro_ente",
    "inesistente",
)
INESISTENTE = "00000000-0000-4000-8000-000000000000"
STRETTO, AMPIO = ["sintesi"], ["sintesi", "contatti", "interventi"]


@dataclass(frozen=True)
class Persona:
    """`ente` names a body of the scene; `parte` is what he was given on every case, "" when nothing."""

    ente: str = ""
    ruolo: str = ""
    parte: str = ""
    permesso: str = "suo"  # "suo": as the assignment gives; "avanzo": a row that outlived it; "nessuno"
    incarico: str = "in corso"
    emergenza: str = ""
    di_lui: str = ""  # what is peculiar, for the printed matrix


AS = "assistente_sociale"
PERSONE = {
    "as_responsabile": Persona("comune", AS, "responsabile", di_lui="assistente sociale responsabile del caso"),
    "as_collega": Persona("comune", AS, "collega", di_lui="assistente sociale che segue il caso con il responsabile"),
    "as_ammesso": Persona("ammesso", AS, "collega", di_lui="assistente sociale di un altro Comune, ammesso al caso"),
    "as_stesso_ufficio": Persona("comune", AS, di_lui="assistente sociale dello stesso ufficio, non assegnato"),
    "as_altro_comune": Persona("altrove", AS, "collega", di_lui="assistente sociale di un Comune non ammesso"),
    "incarico_tolto": Persona(
        "comune", AS, "collega", "avanzo", "tolto", di_lui="assistente sociale tolto dal caso oggi"
    ),
    "incarico_scaduto": Persona(
        "comune", AS, "collega", "avanzo", "scaduto", di_lui="assistente sociale con l'incarico finito ieri"
    ),
    "permesso_tolto": Persona(
        "comune", AS, "collega", "nessuno", di_lui="assistente sociale assegnato, ma senza permesso sul caso"
    ),
    "in_conflitto": Persona("comune", AS, "collega", di_lui="assistente sociale con un conflitto di interessi"),
    "as_in_emergenza": Persona(
        "comune", AS, emergenza="in corso", di_lui="assistente sociale non assegnato, in emergenza dichiarata"
    ),
    "as_emergenza_finita": Persona(
        "comune", AS, emergenza="finita", di_lui="assistente sociale non assegnato, a emergenza finita"
    ),
    "referente_sintesi": Persona(
        "stretta", "referente", "collaboratore", di_lui="referente di un'associazione ammessa alla sola sintesi"
    ),
    "referente_ampio": Persona(
        "ampia",
        "referente",
        "collaboratore",
        di_lui="referente di un'associazione ammessa anche a contatti e interventi",
    ),
    "referente_non_assegnato": Persona(
        "ampia", "referente", "", "avanzo", di_lui="referente di un'associazione ammessa, non assegnato al caso"
    ),
    "referente_non_ammesso": Persona(
        "esterna", "referente", "collaboratore", di_lui="referente di un'associazione non ammessa al caso"
    ),
    "volontario": Persona(
        "ampia",
        "volontario_ascolto",
        "collaboratore",
        di_lui="volontario di un'associazione ammessa, assegnato al caso",
    ),
    "volontario_del_titolare": Persona(
        "comune",
        "volontario_ascolto",
        "collaboratore",
        di_lui="volontario d'ascolto dell'ente titolare, assegnato al caso",
    ),
    "coordinatore": Persona("comune", "coordinatore", di_lui="coordinatore dell'ente titolare"),
    "coordinatore_in_emergenza": Persona(
        "comune", "coordinatore", emergenza="in corso", di_lui="coordinatore in emergenza dichiarata"
    ),
    "responsabile_privacy": Persona("comune", "responsabile_privacy", di_lui="responsabile della protezione dei dati"),
    "sportello": Persona("comune", "operatore_sportello", "collega", di_lui="operatore di sportello"),
    "adesione_scaduta": Persona(
        "uscita", "referente", "collaboratore", di_lui="referente di un'associazione la cui adesione è finita ieri"
    ),
    "superutente": Persona("comune", AS, "collega", di_lui="amministratore tecnico, pur assegnato al caso"),
    "disattivato": Persona("comune", AS, "collega", di_lui="assistente sociale con l'account spento"),
    "legame_finito": Persona("comune", AS, "collega", di_lui="assistente sociale che da ieri non lavora più lì"),
    "senza_secondo_fattore": Persona(
        "comune", AS, "collega", di_lui="assistente sociale entrato con la sola parola d'ordine"
    ),
    "senza_legame": Persona(di_lui="persona che non agisce per nessun ente"),
    "anonimo": Persona(di_lui="chi non è entrato"),
}


@dataclass
class Scena:
    casi: dict[str, Caso] = field(default_factory=dict)  # by state; nothing for "inesistente"
    utenti: dict[str, Utente] = field(default_factory=dict)
    operatori: dict[str, Operatore] = field(default_factory=dict)
    enti: dict[str, Ente] = field(default_factory=dict)

    def attore(self, persona: str) -> Attore | None:
        """None for who cannot even act: nobody, or somebody tied to nobody."""
        operatore = self.operatori.get(persona)
        if operatore is None:
            return None
        return attore_for(operatore, secondo_fattore=persona != "senza_secondo_fattore")

    def pk(self, stato: str) -> str:
        return str(self.casi[stato].pk) if stato in self.casi else INESISTENTE


def ieri() -> date:
    return timezone.localdate() - timedelta(days=1)


def build() -> Scena:
    scena = Scena()
    _bodies(scena)
    for nome, persona in PERSONE.items():
        _person(scena, nome, persona)
    informativa = InformativaFactory()
    for stato in STATI[:-1]:
        scena.casi[stato] = caso = _case(scena, stato)
        _admit(scena, caso, stato, informativa)
        for nome, operatore in scena.operatori.items():
            _place(caso, operatore, nome, stato)
    return scena


def _bodies(scena: Scena) -> None:
    """The Comune leads the agreement; the others have signed it, one until yesterday."""
    names = ("comune", "ammesso", "altrove", "terzo", "stretta", "ampia", "esterna", "uscita", "mensa")
    scena.enti = {name: EnteFactory() for name in names}
    accordo = AccordoFactory(capofila=scena.enti["comune"])
    for name in names[1:]:
        end = ieri() if name == "uscita" else None
        AdesioneFactory(accordo=accordo, ente=scena.enti[name], valida_al=end)


def _person(scena: Scena, nome: str, persona: Persona) -> None:
    if nome == "anonimo":
        return
    utente = scena.utenti[nome] = UtenteFactory(is_active=nome != "disattivato", is_superuser=nome == "superutente")
    if persona.ente:
        end = ieri() if nome == "legame_finito" else None
        scena.operatori[nome] = OperatoreFactory(
            utente=utente, ente=scena.enti[persona.ente], ruolo=persona.ruolo, al=end, in_rete=False
        )


def _case(scena: Scena, stato: str) -> Caso:
    known = stato if stato in {"in_valutazione", "sospeso", "chiuso", "riaperto"} else "preso_in_carico"
    titolare = scena.enti["terzo" if stato == "di_un_altro_ente" else "comune"]
    return CasoFactory(ente_titolare=titolare, stato=known, sigillato=stato.startswith("sigillato"))


def _admit(scena: Scena, caso: Caso, stato: str, informativa) -> None:
    if stato == "di_un_altro_ente":
        return
    responsabile = scena.operatori["as_responsabile"]
    scopes = {"ammesso": AMPIO, "stretta": STRETTO, "ampia": AMPIO, "uscita": AMPIO}
    Ammissione.objects.bulk_create(
        Ammissione(
            caso=caso,
            ente=scena.enti[ente],
            ambiti=ambiti,
            finalita="progetto",
            base_giuridica="compito_pubblico",
            informativa=informativa,
            dal=INIZIO,
            al=ieri() if stato == "ammissione_scaduta" else None,
            **({"tolta_il": timezone.now(), "tolta_da": responsabile} if stato == "ammissione_tolta" else {}),
        )
        for ente, ambiti in scopes.items()
    )


def _place(caso: Caso, operatore: Operatore, nome: str, stato: str) -> None:
    """What ties one person to one case, leftovers included."""
    persona, now = PERSONE[nome], timezone.now()
    if persona.parte:
        ended = {"tolta_il": now} if persona.incarico == "tolto" else {}
        last = ieri() if persona.incarico == "scaduto" else None
        Incarico.objects.create(caso=caso, operatore=operatore, parte=persona.parte, dal=INIZIO, al=last, **ended)
        if persona.permesso == "suo":
            project(caso, operatore.utente_id)
    if persona.permesso == "avanzo":
        for codename in ("view_caso", "change_caso", "annota_caso", "note_caso", "condividi_caso"):
            give(caso, operatore.utente, codename)
    if persona.emergenza:
        _emergency(caso, operatore, over=persona.emergenza == "finita", closed=stato in {"sospeso", "chiuso"})
    if nome == "in_conflitto":
        Incompatibilita.objects.create(
            caso=caso, utente=operatore.utente, dal=INIZIO, origine="dichiarata", motivo="parente"
        )
    if stato == "sigillato_con_nome":
        NominatoAlSigillo.objects.create(caso=caso, operatore=operatore, dal=INIZIO)


def _emergency(caso: Caso, operatore: Operatore, *, over: bool, closed: bool) -> None:
    """`over`: by the clock, or `closed` before its hour was out."""
    now = timezone.now()
    hour = timedelta(hours=1)
    start = now - 2 * hour if over and not closed else now - timedelta(minutes=5)
    AccessoEmergenza.objects.create(
        caso=caso,
        operatore=operatore,
        codice_motivo="pericolo",
        motivo="Serve il numero di chi sta con i bambini.",
        inizio=start,
        fine=start + hour,
        chiuso_il=now if over and closed else None,
        esaminare_entro=timezone.localdate() + timedelta(days=7),
    )
