"""Reads of the home page and of the news."""

from datetime import date

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from catalogo.models import AttivitaSettimanale, Bisogno, CivicCenterPage, Ente, ServizioPage
from catalogo.querysets import unrestricted
from catalogo.selectors import Voce, appuntamenti, in_lingua
from home.models import NotiziaPage

NOTIZIE_PER_PAGINA = 9
APERTI, SUBITO = 6, 3


def notizie(on: date | None = None) -> QuerySet[NotiziaPage]:
    """Live news of every language, newest first, without the expired ones."""
    today = on or timezone.localdate()
    return (
        unrestricted(NotiziaPage.objects.live())
        .filter(Q(scadenza__isnull=True) | Q(scadenza__gte=today), alias_of__isnull=True)
        .select_related("a_cura_di", "immagine", "locale")
        .prefetch_related("immagine__renditions")
        .order_by("-data", "-pk")
    )


def notizie_o_italiane(lingua: str, on: date | None = None) -> QuerySet[NotiziaPage]:
    """Each piece of news in `lingua` where it is translated, otherwise in Italian: nobody is told less."""
    live = notizie(on)
    translated = live.order_by().filter(locale__language_code=lingua, translation_key=OuterRef("translation_key"))
    italian = Q(locale__language_code=settings.LANGUAGE_CODE) & ~Exists(translated)
    return live.filter(Q(locale__language_code=lingua) | italian)


def elenco_notizie(request: HttpRequest, lingua: str) -> dict[str, object]:
    page = Paginator(notizie_o_italiane(lingua), NOTIZIE_PER_PAGINA).get_page(request.GET.get("pagina"))
    return {"pagina": page}


def bisogni() -> QuerySet[Bisogno]:
    """The tiles."""
    return Bisogno.objects.filter(attivo=True)


def numeri() -> dict[str, int]:
    """What is on the portal, counted now; of the services, how many come from public sources and are unverified."""
    schede = ServizioPage.objects.in_catalogo().aggregate(
        servizi=Count("pk"),
        da_verificare=Count("pk", filter=Q(da_verificare=True)),
        comuni=Count("comune", distinct=True),
    )
    return {**schede, "enti": Ente.objects.filter(attivo=True).count()}


def attivita_di_oggi(lingua: str) -> list[dict[str, object]]:
    """Active Civic Centers with something on today: pagina, fatti and appointments, in `lingua` where translated."""
    weekday = timezone.localdate().isoweekday()
    schede = (
        CivicCenterPage.objects.in_catalogo()
        .filter(stato="attivo", pk__in=AttivitaSettimanale.objects.filter(giorno=weekday).order_by().values("pagina"))
        .select_related("locale")
        .order_by("title", "pk")
    )
    voci = in_lingua(schede, lingua)
    today = appuntamenti([voce.fatti.pk for voce in voci], lingua, giorno=weekday)
    return [{"pagina": voce.testo, "fatti": voce.fatti, "attivita": today[voce.fatti.pk]} for voce in voci]


def in_evidenza(lingua: str) -> dict[str, list[Voce]]:
    """Services shown on the home page: `aperti` adesso, then doors that anybody may enter when they are (`subito`)."""
    schede = (
        ServizioPage.objects.in_catalogo()
        .for_cards()
        .filter(stato="attivo", da_verificare=False)
        .annotate(libero=Count("accessi", filter=Q(accessi__codice="libero")))
        .order_by(F("aperto_fino").asc(nulls_last=True), "-libero", "title", "pk")
    )
    voci = in_lingua(schede[: APERTI + SUBITO], lingua)
    aperti = [voce for voce in voci if voce.fatti.aperto_fino is not None][:APERTI]
    altri = [voce for voce in voci if voce.fatti.aperto_fino is None]
    return {"aperti": aperti, "subito": altri[: SUBITO if aperti else APERTI]}


def prossima(oggi: list[dict]) -> dict[str, object] | None:
    """The next appointment of `attivita_di_oggi`: pagina and attivita; None when nothing more begins today."""
    now = timezone.localtime().time()
    later = [(item.dalle, centro, item) for centro in oggi for item in centro["attivita"] if item.dalle > now]
    if not later:
        return None
    _dalle, centro, attivita = min(later, key=lambda each: each[0])
    return {"pagina": centro["pagina"], "attivita": attivita}


def pagina_iniziale(lingua: str) -> dict[str, object]:
    oggi = attivita_di_oggi(lingua)
    return {
        "bisogni": list(bisogni()),
        **in_evidenza(lingua),
        "oggi": oggi,
        "prossima": prossima(oggi),
        "notizie": notizie_o_italiane(lingua)[:3],
        "numeri": numeri(),
    }
