"""Holes in what ASVS asks of sign-in, sessions, headers, files and the log; and in the table that says so."""

from .buco import Buco

INTESTAZIONI, VIOLAZIONI = ("asvs/test_intestazioni",), ("asvs/test_violazioni",)
PASSWORD, IDENTITA = ("asvs/test_password",), ("asvs/test_identita",)
ACCESSO, SESSIONI = ("asvs/test_accesso",), ("asvs/test_sessioni",)
LOG, PRODUZIONE, TABELLA = ("asvs/test_log",), ("asvs/test_produzione",), ("asvs/test_tabella",)
FORNITORE, PAROLE, DOVE = "portal/utenti/oidc/provider.py", "portal/utenti/password.py", "portal/utenti/dove.py"
VISTE, REQUISITI = "portal/utenti/views.py", "tests/asvs/tabella.py"

ASVS = [
    # --- headers
    Buco(
        "pagina caricata da altri",
        "portal/middleware.py",
        'response["Cross-Origin-Resource-Policy"] = "same-origin"',
        "pass",
        INTESTAZIONI,
    ),
    Buco(
        "politica che non dice a chi",
        "portal/settings/base.py",
        '    "report-uri": ["/violazioni/"],\n',
        "",
        VIOLAZIONI,
    ),
    Buco("base di chiunque", "portal/settings/base.py", '"base-uri": [NONE],', '"base-uri": [SELF],', INTESTAZIONI),
    Buco(
        "accesso con ogni metodo",
        "portal/utenti/middleware.py",
        "and request.method not in METODI:",
        "and False:",
        INTESTAZIONI,
    ),
    Buco(
        "indirizzo del caso nel log",
        "portal/violazioni.py",
        "urlsplit(said).netloc or said.split",
        "said or said.split",
        VIOLAZIONI,
    ),
    Buco(
        "log riempito da chiunque",
        "portal/violazioni.py",
        "if len(_written) == MOST and now - _written[0] < WITHIN:",
        "if False:",
        VIOLAZIONI,
    ),
    Buco(
        "cookie di ogni macchina",
        "portal/settings/base.py",
        'LEGATO = "__Host-" if HTTPS',
        'LEGATO = "" if HTTPS',
        PRODUZIONE,
    ),
    # --- log
    Buco(
        "riga finta nel log",
        "portal/scritto.py",
        "return SEGNI.sub(_shown, super().formatMessage(record))",
        "return super().formatMessage(record)",
        LOG,
    ),
    Buco("ora senza fuso nel log", "portal/scritto.py", "record.created, UTC)", "record.created)", LOG),
    # --- passwords
    Buco("due password comuni", PAROLE, "if _made_of(typed, _common()):", "if False:", PASSWORD),
    Buco("password di parole nostre", PAROLE, "if letters and _made_of(", "if False and _made_of(", PASSWORD),
    Buco("password con le cifre per lettere", PAROLE, ".translate(COME_LETTERE)):", "):", PASSWORD),
    # --- the gateway
    Buco(
        "gettone di un'altra domanda",
        FORNITORE,
        "if not (asked and told and secrets.compare_digest(asked, str(told))):",
        "if False:",
        IDENTITA,
    ),
    Buco("domanda che si può indovinare", FORNITORE, "nonce = secrets.token_urlsafe(32)", 'nonce = "n" * 43', IDENTITA),
    Buco(
        "fornitore con un altro nome",
        FORNITORE,
        'if told.get("issuer") != provider.app.settings["issuer"]:',
        "if False:",
        IDENTITA,
    ),
    Buco("firma con un segreto di tutti", FORNITORE, '["alg"] not in FIRME:', '["alg"] in ():', IDENTITA),
    Buco("fornitore che manda altrove", FORNITORE, "session.max_redirects = 0", "pass", IDENTITA),
    # --- who is tried at
    Buco("provato in silenzio", "portal/utenti/tentativi.py", "== AVVISO:", "== -1:", ACCESSO),
    Buco(
        "codici provati in silenzio",
        "portal/utenti/tentativi.py",
        "if row and TentativoDiCodice.objects.filter(utente=utente).count() == QUANTI:",
        "if False:",
        ACCESSO,
    ),
    Buco(
        "nome di nessuno più veloce",
        "portal/utenti/adapter.py",
        "user = super().authenticate(request, **credentials)",
        "user = super().authenticate(request, **credentials) if name != 'nessuno' else None",
        ACCESSO,
    ),
    # --- sessions
    Buco(
        "chiave vecchia dopo la conferma",
        "portal/utenti/sessioni.py",
        "        request.session.cycle_key()\n",
        "",
        SESSIONI,
    ),
    Buco(
        "un'altra sessione nel registro",
        "portal/utenti/sessioni.py",
        "session[TRACE] = fingerprint(session)",
        "pass",
        SESSIONI,
    ),
    Buco(
        "sessioni chiuse senza conferma",
        VISTE,
        "        if not has_confirmed(request):\n            return ask_again(request)\n",
        "",
        SESSIONI,
    ),
    Buco(
        "sessioni mostrate con la password sola",
        VISTE,
        "if not has_passed(request):\n        return redirect(then",
        "if False:\n        return redirect(then",
        SESSIONI,
    ),
    Buco("sessioni di altri", DOVE, "filter(utente_id=request.user.pk)", "all()", SESSIONI),
    Buco("chiuse anche quelle di altri", DOVE, "filter(utente_id=utente.pk).exclude", "exclude", SESSIONI),
    Buco(
        "resta dentro sul sito pubblico",
        DOVE,
        'filter(pk=utente.pk).update(cambi_di_accesso=F("cambi_di_accesso") + 1)',
        "filter(pk=utente.pk)",
        SESSIONI,
    ),
    Buco(
        "restano dentro tutti",
        DOVE,
        'filter(pk__in=keys).update(cambi_di_accesso=F("cambi_di_accesso") + 1)',
        "filter(pk__in=keys)",
        SESSIONI,
    ),
    # --- files
    Buco(
        "file di una persona senza fine",
        "casi/actions/allegati.py",
        ".count() >= PER_PERSON:",
        ".count() < 0:",
        ("asvs/test_file",),
    ),
    # --- the table
    Buco("requisito che manca", REQUISITI, "if each not in seen)", "if False)", TABELLA),
    Buco("prova che non c'è", REQUISITI, "if test not in proofs_in(file):", "if False:", TABELLA),
    Buco(
        "titolo che non c'è",
        REQUISITI,
        "if anchor not in anchors(page):",
        "if False:",
        TABELLA,
    ),
    Buco(
        "deroga di nessuno", REQUISITI, 'elif kind == "deroga" and row.numero not in DEROGHE:', "elif False:", TABELLA
    ),
]
