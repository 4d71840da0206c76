"""Naming who reads a level 5 entry or area: social workers freely, a referent with the reason written, others never."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.avvisi import notify
from casi.actions.serratura import claim
from casi.attore import Attore
from casi.errori import Vietato
from casi.models import Destinatario, Livello, Riservata, TipoAvviso, VoceDiario, su
from casi.nominati import LIBERI
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.lettori import destinatari, leggibile, lettori, possibili
from catalogo.models import Operatore

Motivi = Mapping[int, str]  # of each tie named: why it is, empty for a social worker's


def chosen(caso: UUID, people: Iterable[int], perche: str, *, campi: tuple[str, str]) -> Motivi:
    """Those `people`, each with `perche` where it is needed. `campi`: the fields of the form, of people and of reason.

    Raises ValidationError: somebody who may not be named there, a reason that is missing, or that is nobody's.
    """
    named, why = set(people), perche.strip()
    roles = dict(possibili(caso).values_list("operatore", "operatore__ruolo"))
    if not named <= roles.keys():
        text = _(
            "Puoi nominare solo chi oggi lavora a questo caso: un assistente sociale, o un referente dicendo perché."
        )
        raise ValidationError({campi[0]: text})
    outside = {pk for pk in named if roles[pk] not in LIBERI}
    if outside and not why:
        raise ValidationError({campi[1]: _("Manca: chi non è assistente sociale la legge solo se scrivi perché.")})
    if why and not outside:
        raise ValidationError({campi[1]: _("Non hai scelto nessuno a cui serva: sceglilo, o togli il testo.")})
    return {pk: why if pk in outside else "" for pk in named}


def carried(before: VoceDiario) -> Motivi:
    """The readers of an entry who may still be named, for another one that corrects it."""
    wrote = {before.autore_id: ""}
    readers = wrote | {each.operatore_id: each.motivo for each in destinatari(before)}
    still = set(possibili(before.caso_id).values_list("operatore", flat=True))
    return {pk: why for pk, why in readers.items() if pk in still}


def name(riga: Riservata, readers: Motivi) -> None:
    """A name that was there without its reason, and let nobody read, gets it."""
    for pk in sorted(readers):
        Destinatario.objects.update_or_create(**su(riga), operatore_id=pk, defaults={"motivo": readers[pk]})


@transaction.atomic
def name_reader(*, by: Attore, caso: UUID, voce: UUID, operatore: int, perche: str = "") -> None:
    """One more reader of a level 5 entry or area, named by who reads it: else it would be lost with its author.

    Raises Vietato, also for the unreadable, and ValidationError for who may not be named or reads it already.
    """
    locked = claim(by, Azione.NOMINARE_LETTORI, caso)
    riga = leggibile(by, locked, policies.azioni_su(by, caso), voce)
    if riga is None:
        raise Vietato
    if operatore in lettori(riga):
        raise ValidationError({"operatore": _("Questa persona la legge già.")})
    name(riga, chosen(caso, [operatore], perche, campi=("operatore", "perche")))
    notify(Operatore.objects.filter(pk=operatore), TipoAvviso.VOCE_RISERVATA, locked)
    told = Dettaglio(riga, livello=Livello.RISERVATO, finalita=f"nomina {operatore}")
    record(by, Azione.NOMINARE_LETTORI, casi=[caso], dettaglio=told)
