"""Holes in who reads what of the register: what it says to who works, what it points out, what it keeps."""

from .buco import Buco

PROPRIO, CONTI, ALLERTE = (
    "casi/selectors/registro_proprio.py",
    "casi/selectors/registro_conti.py",
    "casi/selectors/allerte.py",
)
FERMO, SCARTO, TENUTO = (
    "casi/selectors/registro_fermo.py",
    "casi/management/commands/scarto.py",
    ("casi/test_registro_trattenuto",),
)
CONFLITTI = "casi/selectors/conflitti.py"
DI_TUTTI, COGNOMI = ("casi/test_registro_di_tutti",), ("casi/test_stesso_cognome",)

REGISTRO_LETTO = [
    # --- who works
    Buco("proprie voci senza ruolo", PROPRIO, "    ask(attore, azione)\n", "", DI_TUTTI),
    Buco(
        "voci di tutti fra le proprie",
        PROPRIO,
        "Operatore.objects.filter(utente=attore.operatore.utente_id)",
        "Operatore.objects.all()",
        DI_TUTTI,
    ),
    Buco(
        "voci di un altro ente",
        PROPRIO,
        "Operatore.objects.filter(ente=attore.operatore.ente_id)",
        "Operatore.objects.all()",
        DI_TUTTI,
    ),
    Buco(
        "numero che non segue più",
        PROPRIO,
        "policies.visible_to(attore, azione) for",
        "policies.models.Caso.objects.all() for",
        DI_TUTTI,
    ),
    Buco("numero trovato cercando", PROPRIO, " if line.azione in DI_UN_CASO else []", "", DI_TUTTI),
    Buco("numero trovato confrontando", PROPRIO, "DI_UN_CASO -= {Azione.FONDERE_PERSONE}\n", "", DI_TUTTI),
    Buco("rifiuto che dice che il caso c'è", PROPRIO, " and line.esito == Esito.CONSENTITO", "", DI_TUTTI),
    Buco(
        "elenco che dice che c'era altro",
        PROPRIO,
        "line.azione in DI_UN_CASO - IN_ELENCO and",
        "bool(line.azione) and",
        DI_TUTTI,
    ),
    Buco(
        "caso di un collega che non segue", PROPRIO, "line.utente_id == attore.operatore.utente_id and ", "", DI_TUTTI
    ),
    Buco("fatto dal server in suo nome", PROPRIO, '.exclude(sessione="")', "", DI_TUTTI),
    Buco("proprie voci lette senza scriverlo", PROPRIO, "    record(attore, azione,", "    dict(", DI_TUTTI),
    Buco(
        "indirizzo che conta le voci",
        "casi/views/registro.py",
        "Opaco().to_url(atti.altri)",
        "str(atti.altri)",
        DI_TUTTI,
    ),
    # --- who coordinates
    Buco("conti senza ruolo", CONTI, "    ask(attore, Azione.CONTARE_ACCESSI)\n", "", DI_TUTTI),
    Buco("conti piccoli in cifre", CONTI, "pochi(quanti) if quanti", "str(quanti) if quanti", DI_TUTTI),
    Buco("conti di tutti gli enti", CONTI, 'Q(pk__in=bodies(attore).values("pk"))', "Q(attivo=True)", DI_TUTTI),
    Buco("conti senza periodo", CONTI, "filter=quali & within)", "filter=quali)", DI_TUTTI),
    Buco("conti letti senza scriverlo", CONTI, "    record(attore, Azione.CONTARE_ACCESSI,", "    dict(", DI_TUTTI),
    Buco(
        "aiuti nascosti fra i propri atti",
        "casi/selectors/registro_proprio.py",
        ".exclude(DI_NASCOSTI)",
        "",
        ("casi/test_chiusura_nascosti",),
    ),
    # --- somebody of the same name
    Buco("stesso cognome, taciuto", ALLERTE, ", omonimi(_opened(attore, since), cognomi))", ")", COGNOMI),
    Buco("stesso cognome, di chiunque", ALLERTE, "o.utente = r.utente_id AND ", "", COGNOMI),
    Buco(
        "stesso cognome, contato a pagine",
        ALLERTE,
        'frozenset({"volume", "cognome"})',
        'frozenset({"volume"})',
        COGNOMI,
    ),
    Buco("stesso cognome in un caso in conflitto", ALLERTE, "policies.known_to(attore, watched)", "watched", COGNOMI),
    Buco(
        "stesso cognome di chi è uscito", CONFLITTI, "Componente.objects.in_force(today)", "Componente.objects", COGNOMI
    ),
    Buco("stesso cognome nel nome", CONFLITTI, " if persona.cognome else persona.nome.split()", "", COGNOMI),
    # --- what stays past its months
    Buco("voci ferme, tolte", SCARTO, "    if held is None or held.pk >= over.pk:", "    if True:", TENUTO),
    Buco("voci ferme, in silenzio", SCARTO, "            self.stdout.write(held)\n", "            pass\n", TENUTO),
    Buco("voci di un caso fermo", FERMO, "Q(casi__overlap=list(casi)) if casi", "Q(pk__in=[]) if casi", TENUTO),
    Buco("voci di ciò da cui viene", FERMO, "filter(caso__in=casi)", "none()", TENUTO),
    Buco("ascolti di un arrivo fermo", FERMO, 'altro | set(heard.values_list("pk", flat=True))', "altro", TENUTO),
    Buco(
        "ancora che mente",
        SCARTO,
        "min(months_before(today, classe.mesi), timezone.localdate(kept.quando))",
        "months_before(today, classe.mesi)",
        TENUTO,
    ),
]
