"""The holes in what reaches the network: who is on the register for having seen it, who writes it down and for whom."""

from .buco import Buco

ELENCHI = ("casi/test_elenchi_nel_registro",)
ARRIVATI = ("casi/test_arrivi",)
RACCOLTA = ("casi/test_raccolta",)
ASCOLTANO = ("casi/test_chi_ascolta",)
CATENA = ("casi/test_registro_catena",)
SUBENTRO, LASCIATI, PASSATI = "casi/actions/subentro.py", "casi/selectors/subentro.py", ("casi/test_subentro",)

MUTI = "casi/selectors/chi_ascolta.py"

ARRIVI = [
    # --- drafts of the desk
    Buco(
        "bozza di qualunque segnalazione",
        "casi/views/informare.py",
        ", oggetto=segnalazione)",
        ")",
        ("casi/test_informare",),
    ),
    Buco("bozza di qualunque arrivo", "casi/views/arrivi.py", "oggetto=pk,", "", ("casi/test_arrivi_bozze",)),
    # --- two at the desk, and what the law wants done also afterwards
    Buco(
        "giorno fissato da un altro",
        "casi/actions/arrivi.py",
        'f"{riga.stato} {riga.ascolto_il.isoformat()}" if riga.ascolto_il else ',
        "",
        ARRIVATI,
    ),
    Buco(
        "da informare di un caso finito",
        "casi/actions/informare.py",
        "claim(by, azione, caso, anche_finito=True)",
        "claim(by, azione, caso)",
        ("casi/test_informare",),
    ),
    # --- where nobody may listen
    Buco("nessuno ascolta: mai", MUTI, "reached, ~Exists(", "reached, Exists(", ASCOLTANO),
    Buco(
        "nessuno ascolta: dove non arriva niente", MUTI, "Exists(working.filter(ruolo__in=RICEVONO)) | ", "", ASCOLTANO
    ),
    Buco("nessuno ascolta: chi guida", MUTI, " | Exists(leads)", "", ASCOLTANO),
    Buco("nessuno ascolta: basta esserci", MUTI, "working.filter(ruolo__in=ASCOLTANO)", "working", ASCOLTANO),
    Buco("nessuno ascolta: chi non c'è più", MUTI, "Operatore.objects.acting(today)", "Operatore.objects", ASCOLTANO),
    Buco(
        "nessuno ascolta: e non si dice",
        "casi/views/arrivi.py",
        "not ascolta and ente in senza_ascolto([ente])",
        "False",
        ASCOLTANO,
    ),
    # --- lists on the register
    Buco("scrivania senza chiavi", "casi/selectors/arrivi.py", "oggetti=shown, ", "", ELENCHI),
    Buco("ascolti in elenco senza chiavi", "casi/selectors/ascolti.py", "oggetti=keys, ", "", ELENCHI),
    Buco(
        "da informare senza chiavi",
        "casi/selectors/lavoro.py",
        "oggetti=[each.pk for each in dates if each.pk], ",
        "",
        ELENCHI,
    ),
    Buco(
        "elenchi non cercati", "casi/registro.py", " | Q(oggetti__overlap=list(chiavi)) & ~Q(oggetti=[])", "", ELENCHI
    ),
    Buco(
        "elenco detto come lettura", "casi/frasi.py", "if azione in ARRIVI and listed(", "if False and listed(", ELENCHI
    ),
    Buco(
        "chiavi fuori dal sigillo",
        "casi/migrations/0013_registro_titoli.py",
        ", nullif(array_to_string(r.oggetti, ','), '')",
        "",
        CATENA,
    ),
    Buco(
        "tracce: arrivo letto aprendo un caso",
        "casi/selectors/apertura.py",
        "    if answered := ascolto.richiesta or alert:\n",
        "    if answered := None:\n",
        ("casi/test_da_dove_viene",),
    ),
    Buco(
        "tracce: scarto senza chiavi",
        "casi/selectors/conservazione.py",
        "dettaglio=replace(told, oggetti=altro)",
        "dettaglio=told",
        ELENCHI,
    ),
    Buco(
        "tracce: domanda senza gli ascolti",
        "casi/actions/cancellazione_chiesta.py",
        "Dettaglio(about, oggetti=others, ",
        "Dettaglio(about, ",
        ELENCHI,
    ),
    Buco(
        "tracce: condivisioni che finiscono",
        "casi/selectors/lavoro.py",
        ", *(each.caso_id for each in ending)]",
        "]",
        ("casi/test_traccia",),
    ),
    Buco(
        "tracce: chiave sbagliata",
        "portal/utenti/chiavi.py",
        "        if self.errors:\n",
        "        if False:\n",
        ("casi/test_accessi",),
    ),
    Buco(
        "tracce: ascolti di notte",
        "casi/selectors/allerte.py",
        "    OR r.azione IN ({SU_UN_ARRIVO})",
        "    OR false AND r.azione IN ({SU_UN_ARRIVO})",
        ("casi/test_registro_viste",),
    ),
    Buco(
        "tracce: ricevuta cercata come lettura",
        "casi/selectors/allerte.py",
        " AND r.finalita <> '{RICEVUTA}')",
        ")",
        ("casi/test_registro_viste",),
    ),
    # --- what is written down at the desk
    Buco("sportello che legge", "casi/ruoli.py", "ENTRA | {Azione.REGISTRARE_RICHIESTA}", "ENTRA | ASCOLTO", RACCOLTA),
    Buco("scrive chiunque", "casi/actions/raccolta.py", "    require(by, Azione.REGISTRARE_RICHIESTA)\n", "", RACCOLTA),
    Buco("ricevuta di un altro", "casi/selectors/raccolta.py", "raccolta_da=attore.operatore, ", "", RACCOLTA),
    Buco("ricevuta di ieri", "casi/selectors/raccolta.py", ", ricevuta_il__gte=midnight", "", RACCOLTA),
    Buco("ricevuta senza ruolo", "casi/selectors/raccolta.py", ".first() if allowed else None", ".first()", RACCOLTA),
    Buco(
        "scritta senza traccia",
        "casi/actions/raccolta.py",
        "    record(by, Azione.REGISTRARE_RICHIESTA, d",
        "    repr(d",
        RACCOLTA,
    ),
    Buco(
        "informativa non detta",
        "casi/forms/raccolta.py",
        "    informata = forms.BooleanField(",
        "    informata = forms.BooleanField(required=False, ",
        RACCOLTA,
    ),
    Buco(
        "a un ente che non ascolta",
        "casi/selectors/pubblico.py",
        "return ente if ascolta(ente) else",
        "return ente if ente else",
        RACCOLTA,
    ),
    Buco("ufficio frenato", "casi/views/pubblico.py", "if not request.user.is_authenticated:", "if True:", RACCOLTA),
    Buco("freno tolto", "casi/views/pubblico.py", "if not request.user.is_authenticated:", "if False:", RACCOLTA),
    Buco("avviso a sé", "casi/actions/avvisi_arrivi.py", " if each != by]", "]", RACCOLTA),
    # --- forms that lead nowhere, or that two people fill in
    Buco(
        "informata, l'ultimo vince",
        "casi/actions/informare.py",
        "    save_version(riga, letta=versione)",
        "    riga.save()",
        ("casi/test_informare",),
    ),
    Buco(
        "modulo aperto per niente",
        "casi/views/pagina.py",
        'if not perche or request.method == "POST":',
        "if True:",
        ARRIVATI,
    ),
    Buco(
        "caso aperto da un altro ente",
        "casi/actions/apertura.py",
        "    if not _leads(by):",
        "    if False:",
        ("casi/test_ascolti",),
    ),
    # --- who listens
    Buco(
        "ascolto: referente sul caso",
        "casi/ruoli.py",
        "        | ARRIVI\n        | {\n",
        "        | ARRIVI\n        | {\n            Azione.ASCOLTARE,\n",
        ASCOLTANO,
    ),
    Buco(
        "ascolto: referente senza caso",
        "casi/ruoli.py",
        "        | ARRIVI\n        | {\n",
        "        | ARRIVI\n        | {\n            Azione.SCRIVERE_ASCOLTO,\n",
        ASCOLTANO,
    ),
    Buco(
        "ascolto: anche di un ente ammesso",
        "casi/ruoli.py",
        'orientare."), "annota_caso"\n',
        'orientare."), "annota_caso", "sintesi"\n',
        ASCOLTANO,
    ),
    *(
        Buco(
            f"ascolto: {passo.lower()} con il diario",
            "casi/percorso.py",
            f"Passo.{passo}, Azione.ASCOLTARE",
            f"Passo.{passo}, Azione.SCRIVERE_DIARIO",
            ASCOLTANO,
        )
        for passo in ("ASCOLTA", "ORIENTA")
    ),
    Buco(
        "ascolto: scritto con il diario",
        "casi/actions/ascolti.py",
        "claim(by, Azione.ASCOLTARE, caso)",
        "claim(by, Azione.SCRIVERE_DIARIO, caso)",
        ASCOLTANO,
    ),
    Buco(
        "ascolto: pagina con il diario",
        "casi/views/ascolti.py",
        "open_caso(attore, pk, Azione.ASCOLTARE)",
        "open_caso(attore, pk, Azione.SCRIVERE_DIARIO)",
        ASCOLTANO,
    ),
    Buco(
        "ascolto: offerto a chi ha il diario",
        "casi/views/ascolti.py",
        '"si_ascolta": Azione.ASCOLTARE in',
        '"si_ascolta": Azione.SCRIVERE_DIARIO in',
        ASCOLTANO,
    ),
    Buco(
        "ascolto: primo bottone di chi ha il diario",
        "casi/views/pagina.py",
        '_("Scrivi il primo ascolto"), Azione.ASCOLTARE,',
        '_("Scrivi il primo ascolto"), Azione.SCRIVERE_DIARIO,',
        ASCOLTANO,
    ),
    Buco(
        "ascolto: offerto a ogni scrivania",
        "casi/views/arrivi.py",
        "Azione.SCRIVERE_ASCOLTO in RUOLI[attore.operatore.ruolo].azioni",
        "True",
        ASCOLTANO,
    ),
    Buco(
        "sigla nell'indirizzo",
        "casi/views/ascolti.py",
        'sigla = request.POST.get("sigla", "")',
        'sigla = request.GET.get("sigla", "")',
        ("casi/test_ascolti_elenco",),
    ),
    Buco(
        "sigla uguale in ogni ente",
        "casi/models/ascolto.py",
        'f"{ente}|{sigla.upper()}"',
        "sigla.upper()",
        ("casi/test_ascolti_elenco",),
    ),
    Buco(
        "sigle di un altro ente",
        "casi/selectors/ascolti.py",
        "index_of_sigla(attore.operatore.ente_id, sigla)",
        "index_of_sigla(0, sigla)",
        ("casi/test_ascolti_elenco",),
    ),
    Buco(
        "sigla tolta e ancora nell'indice",
        "casi/models/ascolto.py",
        "        self.reindex()\n",
        "        if self.sigla:\n            self.reindex()\n",
        ("casi/test_ascolti_elenco",),
    ),
    Buco(
        "sigla che distingue le maiuscole",
        "casi/models/ascolto.py",
        "sigla.upper()",
        "sigla",
        ("casi/test_ascolti_elenco",),
    ),
    Buco(
        "sigle senza indice quando si scrive tutto insieme",
        "casi/demo/righe.py",
        "[*self.of(models.Persona), *self.of(models.PrimoAscolto)]",
        "list(self.of(models.Persona))",
        ("casi/test_demo",),
    ),
    Buco(
        "vicini di un ascolto non scritti",
        "casi/selectors/ascolti.py",
        "    if found:\n        told = Dettaglio(oggetti=",
        "    if False:\n        told = Dettaglio(oggetti=",
        ("casi/test_elenchi_nel_registro",),
    ),
    # --- who comes first
    Buco("minori: in coda agli arrivi", "casi/selectors/arrivi.py", "not _danger(each), ", "", ARRIVATI),
    Buco("minori: in coda al lavoro", "casi/selectors/lavoro.py", "each.genere != MINORI, ", "", ("casi/test_lavoro",)),
    # --- of a body that is in the network no more
    Buco("uscito: proposta di nessuno", "casi/condizioni.py", "(network | left)", "network", ARRIVATI),
    Buco("uscito: proposta anche di prima", "casi/condizioni.py", '~in_network("ente") & Q(', "Q(", ARRIVATI),
    Buco(
        "uscito: proposta a chi è solo richiesto",
        "casi/reti.py",
        "return begun.exclude(stato=StatoAdesione.RICHIESTA)",
        "return begun",
        ARRIVATI,
    ),
    Buco(
        "uscito: ritirata senza dirlo",
        "casi/actions/avvisi.py",
        "if belongs else once_signed()",
        "",
        ("casi/test_presa_proposta",),
    ),
    Buco("uscito: arrivi di nessuno", SUBENTRO, "    arrivo.ente, arrivo.stato", "    _other, arrivo.stato", PASSATI),
    Buco("uscito: arrivo già di qualcuno", SUBENTRO, "NUOVA, None", "NUOVA, arrivo.vista_da", PASSATI),
    Buco("uscito: arrivo senza avviso", SUBENTRO, "    announce(arrivo)\n", "", PASSATI),
    Buco("uscito: arrivo senza traccia", SUBENTRO, "    record(from", "    repr(from", PASSATI),
    Buco("uscito: chi segnala si dice", SUBENTRO, "arrivo.scritta_a or arrivo.ente", "None", PASSATI),
    Buco(
        "uscito: chi segnala si dice sul caso",
        "casi/selectors/arrivi.py",
        ' and not getattr(each, "scritta_a_id", None)',
        "",
        PASSATI,
    ),
    Buco("uscito: anche di chi è nella rete", LASCIATI, '~in_network("ente"), ', "", PASSATI),
    Buco("uscito: anche ascoltate", LASCIATI, "~Exists(heard), ", "", PASSATI),
    Buco("uscito: anche da cancellare", LASCIATI, ", ~Exists(listed)", "", PASSATI),
    Buco("uscito: anche chiuse", LASCIATI, ", stato__in=APERTI", "", PASSATI),
    Buco("uscito: anche dei casi", LASCIATI, ", caso=None", "", PASSATI),
    Buco("uscito: sospeso, subito", LASCIATI, "~in_time, ", "", PASSATI),
    Buco("uscito: sospeso, mai", LASCIATI, ", rispondere_entro__gte=timezone.localdate()", "", PASSATI),
    Buco("uscito: minori che aspettano", LASCIATI, "in_time &= Q(minori_a_rischio=False)", "pass", PASSATI),
    Buco("uscito: a una rete qualunque", LASCIATI, "last.accordo.capofila if last else ", "", PASSATI),
    Buco(
        "uscito: di chi guidava, a nessuno", LASCIATI, "capofila(arrivo.comune or arrivo.ente.comune)", "None", PASSATI
    ),
]
