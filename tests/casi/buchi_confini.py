"""The holes at the edges: who is counted on, days and hours, two who write at once, cases that are over."""

from .buco import Buco

ACCREDITO, AL_LAVORO = "casi/actions/accredito.py", "casi/selectors/al_lavoro.py"
FUSIONE, PERSONE, SERRATURA = "casi/actions/fusione.py", "casi/actions/persone.py", "casi/actions/serratura.py"
INSIEME, LIMITI, DIARIO = ("casi/test_insieme",), ("casi/test_limiti",), ("casi/test_diario",)
FINITI, BANCO, PUBBLICO = ("casi/test_finiti",), ("casi/test_banco",), ("casi/test_pubblico",)
LETTORI, NOMINARE = "casi/selectors/lettori.py", "casi/actions/lettori.py"
CHI_LEGGE, NOMINATI = "casi/nominati.py", ("casi/test_lettori",)
ACCREDITI = ("casi/test_accredito_limiti",)
CHIAVE = ", no_key=True"

CONFINI = [
    Buco(
        "aiuti nascosti contati al banco",
        "casi/selectors/assegnazioni.py",
        'filter(~is_hidden("intervento"), caso=caso',
        "filter(caso=caso",
        ("casi/test_banco",),
    ),
    Buco(
        "aiuti finiti contati al banco",
        "casi/selectors/assegnazioni.py",
        ", stato=StatoIntervento.IN_CORSO",
        "",
        ("casi/test_banco",),
    ),
    # --- days and months
    Buco(
        "mese di trenta giorni",
        "casi/actions/pubblico.py",
        "entro = months_after(timezone.localdate(), AVVISARE)",
        'entro = timezone.localdate() + __import__("datetime").timedelta(days=30)',
        PUBBLICO,
    ),
    Buco(
        "proposta in ritardo per ore",
        "casi/selectors/proposte.py",
        "start_of(limite())",
        "timezone.now() - timedelta(days=PER_ACCETTARE)",
        BANCO,
    ),
    Buco(
        "allerte dall'una di notte",
        "casi/selectors/allerte.py",
        "values += [name, start_of(first),",
        "values += [name, first,",
        ("casi/test_registro_viste",),
    ),
    Buco(
        "aiuto finito nel futuro",
        "casi/actions/interventi.py",
        "if stato == S.CONCLUSO and al and al > timezone.localdate():",
        "if False:",
        ("casi/test_interventi",),
    ),
    Buco(
        "giorno senza un anno",
        "casi/forms/conservazione.py",
        "chiesta_il = Giorno(",
        "chiesta_il = forms.DateField(",
        ("casi/test_cancellazione_chiesta",),
    ),
    Buco(
        "legame che comincia prima",
        ACCREDITO,
        "dal = max(old.dal, timezone.localdate())",
        "dal = timezone.localdate()",
        ACCREDITI,
    ),
    # --- who is looked for, who is counted on
    Buco(
        "codice provvisorio non cercato",
        "casi/codice_fiscale.py",
        "return bool(FOR_A_TIME.fullmatch(codice)) or (",
        "return (",
        ("casi/test_ricerca",),
    ),
    Buco("lettore in conflitto", AL_LAVORO, "filter(~Exists(conflict), ", "filter(", DIARIO),
    Buco("lettore fuori dal sigillo", AL_LAVORO, "Q(caso__sigillato=False) | Exists(named)", "", DIARIO),
    Buco("sigillo di un altro", AL_LAVORO, ', operatore=OuterRef("operatore"))', ")", DIARIO),
    Buco(
        "affidata a chi è fuori dal sigillo",
        "casi/selectors/affidamenti.py",
        "social = let_in(",
        "social = at_work(",
        ("casi/test_affidamenti",),
    ),
    Buco(
        "nome tolto dal sigillo come un'uscita",
        "casi/selectors/affidamenti.py",
        "reading = at_work(caso.pk)",
        "reading = let_in(caso.pk)",
        ("casi/test_affidamenti",),
    ),
    Buco(
        "lettore offerto a chi non può",
        LETTORI,
        "possibili(caso).exclude",
        "Incarico.objects.filter(caso=caso, operatore__ruolo__in=LEGGONO).exclude",
        DIARIO,
    ),
    Buco(
        "lettore nominato senza guardare",
        LETTORI,
        "return let_in(caso).filter(",
        "return Incarico.objects.in_force(timezone.localdate()).filter(caso=caso).filter(",
        DIARIO,
    ),
    Buco("volontario nominato", LETTORI, "(caso).filter(operatore__ruolo__in=LEGGONO)", "(caso)", NOMINATI),
    Buco("volontario nominato che legge", CHI_LEGGE, "(allowed, operatore__ruolo__in=LEGGONO)", "(allowed)", NOMINATI),
    Buco("referente che legge senza perché", CHI_LEGGE, " | Q(motivo__isnull=False)", " | Q()", NOMINATI),
    Buco("referente nominato senza perché", NOMINARE, "if outside and not why:", "if False:", NOMINATI),
    Buco("perché di nessuno", NOMINARE, "if why and not outside:", "if False:", NOMINATI),
    Buco(
        "perché che non passa alla correzione",
        NOMINARE,
        "each.operatore_id: each.motivo",
        'each.operatore_id: ""',
        NOMINATI,
    ),
    Buco(
        "nome senza perché nella correzione",
        NOMINARE,
        "in destinatari(before)}",
        "in before.destinatari.all()}",
        NOMINATI,
    ),
    Buco("chi risponde del caso non per primo", LETTORI, '"-risponde", ', "", NOMINATI),
    Buco(
        "affidata a chi non è assistente sociale",
        "casi/selectors/affidamenti.py",
        "        operatore__ruolo__in=LIBERI,\n",
        "",
        NOMINATI,
    ),
    Buco(
        "superutente che riceve",
        "catalogo/models/operatore.py",
        "filter(utente__is_active=True, utente__is_superuser=False)",
        "filter(utente__is_active=True)",
        (*PUBBLICO, "casi/test_avvisi_arrivi"),
    ),
    Buco(
        "spento che riceve",
        "catalogo/models/operatore.py",
        "filter(utente__is_active=True, utente__is_superuser=False)",
        "filter(utente__is_superuser=False)",
        PUBBLICO,
    ),
    Buco(
        "informativa scelta altrimenti",
        "casi/selectors/pubblico.py",
        "found = informative_valide(timezone.localdate()).filter(",
        "found = Informativa.objects.filter(",
        PUBBLICO,
    ),
    # --- conflicts that are noticed
    Buco(
        "scheda corretta in silenzio",
        PERSONE,
        "    with watching_closeness(locked):\n        try:",
        "    if True:\n        try:",
        LIMITI,
    ),
    Buco(
        "unione in silenzio",
        FUSIONE,
        "    with watching_closeness(*Caso.objects.filter(pk__in=touched)):\n        fusione.spostati",
        "    if True:\n        fusione.spostati",
        INSIEME,
    ),
    Buco(
        "separazione in silenzio",
        FUSIONE,
        "    with watching_closeness(*Caso.objects.filter(pk__in=touched)):\n        _move_back",
        "    if True:\n        _move_back",
        INSIEME,
    ),
    # --- two at once
    Buco(
        "unione che ferma chi scrive altrove",
        SERRATURA,
        "select_for_update(no_key=True)",
        "select_for_update()",
        INSIEME,
    ),
    Buco(
        "due case aperte",
        PERSONE,
        "persona=locked_member(locked, persona), **campi",
        "persona=member(locked, persona), **campi",
        INSIEME,
    ),
    Buco(
        "legame che ferma chi scrive",
        ACCREDITO,
        f'of=("self", "utente"){CHIAVE}).filter(pk=legame.pk)',
        'of=("self",)).filter(pk=legame.pk)',
        ACCREDITI,
    ),
    Buco(
        "legame spento che ferma chi scrive",
        ACCREDITO,
        f'of=("self",){CHIAVE}).select_related',
        'of=("self",)).select_related',
        ACCREDITI,
    ),
    Buco(
        "account che ferma chi scrive",
        ACCREDITO,
        "Utente.objects.select_for_update(no_key=True)",
        "Utente.objects.select_for_update()",
        ACCREDITI,
    ),
    Buco(
        "registro prima dei casi",
        ACCREDITO,
        "    cover_all(by, old.ente_id)\n    _tell(by, atto, old)\n",
        "    _tell(by, atto, old)\n    cover_all(by, old.ente_id)\n",
        ACCREDITI,
    ),
    Buco(
        "casi dopo il primo legame spento",
        ACCREDITO,
        "    list(Caso.objects.select_for_update(no_key=True).filter(",
        "    (Caso.objects.filter(",
        ACCREDITI,
    ),
    Buco(
        "fine scritta due volte",
        "casi/actions/emergenza.py",
        'finished().select_for_update(of=("self",), no_key=True)]',
        "finished()]",
        ("casi/test_emergenza",),
    ),
    # --- a path that is over
    *(
        Buco(f"{nome} dove il percorso è finito", SERRATURA, f"        Azione.{azione},\n", "", FINITI)
        for nome, azione in (
            ("valutare", "VALUTARE"),
            ("nominare lettori", "NOMINARE_LETTORI"),
            ("affidare voci", "AFFIDARE_VOCI"),
        )
    ),
]
