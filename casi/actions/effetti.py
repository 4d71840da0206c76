"""The consequences of the steps, by the name `casi.percorso` calls them: grants, dates, notices. All in the
transaction of the step: what a step takes away is gone with it."""

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from casi.actions.ammissioni import end_all
from casi.actions.avvisi import notify
from casi.actions.incarichi import give, take
from casi.actions.limiti import cover, nominate, strike
from casi.actions.mossa import Mossa
from casi.actions.versioni import save_version
from casi.models import (
    Incarico,
    Intervento,
    Livello,
    NominatoAlSigillo,
    Parte,
    PresaInCarico,
    StatoCaso,
    StatoIntervento,
    TipoAvviso,
    TipoVoce,
    VoceDiario,
)
from casi.percorso import Passo
from casi.registro import FINE, NASCOSTO, Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.chiusura import INTERVENTI_APERTI
from casi.selectors.conclusa import da_avvisare
from casi.selectors.limiti import ufficio
from casi.selectors.proposte import proposte
from catalogo.models import Operatore


def proponi(mossa: Mossa) -> None:
    """The case waits for the chosen social worker; an assignment that was there ends here."""
    concludi_presa(mossa)
    chosen = mossa.dati.assistente
    presa = PresaInCarico(caso=mossa.caso, assegnata_a=chosen, assegnata_da=mossa.by.operatore)
    presa.full_clean()
    presa.save()
    _tell(mossa, TipoAvviso.PRESA_IN_CARICO, [presa.assegnata_a])


def affida(mossa: Mossa) -> None:
    """The one who accepts becomes responsible, whoever was responsible is no more."""
    caso, me, today = mossa.caso, mossa.by.operatore, timezone.localdate()
    presa = proposte(mossa.by).filter(caso=mossa.caso).get()
    presa.accettata_il = timezone.now()
    presa.base_giuridica = mossa.dati.base_giuridica
    presa.avviso_alla_famiglia_il = mossa.dati.avviso_alla_famiglia_il
    presa.full_clean()
    presa.save()
    mine = caso.incarichi.in_force(today).filter(operatore=me)
    if not mine.filter(parte=Parte.RESPONSABILE).exists():
        togli_responsabile(mossa)
        for incarico in mine:
            take(mossa.by, incarico)
        give(mossa.by, caso, me, Parte.RESPONSABILE)
    if caso.sigillato and not caso.nominati.in_force(today).filter(operatore=me).exists():
        nominate(mossa.by, caso, me, da=presa.assegnata_da)


def segna_avviso(mossa: Mossa) -> None:
    da_avvisare().filter(caso=mossa.caso).update(avviso_alla_famiglia_il=mossa.dati.avviso_alla_famiglia_il)


def segna_rifiuto(mossa: Mossa) -> None:
    """The reason stays with the assignment, sealed: the coordinator, who reads no case, is not shown it."""
    presa = proposte(mossa.by).filter(caso=mossa.caso).get()
    presa.rifiutata_il, presa.motivo_rifiuto = timezone.now(), mossa.dati.motivo
    presa.full_clean()
    presa.save()


def concludi_presa(mossa: Mossa) -> None:
    now = timezone.now()
    PresaInCarico.objects.filter(caso=mossa.caso, rifiutata_il__isnull=True, conclusa_il__isnull=True).update(
        conclusa_il=now
    )


def togli_responsabile(mossa: Mossa) -> None:
    _take(mossa, _standing(mossa).filter(parte=Parte.RESPONSABILE))


def togli_persone(mossa: Mossa) -> None:
    """Everybody but the responsible, from this very moment."""
    _take(mossa, _standing(mossa).exclude(parte=Parte.RESPONSABILE))


def togli_tutti(mossa: Mossa) -> None:
    _take(mossa, _standing(mossa))


def togli_enti(mossa: Mossa) -> None:
    """The other bodies with their people, from this very moment; also admissions that were to begin later."""
    end_all(mossa.by, mossa.caso)


def chiudi_emergenze(mossa: Mossa) -> None:
    """Each end is a line of its own, in the name of who took the step."""
    now = timezone.now()
    for row in mossa.caso.emergenze.select_for_update().filter(fine__gt=now, chiuso_il__isnull=True):
        row.chiuso_il = now
        row.save(update_fields=["chiuso_il"])
        told = Dettaglio(row, finalita=FINE)
        record(mossa.by, Azione.APRIRE_IN_EMERGENZA, casi=[mossa.caso.pk], dettaglio=told)


def riparti_da_zero(mossa: Mossa) -> None:
    """Only the one who reopens is on the case again, also on its seal, where the holder's coordinators stay."""
    caso, me = mossa.caso, mossa.by.operatore
    _take(mossa, _standing(mossa).exclude(operatore=me))
    _unname(mossa, caso.nominati.exclude(Q(operatore=me) | Q(operatore__in=ufficio(caso).order_by().values("pk"))))
    cover(mossa.by, caso)
    mossa.caso.chiuso_il, mossa.caso.motivo_chiusura = None, ""


def segna_fine(mossa: Mossa) -> None:
    caso = mossa.caso
    caso.chiuso_il, caso.motivo_chiusura = timezone.now(), mossa.dati.motivo_chiusura
    caso.prossima_verifica = caso.urgente_fino_al = None


def scrivi_nel_diario(mossa: Mossa) -> None:
    """How it went, and what is left to whom: two entries, which say by themselves what they are."""
    me, dati = mossa.by.operatore, mossa.dati
    for tipo, testo in ((TipoVoce.FINALE, dati.valutazione_finale), (TipoVoce.CONSEGNE, dati.note_di_consegna)):
        voce = VoceDiario(caso=mossa.caso, ente=me.ente, autore=me, livello=Livello.CARTELLA, tipo=tipo)
        voce.avvenuto_il, voce.testo = timezone.localdate(), testo
        voce.full_clean()
        voce.save()


def concludi_nascosti(mossa: Mossa) -> None:
    """What is open still somebody else has hidden: it ends with the case, and its author, who sees it, finds it ended.

    The register has a line of each, for who watches over it; nothing is written where who closes would read it, in the
    report of the case either.
    """
    today = timezone.localdate()
    for riga in Intervento.objects.filter(caso=mossa.caso, stato__in=INTERVENTI_APERTI).order_by("pk"):
        begun = riga.stato in (StatoIntervento.IN_CORSO, StatoIntervento.SOSPESO)
        riga.stato = StatoIntervento.CONCLUSO if begun else StatoIntervento.ANNULLATO
        riga.al = max(riga.dal, min(riga.al or today, today))
        save_version(riga, letta=riga.versione)
        told = Dettaglio(riga, finalita=NASCOSTO)
        record(mossa.by, Azione.CONDURRE, casi=[mossa.caso.pk], dettaglio=told)


def cambia_ente(mossa: Mossa) -> None:
    """The number stays; the new body's coordinator finds it among those to assign, and is named on its seal."""
    caso = mossa.caso
    _unname(mossa, caso.nominati.all())
    caso.ente_titolare = mossa.dati.ente  # type: ignore[assignment]
    cover(mossa.by, caso)
    caso.prossima_verifica = None


def torna_com_era(mossa: Mossa) -> None:
    """Where the case stood when this closing was begun; a countersignature voided meanwhile began nothing."""
    begun = mossa.caso.passaggi.filter(passo=Passo.AVVIA_CHIUSURA).exclude(da=StatoCaso.IN_CHIUSURA)
    last = begun.order_by("-quando", "pk").values_list("da", flat=True).first()
    mossa.caso.stato = last or StatoCaso.PRESO_IN_CARICO


def fissa_verifica(mossa: Mossa) -> None:
    mossa.caso.prossima_verifica = mossa.dati.prossima_verifica


def segna_urgente(mossa: Mossa) -> None:
    mossa.caso.urgente_fino_al = mossa.dati.urgente_fino_al


def togli_urgenza(mossa: Mossa) -> None:
    mossa.caso.urgente_fino_al = None


def _standing(mossa: Mossa) -> QuerySet[Incarico]:
    """The assignments that are not over, those that begin later too."""
    today = timezone.localdate()
    return mossa.caso.incarichi.filter(Q(al__isnull=True) | Q(al__gte=today), tolta_il__isnull=True).select_related(
        "operatore"
    )


def _take(mossa: Mossa, incarichi: Iterable[Incarico]) -> None:
    ended = list(incarichi)
    for incarico in ended:
        take(mossa.by, incarico)
    _tell(mossa, TipoAvviso.INCARICO_FINITO, [incarico.operatore for incarico in ended])


def _unname(mossa: Mossa, nominati: QuerySet[NominatoAlSigillo]) -> None:
    strike(mossa.by, nominati.filter(tolta_il__isnull=True).order_by("pk"))


def _tell(mossa: Mossa, tipo: TipoAvviso, people: Iterable[Operatore]) -> None:
    """Everybody but who takes the step, without the case: none of them sees it now."""
    notify((each for each in people if each != mossa.by.operatore), tipo)


EFFETTI: dict[str, Callable[[Mossa], None]] = {
    effetto.__name__: effetto
    for effetto in (
        proponi,
        affida,
        segna_avviso,
        segna_rifiuto,
        concludi_presa,
        togli_responsabile,
        togli_persone,
        togli_tutti,
        togli_enti,
        chiudi_emergenze,
        riparti_da_zero,
        segna_fine,
        scrivi_nel_diario,
        concludi_nascosti,
        cambia_ente,
        torna_com_era,
        fissa_verifica,
        segna_urgente,
        togli_urgenza,
    )
}
