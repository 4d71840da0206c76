"""Cases by the thousand, written by a few statements: `python -m bench.casi_rete 20000` fills DATABASE_URL up."""

import sys
from datetime import date

import django
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from . import casi_percorsi

ENTI, OPERATORI, PERMESSI = 30, 200, 1_000_000
PER_INCARICO = 5  # permission rows that come with one assignment
PER_CASO = 10  # bodies that share a case, where it is shared with bodies and not with people
ASSISTENTI = 60  # of the operators, those of the lead body
# Who sees how many cases, by place among the operators: everybody else shares what is left, about a thousand each.
TUTTI, MOLTI = slice(0, 2), 20_000
TRENTA, POCHI = slice(50, 70), 30
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
INIZIO = date(2024, 1, 1)


def fill(casi: int) -> None:
    people = _people()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CASI, {"casi": casi, "ente": people[0].ente_id})
        _assign(cursor, [each.pk for each in people], casi)
        casi_percorsi.go(cursor, people[0].ente_id, INIZIO)
        cursor.execute(AMMISSIONI, {"ente": people[0].ente_id, "informativa": _informativa()})
        cursor.execute(RIGHE, {})
        cursor.execute(GENERICHE, {})
        _share_with_groups(cursor, people)


def _assign(cursor: CursorWrapper, people: list[int], casi: int) -> None:
    """A million permission rows in all, whoever they are of."""
    everything, thirty = people[TUTTI], people[TRENTA]
    others = [each for each in people if each not in everything and each not in thirty]
    left = PERMESSI // PER_INCARICO - min(casi, MOLTI) * len(everything) - POCHI * len(thirty)
    cursor.execute(INCARICHI, {"operatori": others, "quanti": len(others), "righe": left, "casi": casi})
    cursor.execute(IN_FILA, {"operatori": everything, "casi": MOLTI, "passo": 0})
    cursor.execute(IN_FILA, {"operatori": thirty, "casi": POCHI, "passo": POCHI})


def _share_with_groups(cursor: CursorWrapper, people: list) -> None:
    """As many rows, given to bodies: each person has a twin with no row, in the group of the body or in all of them."""
    from django.contrib.auth.models import Group

    from portal.utenti.models import Utente

    groups = Group.objects.bulk_create(Group(name=f"gruppo {n}") for n in range(ENTI))
    twins = Utente.objects.bulk_create(
        Utente(username=f"gemello{n}", email=f"gemello{n}@esempio.it") for n in range(OPERATORI)
    )
    everything = twins[TUTTI]
    belongs = Utente.groups.through
    belongs.objects.bulk_create(
        belongs(utente=twin, group=group)
        for twin, person in zip(twins, people, strict=True)
        for number, group in enumerate(groups)
        if twin in everything or number == person.ente_id % ENTI
    )
    shared = PERMESSI // PER_INCARICO // PER_CASO
    cursor.execute(DI_GRUPPO, {"gruppi": [each.pk for each in groups], "quanti": ENTI, "casi": shared})


def _people() -> list:
    """Thirty bodies in the network, two hundred people at work for them; the first body leads and holds the cases."""
    from catalogo.models import Accordo, Adesione, Ente, Operatore
    from portal.utenti.models import Utente

    enti = Ente.objects.bulk_create(Ente(nome=f"Ente {n}", tipo="odv") for n in range(ENTI))
    accordo = Accordo.objects.create(titolo="Protocollo", capofila=enti[0], valida_dal=INIZIO)
    Adesione.objects.bulk_create(
        Adesione(accordo=accordo, ente=ente, stato="sottoscritta", valida_dal=INIZIO, ruolo_privacy="contitolare",
                 privacy_firmata_il=INIZIO) for ente in enti[1:]
    )  # fmt: skip
    utenti = Utente.objects.bulk_create(
        Utente(username=f"persona{n}", email=f"{n}@esempio.it") for n in range(OPERATORI)
    )
    return Operatore.objects.bulk_create(
        Operatore(
            utente=utente,
            ente=enti[0] if n < ASSISTENTI else enti[1 + n % (ENTI - 1)],
            ruolo="assistente_sociale" if n < ASSISTENTI else "referente",
            dal=INIZIO,
        )
        for n, utente in enumerate(utenti)
    )


def _informativa() -> int:
    from casi.models import Informativa

    return Informativa.objects.create(versione="2024.1", lingua="it", testo="Perché.", valida_dal=INIZIO).pk


NUMERO = " || ".join(f"substr('{LETTERS}', 1 + (n / {27**place}) %% 27, 1)" for place in reversed(range(6)))
CASI = f"""
INSERT INTO casi_caso (id, numero, stato, ente_titolare_id, aperto_il, motivo_chiusura, sigillato, versione)
SELECT gen_random_uuid(), 'C-' || {NUMERO}, CASE WHEN n %% 10 = 0 THEN 'chiuso' ELSE 'preso_in_carico' END, %(ente)s,
       now() - n * interval '1 minute', '', n %% 500 = 0, 1
FROM generate_series(1, %(casi)s) AS n"""
INCARICHI = """
INSERT INTO casi_incarico (id, caso_id, operatore_id, parte, dal, data_il)
SELECT gen_random_uuid(), c.id, o.id, CASE WHEN turn = 0 THEN 'responsabile' ELSE 'collega' END, '2024-01-01', now()
FROM (SELECT n, 1 + (n %% %(casi)s) AS place, n / %(casi)s AS turn FROM generate_series(0, %(righe)s - 1) AS n) AS given
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM casi_caso) AS c USING (place)
JOIN (SELECT id, ordinality FROM unnest(%(operatori)s::bigint[]) WITH ORDINALITY AS t(id, ordinality)) AS o
  ON o.ordinality = 1 + (place * 7 + turn * 11) %% %(quanti)s"""
IN_FILA = """
INSERT INTO casi_incarico (id, caso_id, operatore_id, parte, dal, data_il)
SELECT gen_random_uuid(), c.id, o.id, 'collega', '2024-01-01', now()
FROM unnest(%(operatori)s::bigint[]) WITH ORDINALITY AS o(id, turn)
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM casi_caso) AS c
  ON c.place > (o.turn - 1) * %(passo)s AND c.place <= (o.turn - 1) * %(passo)s + %(casi)s"""
AMMISSIONI = """
INSERT INTO casi_ammissione (id, caso_id, ente_id, dal, data_il, finalita, base_giuridica, informativa_id, ambiti,
                             fine_detta)
SELECT gen_random_uuid(), caso_id, ente_id, '2024-01-01', now(), 'progetto', 'compito_pubblico', %(informativa)s,
       ARRAY['sintesi', 'contatti'], false
FROM (SELECT DISTINCT i.caso_id, o.ente_id FROM casi_incarico i JOIN catalogo_operatore o ON o.id = i.operatore_id
      WHERE o.ente_id <> %(ente)s) AS others"""
RIGHE = """
INSERT INTO casi_permessoutentesucaso (permission_id, content_object_id, user_id)
SELECT p.id, i.caso_id, o.utente_id FROM casi_incarico i JOIN catalogo_operatore o ON o.id = i.operatore_id
CROSS JOIN (SELECT p.id FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id
            WHERE t.app_label = 'casi' AND t.model = 'caso') AS p"""

# The same rows where guardian puts them by default, for the comparison: its generic table, objects named by text.
GENERICHE = """
INSERT INTO guardian_userobjectpermission (permission_id, content_type_id, object_pk, user_id)
SELECT r.permission_id, p.content_type_id, r.content_object_id::text, r.user_id
FROM casi_permessoutentesucaso r JOIN auth_permission p ON p.id = r.permission_id"""

DI_GRUPPO = f"""
INSERT INTO guardian_groupobjectpermission (permission_id, content_type_id, object_pk, group_id)
SELECT p.id, p.content_type_id, c.id::text, g.id
FROM (SELECT id, row_number() OVER (ORDER BY aperto_il DESC) AS place FROM casi_caso) AS c
CROSS JOIN generate_series(0, {PER_CASO - 1}) AS turn
JOIN (SELECT id, ordinality - 1 AS number FROM unnest(%(gruppi)s::bigint[]) WITH ORDINALITY AS t(id, ordinality)) AS g
  ON g.number = (c.place + turn * 7) %% %(quanti)s
CROSS JOIN (SELECT p.id, p.content_type_id FROM auth_permission p
            JOIN django_content_type t ON t.id = p.content_type_id
            WHERE t.app_label = 'casi' AND t.model = 'caso') AS p
WHERE c.place <= %(casi)s"""


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]))
