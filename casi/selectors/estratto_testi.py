"""The texts of a case that may go into the person's copy, those that went, and in words the kinds that did not."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import (
    Componente,
    Interlocutore,
    Livello,
    PrimoAscolto,
    Valutazione,
    VoceDiario,
    VoceValutazioneRiservata,
)
from casi.parole_estratto import MANCA, detta
from casi.selectors.altri import Copri, Sua, called
from casi.selectors.casi import Aperto
from casi.selectors.da_informare import dicibili, senza_taciute
from casi.selectors.persone import has_left


@dataclass(frozen=True)
class Testi:
    ascolti: list[PrimoAscolto]
    valutazioni: list[Valutazione]
    voci: list[VoceDiario]
    aree: list[VoceValutazioneRiservata]  # health and minors

    @property
    def livello(self) -> int:
        """The highest of what is read here."""
        reserved = Livello.RISERVATO if self.aree else Livello.CARTELLA
        return max([reserved, *(voce.livello for voce in self.voci)])

    def only(self, chosen: Collection[UUID]) -> "Testi":
        def those(rows: list[Any]) -> list[Any]:
            return [each for each in rows if each.pk in chosen]

        return Testi(those(self.ascolti), those(self.valutazioni), those(self.voci), those(self.aree))

    def before(self, prima_di: date | None) -> "Testi":
        """Those of before that day; all of them where there is none."""
        if prima_di is None:
            return self
        days: Iterator[tuple[Any, date | datetime]] = chain(
            ((each, each.quando) for each in self.ascolti),
            ((each, each.iniziata_il) for each in self.valutazioni),
            ((each, each.avvenuto_il) for each in self.voci),
            ((each, each.valutazione.iniziata_il) for each in self.aree),
        )
        return self.only([each.pk for each, when in days if local(when) < prima_di])

    @property
    def keys(self) -> set[UUID]:
        return {each.pk for each in chain(self.ascolti, self.valutazioni, self.voci, self.aree)}


def readable(attore: Attore, aperto: Aperto) -> Testi:
    """All that the actor may read, at every level: what goes out he chooses, after reading it again.

    Conversations are those with the person herself: what others told of her is theirs, and would say who they are.
    """
    caso = aperto.caso
    listened = policies.ascolti_visibili(attore, caso, aperto.azioni)
    heard = listened.filter(interlocutore=Interlocutore.PERSONA, segnalazione__isnull=True)
    assessed = policies.valutazioni_visibili(attore, caso, aperto.azioni).prefetch_related("voci")
    written = policies.voci_visibili(attore, caso, aperto.azioni).select_related("ente")
    areas = policies.salute_e_minori_visibili(attore, caso, aperto.azioni).select_related("valutazione")
    return Testi(
        list(heard.select_related("ente").order_by("quando", "pk")),
        list(assessed.order_by("iniziata_il", "pk")),
        list(written.order_by("avvenuto_il", "creato_il", "pk")),
        list(areas.order_by("valutazione__iniziata_il", "area", "pk")),
    )


def last_day(asked: Componente) -> date | None:
    """Where the copy of `asked` stops, if she has left: what begins on that day parts them, and is about who stayed."""
    return asked.al if has_left(asked) else None


def before(prima_di: date | None, rows: QuerySet, column: str) -> QuerySet:
    """`rows` whose day, in `column`, is earlier; all of them where `prima_di` is None."""
    return rows if prima_di is None else rows.filter(**{f"{column}__lt": prima_di})


def day_before(prima_di: date | None, value: date | datetime | None) -> date | str:
    """The local day of what was over by then; empty for none, and for what was not."""
    return "" if value and prima_di and local(value) >= prima_di else day(value)


def told(testi: Testi, sua: Sua, copri: Copri) -> dict[str, list[dict[str, Any]]]:
    """The texts as the two files say them."""
    return {
        "ascolti": [_listening(each, sua, copri) for each in testi.ascolti],
        "valutazioni": [_assessment(each, copri) for each in testi.valutazioni],
        "salute_e_minori": [_area(each, copri) | {"iniziata_il": day(each.valutazione.iniziata_il)}
                            for each in testi.aree],
        "diario": [_entry(voce, copri) for voce in testi.voci],
    }  # fmt: skip


def missing(attore: Attore, aperto: Aperto, asked: Componente, left: Testi) -> list[str]:
    """What is not in the copy of `asked`, by kind, in the language of the moment; `left`: what was read, not chosen.

    Of what the actor cannot read the copy says the same whether there is any or not.
    """
    caso, prima_di = aperto.caso, last_day(asked)
    files = before(prima_di, policies.allegati_visibili(attore, caso, aperto.azioni), "creato_il__date")
    levels = {voce.livello for voce in left.voci}
    visible = senza_taciute(policies.ascolti_visibili(attore, caso, aperto.azioni))
    heard = before(prima_di, visible, "quando__date")
    others = heard.exclude(interlocutore=Interlocutore.PERSONA, segnalazione=None)
    asking = before(prima_di, caso.richiesta_set.all(), "ricevuta_il__date")
    by_others = (
        before(prima_di, dicibili().filter(caso=caso), "ricevuta_il__date").exists()
        or asking.filter(per_conto=True).exists()
    )
    signed = [each.nome for each in asking.filter(per_conto=False)]
    there: dict[str, bool] = {
        "altri": True,
        "dopo": has_left(asked),
        "chi_ha_scritto": by_others,
        "richieste_di_altri": not all(map(called(caso, asked.persona), signed)),
        "ascolti_di_altri": others.exists(),
        "ascolti": bool(left.ascolti or left.valutazioni),
        "diario": not levels.isdisjoint((Livello.SINTESI, Livello.CARTELLA)),
        "note": Livello.PROFESSIONALE in levels,
        "riservate": Livello.RISERVATO in levels,
        "salute_e_minori": bool(left.aree),
        "contenuto_dei_file": files.exists(),
        "file_riservati": files.filter(livello__gt=Livello.CARTELLA).exists(),
        "motivi": any(step.motivo for step in before(prima_di, caso.passaggi.all(), "quando__date")),
        "altri_enti": True,
    }
    return [detta(MANCA[kind]) for kind, yes in there.items() if yes]


def _listening(each: PrimoAscolto, sua: Sua, copri: Copri) -> dict[str, Any]:
    """Who she said she was, and where to call, only where the name is hers."""
    words = {name: copri(getattr(each, name)) for name in ("luogo", "racconto", "risorse")}
    if sua(each.nome):
        words |= {name: copri(getattr(each, name)) for name in ("nome", "contatto", "contatto_sicuro")}
    return {"quando": day(each.quando), "ente": each.ente.nome, **words}


def _assessment(each: Valutazione, copri: Copri) -> dict[str, Any]:
    return {
        "iniziata_il": day(each.iniziata_il),
        "parole_della_persona": copri(each.parole_della_persona),
        "aree": [_area(voce, copri) for voce in each.voci.all()],
    }


def _area(voce: Any, copri: Copri) -> dict[str, Any]:
    return {"area": voce.get_area_display(), "bisogni": copri(voce.bisogni), "risorse": copri(voce.risorse)}


def _entry(voce: VoceDiario, copri: Copri) -> dict[str, Any]:
    return {
        "giorno": day(voce.avvenuto_il),
        "tipo": voce.get_tipo_display(),
        "ente": voce.ente.nome,
        "testo": copri(voce.testo),
        "corregge_un_altra": voce.corregge_id is not None,
    }


def day(value: date | datetime | None) -> date | str:
    """The local day; empty for none."""
    return local(value) if value else ""


def local(value: date | datetime) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value
