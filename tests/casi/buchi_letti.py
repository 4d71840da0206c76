"""The holes that readers of the code found, and no test had: what each of them was, and who notices it now."""

from .buchi_intorno import ACCREDITO, DAL_SERVER, ESTRATTO, FILE, ORFANI, PORTA, RIPRISTINI, RIPRISTINO, URGENZE
from .buco import Buco

FINITI, BANCO = ("casi/test_finiti",), ("casi/test_banco",)
SCARTI, SCARTA = "casi/actions/conservazione.py", ("casi/test_scarti_insieme",)
TRACCIA, CONSERVAZIONE = ("casi/test_traccia",), "casi/selectors/conservazione.py"
LEGATI = ("casi/test_ascolti_al_caso",)
MINORI = ("casi/test_ascolti_minori",)

LETTI = [
    # --- found by reading, after the first round
    Buco(
        "proposta più vecchia del sigillo",
        "casi/actions/guardie.py",
        "if caso.sigillato and not named.exists():",
        "if False:",
        ("casi/test_assegnazioni",),
    ),
    Buco(
        "proposta di chi il sigillo nomina dopo",
        "casi/actions/guardie.py",
        ", data_il__lte=presa.assegnata_il)",
        ")",
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
        "password sbagliate come rifiuti",
        "casi/selectors/allerte.py",
        " AND NOT ({A_SUO_NOME})",
        "",
        ("casi/test_registro_viste",),
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
