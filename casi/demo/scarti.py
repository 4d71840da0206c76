"""What nobody made a case of and has finished its time, and the lists by which it goes: one gone, one waiting."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from casi.actions.cancellazione_chiesta import RISPOSTA
from casi.mesi import months_after
from casi.models import ClasseConservazione, Scarto, VoceScarto
from casi.ruoli import Azione
from catalogo.models import Operatore

from .arrivi import arrivo
from .lettura import key, read
from .rete import Rete
from .righe import Righe
from .scritti import ascolto
from .tempo import momento

CLASSI = {"caso": "come_il_caso", "richiesta": "richiesta_12_mesi", "segnalazione": "richiesta_12_mesi",
          "primoascolto": "ascolto_24_mesi"}  # fmt: skip
CHIAVI = {"primoascolto": "ascolto"}  # the name a kind goes by in the keys of the demo
# How an opened row is told in the register.
LETTURE = {"caso": Azione.VEDERE_CASO, "richiesta": Azione.GESTIRE_ARRIVI, "segnalazione": Azione.GESTIRE_ARRIVI}
Atto = tuple[Operatore, Azione, datetime, dict[str, Any]]


def di(rete: Rete, righe: Righe) -> None:
    data = read("scarti")
    for tipo, rows in (("richiesta", data["richieste"]), ("segnalazione", data["segnalazioni"])):
        for place, row in enumerate(rows):
            arrivo(tipo, row, f"scarto {place}", rete, righe)
    for place, row in enumerate(data["ascolti"]):
        ascolto(row, f"scarto {place}", rete, righe)
    classi = {each.codice: each for each in ClasseConservazione.objects.all()}
    for row in data["elenchi"]:
        _list(row, classi, rete, righe)


def _list(row: dict[str, Any], classi: dict[str, ClasseConservazione], rete: Rete, righe: Righe) -> None:
    done = {
        f"{what}_il": momento(row[what], "scarto", row["chiave"]) for what in ("approvato", "eseguito") if what in row
    }
    scarto = righe.add(
        Scarto(
            pk=key("scarto", row["chiave"]),
            proposto_da=rete.operatore(row["da"]),
            proposto_il=momento(row["g"], "scarto", row["chiave"]),
            approvato_da=rete.operatore("ivana") if done else None,
            atto=row.get("atto", ""),
            **done,
            **_asked(row),
        )
    )
    for oggetto, name in row["voci"]:
        pk, held = _key(oggetto, name), [oggetto, name] in row.get("sospese", [])
        righe.add(
            VoceScarto(scarto=scarto, oggetto=oggetto, oggetto_id=pk, classe=classi[CLASSI[oggetto]], sospesa=held)
        )


def _asked(row: dict[str, Any]) -> dict[str, Any]:
    """Of a list that is there because a person asked, that very day."""
    if "perche" not in row:
        return {}
    day = timezone.localdate(momento(row["g"], "scarto", row["chiave"]))
    by = months_after(day, RISPOSTA)
    return {"chiesta_il": day, "entro": by, "ragione": row["ragione"], "perche": row["perche"]}


def _key(oggetto: str, name: str) -> Any:
    return key(CHIAVI.get(oggetto, oggetto), name)


def atti(rete: Rete) -> Iterator[Atto]:
    """What the register says of the lists, and of what was read while it was still there."""
    for row in read("scarti")["elenchi"]:
        yield from _acts(row, rete)


def _acts(row: dict[str, Any], rete: Rete) -> Iterator[Atto]:
    marisa, ivana = rete.operatore(row["da"]), rete.operatore("ivana")
    cases = [_key(oggetto, name) for oggetto, name in row["voci"] if oggetto == "caso"]
    told: dict[str, Any] = {"oggetto": "scarto", "oggetto_id": key("scarto", row["chiave"])}
    whole = {"casi": cases, "risultati": len(row["voci"])}
    first = (Azione.PROPORRE_SCARTO, {"finalita": "propone", **whole})
    if "perche" in row:
        (oggetto, name), *_ = row["voci"]
        about = {"oggetto": oggetto, "oggetto_id": _key(oggetto, name)}
        first = (Azione.GESTIRE_ARRIVI, {"finalita": "chiede la cancellazione", **whole, **about})
    steps = (
        ("g", marisa, *first),
        ("approvato", ivana, Azione.APPROVARE_SCARTO, {"finalita": "approva", "risultati": 0}),
        ("eseguito", ivana, Azione.APPROVARE_SCARTO, {"finalita": "esegue", **whole}),
    )
    for what, who, azione, more in steps:
        if what in row:
            yield who, azione, momento(row[what], "scarto", row["chiave"]), {**told, **more}
    for oggetto, name, who, days in row.get("letture", ()):
        pk = _key(oggetto, name)
        about = {"casi": [pk]} if oggetto == "caso" else {"oggetto": oggetto, "oggetto_id": pk}
        yield rete.operatore(who), LETTURE[oggetto], momento(days, "legge", name), about
