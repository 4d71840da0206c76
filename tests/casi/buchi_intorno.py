"""The holes in the rules around the decision: small numbers, the copy, lost access, files, sessions, addresses."""

from .buco import Buco

RIPRISTINO, ACCREDITO, ORFANI = "casi/actions/ripristino.py", "casi/actions/accredito.py", "casi/actions/orfani.py"
ACCOUNT, SESSIONI, OPACHI = "portal/utenti/ripristino.py", "portal/utenti/sessioni.py", "casi/opachi.py"
RIPRISTINI, SERVER, PORTA = "casi/selectors/ripristini.py", "casi/actions/dal_server.py", "casi/views/porta.py"
CODICI, POSTA, CAMBI = "portal/utenti/codici.py", "portal/utenti/posta.py", "portal/utenti/cambi.py"
DAL_SERVER, SCRIVE, TARDI = ("casi/test_dal_server",), ("portal/test_posta",), "casi/views/scaduta.py"
CHE_COPIA, TESTI, COPIA = "casi/selectors/estratto.py", "casi/selectors/estratto_testi.py", ("casi/test_copia",)
PICCOLI, ESTRATTO, AIUTA = ("casi/test_numeri_piccoli",), ("casi/test_estratto",), ("casi/test_ripristino",)
IMPOSTAZIONI = "portal/settings/base.py"
FILE, SESSIONE, CIFRA = ("casi/test_allegati",), ("portal/test_sessioni",), ("casi/test_opachi",)

CONDIVISIONE, SOVRAPPOSTI, AVVISI = (
    "casi/selectors/condivisione.py",
    "casi/selectors/sovrapposizione.py",
    "casi/actions/avvisi.py",
)
AMMESSI, DOMANDE, URGENZE = ("casi/test_ammissioni",), ("casi/test_sovrapposizione",), ("casi/test_emergenza",)
LIMITI, LAVORO, PERSONE = ("casi/test_limiti",), ("casi/test_lavoro",), ("casi/test_persone",)

INTORNO = [
    # --- what may be learnt of a case without opening it
    Buco("altri enti in pagina", CONDIVISIONE, " if may_be_named(attore, aperto, row.ente_id)]", "]", AMMESSI),
    Buco(
        "persone di altri enti in pagina",
        CONDIVISIONE,
        "        if may_be_named(attore, aperto, each",
        "        if each or may_be_named(attore, aperto, each",
        AMMESSI,
    ),
    Buco(
        "nome dato a un numero",
        "casi/selectors/ricerca.py",
        "visible_to(attore, Azione.VEDERE_PERSONE)",
        "visible_to(attore, Azione.VEDERE_CASO)",
        ("casi/test_ricerca",),
    ),
    Buco(
        "emergenza negata a chi vede la sintesi",
        "casi/actions/emergenza.py",
        "if Azione.VEDERE_PERSONE in",
        "if Azione.VEDERE_CASO in",
        URGENZE,
    ),
    Buco(
        "sovrapposizione su un caso chiuso a chi chiede",
        SOVRAPPOSTI,
        " if not chiuso for condiviso",
        " for condiviso",
        DOMANDE,
    ),
    Buco(
        "sovrapposizione che dice che ci sono voci riservate",
        SOVRAPPOSTI,
        "        return touched, Risposta.NO\n",
        "        return touched, Risposta.NO\n"
        "    if Caso.objects.filter(pk__in=touched, vocediario__livello=5).exists():\n"
        "        return touched, Risposta.PARLA\n",
        DOMANDE,
    ),
    Buco(
        "sovrapposizione di due persone",
        SOVRAPPOSTI,
        "if all(shown) and not several else",
        "if all(shown) else",
        DOMANDE,
    ),
    Buco(
        "sovrapposizione che dice che c'è qualcosa",
        SOVRAPPOSTI,
        "    if not shown:\n",
        "    if not shown and not several:\n",
        DOMANDE,
    ),
    Buco(
        "doppione in un caso sigillato",
        "casi/selectors/doppioni.py",
        "bool(people - (of_cases - known))",
        "bool(people)",
        ("casi/test_doppioni_chiusi",),
    ),
    Buco("doppioni senza limite", "casi/selectors/doppioni.py", "if allowed else Somiglianza(ce=False)", "", PERSONE),
    Buco(
        "limite per ogni legame",
        "casi/selectors/quota.py",
        "Operatore.objects.filter(utente=utente)",
        "Operatore.objects.filter(pk=attore.operatore.pk)",
        ("casi/test_ricerca",),
    ),
    Buco(
        "limite comune a ricerche e doppioni",
        "casi/selectors/quota.py",
        "done.filter(finalita__in=list(finalita)) if finalita else done",
        "done",
        PERSONE,
    ),
    Buco(
        "conflitto di chi apre in emergenza",
        "casi/selectors/limiti.py",
        "Q(network, ruolo__in=CI_ARRIVANO)",
        "Q(pk__in=[])",
        LIMITI,
    ),
    # --- who comes in, who is told
    Buco(
        "riammesso con le sue persone",
        "casi/actions/ammissioni.py",
        "    _part_with(by, locked, ente, condizioni.dal)\n",
        "",
        AMMESSI,
    ),
    Buco(
        "vicinanza non detta",
        "casi/actions/incarichi.py",
        "    warn_of_closeness(caso, [operatore])\n",
        "",
        ("casi/test_incarichi",),
    ),
    Buco(
        "emergenza senza garante",
        "casi/selectors/garanti.py",
        "if caso.ente_titolare_id not in altrui",
        "if caso.ente_titolare_id in altrui",
        URGENZE,
    ),
    # --- numbers that could pick somebody out
    Buco("numero piccolo", "casi/parole.py", "if quanti >= SOGLIA_PICCOLI", "if quanti", PICCOLI),
    Buco("cinque sono pochi", "casi/parole.py", "if quanti >= SOGLIA_PICCOLI", "if quanti > SOGLIA_PICCOLI", PICCOLI),
    Buco("numero alla scrivania", "casi/selectors/lavoro_ufficio.py", "name: pochi(sum(", "name: str(sum(", PICCOLI),
    Buco("numero da riassegnare", "casi/selectors/accredito.py", "return pochi(left)", "return str(left)", PICCOLI),
    Buco("troppe emergenze", "casi/selectors/emergenze_esame.py", "quanti > SOGLIA", "quanti > 1 + SOGLIA", PICCOLI),
    Buco("quanti in casa, in elenco", "casi/selectors/casi.py", "fascia(caso.quante)", "str(caso.quante)", PICCOLI),
    Buco(
        "quanti in casa, in testata",
        "casi/selectors/testata.py",
        "fascia(living.count())",
        "str(living.count())",
        PICCOLI,
    ),
    # --- the person's copy
    Buco("classe di conservazione in italiano", "casi/parole_estratto.py", "gettext(parola) if", "parola if", ESTRATTO),
    Buco("estratto in italiano", CHE_COPIA, "with override(lingua)", 'with override("it")', ESTRATTO),
    Buco(
        "parola dell'estratto dimenticata",
        "casi/parole_estratto.py",
        '    gettext_noop("Visita a casa"),\n',
        "",
        ESTRATTO,
    ),
    Buco(
        "segnalante in minuscole",
        "casi/selectors/altri.py",
        '("segnalante_contatto",), _names)',
        '("segnalante_contatto",), _named)',
        COPIA,
    ),
    Buco("copia con la casa di dopo", CHE_COPIA, "    as_she_left(componente)\n", "", COPIA),
    Buco("casa di dopo taciuta", TESTI, '"dopo": has_left(asked),', '"dopo": False,', COPIA),
    Buco(
        "richiesta d'altri detta",
        "casi/selectors/estratto_caso.py",
        "if not sua(each.nome):",
        "if False:",
        COPIA,
    ),
    Buco("richieste d'altri taciute", TESTI, "not all(map(called(caso, asked.persona), signed))", "False", COPIA),
    Buco("copia preparata da chi guarda", "casi/frasi.py", "PER_SCOPO.get((azione, finalita)) or ", "", COPIA),
    Buco("fine scritta di nuovo", "casi/selectors/emergenza.py", "~Exists(dropped), ", "", ("casi/test_emergenza",)),
    Buco(
        "sigillo senza nomi",
        "casi/actions/limiti.py",
        'finalita=f"{what} {row.operatore_id}"',
        "finalita=what",
        ("casi/test_limiti",),
    ),
    Buco(
        "emergenza taciuta",
        "casi/selectors/casi.py",
        'if "emergenza" in grounds:',
        "if False:",
        ("casi/test_emergenza",),
    ),
    # --- helping somebody back in
    Buco(
        "aiuto senza conferma", "casi/ruoli.py", 'leggere casi."),\n        conferma=True,', 'leggere casi."),', AIUTA
    ),
    Buco(
        "referente che aiuta",
        "casi/ruoli.py",
        "SEGUE_CASI | ASCOLTO\n    ),",
        "SEGUE_CASI | ASCOLTO | {Azione.RIPRISTINARE_ACCESSO}\n    ),",
        AIUTA,
    ),
    Buco(
        "aiuto a chiunque",
        ACCREDITO,
        "    require(by, azione)\n    found = selectors.ties(by)",
        "    found = selectors.ties(by)",
        AIUTA,
    ),
    Buco(
        "aiuto in un'altra rete",
        ACCREDITO,
        "found = selectors.ties(by).select",
        "found = Operatore.objects.select",
        AIUTA,
    ),
    Buco("aiuto a sé", ACCREDITO, "if utente.pk == by.operatore.utente_id:", "if False:", AIUTA),
    Buco("aiuto a chi amministra", ACCREDITO, "    if utente.is_superuser:", "    if False:", AIUTA),
    Buco("aiuto a chi lavora anche altrove", RIPRISTINO, ".exclude(ente__in=ours).exists()", ".none().exists()", AIUTA),
    Buco("i due aiuti insieme", RIPRISTINO, "    if done(other, utente.pk, TRA_DUE):", "    if False:", AIUTA),
    Buco("i due aiuti, mai più", RIPRISTINI, "lines.filter(quando__gte=timezone.now() - within)", "lines", AIUTA),
    Buco("aiuto a un altro, contato", RIPRISTINI, ', finalita__endswith=f" {utente}")', ")", AIUTA),
    Buco("proposta a nessuno", RIPRISTINO, "    if not may_confirm(by, about=[utente.pk]):", "    if False:", AIUTA),
    Buco("conferma di chi è spento", RIPRISTINI, "Operatore.objects.acting(", "Operatore.objects.in_force(", AIUTA),
    Buco("casella senza altro fattore", RIPRISTINO, "if would_need_the_mailbox_alone(utente):", "if False:", AIUTA),
    Buco(
        "casella già d'altri", RIPRISTINO, "if Utente.objects.filter(email__iexact=email).exists():", "if False:", AIUTA
    ),
    Buco("conferma di chi è appena arrivato", RIPRISTINO, "    if newcomers([by.operatore]):", "    if False:", AIUTA),
    # --- and from the server, where nobody inside can
    Buco("scorciatoia dal server", SERVER, "    if way := _inside(utente, senza):", "    if way := None:", DAL_SERVER),
    Buco("server senza annuncio", SERVER, "    if announced:\n", "    if True:\n", DAL_SERVER),
    Buco("server senza attesa", SERVER, "utente.pk, ATTESA):", "utente.pk, timedelta(0)):", DAL_SERVER),
    Buco("server ed e-mail insieme", SERVER, "    if done(EMAIL, utente.pk, TRA_DUE):", "    if False:", DAL_SERVER),
    Buco("server di nascosto", SERVER, "        tell_from_server(utente)", "        pass", DAL_SERVER),
    Buco("server senza testimoni", SERVER, "    tell_office(each", "    list(each", DAL_SERVER),
    Buco(
        "server non scritto",
        SERVER,
        "    record(from_server(legame), azione, dettaglio=told)",
        "    repr(told)",
        DAL_SERVER,
    ),
    # --- a code counts once; nobody acts for a body he has not chosen
    Buco("codice due volte", CODICI, " or counters[-1] <= row.data.get(LAST, 0)", "", ("portal/test_accesso",)),
    Buco("codice che attiva, ancora buono", CODICI, '"code" in request.POST:', "False:", ("portal/test_accesso",)),
    Buco("ente non scelto", PORTA, "if not has_chosen(request) and", "if False and", ("casi/test_porta",)),
    Buco("modulo dell'altro ente", PORTA, "        rotate_token(request)\n", "", ("casi/test_porta",)),
    Buco(
        "ente finito, ne comincia uno",
        "casi/actions/accessi.py",
        "        if len(ties) == 1:",
        "        if False:",
        ("casi/test_porta",),
    ),
    Buco("aiuto non scritto", RIPRISTINO, "    record(by, azione, d", "    repr(d", AIUTA),
    Buco(
        "invitata che non entra", IMPOSTAZIONI, "MFA_ALLOW_UNVERIFIED_EMAIL = True", "", ("portal/test_primo_ingresso",)
    ),
    Buco(
        "indirizzo dell'invitata in pagina",
        "casi/views/modulo.py",
        "…@{address_of_mail.rpartition('@')[2]}",
        "{address_of_mail}",
        ("casi/test_invito_detto",),
    ),
    Buco(
        "invito detto partito comunque",
        POSTA,
        "for mail in mails if mail not in lost for",
        "for mail in mails for",
        ("casi/test_invito_detto", *SCRIVE),
    ),
    Buco(
        "dove passare, a chi va richiamato",
        "casi/selectors/pubblico.py",
        "filter(codice=codice, canale=Canale.DI_PERSONA)",
        "filter(codice=codice)",
        ("casi/test_pubblico",),
    ),
    Buco("vecchia casella buona", ACCOUNT, "    EmailAddress.objects.filter(user=utente).delete()", "    #", AIUTA),
    Buco("vecchia parola buona", ACCOUNT, "    utente.set_unusable_password()\n", "", AIUTA),
    Buco(
        "sessioni che restano",
        ACCOUNT,
        "    SessioneRiservata.objects.filter(utente_id=utente.pk).delete()\n",
        "",
        AIUTA,
    ),
    Buco(
        "aiuto di nascosto",
        ACCOUNT,
        "    _end_sessions(utente)\n    _tell(utente.email)",
        "    _end_sessions(utente)",
        AIUTA,
    ),
    Buco("cambio di nascosto", CAMBI, "    write(_(", "    repr(_(", SCRIVE),
    Buco("indirizzo nel registro dei guasti", POSTA, "type(error).__name__", "error", SCRIVE),
    Buco("invito perso", POSTA, "if waited_for and told", "if False and told", SCRIVE),
    Buco("guasto detto di altri", POSTA, "if waited_for and told", "if told", SCRIVE),
    # --- words given back
    Buco(
        "parole a chi non le ha scritte qui",
        TARDI,
        "return ours and request.headers",
        "return ours or request.headers",
        ("casi/test_modulo_scaduto", "casi/test_guasti"),
    ),
    Buco(
        "modulo perso a disco pieno",
        "casi/views/modulo.py",
        "    except OperationalError as error:\n        return _shown",
        "    except ZeroDivisionError as error:\n        return _shown",
        ("casi/test_guasti",),
    ),
    # --- files without a row
    Buco("file appena scritto", ORFANI, "(timezone.now() - ATTESA)", "timezone.now()", FILE),
    Buco("file con la sua riga", ORFANI, "if pk not in kept or place.suffix", "if pk", FILE),
    Buco("file a mezzo", ORFANI, "if pk not in kept or place.suffix", "if pk not in kept", FILE),
    Buco("prova che cancella", ORFANI, "        if not prova:\n", "        if True:\n", FILE),
    Buco("banca dati vuota", ORFANI, "if not (prova or Allegato.objects.exists()):", "if False:", FILE),
    # --- sessions
    Buco(
        "sessione sempre scritta",
        SESSIONI,
        "elif (end := self.get_expiry_date()) >= self._row.expire_date + STEP:",
        "elif end := self.get_expiry_date():",
        SESSIONE,
    ),
    Buco(
        "sessione mai spostata", SESSIONI, "self._row.expire_date + STEP:", "self._row.expire_date + LONGEST:", SESSIONE
    ),
    Buco("modifica perduta", SESSIONI, "        elif self.modified:", "        elif False:", SESSIONE),
    Buco("oltre le dieci ore", SESSIONI, "return min(idle, int(left))", "return idle", ("portal/test_accesso",)),
    Buco(
        "fine di sessione che non tiene",
        SESSIONI,
        "            with suppress(UpdateError), transaction.atomic():",
        "            with transaction.atomic():",
        ("portal/test_sessioni",),
    ),
    # --- addresses
    Buco(
        "indirizzo che chiede troppo",
        "casi/views/pubblico.py",
        "    except TooManyFieldsSent:",
        "    except KeyError:",
        ("casi/test_pubblico",),
    ),
    # --- numbers of rows in them
    Buco(
        "numeri in chiaro",
        OPACHI,
        'sealed = _cipher(settings.SECRET_KEY).encryptor().update(int(value).to_bytes(BLOCK, "big"))',
        'sealed = int(value).to_bytes(BLOCK, "big")',
        CIFRA,
    ),
    Buco(
        "numeri di chiunque",
        OPACHI,
        "        if number >= 1 << 63:\n            raise ValueError\n",
        "        number &= (1 << 63) - 1\n",
        CIFRA,
    ),
    Buco("una chiave per tutto", OPACHI, ', person=b"casi.indirizzi"', "", CIFRA),
    Buco("chiave di nessuno", OPACHI, "blake2b(secret.encode(),", 'blake2b(b"",', CIFRA),
]
