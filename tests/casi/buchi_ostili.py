"""Holes that who is inside could use against the others: what is not written, what a word tells, what is guessed."""

from .buco import Buco

PUBBLICO, AVVISI, SESSIONI = "casi/actions/pubblico.py", "casi/actions/avvisi_arrivi.py", "portal/utenti/sessioni.py"
WORD, PDF, VALUTA = "casi/caricamento/documenti.py", "casi/caricamento/pdf.py", "casi/actions/valutazione.py"
ADATTATORE, TENTATIVI, PERSA = (
    "portal/utenti/adapter.py",
    "portal/utenti/tentativi.py",
    "portal/utenti/password_persa.py",
)
RITIRI, SESSIONE, ATTIVI = ("casi/test_pubblico",), ("portal/test_sessioni",), ("casi/test_documenti_attivi",)
VALUTATI, BANCO, PROVATE = ("casi/test_valutazione",), ("casi/test_assegnazioni",), ("portal/test_tentativi",)
ALTRI, DI_PRIMA = "casi/selectors/altri.py", ("casi/test_altri_di_prima",)
NASCOSTA, NOMI = ("casi/test_valutazione_nascosta",), ("casi/test_nomi_al_sigillo",)
DETTI_AL_CASO = ("casi/test_detti_al_caso",)
DOMANDE, VISTE = ("casi/test_sovrapposizione",), ("casi/test_registro_viste",)

OSTILI = [
    # --- a request put away by somebody else
    Buco("ritirata da chi è dentro", PUBBLICO, "    if entrato:", "    if False:", RITIRI),
    Buco(
        "ritirata: non si dice chi è dentro",
        "casi/views/pubblico.py",
        "entrato=request.user.is_authenticated",
        "entrato=False",
        RITIRI,
    ),
    Buco("ritirata senza traccia", PUBBLICO, "        transaction.on_commit(", "        repr(", RITIRI),
    Buco(
        "ritirata senza dirlo a nessuno",
        AVVISI,
        "        notify(_who_may(richiesta, Azione.GESTIRE_ARRIVI), TipoAvviso.RITIRATA_SUBITO)\n",
        "        pass\n",
        ("casi/test_avvisi_arrivi",),
    ),
    # --- sessions
    Buco("sessione: scelta di un'altra pagina perduta", SESSIONI, "                self._take_in()\n", "", SESSIONE),
    Buco("sessione: tolto che ritorna", SESSIONI, " if name not in changed}", "}", SESSIONE),
    Buco(
        "sessione: scritta due volte",
        SESSIONI,
        "                self._row.session_data = self.encode(dict(self.items()))\n",
        "",
        SESSIONE,
    ),
    # --- what is told by a word, or by a silence
    Buco(
        "perché un collega non vede",
        "casi/selectors/condivisione.py",
        "    if not leads:\n",
        "    if perche == Perche.CONFLITTO and not leads:\n",
        ("casi/test_chi_vede",),
    ),
    Buco(
        "controfirma che resta sulla valutazione",
        VALUTA,
        "        void_countersignature(by, Azione.VALUTARE, locked)\n",
        "        pass\n",
        VALUTATI,
    ),
    Buco("area riservata sempre cambiata", VALUTA, "        changed |= (", "        changed = True or (", VALUTATI),
    Buco("area riservata tolta, controfirma che resta", VALUTA, "                changed = True\n", "", VALUTATI),
    Buco(
        "carico di casi che non ci sono",
        "casi/selectors/assegnazioni.py",
        "filter(known, operatore=here",
        "filter(operatore=here",
        BANCO,
    ),
    Buco(
        "proposte di casi che non ci sono",
        "casi/selectors/assegnazioni.py",
        "filter(known, assegnata_a=here)",
        "filter(assegnata_a=here)",
        BANCO,
    ),
    Buco(
        "domande di troppo fra i rifiuti",
        "casi/selectors/allerte.py",
        "('{RICEVUTA}', '{OLTRE}')",
        "('{RICEVUTA}')",
        VISTE,
    ),
    Buco("domande di troppo fra le vuote", "casi/selectors/allerte.py", " AND r.finalita <> '{OLTRE}'", "", VISTE),
    Buco("domande di troppo senza dirlo", "casi/selectors/sovrapposizione.py", "else OLTRE)", 'else "")', DOMANDE),
    # --- passwords
    Buco(
        "password persa: chi è, si cerca subito",
        PERSA,
        '        return str(self.cleaned_data["email"])\n\n    def save',
        "        return super().clean_email()\n\n    def save",
        ("portal/test_accesso",),
    ),
    Buco(
        "password persa: si scrive prima di rispondere",
        PERSA,
        "            do_once_gone(response, partial(form.write, self.request))\n",
        "            form.write(self.request)\n",
        ("portal/test_accesso",),
    ),
    Buco(
        "password sbagliate contate in un processo solo",
        ADATTATORE,
        "            if attempt is None:",
        "            if False:",
        PROVATE,
    ),
    Buco("password giusta contata", ADATTATORE, "            attempt.delete()\n", "            pass\n", PROVATE),
    Buco(
        "password che nessuno guarda, contata",
        ADATTATORE,
        'if AxesProxyHandler.is_allowed(request, {"username": name}):',
        "if True:",
        PROVATE,
    ),
    Buco(
        "password: nomi in chiaro",
        TENTATIVI,
        'return salted_hmac("tessere.utenti.tentativi", name, algorithm="sha256").hexdigest()',
        "return name",
        PROVATE,
    ),
    Buco("password nuova, e si aspetta", TENTATIVI, "@receiver(password_reset)\n", "", PROVATE),
    Buco(
        "tutti una macchina sola",
        "casi/actions/freno.py",
        'getattr(address, "ipv4_mapped", None) or address',
        "address",
        RITIRI,
    ),
    # --- documents that do something
    Buco("Word: campi", WORD, "        if CAMPI & {", "        if set() & {", ATTIVI),
    Buco("Word: campi in pezzi", WORD, "            open_ones[-1] += piece", "            done.append(piece)", ATTIVI),
    Buco(
        "Word: campi uno nell'altro",
        WORD,
        '        if local == "fldChar" and step == "begin":',
        "        if False:",
        ATTIVI,
    ),
    Buco("Word: campi mai finiti", WORD, "    return done + open_ones", "    return done", ATTIVI),
    Buco("Word: campi tolti", WORD, '{"instrText", "delInstrText"}', '{"instrText"}', ATTIVI),
    Buco("Word: campi semplici", WORD, 'if local == "fldSimple":', "if False:", ATTIVI),
    Buco(
        "Word: parti con un altro nome",
        WORD,
        "        if content.lstrip(BLANK)",
        '        if entry.filename.endswith(".xml") and content.lstrip(BLANK)',
        ATTIVI,
    ),
    Buco("Word: parti scritte con sedici segni", WORD, "content.lstrip(BLANK)", "content.lstrip()", ATTIVI),
    Buco("Word: altri file dentro", WORD, "    if kind.endswith(LEGAMI):", "    if False:", ATTIVI),
    Buco("odt: programmi", WORD, "        if name.endswith(MORE_IN_ODT) or ", "        if ", ATTIVI),
    Buco("odt: dati da un programma", WORD, ' or name.rpartition(" ")[2].startswith("dde-"):', ":", ATTIVI),
    Buco("odt: oggetti mai letti", WORD, "        if part.endswith((", "        if part in ((", ATTIVI),
    Buco("PDF: comandi", PDF, "    _harmless(content)\n", "", ATTIVI),
    Buco(
        "PDF: comandi fra oggetti",
        PDF,
        "    return _read_packed if OBJECTS.match(first) else None",
        "    return None",
        ATTIVI,
    ),
    Buco(
        "PDF: oggetti che riempiono la memoria",
        PDF,
        "    if reader.unconsumed_tail:\n        raise _broken()\n",
        "",
        ATTIVI,
    ),
    Buco("PDF: nomi scritti per numero", PDF, "(?:%c|#(?i:%02x))", "(?:%c|#(?i:%02x)x)", ATTIVI),
    # --- what the report would tell
    Buco(
        "simili cercate: detto che ha aperto",
        "casi/frasi.py",
        '    (Azione.FONDERE_PERSONE, "candidate"): ',
        '    ("", "candidate"): ',
        DETTI_AL_CASO,
    ),
    Buco(
        "aiuti nascosti contati nel rapporto",
        "casi/selectors/registro_del_caso.py",
        ".exclude(DI_NASCOSTI)",
        "",
        DETTI_AL_CASO,
    ),
    Buco(
        "valutazione nascosta, detta",
        "casi/selectors/conclusa.py",
        "    if letta_da is not None:",
        "    if False:",
        NASCOSTA,
    ),
    Buco(
        "valutazione nascosta, taciuta a chi l'ha scritta",
        "casi/selectors/conclusa.py",
        " | Q(autore=letta_da)",
        "",
        NASCOSTA,
    ),
    Buco(
        "valutazione nascosta, e il caso aspetta",
        "casi/selectors/assegnazioni.py",
        "valutata=valutazione_conclusa()",
        "valutata=valutazione_conclusa(attore.operatore.pk)",
        NASCOSTA,
    ),
    # --- a line for each name a seal loses, one account for an address
    Buco(
        "nome tolto da un sigillo senza riga",
        "casi/actions/limiti.py",
        '        _record_name(by, row, "toglie_nome")\n',
        "",
        NOMI,
    ),
    Buco(
        "due account per lo stesso indirizzo",
        "casi/actions/accredito.py",
        "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7236181))",
        "SELECT hashtextextended(%s, 7236181)",
        ("casi/test_accredito_limiti",),
    ),
    Buco(
        "indirizzo scritto in un altro modo",
        "casi/actions/accredito.py",
        "[persona.email.casefold()]",
        "[persona.email]",
        ("casi/test_accredito_limiti",),
    ),
    # --- the others, as they were written before
    Buco(
        "copia: chi è stato tolto",
        ALTRI,
        "nuclei = called(caso, persona), [caso.nucleo_id, *_apart(caso)]",
        "nuclei = called(caso, persona), [caso.nucleo_id]",
        DI_PRIMA,
    ),
    Buco(
        "copia: legami tolti",
        ALTRI,
        "LegameSociale.objects.filter(nucleo__in=nuclei)",
        "LegameSociale.objects.filter(nucleo=caso.nucleo_id)",
        DI_PRIMA,
    ),
    Buco("copia: nomi corretti", ALTRI, "(before, NOMI, CONTATTI, _names),", "", DI_PRIMA),
    Buco("copia: legami corretti", ALTRI, "([*ties, *before], ", "(ties, ", DI_PRIMA),
    Buco("copia: case tolte", ALTRI, "_homes([*_lived(members), *before])", "_homes(_lived(members))", DI_PRIMA),
    Buco("copia: ascolti corretti", ALTRI, " | Q(ascolto__in=heard)", "", DI_PRIMA),
    Buco(
        "copia: chi era scritta due volte",
        ALTRI,
        " for each in apart if _words(each.nome, each.cognome) not in full]",
        " for each in apart]",
        DI_PRIMA,
    ),
    Buco(
        "copia: tolti che non sono lei", ALTRI, " for each in apart if _words(", " for each in [] if _words(", DI_PRIMA
    ),
]
