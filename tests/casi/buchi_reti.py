"""The holes between networks on one server, and in what a seal, a suspended body, a lapse leave behind."""

from .buchi_intorno import ACCREDITO, CONDIVISIONE, LAVORO, LIMITI, URGENZE
from .buco import Buco

RETI, ESAME, REGISTRO = ("casi/test_due_reti",), "casi/selectors/emergenze_esame.py", "casi/selectors/registro.py"
PORTATA = "casi/reti.py"
SPENTI = ("casi/test_accredito_limiti",)
FINITE, VEDONO = ("casi/test_scadenze",), ("casi/test_chi_vede",)
SIGILLO, SCADENZE = "casi/actions/limiti.py", "casi/actions/scadenze.py"
CASI, POLICIES, SCADENZE_LETTE = ("casi/test_reti_e_casi",), "casi/policies.py", "casi/selectors/scadenze.py"

FRA_RETI = [
    # --- two networks on one server
    Buco(
        "garante di un'altra rete",
        "casi/selectors/garanti.py",
        " if caso.ente_titolare_id not in altrui(each.ente_id)",
        "",
        RETI,
    ),
    Buco(
        "emergenze di un'altra rete",
        ESAME,
        "    senza, known = attore.non_vigilati, ",
        "    senza, known = set(), ",
        RETI,
    ),
    Buco("esame in un'altra rete", "casi/actions/emergenze_esame.py", "within(by)", "AccessoEmergenza.objects", RETI),
    Buco("registro di un'altra rete", REGISTRO, "objects.filter(within, **{", "objects.filter(**{", RETI),
    Buco("propri casi in mano a un'altra rete", REGISTRO, " | _touching(senza)", "", RETI),
    Buco(
        "numero di un'altra rete",
        REGISTRO,
        "Caso.objects.exclude(ente_titolare__in=attore.non_vigilati))",
        "Caso.objects.all())",
        RETI,
    ),
    Buco(
        "ricevuta di un'altra rete", REGISTRO, "found if found and found.ente_id not in senza else None", "found", RETI
    ),
    Buco("numeri accanto ai propri", REGISTRO, "if ours or watched]", "]", RETI),
    Buco(
        "nomi di un'altra rete",
        REGISTRO,
        ' if tie.ente_id not in senza or getattr(tie, "vicino", False)]',
        "]",
        RETI,
    ),
    Buco(
        "allerte di un'altra rete",
        "casi/selectors/allerte.py",
        "senza = list(attore.non_vigilati)",
        "senza = [0]",
        RETI,
    ),
    Buco("ente uscito, visto da chi non l'ha più", PORTATA, "~somebody & Q(Exists(before))", "Q(Exists(before))", RETI),
    Buco("ente uscito, non più visto", PORTATA, " | ~somebody & Q(Exists(before))", "", RETI),
    Buco("capofila visto da un'altra rete", PORTATA, "~leading & Q(Exists(", "Q(Exists(", RETI),
    # --- their cases
    Buco("emergenza in un'altra rete", POLICIES, "Q(emergenza=True, della_rete=True)", "Q(emergenza=True)", CASI),
    Buco("ammesso da chi è in un'altra rete", POLICIES, ", True), della_rete=True)", ", True))", CASI),
    Buco("firmatario dello stesso accordo", PORTATA, ", _run_with, _signed_with)", ", _run_with)", CASI),
    Buco("una rete creduta sola", "casi/attore.py", '"piu_reti", True)', '"piu_reti", False)', CASI),
    Buco(
        "persona cercata in un'altra rete",
        "casi/selectors/identita.py",
        ".exclude(ente_titolare__in=attore.altre_reti)",
        "",
        CASI,
    ),
    Buco("doppione di un'altra rete", "casi/selectors/doppioni.py", ", ~elsewhere(attore)", "", CASI),
    Buco("omonima di un'altra rete", "casi/selectors/identita.py", "~elsewhere(attore), **{", "**{", CASI),
    Buco("conflitto di uno di un'altra rete", "casi/selectors/limiti.py", "Q(network, ", "Q(", CASI),
    Buco(
        "ente di un'altra rete, detto al lavoro",
        CONDIVISIONE,
        """ & ~Q((f"{ente or 'pk'}__in", attore.altre_reti))""",
        "",
        CASI,
    ),
    Buco("condivisione finita con la rete", SCADENZE_LETTE, " | _of_another_network()", "", CASI),
    Buco(
        "ammesso da un'altra rete", "casi/actions/ammissioni.py", "rete_di(caso.ente_titolare_id)", "Ente.objects", RETI
    ),
    Buco(
        "caso passato a un'altra rete",
        "casi/selectors/assegnazioni.py",
        "return rete_di(titolare)",
        "return Ente.objects",
        RETI,
    ),
    Buco(
        "offerto a un'altra rete", CONDIVISIONE, "return rete_di(caso.ente_titolare_id)", "return enti_in_rete()", RETI
    ),
    Buco(
        "sigillo aperto in emergenza dall'ufficio",
        POLICIES,
        "(Q() if azione in ruolo.azioni else Q(sigillato=False))",
        "Q()",
        LIMITI,
    ),
    Buco("sigillo senza coordinatore", "casi/selectors/limiti.py", ' | Q(pk__in=working.values("pk"))', "", LIMITI),
    Buco(
        "sigillo passato a nessuno",
        "casi/actions/effetti.py",
        "    cover(mossa.by, caso)\n    caso.prossima_verifica",
        "    caso.prossima_verifica",
        LIMITI,
    ),
    Buco(
        "sigillo senza ufficio",
        SIGILLO,
        "people | {each.pk: each for each in ufficio(locked)}",
        "people",
        LIMITI,
    ),
    Buco("ultimo coordinatore tolto", SIGILLO, "if office == {row.operatore_id}:", "if False:", LIMITI),
    Buco(
        "sigillo del coordinatore che se ne va",
        ACCREDITO,
        "_close(old)\n    cover_all(by, old.ente_id)\n",
        "_close(old)\n",
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
    Buco(
        "accordo privacy riscritto",
        ACCREDITO,
        "if row.privacy != letta:",
        "if False:",
        ("casi/test_accredito_limiti",),
    ),
    Buco("ripresa non detta", SCADENZE, "AMMISSIONE_RIPRESA, detta=False", "AMMISSIONE_RIPRESA, detta=True", FINITE),
    Buco(
        "ente sospeso e non opponibile", CONDIVISIONE, "filter(admitted | in_network()", "filter(in_network()", FINITE
    ),
    Buco("conflitto detto ai colleghi", CONDIVISIONE, "    if not leads:\n", "    if False:\n", VEDONO),
    # --- whose account is switched off
    Buco("spento che resta", ACCREDITO, "Q(utente__is_active=False) | ", "", SPENTI),
    Buco("superutente che resta", ACCREDITO, " | Q(utente__is_superuser=True)", "", SPENTI),
    Buco("spento: anche chi è acceso", ACCREDITO, ".not_ended().filter(off)", ".not_ended()", SPENTI),
    Buco(
        "spento: solo da oggi",
        "casi/selectors/accredito.py",
        "filter(still, chiuso_il__isnull=True)",
        "filter(still, chiuso_il__isnull=True, dal__lte=timezone.localdate())",
        SPENTI,
    ),
    Buco("spento: anche l'unico che coordina", ACCREDITO, " if not _only_one(tie)]", "]", SPENTI),
    Buco("spento senza traccia", ACCREDITO, "    _tell(by, atto, old)\n", "", SPENTI),
]
