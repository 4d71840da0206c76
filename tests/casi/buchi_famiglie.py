"""Holes in what a household is told, and in who is known to be of it: alerts kept quiet, names, merges, ties."""

from .buco import Buco

DETTE, RAPPORTO = "casi/selectors/da_informare.py", "casi/selectors/registro_del_caso.py"
CARTA = "casi/selectors/rapporto_arrivi.py"
TACIUTE = ("casi/test_taciute",)
INTERI, SIGILLO = ("casi/test_nomi_interi",), ("casi/test_fusione_sigillo",)
RIFERIMENTO, NASCOSTI = ("casi/test_chi_e_il_riferimento",), ("casi/test_chiusura_nascosti",)
ERRORE, TOLTI = "casi/actions/per_errore.py", ("casi/test_legami_tolti",)
INDICI, PAROLE, NOMI = "casi/models/persona.py", "casi/parole.py", "casi/selectors/nomi.py"
FUSIONE, UNISCE, CHIUDE = "casi/selectors/fusione.py", "casi/actions/fusione.py", "casi/selectors/chiusura.py"

FAMIGLIE = [
    # --- an alert she is not to know of
    Buco("detta con un motivo per tacerla", DETTE, "known, non_avvisata_perche__isnull=True", "known", TACIUTE),
    Buco(
        "detta con minori a rischio", DETTE, "Q(minori_a_rischio=False) | Q(avvisata_il__isnull=False)", "Q()", TACIUTE
    ),
    Buco(
        "taciuta contata nella copia",
        "casi/selectors/estratto.py",
        "dicibili().filter(caso=aperto.caso)",
        "aperto.caso.segnalazione_set.all()",
        TACIUTE,
    ),
    Buco(
        "taciuta fra ciò che manca",
        "casi/selectors/estratto_testi.py",
        "dicibili().filter(caso=caso)",
        "caso.segnalazione_set.all()",
        TACIUTE,
    ),
    Buco(
        "ascolto di una taciuta fra ciò che manca",
        "casi/selectors/estratto_testi.py",
        "senza_taciute(policies.ascolti_visibili(attore, caso, aperto.azioni))",
        "policies.ascolti_visibili(attore, caso, aperto.azioni)",
        TACIUTE,
    ),
    Buco("letture di una taciuta", RAPPORTO, ", dicibili(), ", ", dicibili().model.objects.all(), ", TACIUTE),
    Buco(
        "letture dell'ascolto di una taciuta",
        RAPPORTO,
        "senza_taciute(PrimoAscolto.objects.all())",
        "PrimoAscolto.objects.all()",
        TACIUTE,
    ),
    Buco(
        "letture di un ascolto suo",
        RAPPORTO,
        "PrimoAscolto.objects.all()), hers)",
        "PrimoAscolto.objects.all()))",
        TACIUTE,
    ),
    Buco("foglio di una taciuta", CARTA, "spoken(row), taciuta(row)", "spoken(row), False", TACIUTE),
    Buco("foglio che nomina una taciuta", CARTA, "told = dicibile(row)", "told = True", TACIUTE),
    # --- a name, in whichever box
    Buco(
        "nome esatto di casella in casella",
        INDICI,
        'name = whole(f"{cognome} {nome}")',
        'name = f"{cognome}|{nome}"',
        INTERI,
    ),
    Buco("suono di casella in casella", INDICI, 'whole(f"{cognome} {nome}", sounded)', 'f"{cognome}|{nome}"', INTERI),
    Buco("nomi con l'ordine delle parole", PAROLE, "range(min(len(ring), LONGEST))", "range(1)", INTERI),
    Buco("suono senza l'ultima vocale", PAROLE, "if len(key) >= FINALE else", "if False else", INTERI),
    Buco("suono con tutte le vocali", PAROLE, 're.sub(vowels, "a", key)', "key", INTERI),
    Buco("doppie dove il nome ricomincia", PAROLE, "len(ring) > 1 and ring[0] == ring[-1]", "False", INTERI),
    Buco(
        "omonimo con le caselle scambiate",
        "casi/selectors/conflitti.py",
        "whole(persona.nominativo) == his",
        "persona.nominativo == his",
        INTERI,
    ),
    Buco(
        "cognome scritto con il nome",
        "casi/selectors/conflitti.py",
        "[persona.cognome] if persona.cognome else persona.nome.split()",
        "[persona.cognome]",
        INTERI,
    ),
    Buco(
        "nessuno dice dove va il cognome",
        "casi/forms/persone.py",
        "self.SPOSTA if together else",
        '"" if together else',
        INTERI,
    ),
    # --- merges, and cases one may not know of
    Buco(
        "scheda di un caso nascosto fra le simili",
        FUSIONE,
        "set(alike) - known_elsewhere(attore, persona.pk, alike)",
        "set(alike)",
        SIGILLO,
    ),
    Buco(
        "unita con una scheda di un caso nascosto",
        UNISCE,
        "    if known_elsewhere(by, tenuta, [fusa]):",
        "    if False:",
        SIGILLO,
    ),
    Buco(
        "chi vive con lei, che manca fra le simili",
        FUSIONE,
        ' - {*beside.values_list("persona", flat=True)}',
        "",
        SIGILLO,
    ),
    Buco(
        "chi vive con lei in un caso non mio",
        FUSIONE,
        "policies.visible_to(attore, Azione.FONDERE_PERSONE).filter(nucleo__componenti__persona=persona)",
        "Caso.objects.filter(nucleo__componenti__persona=persona)",
        SIGILLO,
    ),
    # --- whom a household is called by
    Buco(
        "nucleo senza nome",
        NOMI,
        "return chosen or min(people, key=_youth, default=None)",
        "return chosen",
        RIFERIMENTO,
    ),
    Buco("nucleo col nome di un figlio", NOMI, "each.ruolo == RuoloNelNucleo.FIGLIO, born", "False, born", RIFERIMENTO),
    Buco("elenco senza nome", "casi/selectors/casi.py", " | ~Q(Exists(theirs))", "", RIFERIMENTO),
    Buco(
        "riferimento perso unendo",
        UNISCE,
        "was, kept.ruolo = kept.ruolo, _part(kept, double)",
        "was = kept.ruolo",
        RIFERIMENTO,
    ),
    Buco("riferimento di chi è uscito", UNISCE, " and not over else", " else", RIFERIMENTO),
    Buco("ruolo corretto dopo, disfatto", UNISCE, "filter(pk=pk, ruolo=part[1])", "filter(pk=pk)", RIFERIMENTO),
    Buco(
        "nessuno dice che non c'è il riferimento",
        "casi/selectors/persone.py",
        "if head and head.ruolo !=",
        "if False and head.ruolo !=",
        RIFERIMENTO,
    ),
    # --- help that was hidden, when the case is closed
    Buco("chiuso con un aiuto nascosto da chi chiude", CHIUDE, " | Q(pk__in=hidden)", "", NASCOSTI),
    Buco("aiuto nascosto aperto in un caso chiuso", "casi/percorso.py", '"concludi_nascosti", ', "", NASCOSTI),
    # --- what was written by mistake
    Buco("legame di un altro nucleo tolto", ERRORE, "nucleo=locked.nucleo_id, pk=legame", "pk=legame", TOLTI),
    Buco("casa di un altro tolta", ERRORE, "persona=member(locked, persona), pk=residenza", "pk=residenza", TOLTI),
    Buco("casa tolta senza storia", ERRORE, "    keep_removed(riga, by=by, perche=perche)\n", "", TOLTI),
    Buco(
        "storia della casa persa con lei",
        "casi/actions/storico.py",
        "    Storico.objects.filter(residenza=riga).update(residenza=None, persona=riga.persona_id)\n",
        "",
        TOLTI,
    ),
    Buco("legame tolto e non rimesso", ERRORE, "        ties.update(nucleo=locked.nucleo)\n", "", TOLTI),
]
