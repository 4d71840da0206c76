"""Households whose story is put together from what has often been heard: a family, a theme, the theme's fragments."""

from collections.abc import Iterator
from typing import Any

from .lettura import number, read
from .percorso import IN_CARICO, STRADE, quando

# What may be written of a case that has come so far: the share of the theme's entries.
APPENA_VISTI = {"segnalato": 0, "primo_ascolto": 1, "orientato": 1, "in_valutazione": 2, "non_preso_in_carico": 2}


def storie() -> Iterator[dict[str, Any]]:
    data = read("famiglie")
    themes = read("temi")
    turns: dict[str, int] = {}
    for family in data["famiglie"]:
        turn = turns.setdefault(family["tema"], 0)
        turns[family["tema"]] += 1
        yield _storia(family, themes[family["tema"]], turn)


def _storia(family: dict[str, Any], theme: dict[str, Any], turn: int) -> dict[str, Any]:
    """`turn` says which of a fragment's variants is due: neighbours in a theme never share one."""
    people = [_persona(row, family) for row in family["persone"]]
    telling = _Racconto(family, theme, turn, people[0])
    stato, passi = family["stato"], _steps(family)
    storia = {
        "titolare": "borgo",
        "responsabile": "marisa",
        **family,
        "passi": passi,
        "persone": people,
        "ascolto": {"da": family.get("ascolta", "ettore"), **telling.said(theme["ascolti"])},
        "legami": [telling.said(theme["legami"], 2)],
        "case": [[family.get("dove", "residenza"), family.get("via", ""), max(passi[0] * 2, 400), None]],
    }
    if len(STRADE[stato]) > 1 and stato != "orientato":
        storia["valutazione"] = {**telling.said(theme["valutazioni"], 1), "aperta": stato == "in_valutazione"}
    if set(IN_CARICO) <= set(STRADE[stato]):
        storia["enti"], storia["interventi"] = telling.help(passi)
    storia["diario"] = telling.diary(passi, APPENA_VISTI.get(stato)) + _closing(storia)
    return storia


def _persona(row: list[Any], family: dict[str, Any]) -> dict[str, Any]:
    nome, cognome, sesso, anni, ruolo, *more = row
    names = {"nome": nome, "cognome": cognome, "sesso": sesso, "anni": anni, "ruolo": ruolo}
    grown = {} if anni >= 16 else {"tel": False, "interprete": False, "sicuro": ""}
    return {**family.get("origine", {}), **names, **grown, **(more[0] if more else {})}


def _steps(family: dict[str, Any]) -> list[int]:
    """Days ago: the opening, a week or two for each step, the last one when the family says."""
    road, opened, name = STRADE[family["stato"]], family["da"], family["chiave"]
    days = [opened]
    for place in range(1, len(road)):
        days.append(max(1, days[-1] - 6 - number("passo", name, place) % 12))
    late = len(IN_CARICO)
    if len(road) > late:
        last = family.get("fine", max(3, days[late - 1] // 3))
        days[late:] = [last + 20 * (len(road) - 1 - place) for place in range(late, len(road))]
    return days


def _closing(storia: dict[str, Any]) -> list[dict[str, Any]]:
    """What the step that closes a case leaves in the diary, if it was ever closed."""
    said = zip(("finale", "consegne"), storia.get("chiusura", ()), strict=False)
    by = {"chi": storia["responsabile"]}
    return [{**by, "g": quando(storia, "chiuso"), "tipo": tipo, "testo": testo} for tipo, testo in said]


class _Racconto:
    """One household speaking through one theme."""

    def __init__(self, family: dict[str, Any], theme: dict[str, Any], turn: int, first: dict[str, Any]) -> None:
        self.family, self.theme, self.turn = family, theme, turn
        woman = first["sesso"] == "F"
        self.words = {
            "nome": first["nome"], "cognome": first["cognome"], "o": "a" if woman else "o",
            "lo": "la" if woman else "lo",
        }  # fmt: skip

    def said(self, variants: Any, place: int = 0) -> Any:
        """The variant that is due; the second time round they meet in another order."""
        due = self.turn + place * (self.turn // len(variants))
        return self._fill(variants[due % len(variants)])

    def diary(self, passi: list[int], most: int | None) -> list[dict[str, Any]]:
        """The theme's entries spread between the opening and the last step, or today."""
        over = passi[-1] if self.family["stato"] in {"chiuso", "trasferito", "riaperto"} else 4
        variants = self.theme["diario"][:most]
        room = max(1, (passi[0] - over) // max(1, len(variants)))
        entries = []
        for place, choices in enumerate(variants):
            days = max(over, passi[0] - place * room - number("voce", self.family["chiave"], place) % max(1, room // 2))
            entries.append({**self._who(self.said(choices, place)), "g": days})
        return entries

    def help(self, passi: list[int]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The bodies that came in, and what each does."""
        taken, done = passi[2], []
        bodies: dict[str, dict[str, Any]] = {}
        finished = self.family["stato"] in {"chiuso", "in_chiusura", "riaperto", "trasferito"}
        holder = self.family.get("da_ente") or self.family.get("titolare", "borgo")
        for place, told in enumerate(self.said(self.theme["aiuti"])):
            ours = {"ente": holder, "chi": self.family.get("responsabile", "marisa")}
            row = {**told, **ours} if told["ente"] == "comune" else told
            begun = max(2, taken - 4 - place * 9)
            end = max(1, passi[-1] + 3) if finished else None
            stato = "concluso" if finished else row.get("stato", "in_corso")
            done.append({**row, "dal": begun, "al": min(end, begun) if end else None, "stato": stato})
            if row["ente"] != holder:
                scope = row.get("ambiti", ["contatti", "interventi"])
                body = bodies.setdefault(row["ente"], {"dal": begun + 2, "ambiti": scope, "persone": []})
                body["persone"] += [who for who in [row["chi"]] if who not in body["persone"]]
        return [{"ente": name, **body} for name, body in bodies.items()], done

    def _who(self, row: dict[str, Any]) -> dict[str, Any]:
        who = {"resp": self.family.get("responsabile", "marisa")}
        return {**row, "chi": who.get(row["chi"], row["chi"])}

    def _fill(self, told: Any) -> Any:
        if isinstance(told, str):
            return told.format(**self.words)
        if isinstance(told, list):
            return [self._fill(each) for each in told]
        return {name: self._fill(each) for name, each in told.items()} if isinstance(told, dict) else told
