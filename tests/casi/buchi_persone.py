"""The holes in what keeps the history of a household, takes somebody out of it, gives an entry its reader again."""

from .buco import Buco

PERSONE, CHI_C_E = "casi/actions/persone.py", "casi/selectors/persone.py"
STORICO, ERRORE, FUSIONE = "casi/actions/storico.py", "casi/actions/per_errore.py", "casi/actions/fusione.py"
LETTURE, AFFIDI, CHI_LEGGE = (
    "casi/selectors/storico.py",
    "casi/actions/affidamenti.py",
    "casi/selectors/affidamenti.py",
)
STORIA, SBAGLI, UNITE = ("casi/test_storico",), ("casi/test_per_errore",), ("casi/test_fusione", "casi/test_storico")
AREE, VALUTAZIONE = ("casi/test_aree_per_nome",), "casi/actions/valutazione.py"
USCITE, AFFIDATE = ("casi/test_uscita_passata",), ("casi/test_affidamenti",)
SPORTELLO, PERCORSO = ("casi/test_raccolta",), ("casi/test_percorso",)
SPORTELLO, PERCORSO = ("casi/test_raccolta",), ("casi/test_percorso",)

PERSONE_E_VOCI = [
    Buco("correzione che non resta", STORICO, "    keep(riga, by=by, perche=perche)\n", "", STORIA),
    Buco("correzione senza perché", STORICO, "perche=perche, valori", 'perche="", valori', STORIA),
    Buco("storia di chi è uscito", LETTURE, "Q(persona__in=here)", "Q(persona__in=people)", STORIA),
    Buco(
        "storia di un altro nucleo",
        LETTURE,
        "Q(componente__in=members)",
        "Q(componente__persona__in=people)",
        STORIA,
    ),
    Buco(
        "storia per chi solo legge", LETTURE, "pk, Azione.MODIFICARE_PERSONE, read", "pk, Azione.VEDERE_PERSONE, read",
        STORIA,
    ),
    Buco(
        "storia persa con il doppione",
        FUSIONE,
        "        Storico.objects.filter(pk__in=history).update(componente=kept)\n",
        "",
        UNITE,
    ),
    Buco("giorni persi con il doppione", FUSIONE, "        kept.save()\n", "", UNITE),
    Buco(
        "tolta dal nucleo di un altro caso",
        ERRORE,
        "    if cases.count() != mine.count():",
        "    if False:",
        SBAGLI,
    ),
    Buco(
        "tolta da chi solo legge",
        ERRORE,
        "MODIFICARE_PERSONE, caso)\n    riga = locked_member(",
        "VEDERE_PERSONE, caso)\n    riga = locked_member(",
        SBAGLI,
    ),
    Buco("cancellata con la sua storia", ERRORE, "    kept = _has_a_history(riga)\n", "    kept = False\n", SBAGLI),
    Buco(
        "rimessa in un altro nucleo",
        ERRORE,
        "waiting.filter(nucleo=locked.nucleo_id, pk=tolto)",
        "waiting.filter(pk=tolto)",
        SBAGLI,
    ),
    Buco(
        "tolta benché unita",
        ERRORE,
        "if Fusione.objects.filter(tenuta=persona, annullata_il=None).exists():",
        "if False:",
        SBAGLI,
    ),
    Buco(
        "chi aspetta da parte resta",
        "casi/actions/cancellazione.py",
        "    for each in apart:\n        erase_household(each)\n",
        "",
        SBAGLI,
    ),
    Buco(
        "uscita da un altro nucleo",
        CHI_C_E,
        "Componente.objects.filter(nucleo__casi=caso, persona=persona, al__lt",
        "Componente.objects.filter(persona=persona, al__lt",
        USCITE,
    ),
    Buco(
        "uscita di un'altra persona",
        CHI_C_E,
        "Componente.objects.filter(nucleo__casi=caso, persona=persona, al__lt",
        "Componente.objects.filter(nucleo__casi=caso, al__lt",
        USCITE,
    ),
    Buco(
        "uscita di chi c'è ancora",
        CHI_C_E,
        "persona=persona, al__lt=timezone.localdate())",
        "persona=persona)",
        USCITE,
    ),
    Buco(
        "uscita che fa rientrare", PERSONE, "    if al >= timezone.localdate():", "    if False:", USCITE
    ),
    Buco(
        "uscita dopo un rientro",
        PERSONE,
        "    if back := again.filter(dal__gt=componente.dal).order_by",
        "    if back := again.none().order_by",
        USCITE,
    ),
    Buco("uscita corretta senza storia", PERSONE, "    if said:\n        keep", "    if False:\n        keep", USCITE),
    Buco("uscita cambiata due volte", PERSONE, "componente.al != letto", "False", USCITE),
    Buco("voce letta data a un altro", CHI_LEGGE, "rows.filter(~Exists(reading))", "rows", AFFIDATE),
    Buco("voce nascosta fra quelle senza lettori", CHI_LEGGE, "rows.filter(~is_hidden(\"voce\"))", "rows", AFFIDATE),
    Buco(
        "voce di un altro ente fra quelle senza lettori", CHI_LEGGE, "ente=caso.ente_titolare_id, livello", "livello",
        AFFIDATE,
    ),
    Buco(
        "voce affidata da una persona sola",
        AFFIDI,
        "    if riga.chiesto_da.utente_id == by.operatore.utente_id:",
        "    if False:",
        AFFIDATE,
    ),
    Buco(
        "voce affidata a chi non segue più il caso",
        AFFIDI,
        "    if not affidabili(caso)",
        "    if False and not affidabili(caso)",
        AFFIDATE,
    ),
    Buco("area nascosta fra quelle senza lettori", CHI_LEGGE,
         'rows.filter(~is_hidden("valutazione", of="valutazione"))', "rows", AREE),
    Buco("area di un altro ente fra quelle senza lettori", CHI_LEGGE,
         ", valutazione__autore__ente=caso.ente_titolare_id", "", AREE),
    Buco("area di chi non valuta più, con un lettore", CHI_LEGGE, ", parte__in=VALUTANO", "", AREE),
    Buco("aree che non si contano", CHI_LEGGE, "[*_voci(caso), *_aree(caso)]", "_voci(caso)", AREE),
    Buco("area scritta da chi non la legge", VALUTAZIONE, "if not riservate.keys() >= ", "if not ",
         ("casi/test_valutazione",)),
    Buco("aree di chi non ha cominciato", "casi/selectors/valutazione.py", " if self.mia or area in there}", "}",
         ("casi/test_valutazione",)),
    Buco("area nominata senza conferma", VALUTAZIONE, " if there is None]", "]", ("casi/test_valutazione",)),
    Buco("lettori di un'area scelti e perduti", VALUTAZIONE, "    _name(riga, [area", "    list([area", AREE),
    Buco("lettore di un'area che non c'è", "casi/forms/valutazione.py", "if readers and not (", "if False and (", AREE),
    Buco("voce affidata senza dirlo", AFFIDI, "notify(garanti(locked), TipoAvviso.VOCE_AFFIDATA)", "pass", AFFIDATE),
    Buco(
        "chiusura annullata verso un altro stato",
        "casi/actions/effetti.py",
        "last or StatoCaso.PRESO_IN_CARICO",
        "StatoCaso.PRESO_IN_CARICO",
        ("casi/test_percorso",),
    ),
    # --- what is typed and not finished, what closes, what changed meanwhile
    Buco("bozza di ieri allo sportello", "casi/selectors/bozze.py", ".exclude(of_another_day())", "", SPORTELLO),
    Buco("bozza dello sportello che resta", "casi/management/commands/scarto.py", " | of_another_day()", "", SPORTELLO),
    Buco("bozza che non si butta", "casi/views/modulo.py", "bozze.discard(by=attore, modulo=p", "dict(p=p", SPORTELLO),
    Buco("chiusura senza consegne", "casi/actions/guardie.py", "mossa.dati.note_di_consegna.strip()", '"x"', PERCORSO),
    Buco("consegne non scritte", "casi/actions/effetti.py", "(TipoVoce.CONSEGNE, dati.note_di_consegna)", "", PERCORSO),
    Buco(
        "ente tolto senza sapere che cosa vede adesso",
        "casi/actions/ammissioni.py",
        "if now := _instead_of(caso, ammissione):",
        "if now := None:",
        ("casi/test_ammissioni_scritte",),
    ),
]  # fmt: skip
