"""Naming who reads a level 5 entry: social workers freely, a referent with the reason written, others never."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casi.models import Destinatario, VoceDiario
from casi.nominati import LIBERI
from casi.selectors.lettori import destinatari, possibili

Motivi = Mapping[int, str]  # of each tie named: why it is, empty for a social worker's


def chosen(caso: UUID, people: Iterable[int], perche: str, *, campi: tuple[str, str]) -> Motivi:
    """Those `people`, each with `perche` where it is needed. `campi`: the fields of the form, of people and of reason.

    Raises ValidationError: somebody who may not be named there, a reason that is missing, or that is nobody's.
    """
    named, why = set(people), perche.strip()
    roles = dict(possibili(caso).values_list("operatore", "operatore__ruolo"))
    if not named <= roles.keys():
        text = _(
            "Puoi nominare solo un assistente sociale che oggi lavora a questo caso, o un referente dicendo perché."
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


def name(riga: VoceDiario, readers: Motivi) -> None:
    """A name that was there without its reason, and let nobody read, gets it."""
    for pk in sorted(readers):
        Destinatario.objects.update_or_create(voce=riga, operatore_id=pk, defaults={"motivo": readers[pk]})
