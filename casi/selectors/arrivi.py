"""The desk of what arrives: who may read it, what was read, in the order in which it must be answered."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.lingue import IN_ITALIANO
from casi.models import Arrivo, Caso, Esito, EsitoAscolto, PrimoAscolto, Richiesta, Segnalazione, StatoRichiesta
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from catalogo.models import Bisogno, ServizioPage

MODELLI: dict[str, Any] = {"richiesta": Richiesta, "segnalazione": Segnalazione}
APERTI = (StatoRichiesta.NUOVA, StatoRichiesta.VISTA, StatoRichiesta.ASCOLTO_FISSATO)
PAGE = 100
RICORDATI = timedelta(days=90)  # how long what is closed stays at hand


@dataclass(frozen=True)
class Scrivania:
    """`aperti` of both kinds, those that wait for an answer first (`aspetta`), children in danger before all, the
    latest due last; `chiusi` lately; `proposte` of other bodies, to take on, and whether there are `altre`; `nomi`:
    what people call each need, by code."""

    aperti: list[Arrivo]
    chiusi: list[Arrivo]
    proposte: list[PrimoAscolto]
    altre: bool
    oggi: date
    nomi: dict[str, str]


def da_rispondere(tipo: str) -> Any:
    """Whether a request or an alert still waits: nobody has listened yet, though somebody may have said when."""
    return Q(stato__in=APERTI) & ~Exists(PrimoAscolto.objects.filter(**{tipo: OuterRef("pk")}))


@transaction.atomic
def scrivania(attore: Attore) -> Scrivania:
    """What waits for the actor's body. No names of people here: those are on the page of each, which is registered by
    itself."""
    recent = Q(stato__in=APERTI) | Q(ricevuta_il__gte=timezone.now() - RICORDATI)
    rows = [
        each
        for tipo, modello in MODELLI.items()
        for each in policies.arrivi_visibili(attore, modello)
        .filter(recent)
        .select_related("comune")
        .annotate(aspetta=da_rispondere(tipo))
    ]
    proposte = policies.ascolti_visibili(attore).filter(esito=EsitoAscolto.PROPOSTA).exclude(ente=attore.operatore.ente)
    oldest = list(proposte.select_related("ente").order_by("quando", "pk")[: PAGE + 1])
    found = Scrivania(
        aperti=sorted(
            (each for each in rows if each.stato in APERTI),
            key=lambda each: (not vars(each)["aspetta"], not _danger(each), each.entro, each.ricevuta_il),
        ),
        chiusi=sorted(
            (each for each in rows if each.stato not in APERTI), key=lambda each: each.ricevuta_il, reverse=True
        ),
        proposte=oldest[:PAGE],
        altre=len(oldest) > PAGE,
        oggi=timezone.localdate(),
        nomi=nomi_per_codice(),
    )
    shown = [each.pk for each in (*found.aperti, *found.chiusi, *found.proposte)]
    record(attore, Azione.GESTIRE_ARRIVI, dettaglio=Dettaglio(oggetti=shown, finalita="elenco", risultati=len(shown)))
    return found


def _danger(arrivo: Arrivo) -> bool:
    return isinstance(arrivo, Segnalazione) and arrivo.minori_a_rischio


def open_arrivo(attore: Attore, tipo: str, pk: UUID, azione: Azione = Azione.GESTIRE_ARRIVI) -> Arrivo:
    """One request or alert, registered by its key, yes or no. Raises Assente for absent and forbidden alike."""
    modello = MODELLI[tipo]
    with transaction.atomic():
        arrivo = (
            policies.arrivi_visibili(attore, modello).select_related("comune", "vista_da__utente").filter(pk=pk).first()
        )
        esito = Esito.CONSENTITO if arrivo else Esito.NEGATO
        record(attore, azione, esito=esito, dettaglio=Dettaglio(arrivo or modello(pk=pk)))
    if arrivo is None:
        raise Assente
    return arrivo


@dataclass(frozen=True)
class Provenienza:
    """What a case came from; `chi_segnala`: whether who wrote an alert is told to the reader as well; `nota`: what its
    desk did, empty for who would learn from it who wrote."""

    arrivo: Arrivo
    bisogni: list[str]
    lingua: str
    chi_segnala: bool
    nota: str


def provenienze(attore: Attore, caso: Caso) -> list[Provenienza]:
    """The requests and alerts `caso` came from, oldest first, for who assesses it. The caller has recorded the page.

    Who wrote an alert, and what was done with it, is told to the people of the body that received it, and to no other:
    «richiamata la vicina» says who it was.
    """
    rows = [
        each
        for modello in MODELLI.values()
        for each in policies.arrivi_visibili(attore, modello, dei_casi=True)
        .filter(caso=caso)
        .select_related("ente", "comune", "vista_da__utente")
    ]
    return [
        Provenienza(
            arrivo=each,
            bisogni=nomi_dei_bisogni(getattr(each, "bisogni", [])),
            lingua=IN_ITALIANO.get(getattr(each, "lingua", ""), ""),
            chi_segnala=each.ente_id == attore.operatore.ente_id and not getattr(each, "scritta_a_id", None),
            nota=each.esito_nota if isinstance(each, Richiesta) or each.ente_id == attore.operatore.ente_id else "",
        )
        for each in sorted(rows, key=lambda each: each.ricevuta_il)
    ]


def nomi_per_codice() -> dict[str, str]:
    """What people call each need."""
    return {each.codice: str(each) for each in Bisogno.objects.all()}


def nomi_dei_bisogni(codici: list[str], nomi: dict[str, str] | None = None) -> list[str]:
    """What people call the needs of these codes; `nomi` are those of `nomi_per_codice`, for who asks it many times."""
    nomi = nomi_per_codice() if nomi is None else nomi
    return [nomi[codice] for codice in codici if codice in nomi]


def scheda_di(servizio: UUID | None) -> str:
    """What the sheet a request was made from is called; empty for one made from no sheet, or from one that is gone."""
    sheets = ServizioPage.objects.filter(translation_key=servizio, locale__language_code="it").order_by("pk")
    return sheets.values_list("title", flat=True).first() or "" if servizio else ""
