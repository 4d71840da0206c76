"""Holes in what a body no longer keeps, and in what a person may ask about herself: see `buchi_letti`."""

from .buco import Buco

ATTI, ELENCHI = "casi/actions/conservazione.py", "casi/selectors/conservazione.py"
CHIESTA, CARTA = "casi/actions/cancellazione_chiesta.py", "casi/selectors/rapporto_arrivi.py"
RETE, USCITI, DOMANDE, RITIRATE, RAPPORTO = (
    ("casi/test_scarti_di_rete",),
    ("casi/test_scarti_di_chi_e_uscito",),
    ("casi/test_cancellazione_chiesta",),
    ("casi/test_domanda_ritirata",),
    ("casi/test_rapporto_senza_caso",),
)
FERMI = ("casi/test_conservazione_elenchi",)

SCARTI = [
    # --- who decides
    Buco("elenchi di un'altra rete", ELENCHI, "Q(proposto_da__ente__in=bodies(attore))", "Q()", RETE),
    Buco(
        "chi vigila toglie le sospensioni dell'ente",
        ELENCHI,
        'Azione.CONTROLLARE_SCARTI: "fermata"}',
        'Azione.CONTROLLARE_SCARTI: "sospesa"}',
        RETE,
    ),
    Buco("fermata che non ferma", ELENCHI, "Q(sospesa=True) | Q(fermata=True)", "Q(sospesa=True)", RETE),
    Buco(
        "chi vigila approva",
        "casi/ruoli.py",
        "            Azione.CONTROLLARE_SCARTI,\n            Azione.CONFERMARE",
        "            Azione.CONTROLLARE_SCARTI,\n            Azione.APPROVARE_SCARTO,\n            Azione.CONFERMARE",
        RETE,
    ),
    Buco(
        "chi ha proposto approva",
        ATTI,
        "if found.proposto_da.utente_id == by.operatore.utente_id:",
        "if found.proposto_da_id == by.operatore.pk:",
        RETE,
    ),
    Buco(
        "elenchi di altri fra le cose da fare",
        "casi/selectors/lavoro_ufficio.py",
        "Scarto.objects.filter(APERTI, reach(attore, azione))",
        "Scarto.objects.filter(APERTI)",
        RETE,
    ),
    Buco("ciò che resta di chi è uscito", ELENCHI, "[ente, *left]", "[ente]", USCITI),
    # --- asked for by the person
    Buco("caso al lavoro cancellato", ELENCHI, "Caso.objects.filter(stato__in=FINITI)", "Caso.objects.all()", DOMANDE),
    Buco(
        "domanda ritirata senza un perché", ATTI, "if found.chiesta_il and not motivo", "if False and motivo", RITIRATE
    ),
    Buco(
        "domanda ritirata detta respinta",
        "casi/models/conservazione.py",
        "self.annullato_da.ruolo in PROPONGONO",
        "not self.motivo",
        RITIRATE,
    ),
    Buco("cancellazione chiesta due volte", CHIESTA, "if wish and not wish.chiuso:", "if False:", DOMANDE),
    Buco("ascolto di un altro ente cancellato", CHIESTA, ", ente=by.operatore.ente_id)", ")", DOMANDE),
    Buco(
        "richiesta senza i suoi ascolti",
        CHIESTA,
        '[*riga.ascolti.filter(caso=None).order_by("pk"), riga]',
        "[riga]",
        DOMANDE,
    ),
    Buco("domanda di domani", CHIESTA, "if domanda.chiesta_il > timezone.localdate():", "if False:", DOMANDE),
    Buco("risposta entro due mesi", CHIESTA, "RISPOSTA, PROROGA = 1, 2 ", "RISPOSTA, PROROGA = 2, 1 ", DOMANDE),
    Buco("detto fatto a metà", ATTI, "if found.chiesta_il and there", "if False and there", DOMANDE),
    Buco(
        "caso ormai di un altro",
        ELENCHI,
        "filter(**{regola.ente: scarto.proposto_da.ente_id}, pk",
        "filter(pk",
        DOMANDE,
    ),
    Buco(
        "parole che restano",
        "casi/actions/cancellazione.py",
        "    forget_words(righe)\n",
        "",
        DOMANDE,
    ),
    Buco(
        "parole che restano di un caso",
        "casi/actions/cancellazione.py",
        "    forget_words(Caso.objects.filter(pk=pk))\n",
        "",
        DOMANDE,
    ),
    Buco(
        "ritardo taciuto", "casi/selectors/lavoro_ufficio.py", "filter=Q(entro__lt=today)", "filter=Q(pk=None)", DOMANDE
    ),
    # --- on paper, for who has no case
    Buco("chi ha segnalato sulla carta", CARTA, " and row.segnalazione_id is None", "", RAPPORTO),
    Buco("chi chiede per altri sulla carta", CARTA, " and not row.per_conto", "", RAPPORTO),
    Buco("parenti sulla carta", CARTA, "row.interlocutore == Interlocutore.PERSONA and", "True and", RAPPORTO),
    Buco("carta di una proposta altrui", CARTA, ".filter(ente=attore.operatore.ente_id)", ".all()", RAPPORTO),
    Buco("racconto lasciato fuori e stampato", CARTA, "if racconto and isinstance", "if isinstance", RAPPORTO),
    Buco(
        "letture di altri sulla carta",
        "casi/selectors/rapporto.py",
        "objects.filter(about([pk]), esito",
        "objects.filter(esito",
        RAPPORTO,
    ),
    Buco(
        "voci di un'emergenza oltre la pagina",
        "casi/selectors/emergenze_esame.py",
        "[: RIGHE + 1]",
        "[:RIGHE]",
        ("casi/test_emergenze_esame",),
    ),
    # --- nothing to carry out
    Buco("fermo: si offre lo stesso", ELENCHI, "return stopped(each.resta for each in righe)", "return False", FERMI),
    Buco("fermo: ne basta una", ELENCHI, "any if scarto.chiesta_il else all", "any", FERMI),
    Buco("fermo: chiesta a metà", ELENCHI, "any if scarto.chiesta_il else all", "all", FERMI),
    Buco("fermo: riaperto non conta", ELENCHI, "self.voce.ferma or self.al_lavoro", "self.voce.ferma", FERMI),
    Buco("fermo: non si conta", ELENCHI, "sum(each.c_e if", "0 * sum(each.c_e if", FERMI),
    Buco("fermo: eseguito e non detto", ELENCHI, "each.c_e if scarto.eseguito_il else each.resta", "each.resta", FERMI),
    Buco(
        "fermo: approvato come se andasse tutto",
        "casi/views/conservazione.py",
        "_approved(fuori, niente=niente),",
        '_("Elenco approvato."),',
        FERMI,
    ),
    Buco("fermo: si esegue a vuoto", ATTI, "    if not found.voci.exclude(FERME).exists():", "    if False:", FERMI),
]
