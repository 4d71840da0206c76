"""What the sheet of a row contains: its page type and the value of each field."""

from dataclasses import dataclass

from django.utils.html import format_html

from catalogo.importazione import parole
from catalogo.importazione.riga import Scheda, shorten
from catalogo.models import (
    AlloggioPage,
    Argomento,
    CivicCenterPage,
    Comune,
    Destinatari,
    EmporioPage,
    LavanderiaPage,
    ModalitaAccesso,
    ServizioPage,
    TesseraPage,
    TipoServizio,
)

PAGINA_PER_TIPO: dict[str, type[ServizioPage]] = {
    "emporio": EmporioPage,
    "lavanderia": LavanderiaPage,
    "alloggio": AlloggioPage,
    "dormitorio": AlloggioPage,
    "accoglienza_notturna": AlloggioPage,
    "tessera_prepagata": TesseraPage,
    "civic_center": CivicCenterPage,
}
BREVE = 90


@dataclass(frozen=True)
class Contenuto:
    """`valori`: plain fields by name; `voci`: vocabulary rows by field name."""

    classe: type[ServizioPage]
    comune: Comune | None
    valori: dict[str, object]
    voci: dict[str, list]


def content_of(scheda: Scheda, tipo: TipoServizio, comune: Comune | None) -> Contenuto:
    """The sheet of `scheda`; words for a person are cut to size, the whole text stays in the long fields."""
    valori: dict[str, object] = {
        "title": scheda.nome,
        "tipo": tipo,
        "comune": comune,
        "descrizione_breve": _sentence(scheda, tipo),
        "per_chi": shorten(_capital(scheda.a_chi), BREVE),
        "come_si_entra": shorten(_capital(scheda.come_si_accede), BREVE),
        "quanto_costa": shorten(_capital(scheda.costi), BREVE),
        "a_chi_e_rivolto": _paragraph(scheda.a_chi),
        "come_fare": _paragraph(scheda.come_si_accede),
        "condizioni": _paragraph(scheda.costi),
        "gratuito": parole.is_free(scheda.costi),
        "telefono": scheda.telefono,
        "email": scheda.email,
        "orari_testo": scheda.orari_testo,
        "fonte": scheda.fonte,
        "fonte_url": scheda.fonte_url,
        "data_fonte": scheda.data_fonte,
        "nota_fonte": scheda.nota,
        "da_verificare": True,
    }
    classe = PAGINA_PER_TIPO.get(tipo.codice, ServizioPage)
    if classe is AlloggioPage:
        valori |= _beds(scheda)
    return Contenuto(classe, comune, valori, _vocabulary(scheda, tipo))


def _vocabulary(scheda: Scheda, tipo: TipoServizio) -> dict[str, list]:
    codes = {
        "destinatari": parole.found(parole.DESTINATARI, scheda.a_chi),
        "accessi": parole.found(parole.ACCESSI, scheda.come_si_accede),
        "argomenti": ["assistenza_sociale", parole.ARGOMENTI_PER_TIPO.get(tipo.codice, "")],
    }
    models = {"destinatari": Destinatari, "accessi": ModalitaAccesso, "argomenti": Argomento}
    voci: dict[str, list] = {"bisogni": [tipo.bisogno] if tipo.bisogno else []}
    for name, wanted in codes.items():
        voci[name] = list(models[name].objects.filter(codice__in=wanted))
    return voci


def _beds(scheda: Scheda) -> dict[str, object]:
    return {
        "tipo_ospiti": shorten(_capital(scheda.a_chi), BREVE),
        "posti": parole.number_before("posti(?: letto)?", scheda.come_si_accede),
        "permanenza_massima_giorni": parole.number_before("giorni|notti", scheda.come_si_accede),
    }


def _sentence(scheda: Scheda, tipo: TipoServizio) -> str:
    """ "Emporio solidale a Lecco: famiglie in difficoltà." """
    where = f" a {scheda.comune}" if scheda.comune else ""
    whom = f": {scheda.a_chi}" if scheda.a_chi else ""
    return shorten(f"{tipo.nome}{where}{whom}.", 160)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _paragraph(text: str) -> str:
    return format_html("<p>{}</p>", _capital(text)) if text else ""
