"""A person wants something erased before its time (GDPR art. 17): it goes on a disposal list of its own, which is then
approved and carried out like the others (casi.actions.conservazione). Nothing is erased here, nor decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.conservazione import one_at_a_time, to_do
from casi.actions.serratura import claim, require
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.mesi import months_after
from casi.models import ClasseConservazione, PrimoAscolto, Scarto, VoceScarto
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.arrivi import MODELLI
from casi.selectors.cancellazione_chiesta import last_wish
from casi.selectors.conservazione import name, record_things, regole

RISPOSTA, PROROGA = 1, 2  # months: GDPR art. 12(3)


@dataclass(frozen=True)
class Domanda:
    """When she asked, on which ground, and why in her words."""

    chiesta_il: date
    ragione: str
    perche: str


@transaction.atomic
def ask_for(*, by: Attore, cosa: str, pk: UUID, domanda: Domanda) -> Scarto:
    """`cosa`: caso, richiesta, segnalazione, ascolto. By who conducts the case, or may read the thing.

    Of a case at work it is written too, and waits: she has her answer in time, and nothing goes before it is closed.
    Raises Vietato, Assente; Impossibile for what is waiting already; ValidationError.
    """
    one_at_a_time(by.operatore.ente_id)  # before the thing itself, as who carries a list out
    azione, found = FOUND[cosa](by, pk)
    about = found[-1]
    wish = last_wish(about)
    if wish and not wish.chiuso:
        raise Impossibile(_("È già stato chiesto: l'elenco aspetta chi lo approva."))
    scarto = _written(by, domanda)
    classi = {name(each.righe.model): each.classe for each in regole()}
    rows = {each.codice: each for each in ClasseConservazione.objects.all()}
    VoceScarto.objects.bulk_create(
        VoceScarto(scarto=scarto, oggetto=name(each), oggetto_id=each.pk, classe=rows[classi[name(each)]])
        for each in found
    )
    others = [each.pk for each in found[:-1]]
    told = Dettaglio(about, oggetti=others, finalita="chiede la cancellazione", risultati=len(found))
    record(by, azione, casi=[pk] if cosa == "caso" else [], dettaglio=told)
    return scarto


@transaction.atomic
def extend(*, by: Attore, scarto: UUID, detta_il: date, perche: str) -> Scarto:
    """Two months more to answer, which the person was told on `detta_il`, and why, within the first month.

    Written by the body that heard her: who approves could not tell her. Raises Vietato, Assente (also where no person
    asked), Impossibile, ValidationError.
    """
    require(by, Azione.PROPORRE_SCARTO)
    found = to_do(by, scarto, Azione.PROPORRE_SCARTO)
    if found.chiesta_il is None:
        raise Assente
    if not found.prorogabile:
        raise Impossibile(_("Il primo mese è finito, o il tempo è già stato allungato: non si può più."))
    if not found.chiesta_il <= detta_il <= timezone.localdate():
        raise ValidationError({"detta_il": _("Controlla il giorno: dopo la domanda, e non oltre oggi.")})
    if not perche.strip():
        raise ValidationError({"perche": _("Scrivi perché serve più tempo.")})
    found.prorogata_da, found.prorogata_il, found.proroga_perche = by.operatore, detta_il, perche.strip()
    found.entro = months_after(found.chiesta_il, RISPOSTA + PROROGA)
    found.full_clean()
    found.save()
    things = list(found.voci.values_list("oggetto", "oggetto_id"))
    record_things(by, Azione.PROPORRE_SCARTO, things, Dettaglio(found, finalita="proroga"))
    return found


def _written(by: Attore, domanda: Domanda) -> Scarto:
    if domanda.chiesta_il > timezone.localdate():
        raise ValidationError({"chiesta_il": _("Questo giorno deve ancora venire.")})
    scarto = Scarto(
        proposto_da=by.operatore,
        chiesta_il=domanda.chiesta_il,
        entro=months_after(domanda.chiesta_il, RISPOSTA),
        ragione=domanda.ragione,
        perche=domanda.perche.strip(),
    )
    scarto.full_clean()
    scarto.save()
    return scarto


Trovata = tuple[Azione, Sequence[Any]]  # what allows it; the rows that go, the one it is about last


def _case(by: Attore, pk: UUID) -> Trovata:
    return Azione.CONDURRE, [claim(by, Azione.CONDURRE, pk, anche_finito=True)]


def _arrival(tipo: str) -> Callable[[Attore, UUID], Trovata]:
    """With the conversations that answered it: they tell the same."""

    def find(by: Attore, pk: UUID) -> Trovata:
        require(by, Azione.GESTIRE_ARRIVI)
        modello = MODELLI[tipo]
        modello._default_manager.select_for_update().filter(pk=pk).first()
        riga = policies.arrivi_visibili(by, modello).filter(pk=pk).first()
        if riga is None:
            raise Assente
        return Azione.GESTIRE_ARRIVI, [*riga.ascolti.filter(caso=None).order_by("pk"), riga]

    return find


def _conversation(by: Attore, pk: UUID) -> Trovata:
    require(by, Azione.SCRIVERE_ASCOLTO)
    PrimoAscolto.objects.select_for_update().filter(pk=pk).first()
    riga = policies.ascolti_visibili(by).filter(pk=pk, ente=by.operatore.ente_id).first()
    if riga is None:
        raise Assente
    return Azione.SCRIVERE_ASCOLTO, [riga]


FOUND: dict[str, Callable[[Attore, UUID], Trovata]] = {
    "caso": _case,
    "richiesta": _arrival("richiesta"),
    "segnalazione": _arrival("segnalazione"),
    "ascolto": _conversation,
}
