"""Holes in what begins and ends: keys of the cipher, days, ties to a body, a case sent on, what others may read."""

from .buco import Buco

CHIAVI, ROTAZIONE = "casi/chiavi.py", ("casi/test_rotazione", "casi/test_ricifra")
GUARDIE, GIORNI = "casi/actions/guardie.py", ("casi/test_giorni_possibili",)
ACCREDITO, LEGAMI = "casi/actions/accredito.py", "casi/actions/accredito_giorni.py"
TERMINE, FINE = "casi/actions/accredito_fine.py", ("casi/test_accredito_fine",)

TERMINI = [
    # --- a key is retired
    Buco("togliere la chiave attiva", CHIAVI, "if name == ring.attiva:", "if False:", ROTAZIONE),
    Buco("togliere una chiave che serve", CHIAVI, "if sealed := values_per_key()[name]:", "if sealed := 0:", ROTAZIONE),
    Buco(
        "prova di una chiave tolta",
        CHIAVI,
        "ControlloChiave.objects.filter(nome=name).delete()",
        "pass",
        ROTAZIONE,
    ),
    Buco(
        "chiave tolta da un altro file",
        "casi/management/commands/chiavi.py",
        "        chiavi.try_keys()\n        chiavi.retire_key",
        "        chiavi.retire_key",
        ROTAZIONE,
    ),
    Buco("prove fra i valori", CHIAVI, "if model is ControlloChiave:", "if False:", ROTAZIONE),
    # --- days that cannot be
    Buco("verifica fra due secoli", GUARDIE, "months_after(today, VERIFICA_ENTRO)", "date.max", GIORNI),
    Buco("famiglia avvisata prima del caso", GUARDIE, "if told < _begun(mossa.caso):", "if False:", GIORNI),
    Buco(
        "caso senza ciò da cui viene",
        GUARDIE,
        "min(chain([caso.aperto_il], heard, *arrivals))",
        "caso.aperto_il",
        GIORNI,
    ),
    Buco("giorno fra due secoli", "casi/forms/campi.py", "(), MESI_AVANTI)", "(), 1000)", GIORNI),
    # --- an accreditation that ends
    Buco("ultimo giorno già passato", LEGAMI, "if al < timezone.localdate():", "if False:", FINE),
    Buco("ultimo giorno prima del primo", LEGAMI, "if al < dal:", "if False:", FINE),
    Buco("legame allungato sull'altro", TERMINE, "    row.full_clean()\n", "", FINE),
    Buco(
        "due banchi insieme sullo stesso account",
        ACCREDITO,
        'of=("self", "utente"), no_key',
        'of=("self",), no_key',
        FINE,
    ),
    Buco(
        "due volte lo stesso ruolo prima dell'aggiornamento",
        "catalogo/migrations/0010_un_ruolo_alla_volta.py",
        "one.al >= other.dal",
        "one.al > other.dal",
        ("catalogo/test_migrazione_legami",),
    ),
    Buco("ultimo giorno letto ieri", TERMINE, "if row.al != letto:", "if False:", FINE),
    Buco("ultimo giorno di chiunque", TERMINE, "claim_tie(by, legame)", "legame", FINE),
    Buco(
        "ultimo giorno senza riga",
        TERMINE,
        'record(by, Azione.ACCREDITARE, dettaglio=Dettaglio(row, finalita=f"ultimo giorno {row.pk}"))',
        "pass",
        FINE,
    ),
    Buco(
        "sigillo di chi coordinava", "casi/management/commands/chiudi_accrediti.py", "replace_run_out()", "pass", FINE
    ),
    Buco(
        "accreditare chi è spento",
        ACCREDITO,
        "if utente is not None and not utente.is_active:",
        "if False:",
        ("casi/test_accredito_limiti",),
    ),
    # --- who wrote an alert is not told by what was done about it
    Buco(
        "che cosa ha fatto un altro ente",
        "casi/selectors/arrivi.py",
        "isinstance(each, Richiesta) or each.ente_id == attore.operatore.ente_id",
        "True",
        ("casi/test_da_dove_viene",),
    ),
    Buco(
        "che cosa si era fatto altrove",
        "casi/actions/subentro.py",
        'done, arrivo.scritta_a = "", arrivo.scritta_a or arrivo.ente',
        "arrivo.scritta_a = arrivo.scritta_a or arrivo.ente",
        ("casi/test_subentro",),
    ),
    # --- who administers
    Buco(
        "password corta di chi amministra",
        "portal/utenti/password.py",
        'user.is_superuser or (user.pk and user.has_perm("wagtailadmin.access_admin"))',
        "user.is_superuser",
        ("portal/test_password",),
    ),
    # --- a case is sent on
    Buco(
        "chi riceve per errore lo tiene",
        "casi/percorso.py",
        "APERTI = frozenset(S) - FINITI",
        "APERTI = frozenset(S) - FINITI - {S.TRASFERITO}",
        ("casi/test_trasferimento",),
    ),
    Buco(
        "arrivato al banco di prima",
        "casi/selectors/assegnazioni.py",
        'Q(da=F("a")) & ~Q(passo=Passo.TRASFERISCE)',
        'Q(da=F("a"))',
        ("casi/test_trasferimento",),
    ),
]
