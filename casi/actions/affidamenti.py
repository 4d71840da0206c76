"""A reader again for a level 5 entry or area that lost its last one: one asks, another decides, neither has read it."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.avvisi import in_office, notify
from casi.actions.lettori import name
from casi.actions.serratura import claim
from casi.attore import Attore
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Affidamento, Caso, Livello, TipoAvviso, su
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.affidamenti import affidabili, aperti, muta, on_case
from casi.selectors.garanti import garanti
from catalogo.models.operatore import RuoloOperatore


@transaction.atomic
def chiedi(*, by: Attore, caso: UUID, voce: UUID, operatore: int) -> Affidamento:
    """That `operatore`, a social worker on the case, read it. Opens nothing. Raises Vietato, Impossibile,
    ValidationError."""
    locked = claim(by, Azione.AFFIDARE_VOCI, caso)
    riga = muta(locked, voce)
    if riga is None:
        raise Vietato(Azione.AFFIDARE_VOCI, caso)
    chosen = affidabili(locked).filter(pk=operatore).first()
    if chosen is None:
        raise ValidationError({"operatore": _("Scegli un assistente sociale dell'ente che oggi segue questo caso.")})
    asked = Affidamento(**su(riga), operatore=chosen, chiesto_da=by.operatore)
    asked.full_clean()
    asked.save()
    notify(in_office(locked, RuoloOperatore.COORDINATORE), TipoAvviso.AFFIDAMENTO, locked)
    told = Dettaglio(riga, livello=Livello.RISERVATO, finalita=f"chiede_affidamento {operatore}")
    record(by, Azione.AFFIDARE_VOCI, casi=[caso], dettaglio=told)
    return asked


@transaction.atomic
def decidi(*, by: Attore, caso: UUID, affidamento: UUID, concesso: bool) -> None:
    """Yes names the reader, tells him and the data protection officers; no tells who asked.

    Raises Vietato, Assente (nothing to decide), Impossibile.
    """
    locked = claim(by, Azione.CONTROFIRMARE, caso)
    found = aperti().filter(on_case(caso), pk=affidamento)
    riga = found.select_related("operatore__utente", "chiesto_da__utente", "voce", "area").first()
    if riga is None:
        raise Assente
    if riga.chiesto_da.utente_id == by.operatore.utente_id:
        raise Impossibile(_("Decide un'altra persona, non chi l'ha chiesto."))
    riga.deciso_da, riga.deciso_il, riga.concesso = by.operatore, timezone.now(), concesso
    if concesso:
        _name(locked, riga)
    riga.full_clean()
    riga.save()
    if concesso:
        notify([riga.operatore], TipoAvviso.VOCE_RISERVATA, locked)
        notify(garanti(locked), TipoAvviso.VOCE_AFFIDATA)
    else:
        notify([riga.chiesto_da], TipoAvviso.NON_AFFIDATA, locked)
    finalita = f"affida {riga.operatore_id}" if concesso else "non_affida"
    told = Dettaglio(riga.riservata, livello=Livello.RISERVATO, finalita=finalita)
    record(by, Azione.CONTROFIRMARE, casi=[caso], dettaglio=told)


def _name(caso: Caso, riga: Affidamento) -> None:
    """As things are now: they may have changed since it was asked."""
    if muta(caso, riga.riservata.pk) is None:
        raise Impossibile(_("Intanto qualcosa è cambiato e questa voce non si può più affidare: rispondi no."))
    if not affidabili(caso).filter(pk=riga.operatore_id).exists():
        raise Impossibile(_("Questa persona non segue più il caso: rispondi no, e fai chiedere per un'altra."))
    name(riga.riservata, {riga.operatore_id: ""})
