"""The holes in questions whose words are made once: a word of who came first, a mark that means somebody else."""

from .buchi import FATTI, SCRITTE
from .buco import Buco

CHIUNQUE, PROVE = "casi/selectors/chiunque.py", ("casi/test_chiunque",)
RETI = ("casi/test_chi_vede", "casi/test_reti_e_casi")

PAROLE = [
    Buco("ora di chi ha chiesto per primo", SCRITTE, "if any(isinstance(each, datetime)", "if any(False", PROVE),
    Buco("segno che resta", SCRITTE, "return meant[value] if", "return value if", PROVE),
    Buco("emergenza senza un'ora", FATTI, "ADESSO: timezone.now()}", "}", PROVE),
    Buco(
        "fatti di ieri",
        FATTI,
        "anybody = who._replace(",
        "anybody = who._replace(oggi=date(2026, 3, 2), ",
        ("casi/test_palermo",),
    ),
    Buco(
        "emergenza di un altro",
        FATTI,
        "AccessoEmergenza.objects.filter(operatore=who.operatore)",
        "AccessoEmergenza.objects.all()",
        ("casi/test_emergenza",),
    ),
    Buco("fatti di qualunque caso", FATTI, "filter(stands(who, ruolo), pk=CASO)", "filter(stands(who, ruolo))", PROVE),
    Buco("ruolo di un altro", CHIUNQUE, "Lettore(attore.operatore.ruolo,", 'Lettore("assistente_sociale",', PROVE),
    Buco("secondo fattore di un altro", CHIUNQUE, "ruolo, attore.secondo_fattore,", "ruolo, True,", PROVE),
    Buco("reti di un altro", CHIUNQUE, "confermato, attore.altre_reti)", "confermato, frozenset())", RETI),
    Buco("stato di un altro caso", CHIUNQUE, "Scheda(caso.stato,", 'Scheda("preso_in_carico",', PROVE),
    Buco("sigillo di un altro caso", CHIUNQUE, "caso.stato, caso.sigillato,", "caso.stato, False,", PROVE),
    Buco("azioni di un altro", CHIUNQUE, "sigillato, aperto.azioni)", "sigillato, frozenset(Azione))", PROVE),
    Buco("parole di ieri", CHIUNQUE, "scheda, timezone.localdate())", "scheda, date.min)", PROVE),
    Buco("parole che leggono altro", CHIUNQUE, "if field.attname in known]", "]", PROVE),
]
