"""The holes in what reaches the network: who is on the register for having seen it, who writes it down and for whom."""

from .buco import Buco

ELENCHI = ("casi/test_elenchi_nel_registro",)
CATENA = ("casi/test_registro_catena",)

ARRIVI = [
    # --- lists on the register
    Buco("scrivania senza chiavi", "casi/selectors/arrivi.py", "oggetti=shown, ", "", ELENCHI),
    Buco("ascolti in elenco senza chiavi", "casi/selectors/ascolti.py", "oggetti=keys, ", "", ELENCHI),
    Buco(
        "da informare senza chiavi",
        "casi/selectors/lavoro.py",
        "oggetti=[each.pk for each in waiting], ",
        "",
        ELENCHI,
    ),
    Buco(
        "elenchi non cercati", "casi/registro.py", " | Q(oggetti__overlap=list(chiavi)) & ~Q(oggetti=[])", "", ELENCHI
    ),
    Buco(
        "elenco detto come lettura", "casi/frasi.py", "if azione in ARRIVI and listed(", "if False and listed(", ELENCHI
    ),
    Buco(
        "chiavi fuori dal sigillo",
        "casi/migrations/0022_registro_oggetti.py",
        "WITH = SEAL.format(oggetti=\", nullif(array_to_string(r.oggetti, ','), '')\")",
        'WITH = SEAL.format(oggetti="")',
        CATENA,
    ),
]
