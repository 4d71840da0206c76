"""Reads of the catalogue: every list of services, bodies and places that a page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from catalogo.models import AttivitaSettimanale, CivicCenterPage, Ente, EntePage, LuogoPage, ServizioPage
from catalogo.models.civic_center import GIORNI
from catalogo.querysets import unrestricted, visible_pages


@dataclass(frozen=True)
class Voce:
    """A service in a list: `fatti` is the Italian sheet, `testo` the one in the reader's language, if any."""

    fatti: ServizioPage
    testo: ServizioPage

    @property
    def tradotta(self) -> bool:
        return self.testo is not self.fatti

    @property
    def lingua(self) -> str:
        return self.testo.locale.language_code


def in_lingua(schede: Iterable[ServizioPage], lingua: str) -> list[Voce]:
    """Lay the live translations into `lingua` over Italian sheets, in their order; one query, none for Italian."""
    schede = list(schede)
    if lingua == settings.LANGUAGE_CODE or not schede:
        return [Voce(scheda, scheda) for scheda in schede]
    keys = [scheda.translation_key for scheda in schede]
    translations = (
        unrestricted(ServizioPage.objects.live())
        .filter(locale__language_code=lingua, translation_key__in=keys, alias_of__isnull=True)
        .select_related("locale")
    )
    by_key = {page.translation_key: page for page in translations}
    return [Voce(scheda, by_key.get(scheda.translation_key, scheda)) for scheda in schede]


def servizi_dell_ente(ente: Ente, lingua: str) -> list[Voce]:
    schede = ServizioPage.objects.in_catalogo().for_cards().filter(ente=ente).order_by("title", "pk")
    return in_lingua(schede, lingua)


def luoghi_dell_ente(pagina: EntePage) -> QuerySet[LuogoPage]:
    return visible_pages(LuogoPage.objects.child_of(pagina)).select_related("comune")


def servizi_del_luogo(luogo: LuogoPage, lingua: str) -> list[Voce]:
    places = LuogoPage.objects.filter(translation_key=luogo.translation_key)
    schede = ServizioPage.objects.in_catalogo().for_cards().filter(luogo__in=places).order_by("title", "pk")
    return in_lingua(schede, lingua)


def servizi_simili(scheda: ServizioPage, lingua: str, quanti: int = 3) -> list[Voce]:
    """Other services that answer the same need, those of the same municipality first."""
    if scheda.tipo.bisogno_id is None:
        return []
    others = (
        ServizioPage.objects.in_catalogo()
        .for_cards()
        .filter(tipo__bisogno=scheda.tipo.bisogno_id, stato="attivo")
        .exclude(pk=scheda.pk)
        .annotate(qui=Case(When(comune=scheda.comune_id or 0, then=1), default=0))
        .order_by("-qui", "title", "pk")
    )
    return in_lingua(others[:quanti], lingua)


def enti_in(lingua: str) -> QuerySet[EntePage]:
    """Pages of the active bodies in `lingua`, each with `quanti_servizi`: as many as its page lists."""
    listed = ServizioPage.objects.in_catalogo().order_by().filter(ente=OuterRef("ente"))
    count = listed.values("ente").annotate(quanti=Count("pk")).values("quanti")
    return (
        visible_pages(EntePage.objects.filter(locale__language_code=lingua, ente__attivo=True))
        .select_related("ente__comune", "immagine")
        .annotate(quanti_servizi=Coalesce(Subquery(count), 0))
    )


def appuntamenti(schede: list[int], lingua: str, **only: object) -> dict[int, list[AttivitaSettimanale]]:
    """Appointments of Italian sheets by their pk, in order: times as on the sheet, words of `lingua` laid over."""
    rows = AttivitaSettimanale.objects.filter(pagina__in=schede, **only).order_by("giorno", "dalle", "sort_order", "pk")
    translated = AttivitaSettimanale.objects.filter(
        locale__language_code=lingua, translation_key__in=rows.values("translation_key")
    )
    words = {row.translation_key: row for row in translated.order_by("pk")}
    found: dict[int, list[AttivitaSettimanale]] = {scheda: [] for scheda in schede}
    for row in rows:
        said = words.get(row.translation_key, row)
        row.titolo, row.destinatari_testo = said.titolo, said.destinatari_testo
        found[row.pagina_id].append(row)
    return found


def settimana(pagina: CivicCenterPage) -> list[tuple[str, list[AttivitaSettimanale]]]:
    """The timetable as (day name, appointments) pairs, Monday first, days without any left out."""
    names = dict(GIORNI)
    italian = pagina.originale
    if italian is pagina:
        rows = sorted(pagina.attivita.all(), key=lambda item: (item.giorno, item.dalle))
    else:
        rows = appuntamenti([italian.pk], pagina.locale.language_code)[italian.pk]
    return [(names[day], list(items)) for day, items in groupby(rows, key=lambda item: item.giorno)]
