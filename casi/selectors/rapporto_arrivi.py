"""What a person without a case is handed on paper: what she said of herself, and who has read it.

Left out as in the copy of a case (casi.selectors.estratto): who reported her and in which words, what others told. Of
an alert she is not to know of there is no paper at all.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casi import policies
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.models import Arrivo, ClasseConservazione, Esito, Interlocutore, PrimoAscolto, Richiesta
from casi.parole_estratto import CONTATTO_SICURO, FINALITA, MANCA, conservata, da_quando, detta
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.arrivi import MODELLI, nomi_dei_bisogni
from casi.selectors.da_informare import dicibile, taciuta
from casi.selectors.estratto_caso import PROPRIO
from casi.selectors.rapporto import Accesso, accesses_before, gathered, in_which

DA_TACERE = _(
    "Una copia le direbbe che qualcuno l'ha segnalata, e non risulta che possa saperlo: prima parlane con l'assistente "
    "sociale che se ne occupa. Quando è stata informata, scrivi qui il giorno."
)


@dataclass(frozen=True)
class Detto:
    """What she said of herself; each empty where she said nothing, or where the words are somebody else's.

    When and how it is safe to reach her only if she wants it in writing: somebody else may find the paper.
    """

    nome: str = ""
    contatto: str = ""
    contatto_sicuro: str = ""
    bisogni: list[str] = field(default_factory=list)
    comune: str = ""
    canale: str = ""
    tramite: str = ""
    informativa: str = ""
    lingua: str = ""
    interprete: bool = False
    luogo: str = ""
    racconto: str = ""
    risorse: str = ""


@dataclass(frozen=True)
class Foglio:
    """`genere`: richiesta, segnalazione, ascolto; `mancano`: in words, the kinds that are not in it.

    `conservazione`: what (`che_cosa`), for how many `mesi`, since when (`da`).
    """

    genere: str
    codice: str
    ente: str
    giorno: datetime
    fatto_da: str
    detto: Detto
    finalita: str
    conservazione: dict[str, Any]
    mancano: list[str]
    accessi: list[Accesso]
    codice_della_copia: UUID
    c_e_racconto: bool  # whether she told something that may go in or stay out
    c_e_contatto_sicuro: bool


@dataclass(frozen=True)
class Aperta:
    """The row, and the language she reads: hers where it is known, unless another was chosen."""

    riga: Any
    lingua: str


def open_arrivo(attore: Attore, tipo: str, pk: UUID, lingua: str = "") -> Aperta:
    """Raises Assente; Impossibile for an alert she is not to know of."""
    rows = policies.arrivi_visibili(attore, MODELLI[tipo]).select_related("ente")
    return _opened(attore, Azione.GESTIRE_ARRIVI, rows, pk, lingua)


def open_ascolto(attore: Attore, pk: UUID, lingua: str = "") -> Aperta:
    """One of the actor's own body. Raises Assente; Impossibile for what others said of such an alert."""
    ours = policies.ascolti_visibili(attore).filter(ente=attore.operatore.ente_id)
    return _opened(attore, Azione.SCRIVERE_ASCOLTO, ours.select_related("ente", "richiesta"), pk, lingua)


def _opened(attore: Attore, azione: Azione, rows: QuerySet, pk: UUID, lingua: str) -> Aperta:
    with transaction.atomic():
        row = rows.filter(pk=pk).first()
        asked, kept_quiet = lingua or spoken(row), taciuta(row)
        esito = Esito.CONSENTITO if row and not kept_quiet else Esito.NEGATO
        about = Dettaglio(row or rows.model(pk=pk), finalita=f"rapporto_{asked}")
        record(attore, azione, esito=esito, dettaglio=about)
    if row is None:
        raise Assente
    if kept_quiet:
        raise Impossibile(DA_TACERE)
    return Aperta(row, asked)


def spoken(row: Arrivo | PrimoAscolto | None) -> str:
    """The language of who asked; of an alert nobody knows it."""
    asked = row.richiesta if isinstance(row, PrimoAscolto) else row
    return in_which(getattr(asked, "lingua", ""))


def sheet(
    attore: Attore, row: Arrivo | PrimoAscolto, *, racconto: bool = True, contatto_sicuro: bool = False
) -> Foglio:
    """The paper, in the language of the moment. `racconto`: with what she told, where she told it herself;
    `contatto_sicuro`: with how to reach her safely."""
    ascolto, hers = isinstance(row, PrimoAscolto), _is_hers(row)
    return Foglio(
        genere="ascolto" if ascolto else str(row._meta.model_name),
        codice=getattr(row, "codice", ""),
        ente=row.ente.nome,
        giorno=row.quando if isinstance(row, PrimoAscolto) else row.ricevuta_il,
        fatto_da=f"{attore.operatore.utente}, {attore.operatore.ente.nome}",
        detto=_said(row, racconto, contatto_sicuro) if hers else Detto(),
        finalita=detta(FINALITA),
        conservazione=_kept_for("ascolto_24_mesi" if ascolto else "richiesta_12_mesi"),
        mancano=[detta(MANCA[each]) for each in _missing(row, racconto, contatto_sicuro)],
        accessi=gathered(accesses_before(row.pk)),
        codice_della_copia=attore.richiesta,
        c_e_racconto=ascolto and hers,
        c_e_contatto_sicuro=hers and bool(getattr(row, CONTATTO_SICURO, "")),
    )


def _is_hers(row: Arrivo | PrimoAscolto) -> bool:
    """Whether it was she who said it: not who asked on her behalf, nor who reported her, nor a relative."""
    if isinstance(row, PrimoAscolto):
        return row.interlocutore == Interlocutore.PERSONA and row.segnalazione_id is None
    return isinstance(row, Richiesta) and not row.per_conto


def _said(row: Any, racconto: bool, contatto_sicuro: bool) -> Detto:
    texts = ["luogo", "racconto", "risorse"] if racconto and isinstance(row, PrimoAscolto) else []
    if contatto_sicuro:
        texts.append(CONTATTO_SICURO)
    told: dict[str, Any] = {name: getattr(row, name) for name in texts}
    told |= _asked(row) if isinstance(row, Richiesta) else {}
    return Detto(nome=row.nome, contatto=row.contatto, bisogni=nomi_dei_bisogni(row.bisogni), **told)


def _asked(row: Richiesta) -> dict[str, Any]:
    """What only a request says, as in the copy of a case."""
    return {
        "comune": row.comune.nome if row.comune else "",
        "canale": row.get_canale_display(),
        "tramite": row.get_tramite_display(),
        "informativa": row.informativa.versione if row.informativa else "",
        "lingua": PROPRIO.get(row.lingua, row.lingua),
        "interprete": row.interprete,
    }


def _kept_for(codice: str) -> dict[str, Any]:
    classe = ClasseConservazione.objects.get(codice=codice)
    return {"che_cosa": conservata(classe.descrizione), "mesi": classe.mesi, "da": da_quando(classe.evento)}


def _missing(row: Arrivo | PrimoAscolto, racconto: bool, contatto_sicuro: bool) -> list[str]:
    """Keys of MANCA."""
    hers = _is_hers(row)
    left: dict[str, object]
    if isinstance(row, PrimoAscolto):
        told = dicibile(row)
        left = {
            "ascolti": hers and not racconto,
            "ascolti_di_altri": not hers and told,
            "chi_ha_scritto": row.segnalazione_id and told,
        }
    else:
        left = {"chi_ha_scritto": not hers, "note": row.esito_nota}
    left[CONTATTO_SICURO] = not (hers and contatto_sicuro)
    return ["altri", *(kind for kind, yes in left.items() if yes)]
