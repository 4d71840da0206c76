"""The text of docs/asvs.md, from requisiti.csv. Written anew by

.venv/bin/python -m tests.asvs.pagina
"""

from collections.abc import Iterator

from tests.support.sources import ROOT

from .tabella import DEROGHE, ESERCIZIO, TABELLA, Requisito, read

FILE = ROOT / "docs" / "asvs.md"
# Chapters of the standard, in our words.
AREE = {
    "1": "Testi che non diventano codice",
    "2": "Controlli e regole del lavoro",
    "3": "Nel browser",
    "4": "HTTP",
    "5": "File",
    "6": "Chi entra",
    "7": "Sessioni",
    "8": "Permessi",
    "9": "Gettoni",
    "10": "OAuth e OpenID Connect",
    "11": "Crittografia",
    "12": "TLS",
    "13": "Configurazione",
    "14": "Dati",
    "15": "Programma e dipendenze",
    "16": "Log e guasti",
    "17": "WebRTC",
}
INIZIO = """\
# OWASP ASVS 5.0.0, requisito per requisito

Pagina generata da `tests/asvs/requisiti.csv`. Lo standard è [OWASP
ASVS](https://owasp.org/www-project-application-security-verification-standard/), versione 5.0.0, e numera ciò che
un'applicazione deve fare: qui c'è tutto il livello 2 per l'area riservata, e del livello 3 ciò che il progetto ha
scelto. Le parole sono nostre, e dicono che cosa vuol dire qui; il testo di ciascun requisito è nello standard.

Una prova è un nome di `tests/`: fallisce se non è più vero. **Esercizio**: lo può fare solo chi mette in rete, e
[esercizio.md](esercizio.md) dice come. **Documento**: si chiede di scriverlo, ed è scritto. **Non riguarda**: quella
cosa qui non c'è. **Deroga**: alla lettera non è così, e si dice perché. Una prova si ferma se un requisito manca, se
un nome o un titolo non c'è più, o se compare una deroga che nessuno ha deciso; non può dire se una prova basta:
quello lo legge chi rivede.
"""


def lines(rows: list[Requisito]) -> Iterator[str]:
    yield from INIZIO.splitlines()
    yield ""
    yield _counted(rows)
    yield ""
    yield "## In deroga"
    yield ""
    yield from (f"- **{row.numero}** {row.qui}: {_reason(row)}." for row in rows if row.numero in DEROGHE)
    for area, title in AREE.items():
        yield ""
        yield f"## {area}. {title}"
        yield ""
        yield "| n. | liv. | qui | prova |"
        yield "|---|---|---|---|"
        yield from (_row(row) for row in rows if row.area == area)


def _counted(rows: list[Requisito]) -> str:
    kinds = [_kind(row) for row in rows]
    tested, run, written = kinds.count("prova"), kinds.count("esercizio"), kinds.count("documento")
    return (
        f"{len(rows)} requisiti: {tested} con una prova, {run} solo di chi mette in rete, {written} solo da scrivere, "
        f"{kinds.count('non riguarda')} che non riguardano, {kinds.count('deroga')} in deroga."
    )


def _kind(row: Requisito) -> str:
    """The one that says most: a requirement not met to the letter is counted so, whatever is proved of it."""
    found = {each.partition(": ")[0] if "::" not in each else "prova" for each in row.prove}
    return next(each for each in ("deroga", "non riguarda", "prova", "esercizio", "documento") if each in found)


def _reason(row: Requisito) -> str:
    return next(each.removeprefix("deroga: ") for each in row.prove if each.startswith("deroga: ")).rstrip(".")


def _row(row: Requisito) -> str:
    return f"| {row.numero} | {row.livello} | {row.qui} | {'<br>'.join(_proof(each) for each in row.prove)} |"


def _proof(proof: str) -> str:
    kind, _colon, said = proof.partition(": ")
    if kind == "esercizio":
        page = ESERCIZIO.removeprefix("docs/")
        return f"esercizio: [{said.replace('-', ' ')}]({page}#{said})"
    if kind == "documento":
        page, _hash, anchor = said.removeprefix("docs/").partition("#")
        return f"documento: [{anchor.replace('-', ' ')}]({page}#{anchor})"
    if "::" not in proof:
        return proof
    file, _sep, test = proof.partition("::")
    return f"[{test.removeprefix('test_').replace('_', ' ')}](../{file})"


if __name__ == "__main__":
    FILE.write_text("\n".join(lines(read(TABELLA.read_text()))) + "\n")
