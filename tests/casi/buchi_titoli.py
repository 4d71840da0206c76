"""The holes in what a line of the register says an access rested on."""

from .buchi import CONDIZIONI, FATTI, POLICIES, SERRATURA
from .buco import Buco

ATTORE, REGISTRO, SIGILLO = "casi/attore.py", "casi/registro.py", "casi/migrations/0013_registro_titoli.py"
BANCO, LETTI = "casi/selectors/registro_titoli.py", "casi/selectors/registro.py"
PROVE, DI_TUTTI, CATENA = ("casi/test_titoli",), ("casi/test_titoli_di_tutti",), ("casi/test_registro_catena",)
DIARIO = ", titoli=by.titoli[Azione.SCRIVERE_DIARIO, caso]"

SU_CHE_COSA = [
    Buco("titoli dimenticati", ATTORE, "for rows in grounds.values() for", "for rows in () for", PROVE),
    Buco("titoli di ogni fatto", FATTI, "in relied_on(self._rule(azione), self)}", "in self}", DI_TUTTI),
    Buco("regola di un'altra azione", FATTI, "self._rule(azione)", "self._rule(Azione.VEDERE_CASO)", DI_TUTTI),
    Buco("tutte le strade insieme", CONDIZIONI, "else children[:1]", "else children", PROVE),
    Buco("strade che non reggono", CONDIZIONI, "if holds(Q(each), facts)] if", "] if", PROVE),
    Buco("titoli di una regola che non regge", CONDIZIONI, "if holds(rule, facts) else []", "", PROVE),
    Buco("ciò che deve mancare, come titolo", CONDIZIONI, "[each[0]][: each[1]]", "[each[0]]", PROVE),
    Buco(
        "prima l'emergenza",
        POLICIES,
        "ways.append(Q(emergenza=True, della_rete=True) & ",
        "ways.insert(0, Q(emergenza=True, della_rete=True) & ",
        PROVE,
    ),
    Buco(
        "incarichi di chiunque",
        FATTI,
        "ArraySubquery(assignments(who).filter(caso=QUI)",
        "ArraySubquery(models.Incarico.objects.filter(caso=QUI)",
        DI_TUTTI,
    ),
    Buco("atti senza titoli", SERRATURA, "    by.rests_on(azione, pk, facts.grounds(azione))\n", "", PROVE),
    Buco("atti senza conferma", SERRATURA, "policies.allowed_by_role(by, azione) and ", "", PROVE),
    Buco(
        "titoli a chi fu fermato", REGISTRO, "list(titoli) if esito == Esito.CONSENTITO else []", "list(titoli)", PROVE
    ),
    Buco(
        "titoli di ciò che si è chiesto prima",
        REGISTRO,
        "attore.titoli.get((azione, pk), ())",
        "next((rows for (_what, case), rows in attore.titoli.items() if case == pk), ())",
        PROVE,
    ),
    Buco(
        "titoli di un'altra richiesta",
        "casi/attore.py",
        "default_factory=dict, init=False, ",
        "default_factory=dict, ",
        PROVE,
    ),
    Buco("mostrato di nuovo senza titoli", "casi/actions/oscuramenti.py", DIARIO, "", PROVE),
    Buco("ascolto aggiunto senza titoli", "casi/actions/aggiunta.py", DIARIO, "", PROVE),
    Buco("stampa senza titoli", "casi/actions/stampe.py", ", titoli=list(titoli)", "", PROVE),
    Buco(
        "proposta letta senza titoli",
        "casi/selectors/proposte.py",
        ", titoli=[found.pk] if found else []",
        "",
        PROVE,
    ),
    Buco(
        "proposta accettata senza titoli",
        "casi/selectors/proposte.py",
        "    attore.titoli[Azione.ACCETTARE, pk] = waiting\n",
        "",
        PROVE,
    ),
    # --- sealed, and read
    Buco("titoli fuori dal sigillo", SIGILLO, ", 'titoli ' || nullif(r.titoli::text, '{}')", "", CATENA),
    Buco(
        "titoli che passano per un elenco",
        SIGILLO,
        "'titoli ' || nullif(r.titoli::text, '{}')",
        "nullif(array_to_string(r.titoli, ','), '')",
        CATENA,
    ),
    Buco("sigillo di prima cambiato", SIGILLO, "nullif(r.titoli::text, '{}')", "r.titoli::text", CATENA),
    Buco("titoli persi tornando indietro", SIGILLO, "WHERE titoli <> '{}'", "WHERE false", CATENA),
    Buco("titoli di un caso in conflitto", LETTI, "for pk in line.titoli if casi]", "for pk in line.titoli]", PROVE),
    Buco("fine del diritto taciuta", BANCO, 'Least("al", TruncDate("tolta_il"))', 'Least("al", "al")', PROVE),
    Buco("emergenza finita all'ora prevista", BANCO, 'Least("fine", "chiuso_il")', 'Least("fine", "fine")', PROVE),
]
