"""Whether somebody like this is known already, told in the same words whoever may see her and whoever may not."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Persona
from casi.models.persona import index_of_cf, index_of_name, index_of_sound
from casi.registro import Dettaglio, record
from casi.ruoli import Azione


@dataclass(frozen=True)
class Identita:
    """What a person may be recognised by; all of it may be missing."""

    cognome: str = ""
    nome: str = ""
    data_nascita: date | None = None
    codice_fiscale: str = ""

    @property
    def condition(self) -> Q:
        """Equal tax code, name and birth date, or sound of the name; nothing is like an empty one."""
        indexes = {
            "indice_cf": index_of_cf(self.codice_fiscale),
            "indice_nome": index_of_name(self.cognome, self.nome, str(self.data_nascita or "")),
            "indice_suono": index_of_sound(self.cognome, self.nome),
        }
        condition = Q(pk__in=[])
        for name, value in indexes.items():
            condition |= Q(**{name: value}) if value else Q()
        return condition


@dataclass(frozen=True)
class Somiglianza:
    """`ce`: there is one, somewhere. `casi`: those of her cases whose people the actor may see anyway."""

    ce: bool
    casi: list[Caso] = field(default_factory=list)


@transaction.atomic
def somiglianti(attore: Attore, identita: Identita, *, tranne: UUID | None = None) -> Somiglianza:
    """Look for `identita` among all persons but `tranne`. Two queries and a line in the register, whatever is found."""
    found = Persona.objects.filter(identita.condition).values_list("pk", "fusa_in")
    people = {kept or pk for pk, kept in found} - {tranne}
    seen = policies.visible_to(attore, Azione.VEDERE_PERSONE).filter(nucleo__componenti__persona__in=people).distinct()
    casi = list(seen)
    record(
        attore,
        Azione.CERCARE,
        casi=[caso.pk for caso in casi],
        dettaglio=Dettaglio(risultati=len(casi), finalita="doppioni"),
    )
    return Somiglianza(ce=bool(people), casi=casi)
