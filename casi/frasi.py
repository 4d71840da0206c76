"""What was done, in words for whom it was done about: short, and the same on the desk and in the person's report."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casi.registro import FINE, LEGGE
from casi.ruoli import Azione

# A case among others, in a page that lists them.
IN_ELENCO = frozenset({Azione.ENTRARE, Azione.ELENCARE_CASI, Azione.ELENCARE_DA_ASSEGNARE})
LETTORI = _("Ha cambiato chi può vedere")
FRASI: tuple[tuple[Promise, frozenset[Azione]], ...] = (
    (_("Ha aperto il caso"), frozenset({Azione.VEDERE_CASO})),
    (_("Ha visto il caso in un elenco"), IN_ELENCO),
    (_("Ha stampato la pagina che leggeva"), frozenset({Azione.STAMPARE})),
    (_("Ha letto nomi e contatti"), frozenset({Azione.VEDERE_PERSONE})),
    (_("Ha corretto i dati delle persone"), frozenset({Azione.MODIFICARE_PERSONE, Azione.FONDERE_PERSONE})),
    (_("Ha scritto la richiesta"), frozenset({Azione.REGISTRARE_RICHIESTA})),
    (
        _("Ha letto richieste o ascolti"),
        frozenset({Azione.GESTIRE_ARRIVI, Azione.VEDERE_MINORI_A_RISCHIO, Azione.SCRIVERE_ASCOLTO}),
    ),
    (
        _("Ha lavorato al percorso"),
        frozenset(
            {
                Azione.ASCOLTARE,
                Azione.APRIRE_CASO,
                Azione.VALUTARE,
                Azione.ASSEGNARE,
                Azione.TRASFERIRE,
                Azione.ACCETTARE,
                Azione.CONDURRE,
                Azione.CONTROFIRMARE,
            }
        ),
    ),
    (
        _("Ha letto il diario"),
        frozenset(
            {
                Azione.DIARIO_PROPRIO,
                Azione.DIARIO_ENTE,
                Azione.DIARIO_CONDIVISO,
                Azione.NOTE_PROFESSIONALI,
                Azione.VOCI_RISERVATE,
            }
        ),
    ),
    (_("Ha scritto nel diario"), frozenset({Azione.SCRIVERE_DIARIO, Azione.SCRIVERE_NOTE})),
    (
        _("Ha visto gli aiuti in corso"),
        frozenset({Azione.INTERVENTI_ENTE, Azione.INTERVENTI_ALTRUI, Azione.VISTA_GLOBALE}),
    ),
    (_("Ha scritto di un aiuto"), frozenset({Azione.SCRIVERE_INTERVENTI})),
    (
        LETTORI,
        frozenset(
            {
                Azione.NOMINARE_LETTORI,
                Azione.AFFIDARE_VOCI,
                Azione.CONDIVIDERE,
                Azione.SIGILLARE,
                Azione.OSCURARE,
                Azione.DICHIARARE_CONFLITTO,
            }
        ),
    ),
    (_("Ha aperto il caso in emergenza"), frozenset({Azione.APRIRE_IN_EMERGENZA})),
    (_("Ha cercato una persona o una famiglia"), frozenset({Azione.CERCARE, Azione.VERIFICARE_SOVRAPPOSIZIONE})),
    (_("Ha guardato chi ha visto il caso"), frozenset({Azione.ACCESSI_AL_CASO})),
    (_("Ha preparato una copia dei dati"), frozenset({Azione.ESTRARRE})),
    (
        _("Ha controllato il registro degli accessi"),
        frozenset(
            {
                Azione.PROPRI_ACCESSI,
                Azione.ACCESSI_DELL_ENTE,
                Azione.CONTARE_ACCESSI,
                Azione.LEGGERE_REGISTRO,
                Azione.ESPORTARE_REGISTRO,
                Azione.ESAMINARE_EMERGENZE,
            }
        ),
    ),
    (
        _("Ha deciso che cosa non si conserva più"),
        frozenset({Azione.PROPORRE_SCARTO, Azione.APPROVARE_SCARTO, Azione.CONTROLLARE_SCARTI}),
    ),
    (
        _("Ha accreditato o proposto operatori"),
        frozenset(
            {
                Azione.ACCREDITARE,
                Azione.PROPORRE_OPERATORE,
                Azione.RIPRISTINARE_ACCESSO,
                Azione.CONFERMARE_RIPRISTINO,
            }
        ),
    ),
)
ALTRO = _("Altra operazione")
APERTO = FRASI[0][0]
# What the register says a page was opened for: the form of an act, seen, is not the act.
LETTURE = frozenset({"titolare", "ammesso", "emergenza", "valutazione", "confronta", LEGGE})
ATTI = frozenset(
    {
        Azione.MODIFICARE_PERSONE,
        Azione.FONDERE_PERSONE,
        Azione.ASCOLTARE,
        Azione.VALUTARE,
        Azione.ASSEGNARE,
        Azione.TRASFERIRE,
        Azione.ACCETTARE,
        Azione.CONDURRE,
        Azione.CONTROFIRMARE,
        Azione.SCRIVERE_DIARIO,
        Azione.SCRIVERE_NOTE,
        Azione.SCRIVERE_INTERVENTI,
        Azione.NOMINARE_LETTORI,
        Azione.AFFIDARE_VOCI,
        Azione.CONDIVIDERE,
        Azione.PROPORRE_OPERATORE,
        Azione.SIGILLARE,
        Azione.OSCURARE,
        Azione.DICHIARARE_CONFLITTO,
    }
)
# What shows many at once, none of them opened.
ARRIVI = frozenset({Azione.GESTIRE_ARRIVI, Azione.SCRIVERE_ASCOLTO})
ELENCHI = frozenset({"elenco", "elenca"})
# On a case that who does it may not read.
SENZA_LEGGERE = frozenset({Azione.ASSEGNARE, Azione.TRASFERIRE, Azione.CONTROFIRMARE})
NUMERO = _("Ha visto il numero del caso, senza aprirlo")
VISTA_IN_ELENCO = _("Ha visto la richiesta in un elenco")
FINITA = _("È finito l'accesso in emergenza")
ENTRATO = _("È entrato nell'area riservata")
# Where what an act was for says that it was another one.
SCARTI = (Azione.PROPORRE_SCARTO, Azione.APPROVARE_SCARTO, Azione.CONTROLLARE_SCARTI)
ASCOLTATO = _("Ha scritto un ascolto")
RETE = (Azione.ACCREDITARE, Azione.RIPRISTINARE_ACCESSO, Azione.CONFERMARE_RIPRISTINO)
PER_SCOPO: dict[tuple[str, str], Promise] = {
    (Azione.ESTRARRE, "prepara"): _("Ha letto i testi per una copia dei dati"),
    (Azione.DIARIO_PROPRIO, "allegati"): _("Ha visto l'elenco dei file"),
    (Azione.DIARIO_PROPRIO, "scarica"): _("Ha scaricato un file"),
    **{(azione, "allega"): _("Ha aggiunto un file") for azione in (Azione.SCRIVERE_DIARIO, Azione.SCRIVERE_NOTE)},
    (Azione.SCRIVERE_DIARIO, "nascosti"): APERTO,
    (Azione.FONDERE_PERSONE, "candidate"): _("Ha cercato schede uguali"),  # also on cases that are not opened
    (Azione.ASCOLTARE, "ascolto"): ASCOLTATO,
    (Azione.SCRIVERE_DIARIO, "ascolto"): ASCOLTATO,  # as it was written until listening was an action of its own
    (Azione.CONDURRE, "cancellazione"): _("Ha guardato se è stato chiesto di cancellare"),
    (Azione.CONDURRE, "chiede la cancellazione"): _("Ha scritto che la persona chiede di cancellare"),
    (Azione.CONTROFIRMARE, "affidamenti"): NUMERO,
    **{(Azione.CONTROFIRMARE, scopo): LETTORI for scopo in ("affida", "non_affida")},
    **{(azione, scopo): _("Ha guardato enti e operatori della rete") for azione in RETE for scopo in ("elenco", LEGGE)},
    (Azione.ACCREDITARE, "subentra"): _("È passata a questo ente: quello di prima oggi non è nella rete"),
    **{(Azione.SCRIVERE_ASCOLTO, scopo): ASCOLTATO for scopo in ("scrive", "corregge", "aggiunge")},
    **{
        (azione, scopo): _("Ha guardato che cosa ha finito il suo tempo")
        for azione in SCARTI
        for scopo in ("scaduti", "elenchi", "elenco")
    },
}
PER_AZIONE: dict[str, Promise] = {azione.value: frase for frase, azioni in FRASI for azione in azioni}


def done(azione: str, finalita: str) -> Promise:
    """In the language of the page it is shown on; an action that is no longer there still has a line."""
    if azione == Azione.APRIRE_IN_EMERGENZA and finalita == FINE:
        return FINITA
    if azione in ARRIVI and listed(azione, finalita):
        return VISTA_IN_ELENCO
    if azione in ATTI and finalita in LETTURE:
        return NUMERO if azione in SENZA_LEGGERE else APERTO
    return PER_SCOPO.get((azione, finalita)) or PER_AZIONE.get(azione, ALTRO)


def listed(azione: str, finalita: str) -> bool:
    """Whether it was seen among others, and not opened."""
    return azione in IN_ELENCO or (azione in ARRIVI and finalita in ELENCHI)


def phrase(azione: str, finalita: str, *, case: bool = True) -> str:
    """The same, now. `case`: whether the line is about any.

    The page everybody begins with lists cases to some, and none to others.
    """
    return str(ENTRATO if azione == Azione.ENTRARE and not case else done(azione, finalita))
