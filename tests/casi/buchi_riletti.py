"""Holes in what a second reading of the area found, one by one: see `buchi_letti`."""

from .buco import Buco

ELENCHI, SCARTI = "casi/selectors/conservazione.py", ("casi/test_scarti_in_conflitto",)
ESAME, REGISTRO = "casi/selectors/emergenze_esame.py", "casi/selectors/registro.py"
VIGILA, AVVIO = ("casi/test_conflitto_di_chi_vigila",), ("portal/test_settings_avvio",)
UNA_VOLTA, RIPROVATO = "casi/actions/una_volta.py", ("casi/test_riprovato",)
SALUTE, PRONTA = "casi/salute.py", ("casi/test_salute",)
EMERGENZA, APERTE, UNA = "casi/actions/emergenza.py", "casi/selectors/emergenza.py", ("casi/test_emergenza_una",)
ALTRI, DI_CHI = "casi/selectors/altri.py", ("casi/test_altri",)
APPROVA = "casi/selectors/approvazione.py"

RILETTI = [
    # --- who decides on a disposal list
    Buco(
        "scarto di un caso in conflitto",
        ELENCHI,
        "return ours & ~Q(Exists(of_it.filter(~known)))",
        "return ours",
        SCARTI,
    ),
    Buco(
        "conflitto scritto mentre si esegue",
        "casi/actions/conservazione.py",
        "    to_do(by, scarto)  # once more",
        "    # once more",
        SCARTI,
    ),
    Buco("nessuno approva, taciuto", APPROVA, "return not scarto.chiuso and not any(", "return False and any(", SCARTI),
    Buco("chi ha proposto conta fra chi approva", APPROVA, ".exclude(utente=scarto.proposto_da.utente_id)", "", SCARTI),
    # --- the conflict of who watches
    Buco("emergenza di un caso in conflitto", ESAME, ".filter(ours, Exists(known))", ".filter(ours)", VIGILA),
    Buco(
        "numero di un caso in conflitto",
        REGISTRO,
        " for pk in line.casi if pk not in kept]",
        " for pk in line.casi]",
        VIGILA,
    ),
    Buco(
        "voci cercate per un caso in conflitto",
        REGISTRO,
        "policies.known_to(attore, Caso.objects.exclude(",
        "(Caso.objects.exclude(",
        VIGILA,
    ),
    Buco(
        "voci cercate per la chiave di un caso in conflitto",
        REGISTRO,
        " or not there.exists() else None",
        " or True else None",
        VIGILA,
    ),
    Buco(
        "scarto di un caso in conflitto, per chi vigila",
        ELENCHI,
        "return ours & Q(Exists(of_it.filter(known)))",
        "return ours",
        VIGILA,
    ),
    Buco(
        "righe di un caso in conflitto, per chi vigila",
        ELENCHI,
        '(_known(attore, "oggetto_id") if azione in SEGNO',
        '(_known(attore, "oggetto_id") if azione is Azione.PROPORRE_SCARTO',
        VIGILA,
    ),
    Buco(
        "quante, con un caso in conflitto",
        ELENCHI,
        '"voci__oggetto_id") if azione in SEGNO',
        '"voci__oggetto_id") if azione is Azione.PROPORRE_SCARTO',
        VIGILA,
    ),
    Buco(
        "sigillo anche per chi vigila",
        "casi/condizioni.py",
        "Q() if Azione.LEGGERE_REGISTRO in RUOLI[ruolo].azioni else Q(",
        "Q(",
        VIGILA,
    ),
    Buco(
        "conflitto di chi vigila, non offerto", "casi/selectors/limiti.py", ", Azione.ESAMINARE_EMERGENZE}", "}", VIGILA
    ),
    Buco(
        "garante in conflitto",
        "casi/selectors/garanti.py",
        " if policies.known_to(from_server(each), same).exists()]",
        "]",
        VIGILA,
    ),
    Buco("nessun garante, taciuto", "casi/selectors/limiti.py", "bool(written) and not garanti(caso)", "False", VIGILA),
    # --- what leaves, and what is done again
    Buco(
        "registro scaricato da nessuno",
        REGISTRO,
        "voce.impronta, made,",
        'voce.impronta, "",',
        ("casi/test_registro_viste",),
    ),
    Buco(
        "registro senza codice nel nome",
        "casi/views/registro.py",
        "-{attore.richiesta}.csv",
        ".csv",
        ("casi/test_registro_viste",),
    ),
    Buco("stallo che passa da sé", UNA_VOLTA, '("40001", "40P01")', '("40001",)', RIPROVATO),
    Buco("serializzazione che passa da sé", UNA_VOLTA, '("40001", "40P01")', '("40P01",)', RIPROVATO),
    Buco("riprovato per sempre", UNA_VOLTA, "tried > RIPROVE or", "tried > 9 or", RIPROVATO),
    Buco("lucchetto riprovato", UNA_VOLTA, " or not passing or", " or", RIPROVATO),
    Buco("riprovata una parte", UNA_VOLTA, " or connection.in_atomic_block:", ":", RIPROVATO),
    Buco(
        "biscotto letto per un altro",
        "portal/settings/base.py",
        "LEGACY_SALT_FALLBACK = False",
        "LEGACY_SALT_FALLBACK = True",
        AVVIO,
    ),
    Buco("file di tutti", "portal/settings/riservato.py", "= 0o600, 0o700", "= 0o644, 0o755", AVVIO),
    # --- ready to work
    Buco(
        "disco pieno",
        "portal/salute.py",
        "return used.free >= used.total * LIBERO",
        "return True",
        ("portal/test_salute",),
    ),
    Buco("altre chiavi", SALUTE, "return same and file.indice == mine.indice and in_use", "return in_use", PRONTA),
    Buco("chiavi tolte troppo presto", SALUTE, " and in_use <= file.chiavi.keys()", "", PRONTA),
    Buco("testa di un mese fa", SALUTE, "return head >= since", "return True", PRONTA),
    Buco("mai una testa", SALUTE, "return not Registro", "return True or Registro", PRONTA),
    # --- one emergency at a time
    Buco("due emergenze insieme", EMERGENZA, "        _end(by, other)\n", "        pass\n", UNA),
    Buco("due emergenze, da due enti", APERTE, "operatore__utente=operatore.utente_id", "operatore=operatore", UNA),
    Buco("due emergenze nello stesso momento", EMERGENZA, "    _one_at_a_time(by.operatore.utente_id)\n", "", UNA),
    # --- whose a name is, in a copy
    Buco("nome di due persone", ALTRI, "return bool(mine) and not any(", "return bool(mine) or not any(", DI_CHI),
    Buco("nome a metà", ALTRI, "said <= _words(each.nome, each.cognome) and said &", "said &", DI_CHI),
    Buco("solo il cognome", ALTRI, " and said & _words(each.nome)]", "]", DI_CHI),
    Buco("nome intero di un'altra", ALTRI, " or (better and bool(first) and first <= said)", "", DI_CHI),
    Buco(
        "recapito scoperto in una richiesta",
        "casi/selectors/estratto_caso.py",
        '"contatto": copri(each.contatto)',
        '"contatto": each.contatto',
        DI_CHI,
    ),
    Buco(
        "recapito scoperto in un ascolto",
        "casi/selectors/estratto_testi.py",
        'for name in ("nome", "contatto", "contatto_sicuro")}',
        'for name in ("nome", "contatto_sicuro")} | {"contatto": each.contatto}',
        DI_CHI,
    ),
    Buco(
        "recapito di chi ha chiesto",
        ALTRI,
        "if each.per_conto or not is_hers(each.nome)]",
        "if each.per_conto]",
        DI_CHI,
    ),
    Buco("accenti diversi", ALTRI, "        if not unicodedata.combining(piece)\n", "", DI_CHI),
    Buco("apostrofo al posto dell'accento", ALTRI, '(ACCENTO if accented else "")', '""', DI_CHI),
    Buco("accento solo di una", ALTRI, ".removesuffix(ACCENTO)", "", DI_CHI),
    Buco("lettere che non si separano", ALTRI, ".translate(BARRATE)", "", DI_CHI),
    Buco("recapiti in maiuscolo", ALTRI, 'return f"(?i:{re.escape(', 'return f"(?:{re.escape(', DI_CHI),
    Buco("casa di altri", ALTRI, "    yield from _homes([*_lived(members), *before])\n", "", DI_CHI),
    Buco("casa di tutti e due", ALTRI, "(*own, *_homes(_lived(hers)))", "own", DI_CHI),
    Buco("schede unite alla sua", ALTRI, "        found += last\n", "", DI_CHI),
    Buco(
        "schede unite alle altre",
        ALTRI,
        "    members, ties = _with_merged(",
        "    members, ties = list(",
        DI_CHI,
    ),
    Buco(
        "file letto una volta sola",
        "casi/views/allegati.py",
        "file.open().read()",
        "file.read()",
        ("casi/test_riprovato",),
    ),
    Buco(
        "giorno senza il suo articolo",
        "portal/cms/templatetags/presentazione.py",
        "if INIZIA_PER_VOCALE.match(giorno) else",
        "if False else",
        ("casi/test_giorni_sulle_carte",),
    ),
    Buco(
        "ritiro detto a chi non entra più",
        "casi/actions/avvisi_arrivi.py",
        "Operatore.objects.acting(",
        "Operatore.objects.in_force(",
        ("casi/test_avvisi_arrivi",),
    ),
    Buco(
        "offerto a chi verrebbe rifiutato",
        "casi/selectors/assegnazioni.py",
        "        Operatore.objects.acting(today)\n        .filter(",
        "        Operatore.objects.in_force(today)\n        .filter(",
        ("casi/test_assegnazioni",),
    ),
    Buco(
        "legami di tutti i nuclei",
        "casi/selectors/storico.py",
        "LegameSociale.objects.filter(nucleo__in=where)",
        "LegameSociale.objects.filter(nucleo__appartato_da__nucleo=nucleo)",
        ("casi/test_storico",),
    ),
    Buco(
        "storia di tutti i nuclei",
        "casi/selectors/storico.py",
        "Q(legame__in=close)",
        "Q(legame__nucleo=nucleo)",
        ("casi/test_storico",),
    ),
    Buco(
        "testi contati anche se non partono",
        "casi/selectors/estratto.py",
        "risultati=len(mine.keys)",
        "risultati=len(chiesto.testi)",
        ("casi/test_copia_di_chi_e_uscito",),
    ),
]
