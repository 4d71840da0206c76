"""What was written along the way: the first conversation, the assessment, the diary, the help given."""

from typing import Any

from casi.models import (
    AreaRiservata,
    Destinatario,
    Intervento,
    Oscuramento,
    PrimoAscolto,
    Richiesta,
    Segnalazione,
    Valutazione,
    VoceDiario,
    VoceValutazione,
    VoceValutazioneRiservata,
)

from .lettura import key
from .rete import Rete
from .righe import Righe
from .scena import Scena
from .tempo import giorno, momento


def ascolto(row: dict[str, Any], name: str, rete: Rete, righe: Righe) -> PrimoAscolto:
    """A first conversation, of a case or of nobody's yet."""
    operatore = rete.operatore(row["da"], row.get("ente", ""))
    return righe.add(
        PrimoAscolto(
            pk=key("ascolto", name),
            ente=operatore.ente,
            operatore=operatore,
            sigla=row.get("sigla", ""),
            quando=momento(row["g"], name, "ascolto"),
            modalita=row.get("come", "di_persona"),
            luogo=row.get("dove", ""),
            interlocutore=row.get("con", "persona"),
            motivo=row.get("motivo", "spontaneo"),
            bisogni=row["bisogni"],
            racconto=row["racconto"],
            risorse=row["risorse"],
            urgente=row.get("urgente", False),
            informativa=None if row.get("sigla") else rete.informativa,
            esito=row.get("esito", "proposta"),
        )
    )


def di(scena: Scena) -> None:
    """All that was written on the case."""
    caso, storia, rete, righe = scena.caso, scena.storia, scena.rete, scena.righe
    name = storia["chiave"]
    if "ascolto" in storia:
        first = ascolto({"g": storia["passi"][0], **storia["ascolto"]}, name, rete, righe)
        first.caso = caso
        for each in (*righe.of(Richiesta), *righe.of(Segnalazione)):
            if each.caso_id == caso.pk:
                setattr(first, each._meta.model_name or "", each)
    if "valutazione" in storia:
        _valutazione(scena)
    _diario(scena)
    for place, row in enumerate(storia.get("interventi", ())):
        _intervento(scena, place, row)


def _valutazione(scena: Scena) -> None:
    storia, righe = scena.storia, scena.righe
    told, name = storia["valutazione"], storia["chiave"]
    begun = storia["passi"][min(1, len(storia["passi"]) - 1)]
    row = righe.add(
        Valutazione(
            pk=key("valutazione", name),
            caso=scena.caso,
            autore=scena.rete.operatore(storia["responsabile"]),
            iniziata_il=momento(begun, name, "valutazione"),
            conclusa_il=None if told.get("aperta") else momento(max(1, begun - 8), name, "fine"),
            parole_della_persona=told.get("parole", ""),
        )
    )
    for area, (bisogni, risorse) in told["voci"].items():
        kind = VoceValutazioneRiservata if area in AreaRiservata.values else VoceValutazione
        pk = key("area", name, area)
        voce: Any = righe.add(kind(pk=pk, valutazione=row, area=area, bisogni=bisogni, risorse=risorse))
        for lettore, motivo in told.get("lettori", {}).get(area, {}).items():
            named, who = key("lettore", name, area, lettore), scena.rete.operatore(lettore)
            righe.add(Destinatario(pk=named, area=voce, operatore=who, motivo=motivo))


def _diario(scena: Scena) -> None:
    caso, storia, rete, righe = scena.caso, scena.storia, scena.rete, scena.righe
    written: list[VoceDiario] = []
    for place, row in enumerate(storia.get("diario", ())):
        author = rete.operatore(row["chi"], row.get("ente", ""))
        level = row.get("livello", 3)
        voce = righe.add(
            VoceDiario(
                pk=key("voce", storia["chiave"], place),
                caso=caso,
                ente=author.ente,
                autore=author,
                livello=level,
                condiviso=level <= 3 and row.get("condiviso", False),
                creato_il=momento(row["g"], storia["chiave"], "voce", place),
                tipo=row.get("tipo", "nota"),
                avvenuto_il=giorno(row["g"]),
                testo=row["testo"],
                corregge=written[row["corregge"]] if "corregge" in row else None,
            )
        )
        written.append(voce)
        for lettore, motivo in row.get("lettori", {}).items():
            named = key("lettore", storia["chiave"], place, lettore)
            righe.add(Destinatario(pk=named, voce=voce, operatore=rete.operatore(lettore), motivo=motivo))
        if "nascosta" in row:
            hidden = key("nascosta", storia["chiave"], place)
            when = momento(row["nascosta"], storia["chiave"], "nascosta")
            righe.add(Oscuramento(pk=hidden, caso=caso, voce=voce, fatto_da=author, fatto_il=when))


def _intervento(scena: Scena, place: int, row: dict[str, Any]) -> None:
    rete = scena.rete
    ente = rete.enti[row["ente"]]
    al = row.get("al")
    scena.righe.add(
        Intervento(
            pk=key("intervento", scena.storia["chiave"], place),
            caso=scena.caso,
            ente=ente,
            autore=rete.operatore(row.get("chi") or f"referente_{row['ente']}", row["ente"]),
            tipo=rete.tipi[row["tipo"]],
            stato=row.get("stato", "in_corso"),
            dal=giorno(row["dal"]),
            al=giorno(al) if al is not None else None,
            nota=row.get("nota", ""),
            condiviso=row.get("condiviso", True),
        )
    )
