"""Reads of the home page and of the news."""

from datetime import date

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Locale

from catalogo.models import Bisogno, CivicCenterPage, Ente, ServizioPage
from catalogo.selectors import in_lingua
from home.models import NotiziaPage

NOTIZIE_PER_PAGINA = 9


def notizie(locale: Locale, on: date | None = None) -> QuerySet[NotiziaPage]:
    """Live news of `locale`, newest first, without the expired ones."""
    today = on or timezone.localdate()
    return (
        NotiziaPage.objects.live()
        .public()
        .filter(Q(scadenza__isnull=True) | Q(scadenza__gte=today), locale=locale)
        .select_related("a_cura_di", "immagine", "locale")
        .order_by("-data", "-pk")
    )


def notizie_o_italiane(locale: Locale) -> QuerySet[NotiziaPage]:
    """News in `locale`, the Italian ones where there is none yet (templates mark them with their language)."""
    own = notizie(locale).filter(alias_of__isnull=True)
    return own if own.exists() else notizie(Locale.get_default())


def elenco_notizie(request: HttpRequest, locale: Locale) -> dict[str, object]:
    page = Paginator(notizie_o_italiane(locale), NOTIZIE_PER_PAGINA).get_page(request.GET.get("pagina"))
    return {"pagina": page}


def bisogni() -> QuerySet[Bisogno]:
    """The tiles, each with `quanti_servizi`."""
    published = Q(tipi__servizi__live=True, tipi__servizi__locale__language_code=settings.LANGUAGE_CODE)
    tiles = Bisogno.objects.filter(attivo=True)
    # A grouped query forgets the model's own order.
    return tiles.annotate(quanti_servizi=Count("tipi__servizi", filter=published, distinct=True)).order_by(
        "ordine", "nome"
    )


def numeri() -> dict[str, int]:
    """The network in numbers, counted now."""
    schede = ServizioPage.objects.in_catalogo()
    return {
        "servizi": schede.count(),
        "enti": Ente.objects.filter(attivo=True).count(),
        "comuni": schede.exclude(comune=None).order_by().values("comune").distinct().count(),
    }


def attivita_di_oggi(locale: Locale) -> list[dict[str, object]]:
    """Civic Centers with something on today: pagina and its appointments."""
    weekday = timezone.localdate().isoweekday()
    pages = (
        CivicCenterPage.objects.in_catalogo()
        .filter(attivita__giorno=weekday)
        .distinct()
        .order_by("title")
        .prefetch_related("attivita")
    )
    return [
        {
            "pagina": page,
            "attivita": sorted(
                (item for item in page.attivita.all() if item.giorno == weekday), key=lambda item: item.dalle
            ),
        }
        for page in pages
    ]


def in_evidenza(locale: Locale, quanti: int = 6) -> list:
    """Services shown on the home page, those that anybody may enter first; "open now" once hours are structured."""
    schede = (
        ServizioPage.objects.in_catalogo()
        .with_relations()
        .filter(stato="attivo", da_verificare=False)
        .annotate(libero=Count("accessi", filter=Q(accessi__codice="libero")))
        .order_by("-libero", "title")
    )
    return in_lingua(schede[:quanti], locale)


def pagina_iniziale(locale: Locale) -> dict[str, object]:
    return {
        "bisogni": bisogni(),
        "in_evidenza": in_evidenza(locale),
        "oggi": attivita_di_oggi(locale),
        "notizie": notizie_o_italiane(locale)[:3],
        "numeri": numeri(),
    }
