"""What each role may do in the case area. Data only: `policies` applies it, docs/ruoli.md is printed from it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casi.regole import Regola, Via, su_un_caso
from catalogo.models.operatore import RuoloOperatore


class Azione(StrEnum):
    """Everything that can be done in the area. A view declares one; nothing is done without one."""

    ENTRARE = "entrare"
    STAMPARE = "stampare"
    ELENCARE_CASI = "elencare_casi"
    VEDERE_CASO = "vedere_caso"
    VEDERE_PERSONE = "vedere_persone"
    MODIFICARE_PERSONE = "modificare_persone"
    FONDERE_PERSONE = "fondere_persone"
    # the path
    REGISTRARE_RICHIESTA = "registrare_richiesta"
    GESTIRE_ARRIVI = "gestire_arrivi"
    VEDERE_MINORI_A_RISCHIO = "vedere_minori_a_rischio"
    SCRIVERE_ASCOLTO = "scrivere_ascolto"
    ASCOLTARE = "ascoltare"
    APRIRE_CASO = "aprire_caso"
    VALUTARE = "valutare"
    ELENCARE_DA_ASSEGNARE = "elencare_da_assegnare"
    ASSEGNARE = "assegnare"
    TRASFERIRE = "trasferire"
    ACCETTARE = "accettare"
    CONDURRE = "condurre"
    CONTROFIRMARE = "controfirmare"
    # what is written
    DIARIO_PROPRIO = "diario_proprio"
    DIARIO_ENTE = "diario_ente"
    DIARIO_CONDIVISO = "diario_condiviso"
    NOTE_PROFESSIONALI = "note_professionali"
    VOCI_RISERVATE = "voci_riservate"
    SCRIVERE_DIARIO = "scrivere_diario"
    SCRIVERE_NOTE = "scrivere_note"
    NOMINARE_LETTORI = "nominare_lettori"
    AFFIDARE_VOCI = "affidare_voci"
    INTERVENTI_ENTE = "interventi_ente"
    INTERVENTI_ALTRUI = "interventi_altrui"
    VISTA_GLOBALE = "vista_globale"
    SCRIVERE_INTERVENTI = "scrivere_interventi"
    # who else
    CONDIVIDERE = "condividere"
    PROPORRE_OPERATORE = "proporre_operatore"
    SIGILLARE = "sigillare"
    OSCURARE = "oscurare"
    DICHIARARE_CONFLITTO = "dichiarare_conflitto"
    APRIRE_IN_EMERGENZA = "aprire_in_emergenza"
    CERCARE = "cercare"
    VERIFICARE_SOVRAPPOSIZIONE = "verificare_sovrapposizione"
    # trail and rights
    ACCESSI_AL_CASO = "accessi_al_caso"
    ESTRARRE = "estrarre"
    PROPRI_ACCESSI = "propri_accessi"
    ACCESSI_DELL_ENTE = "accessi_dell_ente"
    CONTARE_ACCESSI = "contare_accessi"
    LEGGERE_REGISTRO = "leggere_registro"
    ESPORTARE_REGISTRO = "esportare_registro"
    ESAMINARE_EMERGENZE = "esaminare_emergenze"
    PROPORRE_SCARTO = "proporre_scarto"
    APPROVARE_SCARTO = "approvare_scarto"
    CONTROLLARE_SCARTI = "controllare_scarti"
    ACCREDITARE = "accreditare"
    RIPRISTINARE_ACCESSO = "ripristinare_accesso"
    CONFERMARE_RIPRISTINO = "confermare_ripristino"


REGOLE: dict[Azione, Regola] = {
    Azione.ENTRARE: Regola(_("Apre «Il mio lavoro» e sceglie per quale ente agisce.")),
    Azione.STAMPARE: Regola(_("Stampa la pagina che sta leggendo: anche questo resta scritto.")),
    Azione.ELENCARE_CASI: su_un_caso(_("Vede l'elenco dei casi che segue."), "view_caso", "sintesi"),
    Azione.VEDERE_CASO: su_un_caso(
        _("Apre un caso: stato, responsabile, chi del proprio ente lo segue, tipo degli aiuti in corso."),
        "view_caso", "sintesi",
    ),
    Azione.VEDERE_PERSONE: su_un_caso(_("Vede nomi e contatti delle persone."), "view_caso", "contatti"),
    Azione.MODIFICARE_PERSONE: su_un_caso(_("Corregge i dati delle persone e del nucleo."), "change_caso"),
    Azione.FONDERE_PERSONE: su_un_caso(_("Unisce due schede della stessa persona."), "change_caso"),
    Azione.REGISTRARE_RICHIESTA: Regola(_("Scrive la richiesta di chi chiama o viene, e ne dà la ricevuta.")),
    Azione.GESTIRE_ARRIVI: Regola(_("Legge le richieste e le segnalazioni arrivate al proprio ente.")),
    Azione.VEDERE_MINORI_A_RISCHIO: Regola(_("Legge le segnalazioni su bambini e ragazzi in pericolo.")),
    Azione.SCRIVERE_ASCOLTO: Regola(_("Scrive un primo ascolto e rilegge quelli del proprio ente.")),
    Azione.ASCOLTARE: su_un_caso(
        _("Comincia e scrive il primo ascolto di un caso, e lo conclude se è bastato orientare."), "annota_caso"
    ),
    Azione.APRIRE_CASO: Regola(_("Apre un caso da un ascolto o da una richiesta.")),
    Azione.VALUTARE: su_un_caso(_("Scrive la valutazione: bisogni e risorse."), "change_caso"),
    Azione.ELENCARE_DA_ASSEGNARE: Regola(_("Vede i numeri dei casi da assegnare, senza aprirli."), Via.UFFICIO),
    Azione.ASSEGNARE: Regola(_("Assegna un caso a un assistente sociale, senza leggerlo."), Via.UFFICIO),
    Azione.TRASFERIRE: Regola(_("Passa un caso a un altro ente, senza leggerlo."), Via.UFFICIO, conferma=True),
    Azione.ACCETTARE: Regola(_("Accetta o rifiuta un caso che gli è stato assegnato.")),
    Azione.CONDURRE: su_un_caso(_("Sospende, riprende, chiude, riapre il caso."), "change_caso"),
    Azione.CONTROFIRMARE: Regola(
        _("Controfirma la chiusura di un caso con voci riservate, e chi torna a leggerne una che nessuno legge più."),
        Via.UFFICIO,
    ),
    Azione.DIARIO_PROPRIO: su_un_caso(_("Rilegge le voci di diario che ha scritto."), "view_caso", "sintesi", {2, 3}),
    Azione.DIARIO_ENTE: su_un_caso(_("Legge il diario del proprio ente."), "view_caso", "sintesi", {2, 3}),
    Azione.DIARIO_CONDIVISO: su_un_caso(_("Legge le voci che gli altri enti condividono."), "change_caso", "", {2, 3}),
    Azione.NOTE_PROFESSIONALI: su_un_caso(_("Legge le note professionali."), "note_caso", "", {4}),
    Azione.VOCI_RISERVATE: su_un_caso(
        _("Legge voci riservate e aree della valutazione in cui è nominato, una per una."), "view_caso", "sintesi", {5}
    ),
    Azione.SCRIVERE_DIARIO: su_un_caso(_("Scrive nel diario del proprio ente."), "annota_caso", "sintesi", {2, 3}),
    Azione.SCRIVERE_NOTE: su_un_caso(_("Scrive note professionali e voci riservate."), "note_caso", "", {4, 5}),
    Azione.NOMINARE_LETTORI: su_un_caso(
        _("Nomina un'altra persona su una voce riservata che può leggere."), "note_caso", conferma=True
    ),
    Azione.AFFIDARE_VOCI: su_un_caso(
        _("Di una voce riservata che nessuno legge più, senza leggerla, chiede che abbia di nuovo un lettore."),
        "condividi_caso", conferma=True,
    ),
    Azione.INTERVENTI_ENTE: su_un_caso(_("Vede gli interventi del proprio ente."), "view_caso", "sintesi"),
    Azione.INTERVENTI_ALTRUI: su_un_caso(
        _("Degli interventi degli altri enti vede tipo e periodo, se condivisi."), "view_caso", "interventi"
    ),
    Azione.VISTA_GLOBALE: su_un_caso(_("Vede chi fa che cosa per la famiglia, ente per ente."), "change_caso"),
    Azione.SCRIVERE_INTERVENTI: su_un_caso(_("Scrive gli interventi del proprio ente."), "annota_caso", "sintesi"),
    Azione.CONDIVIDERE: su_un_caso(_("Ammette enti e persone al caso, e li toglie."), "condividi_caso", conferma=True),
    Azione.PROPORRE_OPERATORE: su_un_caso(
        _("Propone per il caso una persona del proprio ente."), "view_caso", "sintesi"
    ),
    Azione.SIGILLARE: su_un_caso(_("Chiude il caso a chi non è nominato."), "condividi_caso", conferma=True),
    Azione.OSCURARE: su_un_caso(_("Nasconde qualcosa a tutti, tranne che a chi l'ha scritto."), "condividi_caso"),
    Azione.DICHIARARE_CONFLITTO: su_un_caso(
        _("Dichiara un conflitto di interessi: da quel momento non vede più il caso."), "view_caso", "sintesi"
    ),
    Azione.APRIRE_IN_EMERGENZA: Regola(_("Apre in emergenza un caso non suo, per un'ora."), conferma=True),
    Azione.CERCARE: Regola(_("Cerca una persona con dati completi e uno scopo.")),
    Azione.VERIFICARE_SOVRAPPOSIZIONE: Regola(_("Chiede se una famiglia riceve già un certo aiuto.")),
    Azione.ACCESSI_AL_CASO: su_un_caso(_("Vede chi ha aperto il caso, e ne dà conto alla persona."), "change_caso"),
    Azione.ESTRARRE: su_un_caso(_("Prepara l'estratto dei dati per la persona."), "condividi_caso", conferma=True),
    Azione.PROPRI_ACCESSI: Regola(_("Rilegge che cosa dice di lui il registro degli accessi.")),
    Azione.ACCESSI_DELL_ENTE: Regola(_("Vede quando, e per fare che cosa, le persone del proprio ente sono entrate.")),
    Azione.CONTARE_ACCESSI: Regola(_("Vede quanti accessi e segnali, ente per ente: nessun caso, nessun nome.")),
    Azione.LEGGERE_REGISTRO: Regola(_("Legge il registro degli accessi e ne verifica l'integrità.")),
    Azione.ESPORTARE_REGISTRO: Regola(_("Scarica le voci del registro in un file."), conferma=True),
    Azione.ESAMINARE_EMERGENZE: Regola(_("Esamina gli accessi in emergenza.")),
    Azione.PROPORRE_SCARTO: Regola(_("Propone l'elenco di ciò che il proprio ente non deve più conservare.")),
    Azione.APPROVARE_SCARTO: Regola(
        _("Approva ed esegue gli elenchi di scarto degli enti della sua rete, senza leggere casi."), conferma=True
    ),
    Azione.CONTROLLARE_SCARTI: Regola(
        _("Vede gli elenchi di scarto della sua rete e ferma ciò che deve restare, senza leggere casi.")
    ),
    Azione.ACCREDITARE: Regola(_("Accredita enti e operatori della rete, senza leggere casi."), conferma=True),
    Azione.RIPRISTINARE_ACCESSO: Regola(
        _("Di una persona accreditata propone di azzerare il secondo fattore, o cambia l'e-mail, senza leggere casi."),
        conferma=True,
    ),
    Azione.CONFERMARE_RIPRISTINO: Regola(
        _("Conferma che un secondo fattore si azzera, se lo ha proposto un'altra persona."), conferma=True
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Ruolo:
    descrizione: Promise
    azioni: frozenset[Azione]
    # What a declared emergency opens besides, read only and never level 4 or 5.
    in_emergenza: frozenset[Azione] = frozenset()


ENTRA = frozenset({Azione.ENTRARE, Azione.STAMPARE, Azione.PROPRI_ACCESSI})
AIUTI = frozenset({Azione.INTERVENTI_ENTE, Azione.INTERVENTI_ALTRUI})
LETTURA_IN_EMERGENZA = AIUTI | {Azione.VEDERE_CASO, Azione.VEDERE_PERSONE}  # as who is admitted: no note of others
ARRIVI = frozenset({Azione.REGISTRARE_RICHIESTA, Azione.GESTIRE_ARRIVI})
ASCOLTO = ARRIVI | {Azione.SCRIVERE_ASCOLTO, Azione.ASCOLTARE}
SEGUE_CASI = ENTRA | {
    Azione.ELENCARE_CASI,
    Azione.VEDERE_CASO,
    Azione.VEDERE_PERSONE,
    Azione.DIARIO_PROPRIO,
    Azione.SCRIVERE_DIARIO,
    Azione.INTERVENTI_ENTE,
    Azione.SCRIVERE_INTERVENTI,
    Azione.DICHIARARE_CONFLITTO,
}
CONDUCE_CASI = ASCOLTO | {
    Azione.MODIFICARE_PERSONE,
    Azione.FONDERE_PERSONE,
    Azione.VEDERE_MINORI_A_RISCHIO,
    Azione.APRIRE_CASO,
    Azione.VALUTARE,
    Azione.ACCETTARE,
    Azione.CONDURRE,
    Azione.DIARIO_ENTE,
    Azione.DIARIO_CONDIVISO,
    Azione.NOTE_PROFESSIONALI,
    Azione.VOCI_RISERVATE,
    Azione.SCRIVERE_NOTE,
    Azione.NOMINARE_LETTORI,
    Azione.AFFIDARE_VOCI,
    Azione.INTERVENTI_ALTRUI,
    Azione.VISTA_GLOBALE,
    Azione.CONDIVIDERE,
    Azione.SIGILLARE,
    Azione.OSCURARE,
    Azione.APRIRE_IN_EMERGENZA,
    Azione.CERCARE,
    Azione.VERIFICARE_SOVRAPPOSIZIONE,
    Azione.ACCESSI_AL_CASO,
    Azione.ESTRARRE,
    Azione.PROPORRE_SCARTO,
}

RUOLI: dict[str, Ruolo] = {
    RuoloOperatore.REFERENTE: Ruolo(
        _("Segue per la propria associazione i casi in cui l'ente è ammesso e a cui è assegnato."),
        SEGUE_CASI
        | ARRIVI
        | {
            Azione.DIARIO_ENTE,
            Azione.VOCI_RISERVATE,  # where somebody has written why
            Azione.INTERVENTI_ALTRUI,
            Azione.PROPORRE_OPERATORE,
            Azione.ACCESSI_DELL_ENTE,
            Azione.VERIFICARE_SOVRAPPOSIZIONE,
            Azione.PROPORRE_SCARTO,
        },
    ),
    RuoloOperatore.VOLONTARIO_ASCOLTO: Ruolo(
        _("Ascolta per il proprio ente, e segue i casi a cui è assegnato."), SEGUE_CASI | ASCOLTO
    ),
    RuoloOperatore.OPERATORE_SPORTELLO: Ruolo(
        _("Lavora allo sportello: scrive le richieste di chi chiama o viene, non legge quelle degli altri né i casi."),
        ENTRA | {Azione.REGISTRARE_RICHIESTA},
    ),
    RuoloOperatore.ASSISTENTE_SOCIALE: Ruolo(
        _("Ha la responsabilità dei casi assegnati."), SEGUE_CASI | CONDUCE_CASI, LETTURA_IN_EMERGENZA
    ),
    RuoloOperatore.COORDINATORE: Ruolo(
        _("Assegna i casi senza leggerli, accredita enti e operatori, approva ciò che si scarta."),
        ENTRA
        | {
            Azione.ELENCARE_DA_ASSEGNARE,
            Azione.ASSEGNARE,
            Azione.TRASFERIRE,
            Azione.CONTROFIRMARE,
            Azione.APRIRE_IN_EMERGENZA,
            Azione.CONTARE_ACCESSI,
            Azione.APPROVARE_SCARTO,
            Azione.ACCREDITARE,
            Azione.RIPRISTINARE_ACCESSO,
            Azione.CONFERMARE_RIPRISTINO,
        },
        LETTURA_IN_EMERGENZA,
    ),
    RuoloOperatore.RESPONSABILE_PRIVACY: Ruolo(
        _("Controlla gli accessi e gli scarti, non i casi."),
        ENTRA
        | {
            Azione.LEGGERE_REGISTRO,
            Azione.ESPORTARE_REGISTRO,
            Azione.ESAMINARE_EMERGENZE,
            Azione.CONTROLLARE_SCARTI,
            Azione.CONFERMARE_RIPRISTINO,
        },
    ),
}

# The permission rows that come with each part in a case, by `Incarico.parte`.
PERMESSI_DI_PARTE: dict[str, frozenset[str]] = {
    "responsabile": frozenset({"view_caso", "change_caso", "annota_caso", "note_caso", "condividi_caso"}),
    "collega": frozenset({"view_caso", "change_caso", "annota_caso", "note_caso"}),
    "collaboratore": frozenset({"view_caso", "annota_caso"}),
}
PERMESSI = sorted(frozenset().union(*PERMESSI_DI_PARTE.values()))
