"""What a person's copy says of the case itself: what it is for, how it began, who may see it, how long it is kept."""

from datetime import date
from typing import Any

from casi.lingue import LINGUE
from casi.models import Caso, ClasseConservazione, Passaggio, Richiesta
from casi.parole_estratto import FINALITA, conservata, da_quando, detta
from casi.percorso import Passo
from casi.selectors.altri import Copri, Sua
from casi.selectors.arrivi import nomi_per_codice
from casi.selectors.estratto_testi import before, day, day_before

PROPRIO = {codice: nome for codice, nome, _in_italiano in LINGUE}


def about_case(caso: Caso, prima_di: date | None) -> dict[str, Any]:
    """Of who has left: as it was before that day. Where the case has gone since is where who stayed has gone."""
    steps = list(before(prima_di, caso.passaggi.all(), "quando__date").order_by("quando", "pk"))
    return {
        "numero": caso.numero,
        "stato": _stato(caso, steps, prima_di),
        "ente_titolare": "" if _handed_over_since(caso, prima_di) else caso.ente_titolare.nome,
        "comune": caso.comune.nome if caso.comune else "",
        "aperto_il": day(caso.aperto_il),
        "chiuso_il": day_before(prima_di, caso.chiuso_il),
        "passaggi": [{"stato": step.get_a_display(), "quando": day(step.quando)} for step in steps],
    }


def _stato(caso: Caso, steps: list[Passaggio], prima_di: date | None) -> str:
    if prima_di is None:
        return str(caso.get_stato_display())
    return str(steps[-1].get_a_display()) if steps else ""


def _handed_over_since(caso: Caso, prima_di: date | None) -> bool:
    return prima_di is not None and caso.passaggi.filter(passo=Passo.TRASFERISCE, quando__date__gte=prima_di).exists()


def grounds(caso: Caso, prima_di: date | None) -> dict[str, Any]:
    """What the data are for, on which ground and since when: of every time the case was taken charge of."""
    accepted = caso.prese_in_carico.filter(accettata_il__isnull=False)
    taken = before(prima_di, accepted, "accettata_il__date").order_by("accettata_il", "pk")
    return {
        "finalita": detta(FINALITA),
        "prese_in_carico": [
            {
                "base_giuridica": each.get_base_giuridica_display(),
                "dal": day(each.accettata_il),
                "al": day_before(prima_di, each.conclusa_il),
                "detto_alla_famiglia_il": day_before(prima_di, each.avviso_alla_famiglia_il),
            }
            for each in taken
        ],
    }


def requests(caso: Caso, sua: Sua, copri: Copri, prima_di: date | None) -> list[dict[str, Any]]:
    """What was asked, and whom to call, is told to the one who asked, known by her name: another member may have
    written from elsewhere.
    """
    rows = before(prima_di, caso.richiesta_set.filter(per_conto=False), "ricevuta_il__date")
    found = rows.select_related("ente", "comune", "informativa").order_by("ricevuta_il", "pk")
    return [_request(each) | _asked(each, sua, copri) for each in found]


def _request(each: Richiesta) -> dict[str, Any]:
    return {
        "codice": each.codice,
        "ricevuta_il": day(each.ricevuta_il),
        "ente": each.ente.nome,
        "comune": each.comune.nome if each.comune else "",
        "stato": each.get_stato_display(),
        "rispondere_entro": day(each.rispondere_entro),
        "ascolto_il": day(each.ascolto_il),
    }


def _asked(each: Richiesta, sua: Sua, copri: Copri) -> dict[str, Any]:
    if not sua(each.nome):
        return {"nome": "", "contatto": ""}
    names = nomi_per_codice()
    return {
        "nome": copri(each.nome),
        "contatto": copri(each.contatto),
        "canale": each.get_canale_display(),
        "tramite": each.get_tramite_display(),
        "informativa": each.informativa.versione if each.informativa else "",
        "contatto_sicuro": copri(each.contatto_sicuro),
        "lingua": PROPRIO.get(each.lingua, each.lingua),
        "interprete": each.interprete,
        "bisogni": [names.get(codice, codice) for codice in each.bisogni],
        "esito_nota": copri(each.esito_nota),
    }


def recipients(caso: Caso, prima_di: date | None) -> list[dict[str, Any]]:
    """The bodies that have been let in, for what, on which ground."""
    admitted = before(prima_di, caso.ammissioni.select_related("ente", "informativa"), "dal")
    return [
        {
            "ente": each.ente.nome,
            "scopo": each.get_finalita_display(),
            "base_giuridica": each.get_base_giuridica_display(),
            "informativa": each.informativa.versione,
            "dal": day(each.dal),
            "al": day_before(prima_di, each.tolta_il or each.al),
        }
        for each in admitted.order_by("dal", "pk")
    ]


def retention() -> list[dict[str, Any]]:
    return [
        {"che_cosa": conservata(each.descrizione), "mesi": each.mesi, "da": da_quando(each.evento)}
        for each in ClasseConservazione.objects.order_by("codice")
    ]
