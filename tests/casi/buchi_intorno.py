"""The holes in the rules around the decision: small numbers, the copy, lost access, files, sessions, addresses."""

from .buco import Buco

FINITI, BANCO = ("casi/test_finiti",), ("casi/test_banco",)
RIPRISTINO, ACCREDITO, ORFANI = "casi/actions/ripristino.py", "casi/actions/accredito.py", "casi/actions/orfani.py"
ACCOUNT, SESSIONI, OPACHI = "portal/utenti/ripristino.py", "portal/utenti/sessioni.py", "casi/opachi.py"
RIPRISTINI, SERVER, PORTA = "casi/selectors/ripristini.py", "casi/actions/dal_server.py", "casi/views/porta.py"
CODICI, POSTA, CAMBI = "portal/utenti/codici.py", "portal/utenti/posta.py", "portal/utenti/cambi.py"
DAL_SERVER, SCRIVE, TARDI = ("casi/test_dal_server",), ("portal/test_posta",), "casi/views/scaduta.py"
PICCOLI, ESTRATTO, AIUTA = ("casi/test_numeri_piccoli",), ("casi/test_estratto",), ("casi/test_ripristino",)
FILE, SESSIONE, CIFRA = ("casi/test_allegati",), ("portal/test_sessioni",), ("casi/test_opachi",)

CONDIVISIONE, SOVRAPPOSTI, AVVISI = (
    "casi/selectors/condivisione.py",
    "casi/selectors/sovrapposizione.py",
    "casi/actions/avvisi.py",
)
AMMESSI, DOMANDE, URGENZE = ("casi/test_ammissioni",), ("casi/test_sovrapposizione",), ("casi/test_emergenza",)
LIMITI, LAVORO, PERSONE = ("casi/test_limiti",), ("casi/test_lavoro",), ("casi/test_persone",)
SCARTI, SCARTA = "casi/actions/conservazione.py", ("casi/test_scarti_insieme",)
TRACCIA, CONSERVAZIONE = ("casi/test_traccia",), "casi/selectors/conservazione.py"

LEGATI = ("casi/test_ascolti_al_caso",)

MINORI = ("casi/test_ascolti_minori",)

INTORNO = [
    # --- what may be learnt of a case without opening it
    Buco("altri enti in pagina", CONDIVISIONE, "if whole or row.ente_id == ours)", ")", AMMESSI),
    Buco(
        "persone di altri enti in pagina",
        CONDIVISIONE,
        "        if whole or each.incarico",
        "        if each.incarico.pk or each.incarico",
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
        "sovrapposizione su un caso con voci riservate",
        SOVRAPPOSTI,
        "[condiviso and not named for",
        "[condiviso for",
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
        "Q(ruolo__in=APRONO_IN_EMERGENZA)",
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
    Buco("emergenza senza garante", AVVISI, " or list(_working(RuoloOperatore.RESPONSABILE_PRIVACY))", "", URGENZE),
    Buco("sigillo senza coordinatore", "casi/selectors/limiti.py", ' | Q(pk__in=working.values("pk"))', "", LIMITI),
    Buco(
        "sigillo passato a nessuno",
        "casi/actions/effetti.py",
        "        nominate(mossa.by, caso, office)\n",
        "        pass\n",
        LIMITI,
    ),
    Buco("avviso senza numero", "casi/selectors/lavoro.py", "per_numero=office", "per_numero=visible", LAVORO),
    Buco(
        "motivo perduto",
        "casi/views/porta.py",
        "conferma_scaduta(request, ask_again(request))",
        "ask_again(request)",
        URGENZE,
    ),
    # --- numbers that could pick somebody out
    Buco("numero piccolo", "casi/parole.py", "if quanti >= SOGLIA_PICCOLI", "if quanti", PICCOLI),
    Buco("cinque sono pochi", "casi/parole.py", "if quanti >= SOGLIA_PICCOLI", "if quanti > SOGLIA_PICCOLI", PICCOLI),
    Buco("numero alla scrivania", "casi/selectors/lavoro.py", "name: pochi(found[name])", "name: found[name]", PICCOLI),
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
    Buco("estratto in italiano", "casi/views/estratto.py", 'override(asked["lingua"])', 'override("it")', ESTRATTO),
    Buco(
        "parola dell'estratto dimenticata",
        "casi/parole_estratto.py",
        '    gettext_noop("Visita a casa"),\n',
        "",
        ESTRATTO,
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
    Buco("conferma di chi è spento", RIPRISTINI, "utente__is_active=True, ", "", AIUTA),
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
        "        if not must_create and not self.modified and",
        "        if False and",
        SESSIONE,
    ),
    Buco(
        "sessione mai spostata", SESSIONI, "self.get_expiry_date() < self._written + STEP:", "self._written:", SESSIONE
    ),
    Buco("modifica perduta", SESSIONI, "and not self.modified and", "and", SESSIONE),
    Buco("oltre le dieci ore", SESSIONI, "return min(idle, int(left))", "return idle", ("portal/test_accesso",)),
    Buco(
        "fine di sessione che non tiene",
        SESSIONI,
        "        with suppress(UpdateError):\n            super()",
        "        if True:\n            super()",
        ("portal/test_sessioni",),
    ),
    # --- numbers of rows in addresses
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
    # --- found by reading, after the first round
    Buco(
        "proposta più vecchia del sigillo",
        "casi/actions/guardie.py",
        "if caso.sigillato and not named.exists():",
        "if False:",
        ("casi/test_assegnazioni",),
    ),
    Buco("ente che se n'è andato", "casi/selectors/accredito.py", ", stato__in=APERTE)", ")", ("casi/test_due_reti",)),
    Buco(
        "ente che guida un'altra rete",
        "casi/selectors/accredito.py",
        '.exclude(pk__in=led_by_others(attore).values("capofila"))',
        "",
        ("casi/test_due_reti",),
    ),
    Buco("capofila di un'altra rete", ACCREDITO, "filter(capofila=ente).exists()", "none()", ("casi/test_due_reti",)),
    Buco("account di due reti", RIPRISTINO, "selectors.only_ours(by)", "selectors.bodies(by)", ("casi/test_due_reti",)),
    Buco("sospensioni lette ieri", SCARTI, "if now.versione != letta:", "if False:", SCARTA),
    Buco("sospesa in un altro elenco", SCARTI, " - _held_elsewhere(found)", "", SCARTA),
    Buco("due elenchi insieme", SCARTI, "_one_at_a_time(by.operatore.ente_id)", "pass", SCARTA),
    Buco("sospesa mentre si esegue", SCARTI, "_one_at_a_time(found.proposto_da.ente_id)", "pass", SCARTA),
    Buco("ripresa mentre si esegue", SCARTI, "model._default_manager.select_for_update()", "model.objects", SCARTA),
    Buco(
        "assegna da una pagina vecchia",
        "casi/views/assegnazioni.py",
        'form.cleaned_data["versione"] or 0',
        "None",
        ("casi/test_assegnazioni",),
    ),
    Buco("casa di chi è uscito", "casi/selectors/persone.py", "if each.dal < al]", "]", ("casi/test_usciti",)),
    Buco(
        "recapiti di chi è uscito",
        "casi/selectors/persone.py",
        'persona.telefono = persona.email = persona.contatto_sicuro = ""',
        "pass",
        ("casi/test_usciti",),
    ),
    Buco(
        "scheda di chi è uscito",
        "casi/selectors/persone.py",
        "not_over = Q(al=None) | Q(al__gte=timezone.localdate())",
        "not_over = Q()",
        ("casi/test_usciti",),
    ),
    # --- what the register tells
    Buco(
        "parte altrui scritta come letta",
        "casi/selectors/casi.py",
        "esito = Esito.NEGATO if found is None else",
        "esito = Esito.NEGATO if caso is None else",
        TRACCIA,
    ),
    Buco(
        "scarto proposto con i sigillati",
        CONSERVAZIONE,
        'if each.oggetto != "caso" or each.pk in known]',
        "if each.pk or known]",
        TRACCIA,
    ),
    Buco(
        "elenco di scarto con i sigillati",
        CONSERVAZIONE,
        '_known(attore, "oggetto_id") if azione is Azione.PROPORRE_SCARTO else Q()',
        "Q()",
        TRACCIA,
    ),
    Buco(
        "ente riconosciuto dal nome",
        "casi/selectors/sintesi.py",
        "ours = each.ente_id == attore.operatore.ente_id",
        "ours = each.ente == attore.operatore.ente.nome",
        ("casi/test_scheda",),
    ),
    # --- what was said about an alert
    Buco(
        "ascolti su minori a rischio",
        "casi/policies.py",
        "MINORI, reads=_listed",
        "MINORI, reads=True or _listed",
        MINORI,
    ),
    # --- help that a body left open
    Buco(
        "interventi di chi c'è ancora",
        "casi/actions/interventi.py",
        "if riga.pk not in orfani(locked, [riga]):",
        "if False:",
        ("casi/test_interventi_fermi",),
    ),
    # --- the person's copy, beyond the record
    Buco(
        "note e riservate già spuntate",
        "casi/forms/estratto.py",
        "for voce in scelta.voci if voce.livello <= Livello.CARTELLA]",
        "for voce in scelta.voci]",
        ESTRATTO,
    ),
    Buco(
        "ciò che manca taciuto",
        "casi/selectors/estratto_testi.py",
        '"riservate": Livello.RISERVATO in levels,',
        '"riservate": False,',
        ESTRATTO,
    ),
    # --- the privacy officer's desk
    Buco(
        "codice di ricevuta ignorato",
        "casi/selectors/registro.py",
        "        lines = lines.filter(oggetto_id__in=behind(filtro.codice))",
        "        pass",
        ("casi/test_registro_viste",),
    ),
    Buco(
        "trasferito a chi la persona non vuole",
        "casi/actions/guardie.py",
        " or unwanted.exists():",
        ":",
        ("casi/test_percorso",),
    ),
    Buco(
        "annuncio che vale due volte",
        RIPRISTINI,
        " and not _lines(FATTORE, utente, within).filter(pk__gt=last.pk).exists()",
        "",
        DAL_SERVER,
    ),
    Buco("banca dati più vecchia dei file", ORFANI, "        _refuse_many()\n", "        pass\n", FILE),
    Buco(
        "fine di emergenza detta apertura",
        "casi/frasi.py",
        "    if azione == Azione.APRIRE_IN_EMERGENZA and finalita == FINE:\n        return FINITA\n",
        "",
        TRACCIA,
    ),
    Buco(
        "fine di emergenza tra le allerte",
        "casi/selectors/allerte.py",
        " AND NOT (r.azione = 'aprire_in_emergenza' AND r.finalita = 'fine')",
        "",
        TRACCIA,
    ),
    Buco(
        "rifiuto senza il caso",
        PORTA,
        "azione, casi=_cases_of(request))\n        raise Http404",
        "azione)\n        raise Http404",
        TRACCIA,
    ),
    Buco(
        "fuori dalla porta in silenzio", PORTA, "        shut_out(request, azione, _cases_of(request))\n", "", TRACCIA
    ),
    Buco("chiave falsa in silenzio", PORTA, "if not already_refused(attore):", "if False:", TRACCIA),
    Buco("rifiuto scritto due volte", PORTA, "if not already_refused(attore):", "if True:", ("casi/test_porta",)),
    Buco(
        "emergenza sulla propria famiglia in silenzio",
        "casi/actions/emergenza.py",
        "if sospetti(caso, [by.operatore]):",
        "if False:",
        URGENZE,
    ),
    Buco(
        "collega che entra in famiglia in silenzio",
        "casi/actions/incarichi.py",
        "    warn_of_closeness(caso, people, known=known)\n",
        "",
        ("casi/test_limiti",),
    ),
    Buco(
        "esame che mostra anche il resto della giornata",
        "casi/selectors/emergenze_esame.py",
        ", quando__range=(accesso.inizio, until)",
        "",
        ("casi/test_registro_viste",),
    ),
    Buco(
        "abuso taciuto",
        "casi/actions/emergenze_esame.py",
        "    if esito == EsitoEmergenza.ABUSO:",
        "    if False:",
        ("casi/test_registro_viste",),
    ),
    # --- disposal lists
    Buco(
        "referente che propone casi",
        "casi/selectors/conservazione.py",
        "if conducts else set()",
        "if True else set()",
        ("casi/test_conservazione_elenchi",),
    ),
    Buco(
        "elenco ritirato che si esegue",
        "casi/actions/conservazione.py",
        "    if found.annullato_il:",
        "    if False:",
        ("casi/test_conservazione_elenchi",),
    ),
    Buco(
        "ascolti su minori a rischio",
        "casi/policies.py",
        "MINORI, reads=_listed(attore, Azione.VEDERE_MINORI_A_RISCHIO))",
        "MINORI, reads=True)",
        ("casi/test_ascolti_minori",),
    ),
    # --- what a case takes along
    Buco(
        "richiesta ritirata in un caso",
        "casi/actions/origini.py",
        "arrivo.stato == StatoRichiesta.RITIRATA",
        'arrivo.stato == ""',
        LEGATI,
    ),
    Buco(
        "richiesta rubata a un caso",
        "casi/actions/origini.py",
        "arrivo.caso_id and arrivo",
        "arrivo.caso_id is None and arrivo",
        LEGATI,
    ),
    Buco("ascolto in un caso finito", "casi/actions/aggiunta.py", "if scelto.stato in FINITI:", "if False:", LEGATI),
    Buco("ascolto a un altro ente", "casi/actions/aggiunta.py", "riga.informativa_id is None:", "False:", LEGATI),
    Buco(
        "proposta rifiutata ancora letta",
        "casi/condizioni.py",
        "esito=EsitoAscolto.PROPOSTA, non_presa_il=None",
        "esito=EsitoAscolto.PROPOSTA",
        ("casi/test_presa_proposta",),
    ),
    Buco(
        "proposte accolte di tutti",
        "casi/policies.py",
        "found.filter(operatore=attore.operatore) if",
        "found if",
        ("casi/test_presa_proposta",),
    ),
    Buco("scritto dopo la fine", "casi/actions/serratura.py", "if caso.stato in FINITI and", "if False and", FINITI),
    Buco("aiuto prima del tempo", "casi/actions/interventi.py", "if not puo_cominciare(", "if not bool(", FINITI),
    Buco(
        "urgenza senza fine", "casi/actions/guardie.py", "last = _first_urgent(mossa.caso) +", "last = today +", FINITI
    ),
    # --- the coordinator's desk
    Buco("responsabile andato via", "casi/selectors/assegnazioni.py", "filter(~Exists(conflict), ", "filter(", BANCO),
    Buco(
        "caso di un altro per numero",
        "casi/selectors/assegnazioni.py",
        "policies.visible_to(attore, Azione.ELENCARE_DA_ASSEGNARE)",
        "Caso.objects.all()",
        BANCO,
    ),
    Buco(
        "cartella a chi non è titolare",
        "casi/condizioni.py",
        ", caso__ente_titolare=operatore.ente_id)",
        ")",
        ("casi/test_trasferimento",),
    ),
    # --- keys, readers, ends
    Buco(
        "risposta data a un altro sito",
        "portal/utenti/adapter.py",
        "and not _given_here(answer)",
        "and False",
        ("portal/test_chiavi",),
    ),
    Buco(
        "lettore nominato da chi non legge",
        "casi/actions/diario.py",
        "    if riga is None:\n        raise Vietato\n    readers",
        "    riga = riga or VoceDiario.objects.get(pk=voce)\n    readers",
        ("casi/test_diario",),
    ),
    Buco(
        "lettore di un altro caso",
        "casi/actions/diario.py",
        "    if operatore not in _at_work(locked) - readers:",
        "    if operatore in readers:",
        ("casi/test_diario",),
    ),
    Buco(
        "controfirma che resta",
        "casi/actions/diario.py",
        "    if riga.livello == Livello.RISERVATO:\n        _void",
        "    if False:\n        _void",
        ("casi/test_diario",),
    ),
    Buco(
        "separazione di casi d'altri",
        "casi/actions/fusione.py",
        "touched = _all_mine(by, Caso.objects.filter(hers))",
        'touched = set(Caso.objects.filter(hers).values_list("pk", flat=True))',
        ("casi/test_fusione",),
    ),
    Buco(
        "condivisione senza fine",
        "casi/actions/ammissioni.py",
        "if condizioni.al > last_day_of(condizioni.dal, MESI_AL_MASSIMO):",
        "if False:",
        ("casi/test_scadenze",),
    ),
    Buco(
        "sessione pubblica che resta",
        "portal/utenti/models.py",
        'return f"{super().get_session_auth_hash()}.{self.cambi_di_accesso}"',
        "return super().get_session_auth_hash()",
        ("portal/test_sessioni",),
    ),
    Buco(
        "bozze di moduli che non ci sono",
        "casi/actions/bozze.py",
        "if modulo not in MODULI:",
        "if False:",
        ("casi/test_modulo",),
    ),
]
