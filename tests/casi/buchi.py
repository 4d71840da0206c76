"""The holes in the decision and at its door: each is one thing that somebody could forget."""

from .buco import Buco

POLICIES, FATTI, PORTA, CASI, CONDIZIONI, SCRITTE, RETI = (
    "casi/policies.py",
    "casi/fatti.py",
    "casi/views/porta.py",
    "casi/selectors/casi.py",
    "casi/condizioni.py",
    "casi/scritte.py",
    "casi/reti.py",
)
RUOLI, INCARICHI, VISTE = "casi/ruoli.py", "casi/actions/incarichi.py", "casi/views/casi.py"
PERIODO, ACCORDO, SERRATURA = "casi/models/periodo.py", "catalogo/models/accordo.py", "casi/actions/serratura.py"
NASCOSTE, AREE = ("casi/test_oscuramenti",), ("casi/test_aree_per_nome",)

BUCHI = [
    # --- who may act at all
    Buco("account spento", POLICIES, "        utente__is_active=True,\n", ""),
    Buco("superutente", POLICIES, "        utente__is_superuser=False,\n", ""),
    Buco(
        "ente spento",
        RETI,
        'return Q((f"{ente}__attivo" if ente else "attivo", True)) & _adhering',
        "return _adhering",
    ),
    Buco("legame finito", POLICIES, "Operatore.objects.in_force(timezone.localdate())", "Operatore.objects.all()"),
    Buco("adesione dimenticata", POLICIES, '        in_network("ente"),\n', ""),
    Buco("adesione di un altro ente", RETI, 'pointing(adheres, "ente", ente)', 'pointing(adheres, "accordo", ente)'),
    Buco("parole di ieri", RETI, 'ente or "pk", timezone.localdate())', 'ente or "pk", timezone.now().date())'),
    Buco("adesione scaduta", ACCORDO, "signed = super().in_force(on).filter(", "signed = self.filter("),
    Buco("adesione sospesa", ACCORDO, "stato=StatoAdesione.SOTTOSCRITTA, privacy", "privacy"),
    Buco("privacy non firmata", ACCORDO, ", privacy_firmata_il__lte=on", ""),
    Buco("ruolo privacy mancante", ACCORDO, '.exclude(ruolo_privacy="")', ""),
    Buco("accordo scaduto", ACCORDO, "signed.filter(accordo__in=agreements)", "signed"),
    Buco("elenco senza chi agisce", POLICIES, "filter(_stands(who, ruolo), asked(", "filter(asked("),
    Buco(
        "azioni senza chi agisce",
        FATTI,
        "models.Caso.objects.filter(stands(who, ruolo), pk=CASO)",
        "models.Caso.objects.filter(pk=CASO)",
    ),
    Buco(
        "chi agiva ieri",
        POLICIES,
        "def _stands(who: Chi, ruolo: str) -> Any:\n",
        "def _stands(who: Chi, ruolo: str) -> Any:\n    return Q(pk__isnull=False)\n",
    ),
    Buco(
        "può senza chi agisce",
        POLICIES,
        "return ties_of(me.utente_id).filter(pk=me.pk, ruolo=me.ruolo).exists()",
        "return True",
    ),
    Buco(
        "ruolo cambiato",
        POLICIES,
        "written_out(ties_of(who.utente).filter(pk=who.operatore, ruolo=ruolo))",
        "written_out(ties_of(who.utente).filter(pk=who.operatore))",
    ),
    Buco("secondo fattore", POLICIES, "return attore.secondo_fattore and azione in", "return azione in"),
    Buco(
        "conferma",
        POLICIES,
        "_listed(attore, azione) and not needs_confirming(attore, azione)",
        "_listed(attore, azione)",
    ),
    # --- which cases
    Buco(
        "basta il ruolo",
        POLICIES,
        "filter(_stands(who, ruolo), asked(who, _rule(ruolo, azione)))",
        "filter(_stands(who, ruolo))",
    ),
    Buco("conflitto", POLICIES, "return Q(conflitto=False) & Q(sigillato", "return Q(sigillato"),
    Buco("conflitto d'altri", FATTI, ".filter(utente=who.utente)", ""),
    Buco("sigillo", POLICIES, "Q(conflitto=False) & Q(sigillato_per_me=False) & reduce", "Q(conflitto=False) & reduce"),
    Buco("sigillo come aperto", FATTI, "return Q(sigillato=True) & ~", "return Q(sigillato=False) & ~"),
    Buco(
        "nome tolto dal sigillo",
        FATTI,
        "NominatoAlSigillo.objects.in_force(who.oggi).filter",
        "NominatoAlSigillo.objects.filter",
    ),
    Buco("tolta_il dimenticato", PERIODO, "super().in_force(on).filter(tolta_il__isnull=True)", "super().in_force(on)"),
    Buco("ultimo giorno", PERIODO, "Q(al__gte=on)", "Q(al__gt=on)"),
    Buco(
        "incarico scaduto", FATTI, "models.Incarico.objects.in_force(who.oggi).filter", "models.Incarico.objects.filter"
    ),
    Buco(
        "incarico d'altri",
        FATTI,
        "Incarico.objects.in_force(who.oggi).filter(operatore=who.operatore)",
        "Incarico.objects.in_force(who.oggi)",
    ),
    Buco("incarico dimenticato", POLICIES, "body & Q(incaricato=True) & Q(", "body & Q("),
    Buco("permesso dimenticato", POLICIES, ' & Q((f"permesso_{regola.permesso}", True)))', ")"),
    Buco(
        "righe di un altro caso",
        SCRITTE,
        "linked = rows.filter(**{link: RawSQL(QUI, ())})",
        "linked = rows",
    ),
    Buco("permesso su un altro caso", FATTI, "rows(who).filter(content_object=QUI)", "rows(who)"),
    Buco("permesso d'altri", FATTI, "objects.filter(user=who.utente)", "objects.all()"),
    Buco(
        "un permesso vale l'altro",
        FATTI,
        "rows(who).filter(permission=permissions()[value])",
        "rows(who)",
    ),
    Buco("un permesso vale l'altro, sul caso", FATTI, "permissions()[each] in held", "bool(held)"),
    Buco(
        "ammissione scaduta",
        FATTI,
        "models.Ammissione.objects.in_force(who.oggi).filter",
        "models.Ammissione.objects.filter",
    ),
    Buco("ammissione d'altri", FATTI, ".filter(ente=who.ente)", ""),
    Buco("ammissione a un altro caso", FATTI, "admissions(who).filter(caso=QUI)", "admissions(who)"),
    Buco(
        "ambito dimenticato",
        FATTI,
        "admissions(who).filter(ambiti__contains=[value])",
        "admissions(who)",
    ),
    Buco("ambito dimenticato, sul caso", FATTI, " if scope == each]", "]"),
    Buco("caso chiuso agli altri", FATTI, "return CON_ALTRI & Q(", "return Q("),
    Buco("caso chiuso agli altri, sul caso", FATTI, ' if row["fatto_con_altri"] else []', ""),
    Buco("caso chiuso nel percorso", "casi/models/caso.py", "        StatoCaso.CHIUSO,\n", ""),
    Buco("ente dimenticato", POLICIES, "ways.append(body & Q(", "ways.append(Q("),
    Buco(
        "ammesso come titolare", POLICIES, "if regola.ambito else Q()", "if regola.ambito else Q(ammesso_sintesi=True)"
    ),
    Buco(
        "ufficio di tutti",
        POLICIES,
        "ways.append(Q(titolare=True))",
        "ways.append(Q(titolare=True) | Q(titolare=False))",
    ),
    Buco("emergenza senza fine", FATTI, "fine__gt=now, ", ""),
    Buco("emergenza chiusa", FATTI, ", chiuso_il__isnull=True", ""),
    Buco(
        "emergenza d'altri",
        FATTI,
        "AccessoEmergenza.objects.filter(operatore=who.operatore)",
        "AccessoEmergenza.objects.all()",
    ),
    Buco(
        "emergenza ricordata",
        POLICIES,
        "_composed.__wrapped__ if azione in RUOLI[ruolo].in_emergenza else _composed",
        "_composed",
    ),
    Buco(
        "note di tutti in emergenza",
        RUOLI,
        "= AIUTI | {Azione.VEDERE_CASO,",
        "= AIUTI | {Azione.VISTA_GLOBALE, Azione.VEDERE_CASO,",
    ),
    Buco("emergenza per tutto", POLICIES, "if azione in ruolo.in_emergenza:", "if True:"),
    Buco(
        "emergenza più del conflitto",
        POLICIES,
        "return Q(conflitto=False) & Q(sigillato_per_me=False) & reduce(or_, ways)",
        "return Q(conflitto=False) & Q(sigillato_per_me=False) & reduce(or_, ways) | Q(emergenza=True)",
    ),
    # --- what is written on a case
    Buco("livello 4 come ordinario", RUOLI, '"change_caso", "", {2, 3})', '"change_caso", "", {2, 3, 4})'),
    Buco("livelli dimenticati", CONDIZIONI, "at_its_level(azione) & rule", "rule"),
    Buco("livello 5 senza nome", CONDIZIONI, "at_its_level(Azione.VOCI_RISERVATE) & (Q(", "(Q("),
    Buco("livello 5 di chiunque", CONDIZIONI, "(Q(autore=operatore.pk) | named)", "Q()"),
    Buco(
        "area di chi non è nominato", CONDIZIONI, "Azione.VOCI_RISERVATE: named}", "Azione.VOCI_RISERVATE: Q()}", AREE
    ),
    Buco("area di un altro nome", CONDIZIONI, '{cosa: OuterRef("pk")}, operatore', "{}, operatore", AREE),
    Buco("area di chi non valuta più", CONDIZIONI, "{Azione.VALUTARE: Q(val", "{Azione.VEDERE_CASO: Q(val", AREE),
    Buco("note di altri enti", CONDIZIONI, "Azione.NOTE_PROFESSIONALI: ours", "Azione.NOTE_PROFESSIONALI: Q()"),
    Buco("oscurato", CONDIZIONI, "rows.filter(~is_hidden(", "rows.filter(Q(pk__isnull=False) | ~is_hidden("),
    Buco("oscuramento tolto", "casi/models/limiti.py", ", tolto_il__isnull=True", ""),
    *(
        Buco(f"oscurato: {cosa}", POLICIES, f"seen(attore, opened({rows}", f"(opened({rows}", NASCOSTE)
        for cosa, rows in (
            ("ascolto", "ascolti.filter(caso=caso)"),
            ("valutazione", "models.Valutazione.objects"),
            ("salute e minori", "models.VoceValutazioneRiservata.objects"),
        )
    ),
    Buco(
        "valutazione in corso nascosta",
        "casi/selectors/oscuramenti.py",
        ".filter(conclusa_il__isnull=False)",
        "",
        NASCOSTE,
    ),
    Buco(
        "copia che dice di un ascolto nascosto",
        "casi/selectors/estratto_testi.py",
        "senza_taciute(policies.ascolti_visibili(attore, caso, aperto.azioni))",
        "senza_taciute(PrimoAscolto.objects.filter(caso=caso))",
        NASCOSTE,
    ),
    Buco(
        "interventi non condivisi",
        POLICIES,
        "Q(condiviso=True) & ~Q(",
        "~Q(",
    ),
    Buco("interventi che non ci sono stati", POLICIES, " & ~Q(stato__in=models.SENZA_EFFETTO)", ""),
    Buco("aiuti non condivisi, nella sintesi", POLICIES, "Azione.VEDERE_CASO: told", "Azione.VEDERE_CASO: Q()"),
    Buco("aiuti altrui al volontario", POLICIES, " if _listed(attore, Azione.INTERVENTI_ALTRUI) else Q()", ""),
    Buco("aiuti finiti, nella sintesi", POLICIES, "caso=caso, stato=models.StatoIntervento.IN_CORSO", "caso=caso"),
    Buco(
        "voci di un altro caso",
        POLICIES,
        "models.VoceDiario.objects.filter(caso=caso)",
        "models.VoceDiario.objects.all()",
    ),
    *(
        Buco(f"{cosa} di un altro ente, {chi}", POLICIES, prima, dopo, (prove,))
        for cosa, prima, dopo in (
            ("arrivi", "else Q(ente=me.ente_id, caso=None)", "else Q(caso=None)"),
            ("ascolti", "Q(ente=attore.operatore.ente_id)\n    ascolti", "Q(pk__isnull=False)\n    ascolti"),
        )
        for chi, prove in (("matrice", "casi/test_matrice_indirizzi"), ("canarini", "casi/test_canarini"))
    ),
    Buco(
        "minori a rischio",
        POLICIES,
        'unless(found, "minori_a_rischio", reads=_listed',
        "unless(found, '', reads=True or _listed",
    ),
    # --- the door, the reads, the register
    Buco(
        "403 invece di 404", PORTA, "request))\n        raise Http404\n", "request))\n        raise PermissionDenied\n"
    ),
    Buco(
        "porta che non scrive",
        PORTA,
        "        refuse(attore, azione, casi=_cases_of(request))\n        raise",
        "        raise",
    ),
    Buco("porta aperta", PORTA, "if not policies.allowed_by_role(attore, azione):", "if False:"),
    Buco(
        "apertura che non scrive",
        CASI,
        "        record(attore, azione, casi=[pk], esito=esito, dettaglio=told)",
        "        (lambda *a, **k: None)(attore, azione, casi=[pk], esito=esito, dettaglio=told)",
    ),
    Buco("diniego scritto come consenso", CASI, "Esito.NEGATO if found is None", "Esito.CONSENTITO if found is None"),
    Buco(
        "diniego non scritto",
        CASI,
        "        record(attore, azione, casi=[pk], esito",
        "        if azione in azioni: record(attore, azione, casi=[pk], esito",
    ),
    Buco("basta un'azione qualunque", CASI, "if caso and azione in azioni else None", "if caso else None"),
    Buco(
        "elenco che non scrive",
        CASI,
        "    record(attore, Azione.ELENCARE_CASI,",
        "    (lambda *a, **k: None)(attore, Azione.ELENCARE_CASI,",
    ),
    Buco("POST dove si legge", VISTE, "@require_safe\n@dichiara(Azione.VEDERE_CASO)", "@dichiara(Azione.VEDERE_CASO)"),
    Buco(
        "metodo guardato dopo",
        VISTE,
        "@require_safe\n@dichiara(Azione.VEDERE_CASO)",
        "@dichiara(Azione.VEDERE_CASO)\n@require_safe",
    ),
    Buco(
        "azione sbagliata dichiarata",
        VISTE,
        "    aperto = open_caso(attore, pk, Azione.VEDERE_CASO)",
        "    aperto = open_caso(attore, pk, Azione.DICHIARARE_CONFLITTO)",
    ),
    # --- who is put on a case
    Buco("permessi che restano", INCARICHI, "    rows.exclude(permission__codename__in=wanted).delete()\n", ""),
    Buco(
        "tolto senza permessi",
        INCARICHI,
        "    project(incarico.caso, incarico.operatore.utente_id)\n",
        "",
    ),
    Buco(
        "incarico a chi non segue casi",
        INCARICHI,
        "if Azione.VEDERE_CASO not in RUOLI[operatore.ruolo].azioni:",
        "if False:",
    ),
    Buco(
        "scrive chi non può",
        SERRATURA,
        " and azione in policies.azioni_con(by, facts)",
        "",
    ),
    Buco("richiede senza chiedere", SERRATURA, "    if not policies.may(by, azione):", "    if False:"),
    # --- the table of roles
    Buco(
        "coordinatore che legge",
        RUOLI,
        "            Azione.ELENCARE_DA_ASSEGNARE,\n            Azione.ASSEGNARE,",
        "            Azione.VEDERE_CASO,\n            Azione.ELENCARE_DA_ASSEGNARE,\n            Azione.ASSEGNARE,",
    ),
    Buco(
        "privacy che elenca",
        RUOLI,
        "            Azione.LEGGERE_REGISTRO,\n",
        "            Azione.LEGGERE_REGISTRO, Azione.ELENCARE_CASI,\n",
    ),
    Buco(
        "volontario col diario dell'ente",
        RUOLI,
        "SEGUE_CASI | ASCOLTO\n    ),",
        "SEGUE_CASI | ASCOLTO | {Azione.DIARIO_ENTE}\n    ),",
    ),
    Buco("contatti con la sola sintesi", RUOLI, '"view_caso", "contatti"', '"view_caso", "sintesi"'),
    Buco(
        "collega che condivide",
        RUOLI,
        '"collega": frozenset({"view_caso",',
        '"collega": frozenset({"condividi_caso", "view_caso",',
    ),
    Buco(
        "collaboratore con le note",
        RUOLI,
        '"collaboratore": frozenset({"view_caso",',
        '"collaboratore": frozenset({"note_caso", "view_caso",',
    ),
    Buco(
        "condividere senza conferma",
        RUOLI,
        'li toglie."), "condividi_caso", conferma=True)',
        'li toglie."), "condividi_caso")',
    ),
]
