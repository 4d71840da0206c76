"""Reading cases, timed in the process: `python -m bench.casi_misure GIRI` prints JSON on the database of DATABASE_URL.

In each round everything is asked once, one after the other and for the same people, so that a busy moment of the
machine weighs on all alike; apart for who sees thirty cases, about a thousand, and twenty thousand (or all there are).
"""

import json
import random
import sys
from collections.abc import Callable
from operator import attrgetter
from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext

from .casi_percorsi import COORDINATORE
from .casi_rete import TRENTA, TUTTI
from .tempi import summary, timed

PERSONE = 20  # of those with about a thousand cases
by_pk = attrgetter("pk")
COLONNE = ("id", "numero", "stato", "ente_titolare_id", "aperto_il", "sigillato", "versione")
A_MANO = """
SELECT c.id, c.numero, c.stato, c.ente_titolare_id, c.aperto_il, c.sigillato, c.versione
FROM casi_caso c
JOIN casi_incarico i ON i.caso_id = c.id AND i.operatore_id = %(operatore)s AND i.tolta_il IS NULL
 AND i.dal <= current_date AND (i.al IS NULL OR i.al >= current_date)
WHERE EXISTS (SELECT FROM casi_permessoutentesucaso p WHERE p.content_object_id = c.id AND p.user_id = %(utente)s
              AND p.permission_id = %(permesso)s)
 AND (c.ente_titolare_id = %(ente)s OR c.stato IN ('preso_in_carico', 'sospeso', 'in_chiusura') AND EXISTS (
      SELECT FROM casi_ammissione a WHERE a.caso_id = c.id AND a.ente_id = %(ente)s AND a.tolta_il IS NULL
      AND a.dal <= current_date AND (a.al IS NULL OR a.al >= current_date) AND a.ambiti @> ARRAY['sintesi']::varchar[]))
 AND NOT EXISTS (SELECT FROM casi_incompatibilita x WHERE x.caso_id = c.id AND x.utente_id = %(utente)s
                 AND x.tolta_il IS NULL AND x.dal <= current_date AND (x.al IS NULL OR x.al >= current_date))
 AND (NOT c.sigillato OR EXISTS (SELECT FROM casi_nominatoalsigillo s WHERE s.caso_id = c.id
      AND s.operatore_id = %(operatore)s AND s.tolta_il IS NULL
      AND s.dal <= current_date AND (s.al IS NULL OR s.al >= current_date)))
 AND EXISTS (SELECT FROM catalogo_operatore o JOIN utenti_utente u ON u.id = o.utente_id
             JOIN catalogo_ente b ON b.id = o.ente_id WHERE o.id = %(operatore)s AND u.is_active AND NOT u.is_superuser
             AND b.attivo AND o.chiuso_il IS NULL AND o.ruolo = %(ruolo)s
             AND o.dal <= current_date AND (o.al IS NULL OR o.al >= current_date)
             AND (EXISTS (SELECT FROM catalogo_accordo k WHERE k.capofila_id = b.id AND k.valida_dal <= current_date
                          AND (k.valida_al IS NULL OR k.valida_al >= current_date))
                  OR EXISTS (SELECT FROM catalogo_adesione d JOIN catalogo_accordo k ON k.id = d.accordo_id
                             WHERE d.ente_id = b.id AND d.stato = 'sottoscritta'
                             AND d.privacy_firmata_il <= current_date AND d.ruolo_privacy <> ''
                             AND d.valida_dal <= current_date
                             AND (d.valida_al IS NULL OR d.valida_al >= current_date) AND k.valida_dal <= current_date
                             AND (k.valida_al IS NULL OR k.valida_al >= current_date))))
ORDER BY c.aperto_il DESC, c.id LIMIT 51"""


class Prove:
    """What is timed, for one person at a time; the names are those of the result."""

    def __init__(self) -> None:
        from django.contrib.auth.models import Permission

        from casi.ruoli import PERMESSI

        self.permesso = Permission.objects.get(codename="view_caso", content_type__app_label="casi").pk
        self.all: dict[str, Callable] = {
            "elenco": self.listed,
            "elenco, senza registro": lambda who: self._unrecorded(self.listed, who),
            "elenco, solo la decisione": self.decided,
            "elenco, SQL a mano": self.by_hand,
            "elenco, guardian": self.guardian_by_default,
            "elenco, guardian con chiave esterna": self.guardian,
            "elenco, guardian con tutti i permessi": lambda who: self.guardian_by_default(who, PERMESSI),
            "elenco, guardian a gruppi": lambda who: self.guardian_by_default(who | {"utente": who["gemello"]}),
            "caso": self.opened,
            "caso, senza registro": lambda who: self._unrecorded(self.opened, who),
        }

    def listed(self, who) -> object:
        from casi.selectors.casi import elenco_casi

        return elenco_casi(who["attore"])

    def opened(self, who) -> object:
        from casi.ruoli import Azione
        from casi.selectors.casi import open_caso

        return open_caso(who["attore"], who["caso"], Azione.VEDERE_CASO)

    def decided(self, who) -> object:
        from casi import policies

        return list(policies.visible_to(who["attore"]).order_by("-aperto_il", "pk").values_list(*COLONNE)[:51])

    def by_hand(self, who) -> list:
        me = who["attore"].operatore
        values = {"operatore": me.pk, "utente": me.utente_id, "ente": me.ente_id, "permesso": self.permesso}
        values["ruolo"] = me.ruolo
        with connection.cursor() as cursor:
            cursor.execute(A_MANO, values)
            return cursor.fetchall()

    def guardian(self, who, permissions=("view_caso",)) -> list:
        """With the defaults of its call, on our own table of rows."""
        from guardian.shortcuts import get_objects_for_user

        from casi.models import Caso

        found = get_objects_for_user(who["utente"], [f"casi.{each}" for each in permissions], klass=Caso)
        return list(found.order_by("-aperto_il", "pk").values_list(*COLONNE)[:51])

    def guardian_by_default(self, who, permissions=("view_caso",)) -> list:
        """As guardian does it where nobody made a table of one's own: the same rows in its generic one."""
        from guardian.models import GroupObjectPermission, UserObjectPermission

        with (
            patch("guardian.shortcuts.get_user_obj_perms_model", lambda _: UserObjectPermission),
            patch("guardian.shortcuts.get_group_obj_perms_model", lambda _: GroupObjectPermission),
        ):
            return self.guardian(who, permissions)

    @staticmethod
    def _unrecorded(do: Callable, who) -> object:
        with patch("casi.selectors.casi.record"):
            return do(who)


def people() -> dict[str, list[dict]]:
    """Some of those who see as many cases, by how many."""
    from catalogo.models import Operatore

    known = list(Operatore.objects.exclude(ruolo=COORDINATORE).select_related("utente", "ente").order_by("pk"))
    few, everything = known[TRENTA], known[TUTTI]
    others = random.Random(7).sample([each for each in known if each not in few and each not in everything], PERSONE)
    groups = {"trenta": few[:: len(few) // 5], "mille": others, "ventimila": everything}
    return {name: [_acting(each) for each in sorted(group, key=by_pk)] for name, group in groups.items()}


def _acting(operatore) -> dict:
    from casi import policies
    from casi.attore import Attore
    from portal.utenti.models import Utente

    attore = Attore(operatore, "0" * 64, "192.0.2.1", secondo_fattore=True, confermato=True)
    visible = list(policies.visible_to(attore).values_list("pk", flat=True)[:200])
    gemello = Utente.objects.get(username=operatore.utente.username.replace("persona", "gemello"))
    return {"attore": attore, "caso": visible[len(visible) // 2], "utente": operatore.utente, "gemello": gemello}


def measure(rounds: int) -> dict[str, dict[str, dict[str, float]]]:
    prove = Prove()
    return {name: _measured(prove, group, rounds) for name, group in people().items()}


def _measured(prove: Prove, who: list[dict], rounds: int) -> dict[str, dict[str, float]]:
    times: dict[str, list[float]] = {name: [] for name in prove.all}
    counts: dict[str, int] = {}
    check_same_rows(prove, who)
    for each in who:
        for name, do in prove.all.items():
            with CaptureQueriesContext(connection) as queries:
                do(each)
            counts[name] = max(counts.get(name, 0), len(queries))
    for _round in range(rounds):
        for each in who:
            for name, do in prove.all.items():
                with timed(times[name]):
                    do(each)
    return {name: {**summary(values), "interrogazioni": counts[name]} for name, values in times.items()}


def check_same_rows(prove: Prove, who: list[dict]) -> None:
    """The comparison is fair only if the SQL by hand finds the same cases."""
    for each in who:
        assert prove.decided(each) == prove.by_hand(each)


if __name__ == "__main__":
    import portal.wsgi  # noqa: F401 (the process as it is served: what it loads, and keeps out of the collector's way)

    print(json.dumps(measure(int(sys.argv[1]))))
