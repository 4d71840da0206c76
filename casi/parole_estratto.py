"""Words of the area that the person reads in the copy of her data: said here once more, to be translated.

Operators read them in Italian only, so the modules they come from are not translated as a whole. A test holds these
lists to the choices of the models and to the retention classes.
"""

from django.utils.translation import gettext, gettext_noop

PAROLE = (
    # states of the case
    gettext_noop("Segnalato"),
    gettext_noop("Primo ascolto"),
    gettext_noop("In valutazione"),
    gettext_noop("Preso in carico"),
    gettext_noop("Sospeso"),
    gettext_noop("In chiusura"),
    gettext_noop("Chiuso"),
    gettext_noop("Riaperto"),
    gettext_noop("Orientato"),
    gettext_noop("Non preso in carico"),
    gettext_noop("Trasferito"),
    # her request
    gettext_noop("Telefono"),
    gettext_noop("Messaggio"),
    gettext_noop("E-mail"),
    gettext_noop("Passo di persona"),
    gettext_noop("Dal sito"),
    gettext_noop("Al telefono"),
    gettext_noop("Allo sportello"),
    gettext_noop("In un altro modo"),
    gettext_noop("Nuova"),
    gettext_noop("Vista"),
    gettext_noop("Ascolto fissato"),
    gettext_noop("Indirizzata altrove"),
    gettext_noop("Non di competenza"),
    gettext_noop("Doppia"),
    gettext_noop("Ritirata"),
    # who lives with her, and where
    gettext_noop("Persona di riferimento"),
    gettext_noop("Coniuge o convivente"),
    gettext_noop("Figlia o figlio"),
    gettext_noop("Genitore"),
    gettext_noop("Altro parente"),
    gettext_noop("Altra persona che vive qui"),
    gettext_noop("Residenza"),
    gettext_noop("Domicilio"),
    gettext_noop("Ospite di qualcuno"),
    gettext_noop("In una struttura"),
    gettext_noop("Senza un tetto"),
    # areas of an assessment
    gettext_noop("Soldi"),
    gettext_noop("Casa"),
    gettext_noop("Lavoro"),
    gettext_noop("Relazioni"),
    gettext_noop("Capacità"),
    gettext_noop("Salute"),
    gettext_noop("Bambini e ragazzi"),
    # kinds of diary entries
    gettext_noop("Colloquio"),
    gettext_noop("Visita a casa"),
    gettext_noop("Telefonata"),
    gettext_noop("Riunione"),
    gettext_noop("Nota"),
    gettext_noop("Rettifica chiesta dalla persona"),
    gettext_noop("Valutazione finale"),
    gettext_noop("Note di consegna"),
    # help
    gettext_noop("Richiesto"),
    gettext_noop("Autorizzato"),
    gettext_noop("In corso"),
    gettext_noop("Concluso"),
    gettext_noop("Rifiutato"),
    gettext_noop("Annullato"),
    # who else may see, and on which ground
    gettext_noop("Costruire insieme il progetto di sostegno"),
    gettext_noop("Fornire un aiuto concordato"),
    gettext_noop("Accompagnare verso un altro servizio"),
    gettext_noop("Verificare insieme come va"),
    gettext_noop("Compito di interesse pubblico"),
    gettext_noop("Atto amministrativo generale o protocollo"),
    gettext_noop("Consenso della persona"),
    gettext_noop("Interesse vitale"),
    # how long things are kept
    gettext_noop("Cartella di un caso chiuso"),
    gettext_noop("Richieste e segnalazioni senza seguito"),
    gettext_noop("Ascolti senza presa in carico"),
    gettext_noop("Bozze e moduli già inviati"),
)


# The same of a class that says how long by itself; and from when, after so many months.
IN_BREVE = {"Registro degli accessi: mai meno di 24 mesi": gettext_noop("Registro degli accessi")}
DA_QUANDO = {
    "chiusura del caso": gettext_noop("dalla chiusura del caso"),
    "arrivo": gettext_noop("dall'arrivo"),
    "ascolto": gettext_noop("dall'ascolto"),
    "ultima modifica": gettext_noop("dall'ultima modifica"),
    "accesso": gettext_noop("dall'accesso"),
}
# What the network keeps a case for.
FINALITA = gettext_noop("Ascoltarti, valutare con te di che cosa c'è bisogno e seguirti con un progetto di sostegno.")
# The key of what somebody else at home may not find in what she is handed (docs/decisions/0019).
CONTATTO_SICURO = "contatto_sicuro"
# What is not in a copy, by kind.
MANCA = {
    "altri": gettext_noop("Nomi e contatti di altre persone, per proteggerle come proteggiamo te."),
    "dopo": gettext_noop(
        "Quello che c'è dal giorno in cui hai lasciato questo nucleo: la tua casa e i tuoi contatti di adesso chiedili "
        "a chi ti segue, il resto riguarda chi è rimasto."
    ),
    "chi_ha_scritto": gettext_noop("Chi ha segnalato o chiesto aiuto per te, e con quali parole."),
    "richieste_di_altri": gettext_noop("Che cosa chiedono le richieste in cui non c'è il tuo nome."),
    "ascolti_di_altri": gettext_noop("Ascolti fatti con altre persone."),
    "ascolti": gettext_noop("Alcuni ascolti o valutazioni."),
    "diario": gettext_noop("Alcune voci di diario."),
    "note": gettext_noop("Alcune note professionali."),
    "riservate": gettext_noop("Alcune voci riservate."),
    "salute_e_minori": gettext_noop("Ciò che la valutazione dice di salute, bambini e ragazzi, in tutto o in parte."),
    "contenuto_dei_file": gettext_noop("Il contenuto dei file."),
    "file_riservati": gettext_noop("I nomi di alcuni file riservati."),
    "motivi": gettext_noop("I motivi scritti quando il caso è passato da uno stato a un altro."),
    "altri_enti": gettext_noop(
        "Ciò che chi ha preparato la copia non può leggere: voci riservate ad altri, se ce ne sono, e quello che gli "
        "altri enti scrivono e conservano per conto loro."
    ),
    CONTATTO_SICURO: gettext_noop("Quando e come contattarti senza pericolo: un foglio lo può trovare chiunque."),
}
SI_NO = (gettext_noop("sì"), gettext_noop("no"))
# What her record calls each field that was corrected.
PRIMA = {
    **dict.fromkeys(("cognome", "nome"), gettext_noop("Cognome e nome")),
    **dict.fromkeys(("data_nascita", "nascita_presunta", "luogo_nascita"), gettext_noop("Nascita")),
    "cittadinanza": gettext_noop("Cittadinanza"),
    "codice_fiscale": gettext_noop("Codice fiscale"),
    "documenti": gettext_noop("Documenti"),
    **dict.fromkeys(("lingua", "interprete"), gettext_noop("Lingua")),
    "telefono": gettext_noop("Telefono"),
    "email": gettext_noop("E-mail"),
    "contatto_sicuro": gettext_noop("Come contattarti senza pericolo"),
    **dict.fromkeys(("senza_dimora", "tipo", "comune", "indirizzo"), gettext_noop("Dove vivi")),
    "ruolo": gettext_noop("Il tuo posto nella famiglia"),
    **dict.fromkeys(("dal", "al"), gettext_noop("Giorni")),
}
# A body that the paper does not name.
ALTRO_ENTE = gettext_noop("un altro ente della rete")
COPERTO = gettext_noop("[altra persona]")  # in place of a name that is not hers


TUTTE = frozenset(
    (*PAROLE, FINALITA, *IN_BREVE.values(), *DA_QUANDO.values(), *MANCA.values(), *PRIMA.values(), *SI_NO)
)


def detta(parola: str) -> str:
    """A word kept as data, in the language of the moment; one that was added later stays as it is."""
    return gettext(parola) if parola in TUTTE else parola


def conservata(descrizione: str) -> str:
    """What a retention class is about, in the language of the moment."""
    return detta(IN_BREVE.get(descrizione, descrizione))


def da_quando(evento: str) -> str:
    """The same of the event its months are counted from: «dalla chiusura del caso»."""
    return detta(DA_QUANDO.get(evento, f"({evento})"))
