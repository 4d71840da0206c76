"""Holes in what a second reading of the area found, one by one: see `buchi_letti`."""

from .buco import Buco

ELENCHI, SCARTI = "casi/selectors/conservazione.py", ("casi/test_scarti_in_conflitto",)
APPROVA = "casi/selectors/approvazione.py"

RILETTI = [
    # --- who decides on a disposal list
    Buco("scarto di un caso in conflitto", ELENCHI, "return ours & ~Q(Exists(kept))", "return ours", SCARTI),
    Buco(
        "conflitto scritto mentre si esegue",
        "casi/actions/conservazione.py",
        "    to_do(by, scarto)  # once more",
        "    # once more",
        SCARTI,
    ),
    Buco("nessuno approva, taciuto", APPROVA, "return not scarto.chiuso and not any(", "return False and any(", SCARTI),
    Buco("chi ha proposto conta fra chi approva", APPROVA, ".exclude(utente=scarto.proposto_da.utente_id)", "", SCARTI),
]
