"""What a person's copy says of the case itself: what it is for, how it began, who may see it, how long it is kept."""

from typing import Any

from casi.models import Caso, ClasseConservazione, Persona
from casi.parole_estratto import FINALITA, detta
from casi.selectors.altri import Copri, is_called
from casi.selectors.estratto_testi import day

def about_case(caso: Caso) -> dict[str, Any]:
    return {
        "numero": caso.numero,
        "stato": caso.get_stato_display(),
        "ente_titolare": caso.ente_titolare.nome,
        "comune": caso.comune.nome if caso.comune else "",
        "aperto_il": day(caso.aperto_il),
        "chiuso_il": day(caso.chiuso_il),
        "passaggi": [
            {"stato": step.get_a_display(), "quando": day(step.quando)}
            for step in caso.passaggi.order_by("quando", "pk")
        ],
    }


def grounds(caso: Caso) -> dict[str, Any]:
    """What the data are for, on which ground and since when: of every time the case was taken charge of."""
    taken = caso.prese_in_carico.filter(accettata_il__isnull=False).order_by("accettata_il", "pk")
    return {
        "finalita": detta(FINALITA),
        "prese_in_carico": [
            {
                "base_giuridica": each.get_base_giuridica_display(),
                "dal": day(each.accettata_il),
                "al": day(each.conclusa_il),
                "detto_alla_famiglia_il": day(each.avviso_alla_famiglia_il),
            }
            for each in taken
        ],
    }


def requests(caso: Caso, persona: Persona, copri: Copri) -> list[dict[str, Any]]:
    """Whom to call is told to the one who asked, known by her name: another member may have written from elsewhere."""
    return [
        {
            "codice": each.codice,
            "ricevuta_il": day(each.ricevuta_il),
            "nome": copri(each.nome) if asked else "",
            "contatto": each.contatto if asked else "",
        }
        for each in caso.richiesta_set.filter(per_conto=False).order_by("ricevuta_il", "pk")
        for asked in [is_called(persona, each.nome)]
    ]


def recipients(caso: Caso) -> list[dict[str, Any]]:
    """The bodies that have been let in, for what, on which ground."""
    return [
        {
            "ente": each.ente.nome,
            "scopo": each.get_finalita_display(),
            "base_giuridica": each.get_base_giuridica_display(),
            "informativa": each.informativa.versione,
            "dal": day(each.dal),
            "al": day(each.tolta_il or each.al),
        }
        for each in caso.ammissioni.select_related("ente", "informativa").order_by("dal", "pk")
    ]


def retention() -> list[dict[str, Any]]:
    return [
        {"che_cosa": detta(each.descrizione), "mesi": each.mesi, "da": detta(each.evento)}
        for each in ClasseConservazione.objects.order_by("codice")
    ]
