"""What the public forms show and where they lead. Nothing of anybody is read here, so nothing is registered."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casi.models import Canale, Informativa, Richiesta, Segnalazione
from casi.ruoli import RUOLI, Azione
from casi.selectors.condivisione import informative_valide
from catalogo.models import Accordo, Adesione, Bisogno, Comune, Ente, EntePage, Operatore, ServizioPage
from catalogo.selectors import luoghi_dell_ente

RICEVONO = [ruolo for ruolo, cosa in RUOLI.items() if Azione.GESTIRE_ARRIVI in cosa.azioni]
SALUTE = "salute"  # the tile of the needs that tell of somebody's health


def bisogni(anche: Iterable[str] = ()) -> QuerySet[Bisogno]:
    """Those one may choose today, and `anche` these, which somebody has chosen already."""
    return Bisogno.objects.filter(Q(attivo=True) | Q(codice__in=anche))


def bisogni_da_chiedere() -> QuerySet[Bisogno]:
    """Those a request may name: of her health a person is asked by nobody before she is listened to."""
    return bisogni().exclude(tassello=SALUTE)


def comuni(anche: int | None = None) -> QuerySet[Comune]:
    """Those where a body of the network is, and `anche` this one, which somebody has chosen already."""
    return Comune.objects.filter(Exists(Ente.objects.filter(comune=OuterRef("pk"), attivo=True)) | Q(pk=anche))


def informativa_in(lingua: str) -> Informativa | None:
    """The privacy notice in force today, in `lingua` or in Italian."""
    found = informative_valide(timezone.localdate()).filter(lingua__in=(lingua, settings.LANGUAGE_CODE))
    return next(iter(sorted(found, key=lambda each: each.lingua != lingua)), None)


def capofila(comune: Comune | None = None) -> Ente | None:
    """Of the agreements in force, who leads the one of `comune`: its own, else one a body of it has signed, else the
    widest."""
    today = timezone.localdate()
    signed = Adesione.objects.in_force(today).filter(accordo=OuterRef("pk"))
    here = comune.pk if comune else 0
    found = (
        Accordo.objects.in_force(today)
        .filter(capofila__attivo=True)
        .annotate(proprio=Q(capofila__comune=here), firmato=Exists(signed.filter(ente__comune=here)))
        .annotate(enti=Count("adesioni", filter=Q(adesioni__in=Adesione.objects.in_force(today))))
        .select_related("capofila")
        .order_by("-proprio", "-firmato", "-enti", "valida_dal", "pk")
        .first()
    )
    return found.capofila if found else None


def ente_per(servizio: UUID | None, comune: Comune | None = None) -> Ente | None:
    """Who receives a request made from a service: its body if it is in the network and listens, else the lead body of
    `comune`, or of where that body is."""
    if servizio is None:
        return capofila(comune)
    here = OuterRef("pk")
    listens = _listening().filter(ente=here)
    belongs = Adesione.objects.in_force(timezone.localdate()).filter(ente=here)
    sheets = ServizioPage.objects.in_catalogo().filter(translation_key=servizio)
    offers = Ente.objects.filter(attivo=True, servizi__in=sheets).select_related("comune").order_by("pk")
    ente = offers.filter(Exists(listens), Exists(belongs)).first()
    return ente or capofila(comune or next((each.comune for each in offers), None))


def ente_di_chi_scrive(ente: Ente, comune: Comune | None) -> Ente | None:
    """Who receives a request written down at `ente`: itself if anybody there listens, else the lead body of `comune`,
    or of where it is."""
    return ente if ascolta(ente) else capofila(comune or ente.comune)


def ascolta(ente: Ente) -> bool:
    """Whether anybody at `ente` reads today what arrives."""
    return _listening().filter(ente=ente).exists()


def _listening() -> QuerySet[Operatore]:
    return Operatore.objects.acting(timezone.localdate()).filter(ruolo__in=RICEVONO)


def dove_passare(codice: str) -> dict[str, str] | None:
    """For who comes in person: `ente`, its `telefono`, the one address it has; None for who is answered otherwise."""
    found = Richiesta.objects.filter(codice=codice, canale=Canale.DI_PERSONA).select_related("ente").first()
    if found is None:
        return None
    page = EntePage.objects.live().filter(ente=found.ente, locale__language_code=settings.LANGUAGE_CODE).first()
    places = [each.indirizzo for each in luoghi_dell_ente(page) if each.indirizzo] if page else []
    where = places[0] if len(places) == 1 else ""
    return {"ente": found.ente.nome, "telefono": found.ente.telefono, "indirizzo": where}


def answer_due(codice: str) -> date:
    """Until when whoever holds the receipt `codice` will be answered."""
    found = Richiesta.objects.filter(codice=codice).values_list("rispondere_entro", flat=True)
    others = Segnalazione.objects.filter(codice=codice).values_list("rispondere_entro", flat=True)
    return found.union(others).get()
