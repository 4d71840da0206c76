"""Requests and alerts: those that became a case, and those that wait for somebody at the intake desk."""

from typing import Any

from django.utils import timezone

from casi.actions.pubblico import AVVISARE
from casi.giorni import after_working_days
from casi.lingue import codice_di
from casi.mesi import months_after
from casi.models import Arrivo, Caso, Richiesta, Segnalazione
from casi.models.caso import LETTERS

from .lettura import key, read, signs
from .rete import Rete
from .righe import Righe
from .scritti import ascolto
from .tempo import alle, giorno, momento

RISPONDERE = 5  # working days
TESTI_RICHIESTA = (
    "canale", "nome", "contatto", "contatto_sicuro", "lingua", "interprete", "bisogni", "per_conto", "tramite",
)  # fmt: skip
TESTI_SEGNALAZIONE = (
    "zona", "persona", "rapporto", "urgente", "minori_a_rischio", "sa_della_segnalazione", "segnalante",
    "segnalante_contatto",
)  # fmt: skip


def di(caso: Caso, storia: dict[str, Any], rete: Rete, righe: Righe) -> None:
    """What the case of `storia` came from."""
    for tipo in ("richiesta", "segnalazione"):
        if tipo in storia:
            defaults = {"ente": storia["titolare"], "stato": "ascolto_fissato", "g": storia["passi"][0] + 4}
            row = {**defaults, "comune": storia.get("comune", "999001"), **storia[tipo]}
            found = arrivo(tipo, row, storia["chiave"], rete, righe)
            found.caso = caso
            if isinstance(found, Segnalazione) and found.avvisare_entro < timezone.localdate():
                found.avvisata_il = found.avvisare_entro


def in_attesa(rete: Rete, righe: Righe) -> None:
    """What nobody has made a case of."""
    data = read("arrivi")
    for tipo, rows in (("richiesta", data["richieste"]), ("segnalazione", data["segnalazioni"])):
        for place, row in enumerate(rows):
            arrivo(tipo, row, f"attesa {place}", rete, righe)
    for place, row in enumerate(data["ascolti"]):
        ascolto(row, f"attesa {place}", rete, righe)


def arrivo(tipo: str, row: dict[str, Any], name: str, rete: Rete, righe: Righe) -> Arrivo:
    """One request or alert."""
    letters = signs(LETTERS, 8, tipo, name)
    when = momento(row["g"], tipo, name)
    common = {
        "pk": key(tipo, name),
        "codice": f"R-{letters[:4]}-{letters[4:]}",
        "ente": rete.enti[row["ente"]],
        "comune": rete.comuni[row.get("comune", "999001")],
        "stato": row["stato"],
        "ricevuta_il": when,
        "rispondere_entro": giorno(row["entro"]) if "entro" in row else after_working_days(when.date(), RISPONDERE),
        "ascolto_il": alle(-row["ascolto"], row["ora"]) if "ascolto" in row else None,
        "vista_da": rete.operatore(row["vista_da"], row["ente"]) if "vista_da" in row else None,
        "esito_nota": row.get("nota", ""),
    }
    if tipo == "richiesta":
        by = rete.operatore(row["raccolta_da"], row["ente"]) if "raccolta_da" in row else None
        said = {each: row[each] for each in TESTI_RICHIESTA if each in row} | {"lingua": codice_di(row["lingua"])}
        return righe.add(Richiesta(**common, raccolta_da=by, **said))
    told = {each: row[each] for each in TESTI_SEGNALAZIONE if each in row}
    entro = months_after(timezone.localdate(when), AVVISARE)
    return righe.add(Segnalazione(**common, avvisare_entro=entro, **told))
