"""Finding a person again by what identifies her in full, through blind indices: never by a part, never by a list."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casi.attore import Attore
from casi.models import Caso, Componente, Persona
from casi.models.persona import index_of_cf, index_of_name


@dataclass(frozen=True)
class Identita:
    """What a person may be recognised by; all of it may be missing."""

    cognome: str = ""
    nome: str = ""
    data_nascita: date | None = None
    codice_fiscale: str = ""


def elsewhere(attore: Attore) -> Q:
    """Of a person: whether other networks alone follow her."""
    hers = Caso.objects.filter(nucleo__componenti__persona=OuterRef("pk"))
    theirs = Q(ente_titolare__in=attore.altre_reti)
    return Q(Exists(hers.filter(theirs))) & ~Q(Exists(hers.exclude(theirs)))


def persone_con(attore: Attore, identita: Identita) -> QuerySet[Persona]:
    """The persons who are exactly that one, a record merged into another standing for it; nobody for half a name, nor
    whom other networks alone follow.

    By the tax code, without which by surname, name and day of birth: with the code the rest is not looked at.
    """
    column, value = "indice_cf", index_of_cf(identita.codice_fiscale)
    if not value:
        born = str(identita.data_nascita or "")
        column, value = "indice_nome", index_of_name(identita.cognome, identita.nome, born)
    if not value:
        return Persona.objects.none()
    same = Persona.objects.filter(~elsewhere(attore), **{column: value})
    merged = same.filter(fusa_in__isnull=False).values("fusa_in")
    return Persona.objects.filter(Q(pk__in=same.values("pk")) | Q(pk__in=merged), fusa_in__isnull=True)


def casi_di(attore: Attore, persone: QuerySet[Persona]) -> QuerySet[Caso]:
    """The cases of the households they belong to today; those of other networks are not looked for."""
    today = timezone.localdate()
    known = Q(persona__in=persone.values("pk")) | Q(persona__fusa_in__in=persone.values("pk"))
    members = Componente.objects.in_force(today).filter(known)
    return Caso.objects.filter(nucleo__in=members.values("nucleo")).exclude(ente_titolare__in=attore.altre_reti)
