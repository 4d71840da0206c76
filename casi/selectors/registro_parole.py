"""What a line of the register is about, in words: actions as the page of permissions says them, purposes one by one."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casi.models import EsitoEmergenza, MotivoEmergenza, StatoIntervento, StatoRichiesta
from casi.models.ripristino import MotivoRipristino, Riconosciuta
from casi.percorso import TRANSIZIONI, Passo
from casi.registro import NASCOSTO
from casi.ruoli import REGOLE, Azione
from casi.selectors.quota import OLTRE
from casi.selectors.ricerca import Scopo
from casi.selectors.ricevute import FINALITA as RICEVUTA
from casi.selectors.sovrapposizione import Risposta

# Purposes that mean the same whatever the action.
SCOPI: Mapping[str, Promise] = {
    "titolare": _("per l'ente che segue il caso"),
    "ammesso": _("per un ente ammesso al caso"),
    "emergenza": _("in emergenza"),
    "legge": _("ha letto"),
    "elenco": _("elenco"),
    "elenca": _("elenco"),
    "quadro": _("quadro d'insieme"),
    "allega": _("ha allegato un file"),
    "allegati": _("elenco dei file"),
    "scarica": _("ha scaricato un file"),
    "allerte": _("accessi da guardare"),
    "ammette": _("ha ammesso un ente"),
    "cambia": _("ha cambiato che cosa vede un ente"),
    "revoca": _("ha tolto un ente"),
    "oppone": _("la persona si oppone a un ente"),
    "ritira_opposizione": _("la persona non si oppone più"),
    "ascolti": _("ascolti del caso"),
    "assegna": _("ha fatto entrare una persona"),
    "accoglie_proposta": _("ha accolto una proposta"),
    "respinge_proposta": _("ha respinto una proposta"),
    "toglie": _("ha tolto una persona"),
    "candidate": _("schede che potrebbero essere della stessa persona"),
    "corregge": _("ha corretto"),
    "scrive": _("ha scritto"),
    "conclude": _("ha concluso"),
    "valutazione": _("valutazione"),
    "interventi": _("aiuti del caso"),
    "csv": _("file scaricato"),
    "rapporto": _("rapporto per la persona"),
    "prepara": _("scelta dei testi"),
    "estratto": _("copia consegnata"),
    "nascosti": _("ciò che è nascosto"),
    "nasconde": _("ha nascosto"),
    NASCOSTO: _("aiuto nascosto finito con il caso"),
    "mostra": _("ha mostrato di nuovo"),
    "sigilla": _("ha sigillato"),
    "dissigilla": _("ha tolto il sigillo"),
    "nomina": _("ha nominato chi può aprirlo"),
    "nomina al sigillo": _("ha nominato chi può aprirlo"),  # as it was written until each name had a line
    "toglie_nome": _("ha tolto chi poteva aprirlo"),
    "scrive_conflitto": _("ha scritto un conflitto di interessi"),
    "toglie_conflitto": _("ha tolto un conflitto di interessi"),
    "confronta": _("due schede a confronto"),
    "unisce": _("ha unito due schede"),
    "separa": _("ha separato due schede"),
    "doppioni": _("controllo dei doppioni"),
    "scaduti": _("ciò che ha finito il suo tempo"),
    "propone": _("ha proposto"),
    "sospende": _("ha sospeso"),
    "approva": _("ha approvato"),
    "esegue": _("ha eseguito"),
    "toglie la sospensione": _("ha tolto la sospensione"),
    "cancellazione": _("ciò che la persona chiede di cancellare"),
    "chiede la cancellazione": _("la persona ha chiesto di cancellare"),
    "ritira": _("ha ritirato"),
    "proroga": _("ha allungato il tempo per rispondere"),
    "respinge": _("ha respinto"),
    "fine": _("fine dell'accesso"),
    "informa": _("ha segnato se la persona è stata informata"),
    "ascolto": _("ha scritto un ascolto del caso"),
    "aggiunge": _("ha aggiunto un ascolto a un caso"),
    "non_prende": _("non ha preso in carico"),
    "minori": _("ha passato una segnalazione a chi si occupa di minori"),
    "storico": _("com'erano prima le schede della famiglia"),
    "cancella_per_errore": _("ha cancellato una persona aggiunta per errore"),
    "toglie_legame": _("ha tolto una persona vicina alla famiglia, scritta per errore"),
    "toglie_residenza": _("ha tolto una casa scritta per errore"),
    "toglie_per_errore": _("ha tolto dal nucleo una persona aggiunta per errore"),
    "rimette": _("ha rimesso nel nucleo una persona tolta per errore"),
    "senza_lettori": _("voci riservate che nessuno legge più"),
    "affidamenti": _("richieste di leggere voci che nessuno legge più"),
    "chiede_affidamento": _("ha chiesto che una voce abbia di nuovo un lettore"),
    "affida": _("ha detto di sì a un nuovo lettore di una voce"),
    "non_affida": _("ha detto di no a un nuovo lettore di una voce"),
    "annulla_controfirma": _("la controfirma non vale più"),
    "riallinea": _("permessi rimessi a posto"),
    "numero": _("ricerca per numero"),
    RICEVUTA: _("ricerca con il codice di una ricevuta"),
    OLTRE: _("oltre le domande di un giorno"),
    "elenchi": _("elenchi di scarto"),
    "accesso": _("con la password"),
    "secondo fattore": _("con il secondo fattore"),
    "uscita": _("uscita"),
    "registra": _("ha registrato un'adesione"),
    "rinnova": _("ha rinnovato un'adesione"),
    "sottoscrivi": _("adesione sottoscritta"),
    "sospendi": _("adesione sospesa"),
    "riprendi": _("adesione ripresa"),
    "recedi": _("l'ente è uscito dalla rete"),
    "firma privacy": _("ha registrato l'accordo privacy"),
    "corregge privacy": _("ha corretto l'accordo privacy"),
    "accredita": _("ha accreditato una persona"),
    "cambia ruolo": _("ha cambiato ruolo a una persona"),
    "ultimo giorno": _("ha cambiato l'ultimo giorno di un accredito"),
    "termina": _("ha chiuso un accredito"),
    "spento": _("l'account è spento"),
    "fonda": _("ha fondato la rete"),
    "subentra": _("un arrivo è passato a chi guida la rete"),
    "server": _("da chi gestisce il server"),
    "proposta": _("azzeramento proposto"),
    "fattore": _("secondo fattore azzerato"),
    "email": _("indirizzo e-mail cambiato"),
}
LINGUE = {"it": _("in italiano"), "en": _("in inglese"), "uk": _("in ucraino"), "ar": _("in arabo")}
# A line does not say from which state a step was taken: one word for the three kinds of acceptance.
PASSI: dict[str, Promise] = {each.passo.value: each.fatto for each in TRANSIZIONI}
PASSI[Passo.ACCETTA] = _("Accettato")

DETTE: dict[str, Promise] = {azione.value: regola.descrizione for azione, regola in REGOLE.items()}


def _labels(*choices: list[tuple[str, Promise]]) -> dict[str, Promise]:
    return {value: label for pairs in choices for value, label in pairs}


INTERVENTI = _labels(StatoIntervento.choices)  # type: ignore[arg-type]
EMERGENZE = _labels(MotivoEmergenza.choices)  # type: ignore[arg-type]  # what is read in one says why it was opened
RIPRISTINO = _labels(MotivoRipristino.choices, Riconosciuta.choices)  # type: ignore[arg-type]
# Purposes that are a choice of the action's own form; the steps of the path for all the others.
PER_AZIONE: Mapping[str, Mapping[str, Promise]] = {
    Azione.CERCARE: _labels(Scopo.choices),  # type: ignore[arg-type]
    Azione.VERIFICARE_SOVRAPPOSIZIONE: _labels(Risposta.choices),  # type: ignore[arg-type]
    Azione.APRIRE_IN_EMERGENZA: EMERGENZE,
    Azione.ESAMINARE_EMERGENZE: _labels(EsitoEmergenza.choices),  # type: ignore[arg-type]
    Azione.GESTIRE_ARRIVI: _labels(StatoRichiesta.choices),  # type: ignore[arg-type]
    Azione.SCRIVERE_INTERVENTI: INTERVENTI,
    Azione.CONDURRE: INTERVENTI | PASSI,  # also of what a body that has left did not end
    Azione.RIPRISTINARE_ACCESSO: RIPRISTINO,
    Azione.CONFERMARE_RIPRISTINO: RIPRISTINO,
    # of these the words are all in SCOPI, some of which are also steps
    **{
        azione: {}
        for azione in (
            Azione.PROPORRE_SCARTO,
            Azione.APPROVARE_SCARTO,
            Azione.CONTROLLARE_SCARTI,
            Azione.ENTRARE,
            Azione.ACCREDITARE,
            Azione.CONDIVIDERE,
        )
    },
}


def azione_detta(azione: str) -> str:
    """As the page of permissions says it; one that is no longer there, by its name."""
    return str(DETTE.get(azione, azione.replace("_", " "))).rstrip(".")


def scopo_detto(azione: str, finalita: str) -> str:
    """Its words, each part of it in turn; what nobody knows any more stays as it was written."""
    if azione == Azione.STAMPARE:  # of what was read
        return azione_detta(finalita)
    own = PER_AZIONE.get(azione, PASSI)
    for known in (own, SCOPI, EMERGENZE):
        if finalita in known:
            return str(known[finalita])
    name, _mark, lingua = finalita.rpartition("_")
    if name == "rapporto" and lingua in LINGUE:
        return f"{SCOPI[name]} {LINGUE[lingua]}"
    return _parts(own, finalita)


def _parts(own: Mapping[str, Promise], finalita: str) -> str:
    """«firma privacy 12»: the longest words known, then the numbers of the rows."""
    words, said = finalita.split(" "), []
    while words:
        taken = next((n for n in (2, 1) if _word(own, " ".join(words[:n]))), 1)
        head = " ".join(words[:taken])
        said.append(_word(own, head) or (f"n. {head}" if head.isdecimal() else head.replace("_", " ")))
        words = words[taken:]
    return ", ".join(said)


def _word(own: Mapping[str, Promise], head: str) -> str:
    return str(own.get(head) or SCOPI.get(head) or "")
