"""Holes in a person's rights: what a copy says of after she left, how to reach her safely, more time to answer her."""

from .buco import Buco

TESTI, COPIA = "casi/selectors/estratto_testi.py", "casi/selectors/estratto.py"
VOCI, DETTI, RIFIUTI, DUE_RETI = (
    "casi/selectors/registro.py",
    ("casi/test_rapporto",),
    ("casi/test_registro_parole",),
    ("casi/test_due_reti",),
)
MODULO, SCELTE = "casi/forms/estratto.py", ("casi/test_copia_scelte",)
RAPPORTO = "casi/selectors/rapporto.py"
DEL_CASO, SICURO = "casi/selectors/estratto_caso.py", "casi/selectors/contatto_sicuro.py"
ELENCHI, ATTI = "casi/selectors/conservazione.py", "casi/actions/conservazione.py"
CHIESTA, FUSIONE = "casi/actions/cancellazione_chiesta.py", "casi/actions/fusione.py"
USCITI, IN_SALVO, PROROGHE = (
    ("casi/test_copia_di_chi_e_uscito",),
    ("casi/test_contatto_sicuro",),
    ("casi/test_proroga",),
)
STAMPE, REGISTRO = ("casi/test_stampe",), "casi/registro.py"
DOMANDE, RETE, UNITE = ("casi/test_cancellazione_chiesta",), ("casi/test_scarti_di_rete",), ("casi/test_fusione",)

DIRITTI = [
    # --- who has left
    Buco("copia di dopo che è uscito", TESTI, "asked.al if has_left(asked) else None", "None", USCITI),
    Buco("testi di dopo che è uscito", COPIA, "of_hers = testi.before(last_day(asked))", "of_hers = testi", USCITI),
    Buco("accessi di dopo, nella copia", COPIA, "accesses(pk, made.prima_di)", "accesses(pk)", USCITI),
    Buco(
        "accessi di dopo, nel rapporto", "casi/selectors/rapporto.py", "accesses(pk, prima_di)", "accesses(pk)", USCITI
    ),
    Buco("aiuti di dopo che è uscito", COPIA, 'before(prima_di, visible, "dal")', "visible", USCITI),
    Buco(
        "enti di dopo che è uscito",
        DEL_CASO,
        'before(prima_di, caso.ammissioni.select_related("ente", "informativa"), "dal")',
        'caso.ammissioni.select_related("ente", "informativa")',
        USCITI,
    ),
    Buco(
        "ciò che manca di dopo che è uscito",
        TESTI,
        "prima_di = aperto.caso, last_day(asked)",
        "prima_di = aperto.caso, None",
        USCITI,
    ),
    Buco(
        "tracce: copia non nella sua lingua",
        COPIA,
        "chiesto.lingua or in_which(asked.persona.lingua)",
        'chiesto.lingua or "it"',
        ("casi/test_copia",),
    ),
    Buco("dove è andato il caso dopo che è uscito", DEL_CASO, "_handed_over_since(caso, prima_di)", "False", USCITI),
    Buco(
        "lo stato di adesso a chi è uscito",
        DEL_CASO,
        "    if prima_di is None:\n        return str",
        "    if True:\n        return str",
        USCITI,
    ),
    Buco("la fine, di dopo che è uscito", TESTI, "local(value) >= prima_di", "False", USCITI),
    Buco(
        "lo stato di un aiuto a chi è uscito",
        COPIA,
        'if prima_di is None else "",  # that',
        'if True else "",  # that',
        USCITI,
    ),
    # --- how to reach her safely
    Buco("contatto sicuro sempre scritto", COPIA, "if not chiesto.contatto_sicuro:", "if False:", IN_SALVO),
    Buco("contatto sicuro mai scritto", COPIA, "if not chiesto.contatto_sicuro:", "if True:", IN_SALVO),
    Buco("contatto sicuro di prima", SICURO, 'if each["campo"] != CONTATTO_SICURO]', "]", IN_SALVO),
    Buco("contatto sicuro nel perché", SICURO, '"campi": campi, "perche": ""}', '"campi": campi}', IN_SALVO),
    Buco(
        "contatto sicuro sul foglio",
        "casi/selectors/rapporto_arrivi.py",
        "    if contatto_sicuro:",
        "    if True:",
        IN_SALVO,
    ),
    # --- disposal
    Buco("elenco di un ente uscito", ELENCHI, " | Q(proposto_da__ente__in=gone(attore.operatore.ente_id))", "", RETE),
    Buco(
        "ente uscito preso da un'altra rete",
        "casi/selectors/accredito.py",
        '.exclude(pk__in=run_today().values("ente"))',
        "",
        RETE,
    ),
    Buco("domanda su un caso sigillato", ELENCHI, 'of_it.filter(_known(attore, "oggetto_id"))', "of_it", DOMANDE),
    Buco("già eliminato detto respinto", ATTI, "there - set(gone)", "len(gone) < found.voci.count()", DOMANDE),
    Buco("risposta a chi non c'è più", ATTI, "here or people_of(heard.ente_id, *PROPONGONO)", "[heard]", DOMANDE),
    # --- more time
    Buco(
        "proroga senza termine",
        "casi/models/conservazione.py",
        "asked and self.entro >= timezone.localdate()",
        "asked",
        PROROGHE,
    ),
    Buco("proroga ripetuta", "casi/models/conservazione.py", " and self.prorogata_il is None", "", PROROGHE),
    Buco("proroga detta domani", CHIESTA, "<= detta_il <= timezone.localdate()", "<= detta_il", PROROGHE),
    Buco("proroga di un elenco ordinario", CHIESTA, "    if found.chiesta_il is None:", "    if False:", PROROGHE),
    Buco(
        "nomi di altri in un ascolto",
        TESTI,
        '{name: copri(getattr(each, name)) for name in ("luogo"',
        '{name: getattr(each, name) for name in ("luogo"',
        ("casi/test_estratto",),
    ),
    Buco("voci già spuntate per chiunque", MODULO, "ordinary if hers else []", "ordinary", SCELTE),
    Buco("enti nominati nel pericolo", RAPPORTO, "nominati if found.enti else None", "None", SCELTE),
    Buco("enti nominati nella copia", MODULO, "if self.scelta.pericolo else None", "if False else None", SCELTE),
    Buco("enti dell'aiuto nominati", COPIA, "renamed(dati, named), named", "dati, named", SCELTE),
    Buco("ascolti già spuntati nel pericolo", MODULO, "racconti if hers", "racconti if alone", SCELTE),
    Buco("copia di un caso sigillato come le altre", SICURO, "aperto.caso.sigillato or any(", "any(", SCELTE),
    Buco("copia per chi è uscito come le altre", SICURO, "has_left(each) or ", "", SCELTE),
    Buco("copia di chi sta in una struttura", SICURO, "_keys(sheltered)", "_keys(sheltered.none())", SCELTE),
    Buco("contatto sicuro di una scheda", SICURO, " or each.persona.contatto_sicuro", "", SCELTE),
    Buco("contatto sicuro di una richiesta", SICURO, "aperto.caso.richiesta_set.all()", "()", SCELTE),
    Buco(
        "contatto sicuro di un ascolto",
        SICURO,
        "policies.ascolti_visibili(attore, aperto.caso, aperto.azioni)",
        "()",
        SCELTE,
    ),
    Buco("copia senza dire quanti testi vanno a chi", MODULO, 'if data.get("riletti") != mark:', "if False:", SCELTE),
    Buco(
        "conferma di altri testi",
        MODULO,
        'if data.get("riletti") != mark:',
        'if not data.get("riletti"):',
        SCELTE,
    ),
    Buco("testi di dopo contati", COPIA, "testi.before(last_day(asked)).only(chosen)", "testi.only(chosen)", SCELTE),
    Buco("data di nascita «None»", COPIA, 'str(value or "")', "str(value)", ("casi/test_copia",)),
    Buco("avviso prima dei testi", "casi/views/estratto.py", "scelta.pericolo}", "False}", SCELTE),
    Buco(
        "scelte della copia perse",
        "casi/views/estratto.py",
        "sent_or_opened(request, EstrattoModulo, scelta=scelta)",
        "EstrattoModulo(scelta=scelta)",
        ("casi/test_modulo_scaduto",),
    ),
    Buco(
        "dati di una richiesta taciuti",
        "casi/selectors/rapporto_arrivi.py",
        "_asked(row) if isinstance(row, Richiesta)",
        "{} if isinstance(row, Richiesta)",
        ("casi/test_rapporto_senza_caso",),
    ),
    # --- what the person and the privacy officer are told was done
    Buco(
        "numero detto caso aperto",
        "casi/frasi.py",
        "return NUMERO if azione in SENZA_LEGGERE else APERTO",
        "return APERTO",
        DETTI,
    ),
    Buco(
        "elenco della rete detto accredito", "casi/frasi.py", 'for scopo in ("elenco", LEGGE)', "for scopo in ()", DETTI
    ),
    Buco(
        "pagina della domanda detta percorso", "casi/frasi.py", '(Azione.CONDURRE, "cancellazione")', '("", "")', DETTI
    ),
    Buco("negato detto fatto", VOCI, "    if line.esito == Esito.NEGATO:", "    if False:", RIFIUTI),
    Buco("scopo di un rifiuto detto fatto", VOCI, "(not self.negata or azione in CON_RAGIONE)", "True", RIFIUTI),
    Buco("perché di un rifiuto taciuto", VOCI, "not self.negata or azione in CON_RAGIONE", "not self.negata", RIFIUTI),
    Buco("periodo che finisce prima", "casi/forms/registro.py", "dal and al and al < dal", "False", RIFIUTI),
    Buco("chi di un'altra rete è venuto vicino", VOCI, ' or getattr(tie, "vicino", False)', "", DUE_RETI),
    Buco(
        "chi di un'altra rete è rimasto lontano",
        VOCI,
        "_touching(senza), ente_id__in=senza",
        "ente_id__in=senza",
        DUE_RETI,
    ),
    # --- merges
    Buco("separata da nessun nucleo", FUSIONE, "if not fusione.fusa.appartenenze.exists():", "if False:", UNITE),
    Buco(
        "rimessa dove è già",
        "casi/actions/per_errore.py",
        "        riga.full_clean()\n",
        "        pass\n",
        ("casi/test_per_errore",),
    ),
    Buco(
        "voce di un altro ente da affidare",
        "casi/selectors/affidamenti.py",
        "(of_the_holder, deciso_il__isnull=True)",
        "(deciso_il__isnull=True)",
        ("casi/test_affidamenti",),
    ),
    # --- what went to the printer
    Buco(
        "stampe di pagine vuote contate",
        "casi/selectors/allerte.py",
        "r.azione = 'stampare' AND cardinality(r.casi || r.oggetti) > 0",
        "r.azione = 'stampare'",
        ("casi/test_registro_viste",),
    ),
    Buco("stampa di un'altra sessione", REGISTRO, ", sessione=attore.sessione))", "))", STAMPE),
    Buco("stampa di ciò che è stato negato", REGISTRO, "esito=Esito.CONSENTITO, sessione", "sessione", STAMPE),
    Buco(
        "stampa di un altro",
        REGISTRO,
        "quando__gte=timezone.now() - within, operatore_id=attore.operatore.pk)",
        "quando__gte=timezone.now() - within)",
        STAMPE,
    ),
    Buco("stampa senza i casi", "casi/actions/stampe.py", "casi=casi, dettaglio", "dettaglio", STAMPE),
    Buco("stampa senza la richiesta", REGISTRO, "return [*([one] if one else []), *line", "return [*line", STAMPE),
    Buco("stampa senza l'elenco", REGISTRO, "[*([one] if one else []), *line.oggetti]", "[one] if one else []", STAMPE),
]
