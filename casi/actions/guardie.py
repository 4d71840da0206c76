"""The conditions of the steps, by the name `casi.percorso` calls them. Each raises Impossibile with what to do."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import chain

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casi import policies
from casi.actions.mossa import Mossa
from casi.errori import Impossibile
from casi.mesi import months_after
from casi.models import Caso, Incompatibilita, MotivoChiusura, Passaggio
from casi.percorso import AIUTO_URGENTE, VERIFICA_ENTRO, Passo
from casi.ruoli import RUOLI, Azione
from casi.selectors.assegnazioni import enti_a_cui_passare
from casi.selectors.chiusura import ha_voci_riservate, interventi_aperti, manca_la_controfirma
from casi.selectors.conclusa import da_avvisare
from casi.selectors.proposte import proposte

QUANDO_DETTO = gettext_lazy(
    "Indica in che giorno hai detto alla famiglia che il caso è tuo: oggi, o un giorno passato."
)


def motivo(mossa: Mossa) -> None:
    if mossa.transizione.motivo and not mossa.dati.motivo.strip():
        raise Impossibile(_("Scrivi perché."))


def verifica_futura(mossa: Mossa) -> None:
    giorno = mossa.dati.prossima_verifica
    today = timezone.localdate()
    if giorno is None or giorno <= today:
        text = _("Scegli per la prossima verifica un giorno che deve ancora venire.")
        raise Impossibile(text, campo="prossima_verifica")
    if giorno > (last := months_after(today, VERIFICA_ENTRO)):
        text = _("Scegli per la prossima verifica un giorno entro un anno, al più tardi il %(fine)s.")
        raise Impossibile(text % {"fine": f"{last:%d/%m/%Y}"}, campo="prossima_verifica")


def termine_urgente(mossa: Mossa) -> None:
    """The days count from the first urgent help of this assessment, however many follow."""
    today, giorno = timezone.localdate(), mossa.dati.urgente_fino_al
    last = _first_urgent(mossa.caso) + timedelta(days=AIUTO_URGENTE)
    if last < today:
        raise Impossibile(
            _("L'aiuto urgente è già durato %(giorni)s giorni: ora serve la valutazione.") % {"giorni": AIUTO_URGENTE}
        )
    if giorno is None or not today <= giorno <= last:
        text = _(
            "L'aiuto urgente dura al massimo %(giorni)s giorni dal primo, fino al %(fine)s: poi serve la valutazione."
        )
        told = text % {"giorni": AIUTO_URGENTE, "fine": f"{last:%d/%m/%Y}"}
        raise Impossibile(told, campo="urgente_fino_al")


def _first_urgent(caso: Caso) -> date:
    steps = Passaggio.objects.filter(caso=caso).order_by("quando")
    again = steps.filter(passo=Passo.RIAPRE).values_list("quando", flat=True).last()
    given = steps.filter(passo=Passo.AIUTA_SUBITO, **({"quando__gt": again} if again else {}))
    first = given.values_list("quando", flat=True).first()
    return timezone.localdate(first) if first else timezone.localdate()


def motivo_di_chiusura(mossa: Mossa) -> None:
    if mossa.dati.motivo_chiusura not in MotivoChiusura.values:
        raise Impossibile(_("Scegli perché il caso si chiude."))


def valutazione_finale(mossa: Mossa) -> None:
    if not mossa.dati.valutazione_finale.strip():
        raise Impossibile(_("Scrivi la valutazione finale: com'è andata."), campo="valutazione_finale")


def note_di_consegna(mossa: Mossa) -> None:
    if not mossa.dati.note_di_consegna.strip():
        text = _("Scrivi le note di consegna: che cosa resta, a chi. Se non resta niente, scrivi questo.")
        raise Impossibile(text, campo="note_di_consegna")


def interventi_conclusi(mossa: Mossa) -> None:
    azioni = policies.azioni_su(mossa.by, mossa.caso.pk)
    open_ones = interventi_aperti(mossa.by, mossa.caso, azioni)
    if open_ones:
        elenco = "; ".join(f"{each.tipo} ({each.ente.nome})" for each in open_ones)
        text = _("Prima di chiudere vanno conclusi o annullati questi interventi: %(elenco)s.")
        raise Impossibile(text % {"elenco": elenco})


def controfirmato(mossa: Mossa) -> None:
    if ha_voci_riservate(mossa.caso) and manca_la_controfirma(mossa.caso):
        raise Impossibile(_("Ci sono voci riservate: prima di chiudere serve la controfirma del coordinatore."))


def attende_controfirma(mossa: Mossa) -> None:
    if not (ha_voci_riservate(mossa.caso) and manca_la_controfirma(mossa.caso)):
        raise Impossibile(_("Questa chiusura non aspetta una controfirma."))


def assistente_adatto(mossa: Mossa) -> None:
    """Of the same body, who takes cases, today; and not the one who has this one. A conflict is not told apart."""
    chosen, today, caso = mossa.dati.assistente, timezone.localdate(), mossa.caso
    ties = policies.ties_of(chosen.utente_id).filter(pk=chosen.pk, ente=caso.ente_titolare) if chosen else None
    if chosen is None or ties is None or not ties.exists() or Azione.ACCETTARE not in RUOLI[chosen.ruolo].azioni:
        raise Impossibile(_("Scegli un assistente sociale del tuo ente."), campo="assistente")
    answers = caso.incarichi.in_force(today).filter(operatore=chosen, parte="responsabile").exists()
    if answers and (mossa.transizione.passo is Passo.RIASSEGNA or _taken(mossa)):
        raise Impossibile(_("È già la persona responsabile di questo caso."), campo="assistente")
    if Incompatibilita.objects.in_force(today).filter(caso=caso, utente=chosen.utente_id).exists():
        raise Impossibile(_("Questa persona non può seguire questo caso: scegline un'altra."), campo="assistente")


def _taken(mossa: Mossa) -> bool:
    """Whether somebody has formally accepted the case: who only assesses it may well be given it."""
    return mossa.caso.prese_in_carico.filter(accettata_il__isnull=False, conclusa_il__isnull=True).exists()


def senza_conflitto(mossa: Mossa) -> None:
    today = timezone.localdate()
    if Incompatibilita.objects.in_force(today).filter(caso=mossa.caso, utente=mossa.by.operatore.utente_id).exists():
        raise Impossibile(_("Su questo caso risulta un tuo conflitto di interessi: rifiutalo."))


def ammesso_dal_sigillo(mossa: Mossa) -> None:
    """A proposal older than the seal opens nothing, though a seal always names the office: on the list today is whoever
    accepts, or who proposed it, and was there when he did."""
    caso, presa = mossa.caso, proposte(mossa.by).filter(caso=mossa.caso).get()
    proposed = Q(operatore=presa.assegnata_da, data_il__lte=presa.assegnata_il)
    named = caso.nominati.in_force(timezone.localdate()).filter(Q(operatore=presa.assegnata_a) | proposed)
    if caso.sigillato and not named.exists():
        raise Impossibile(_("Adesso non puoi accettare questo caso: rifiutalo, e parlane con chi te l'ha assegnato."))


def base_e_avviso(mossa: Mossa) -> None:
    """The household may be told later: who accepts does not know yet who they are."""
    if not mossa.dati.base_giuridica:
        raise Impossibile(_("Indica la base giuridica della presa in carico."))
    if mossa.dati.avviso_alla_famiglia_il is not None:
        _told_in_time(mossa)


def avviso_dato(mossa: Mossa) -> None:
    if not da_avvisare().filter(caso=mossa.caso).exists():
        raise Impossibile(_("La famiglia risulta già avvisata."))
    _told_in_time(mossa)


def _told_in_time(mossa: Mossa) -> None:
    told = mossa.dati.avviso_alla_famiglia_il
    if told is None or told > timezone.localdate():
        raise Impossibile(QUANDO_DETTO, campo="avviso_alla_famiglia_il")
    if told < _begun(mossa.caso):
        text = _("Controlla il giorno: allora il caso non c'era ancora.")
        raise Impossibile(text, campo="avviso_alla_famiglia_il")


def _begun(caso: Caso) -> date:
    """When the household was first heard of: what a case comes from may be older than the case."""
    arrivals = [rows.values_list("ricevuta_il", flat=True) for rows in (caso.richiesta_set, caso.segnalazione_set)]
    heard = caso.ascolti.values_list("quando", flat=True)
    return timezone.localdate(min(chain([caso.aperto_il], heard, *arrivals)))


def altro_ente_della_rete(mossa: Mossa) -> None:
    """A body in the network today, other than this one, where a coordinator will find the case.

    One the person does not want is not told apart.
    """
    ente, caso = mossa.dati.ente, mossa.caso
    unwanted = caso.opposizioni.filter(ente=ente, ritirata_il__isnull=True)
    if ente is None or not enti_a_cui_passare(caso.ente_titolare_id).filter(pk=ente.pk).exists() or unwanted.exists():
        text = _("Scegli un altro ente che oggi faccia parte della rete e abbia un coordinatore.")
        raise Impossibile(text, campo="ente")


GUARDIE: dict[str, Callable[[Mossa], None]] = {
    guardia.__name__: guardia
    for guardia in (
        verifica_futura,
        termine_urgente,
        motivo_di_chiusura,
        valutazione_finale,
        note_di_consegna,
        interventi_conclusi,
        controfirmato,
        attende_controfirma,
        assistente_adatto,
        senza_conflitto,
        ammesso_dal_sigillo,
        base_e_avviso,
        avviso_dato,
        altro_ente_della_rete,
    )
}
