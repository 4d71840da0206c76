"""The holes in what is told to people: until when somebody could read, which step was taken, who was let in."""

from .buco import Buco

AMMISSIONI, SINTESI, PAROLE = (
    "casi/actions/ammissioni.py",
    "casi/selectors/sintesi.py",
    "casi/selectors/registro_parole.py",
)
SIGILLO, EFFETTI = "casi/actions/limiti.py", "casi/actions/effetti.py"
FINITE, PERCORSO, REGISTRO = ("casi/test_scadenze",), ("casi/test_percorso",), ("casi/test_registro_parole",)
NOMI = ("casi/test_nomi_al_sigillo",)
SCHEDA, LUNGHI = ("casi/test_scheda",), ("casi/test_elenchi_lunghi",)

DETTI = [
    # --- until when a body, or a person, could read
    Buco(
        "ente già finito, chiuso di nuovo con il caso",
        AMMISSIONI,
        'for row in _not_over(caso).select_related("ente"):',
        'for row in caso.ammissioni.filter(tolta_il__isnull=True).select_related("ente"):',
        FINITE,
    ),
    Buco(
        "ente già finito, chiuso di nuovo da chi si oppone",
        AMMISSIONI,
        "for row in _not_over(locked).filter(ente=ente):",
        "for row in locked.ammissioni.filter(ente=ente, tolta_il__isnull=True):",
        FINITE,
    ),
    Buco(
        "incarico già finito, finito di nuovo",
        AMMISSIONI,
        "filter(still, operatore__ente",
        "filter(operatore__ente",
        FINITE,
    ),
    # --- which step
    Buco("accettazione detta come la prima", "casi/percorso.py", "if da in each.da]", "if da]", PERCORSO),
    Buco("accettazione detta come l'ultima", PAROLE, 'PASSI[Passo.ACCETTA] = _("Accettato")\n', "", REGISTRO),
    Buco(
        "chiusura avviata di nuovo", SINTESI, "Q(passo=Passo.CONTROFIRMA) | anew)", "passo=Passo.CONTROFIRMA)", SCHEDA
    ),
    Buco("scopo senza parole", PAROLE, '    "uscita": _("uscita"),\n', "", REGISTRO),
    Buco(
        "scopo composto senza parole",
        PAROLE,
        '    "toglie la sospensione": _("ha tolto la sospensione"),\n',
        "",
        REGISTRO,
    ),
    Buco("scopo scelto senza parole", PAROLE, "INTERVENTI | PASSI,", "PASSI,", REGISTRO),
    # --- who was let in
    Buco(
        "nomina senza riga",
        SIGILLO,
        '_record_name(by, _write_name(caso, operatore, da or by.operatore), "nomina")',
        "_write_name(caso, operatore, da or by.operatore)",
        NOMI,
    ),
    Buco("nominato da sé stesso", EFFETTI, ", me, da=presa.assegnata_da)", ", me)", NOMI),
    # --- what a page cuts
    Buco(
        "elenchi di scarto tutti insieme",
        "casi/selectors/conservazione.py",
        "Paginator(lists(attore, azione), PAGE)",
        "Paginator(lists(attore, azione), 1000)",
        LUNGHI,
    ),
    Buco(
        "proposte tagliate in silenzio", "casi/selectors/arrivi.py", "altre=len(oldest) > PAGE", "altre=False", LUNGHI
    ),
    Buco(
        "valutazioni tagliate in silenzio",
        "casi/selectors/valutazione.py",
        "altre=len(found) > MOST",
        "altre=False",
        LUNGHI,
    ),
]
