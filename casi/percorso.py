"""The path of a case as one state machine (domain.md §4.1). Data only: `actions.percorso` applies it,
docs/percorso.md is printed from it, pages ask it for the next step."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casi.errori import Impossibile
from casi.models import StatoCaso as S
from casi.ruoli import REGOLE, Azione, Via

# Days; a network may agree on others.
PER_ACCETTARE = 5
AIUTO_URGENTE = 30
PRIMA_VERIFICA = 90
VERIFICA_ENTRO = 12  # months: no review is further away
AVVISARE_ENTRO = 7  # the household, once the case is somebody's


class Passo(StrEnum):
    ASCOLTA = "ascolta"
    VALUTA = "valuta"
    AIUTA_SUBITO = "aiuta_subito"
    ORIENTA = "orienta"
    NON_PRENDE = "non_prende"
    ASSEGNA = "assegna"
    RIASSEGNA = "riassegna"
    ACCETTA = "accetta"
    RIFIUTA = "rifiuta"
    AVVISA = "avvisa"
    FISSA_VERIFICA = "fissa_verifica"
    SOSPENDE = "sospende"
    RIPRENDE = "riprende"
    AVVIA_CHIUSURA = "avvia_chiusura"
    ANNULLA_CHIUSURA = "annulla_chiusura"
    CONTROFIRMA = "controfirma"
    CHIUDE = "chiude"
    RIAPRE = "riapre"
    TRASFERISCE = "trasferisce"


@dataclass(frozen=True)
class Transizione:
    """One step: who may take it (`azione`), from where, to where, on which conditions, with which consequences."""

    passo: Passo
    azione: Azione
    da: frozenset[S]
    a: S | None  # None: the case stays where it is
    etichetta: Promise  # on the button
    fatto: Promise  # in the history
    guardie: tuple[str, ...] = ()  # names in actions.guardie
    effetti: tuple[str, ...] = ()  # names in actions.effetti
    motivo: bool = False  # a reason is required
    principale: bool = False  # what one would naturally do next: the first button of the page

    def arrivo(self, stato: str) -> S:
        return self.a or S(stato)


IN_CARICO = frozenset({S.PRESO_IN_CARICO, S.SOSPESO, S.IN_CHIUSURA})
DA_ASSEGNARE = frozenset({S.IN_VALUTAZIONE, S.TRASFERITO})
FINITI = frozenset({S.CHIUSO, S.ORIENTATO, S.NON_PRESO_IN_CARICO})
# One that came by mistake too: it is sent back, or on, by who knows its number, and nobody there has read it.
APERTI = frozenset(S) - FINITI
# A hand-over here gives the case to somebody else, and is no formal assumption of responsibility.
SENZA_PRESA = FINITI | {S.SEGNALATO, S.PRIMO_ASCOLTO, S.RIAPERTO}
FINE = ("togli_enti", "togli_persone", "chiudi_emergenze", "concludi_presa", "segna_fine")

# In the order in which a page offers them: the first that may be done is the next step.
TRANSIZIONI: tuple[Transizione, ...] = (
    Transizione(
        Passo.ASCOLTA, Azione.ASCOLTARE, frozenset({S.SEGNALATO}), S.PRIMO_ASCOLTO,
        _("Comincia il primo ascolto"), _("Cominciato il primo ascolto"), principale=True,
    ),
    Transizione(
        Passo.VALUTA, Azione.VALUTARE, frozenset({S.PRIMO_ASCOLTO, S.RIAPERTO}), S.IN_VALUTAZIONE,
        _("Comincia la valutazione"), _("Cominciata la valutazione"), principale=True,
    ),
    Transizione(
        Passo.AVVISA, Azione.CONDURRE, IN_CARICO, None,
        _("Segna che la famiglia lo sa"), _("Avvisata la famiglia"),
        ("avviso_dato",), ("segna_avviso",), principale=True,
    ),
    Transizione(
        Passo.RIPRENDE, Azione.CONDURRE, frozenset({S.SOSPESO}), S.PRESO_IN_CARICO,
        _("Riprendi il caso"), _("Ripreso"), principale=True,
    ),
    Transizione(
        Passo.FISSA_VERIFICA, Azione.CONDURRE, frozenset({S.PRESO_IN_CARICO, S.SOSPESO}), None,
        _("Fissa la prossima verifica"), _("Fissata la prossima verifica"),
        ("verifica_futura",), ("fissa_verifica",), principale=True,
    ),
    Transizione(
        Passo.CHIUDE, Azione.CONDURRE, frozenset({S.IN_CHIUSURA}), S.CHIUSO,
        _("Chiudi il caso"), _("Chiuso"),
        ("motivo_di_chiusura", "valutazione_finale", "note_di_consegna", "interventi_conclusi", "controfirmato"),
        ("scrivi_nel_diario", "concludi_nascosti", *FINE), principale=True,
    ),
    Transizione(
        Passo.RIAPRE, Azione.CONDURRE, FINITI, S.RIAPERTO,
        _("Riapri il caso"), _("Riaperto"),
        (), ("togli_enti", "riparti_da_zero"), motivo=True,
    ),
    Transizione(
        Passo.AIUTA_SUBITO, Azione.VALUTARE, frozenset({S.PRIMO_ASCOLTO, S.IN_VALUTAZIONE}), None,
        _("Segna un aiuto urgente"), _("Aiuto urgente, prima di finire la valutazione"),
        ("termine_urgente",), ("segna_urgente",),
    ),
    Transizione(
        Passo.ORIENTA, Azione.ASCOLTARE, frozenset({S.PRIMO_ASCOLTO}), S.ORIENTATO,
        _("È bastato orientare"), _("È bastato orientare"),
        (), FINE,
    ),
    Transizione(
        Passo.NON_PRENDE, Azione.VALUTARE, frozenset({S.PRIMO_ASCOLTO, S.IN_VALUTAZIONE}), S.NON_PRESO_IN_CARICO,
        _("Non prendere in carico"), _("Non preso in carico"),
        (), FINE, motivo=True,
    ),
    Transizione(
        Passo.SOSPENDE, Azione.CONDURRE, frozenset({S.PRESO_IN_CARICO}), S.SOSPESO,
        _("Sospendi il caso"), _("Sospeso"), motivo=True,
    ),
    Transizione(
        Passo.AVVIA_CHIUSURA, Azione.CONDURRE, frozenset({S.PRESO_IN_CARICO, S.SOSPESO}), S.IN_CHIUSURA,
        _("Avvia la chiusura"), _("Avviata la chiusura"),
    ),
    Transizione(
        Passo.ANNULLA_CHIUSURA, Azione.CONDURRE, frozenset({S.IN_CHIUSURA}), None,
        _("Annulla la chiusura"), _("Annullata la chiusura"),
        (), ("torna_com_era",),
    ),
    # --- the coordinator, by number alone
    Transizione(
        Passo.ASSEGNA, Azione.ASSEGNARE, DA_ASSEGNARE, None,
        _("Assegna"), _("Proposto a un assistente sociale"),
        ("assistente_adatto",), ("proponi",),
    ),
    Transizione(
        Passo.RIASSEGNA, Azione.ASSEGNARE, IN_CARICO | SENZA_PRESA, None,
        _("Passa a un'altra persona"), _("Passato a un'altra persona"),
        ("assistente_adatto",), ("togli_responsabile", "proponi"),
    ),
    Transizione(
        Passo.CONTROFIRMA, Azione.CONTROFIRMARE, frozenset({S.IN_CHIUSURA}), None,
        _("Controfirma la chiusura"), _("Chiusura controfirmata"),
        ("attende_controfirma",),
    ),
    Transizione(
        Passo.TRASFERISCE, Azione.TRASFERIRE, APERTI, S.TRASFERITO,
        _("Trasferisci a un altro ente"), _("Trasferito a un altro ente"),
        ("altro_ente_della_rete",), ("togli_enti", "togli_tutti", "chiudi_emergenze", "concludi_presa", "cambia_ente"),
        motivo=True,
    ),
    # --- the social worker it was assigned to
    Transizione(
        Passo.ACCETTA, Azione.ACCETTARE, DA_ASSEGNARE, S.PRESO_IN_CARICO,
        _("Accetta il caso"), _("Preso in carico"),
        ("senza_conflitto", "ammesso_dal_sigillo", "base_e_avviso", "verifica_futura"),
        ("affida", "fissa_verifica", "togli_urgenza"),
    ),
    Transizione(
        Passo.ACCETTA, Azione.ACCETTARE, IN_CARICO, None,
        _("Accetta il caso"), _("Preso in carico da un'altra persona"),
        ("senza_conflitto", "ammesso_dal_sigillo", "base_e_avviso", "verifica_futura"),
        ("affida", "fissa_verifica"),
    ),
    Transizione(
        Passo.ACCETTA, Azione.ACCETTARE, SENZA_PRESA, None,
        _("Accetta il caso"), _("Passato a un'altra persona, che ha accettato"),
        ("senza_conflitto", "ammesso_dal_sigillo", "base_e_avviso"), ("affida", "concludi_presa"),
    ),
    Transizione(
        Passo.RIFIUTA, Azione.ACCETTARE, DA_ASSEGNARE | IN_CARICO | SENZA_PRESA, None,
        _("Rifiuta il caso"), _("Non accettato: torna da assegnare"),
        (), ("segna_rifiuto",), motivo=True,
    ),
)  # fmt: skip

# Reasons that are not the case's history but a matter between the social worker and her service.
MOTIVO_ALTROVE = frozenset({Passo.RIFIUTA})


class PassoNonPrevisto(Impossibile):
    """From this state that step leads nowhere."""


def transizione(stato: str, passo: Passo) -> Transizione:
    """The step as the machine knows it from `stato`. Raises PassoNonPrevisto."""
    for each in TRANSIZIONI:
        if each.passo is passo and stato in each.da:
            return each
    raise PassoNonPrevisto(_("Questo passo non è più possibile: il caso intanto è andato avanti."))


def possibili(stato: str, azioni: Collection[Azione]) -> list[Transizione]:
    """The steps of who works on the case, from `stato`, with the actions he has on it: the next one first."""
    return [
        each
        for each in TRANSIZIONI
        if stato in each.da and each.azione in azioni and REGOLE[each.azione].via is Via.INCARICO
    ]


def del_coordinatore(stato: str) -> list[Transizione]:
    """The steps of who knows the case by its number alone."""
    return [each for each in TRANSIZIONI if stato in each.da and REGOLE[each.azione].via is Via.UFFICIO]


def fatto(passo: str, da: str, a: str) -> str:
    """What the history says of a step taken from `da`, or else of the same step from anywhere. Only for one older than
    the machine is it the name of the state it led to, `a`."""
    same = [each for each in TRANSIZIONI if each.passo == passo]
    from_there = [each for each in same if da in each.da]
    return next((str(each.fatto) for each in from_there + same), str(S(a).label))
