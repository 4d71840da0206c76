"""The way each case of `casi_rete` has gone, and the coordinator on whose desk they are."""

from django.db.backends.utils import CursorWrapper

COORDINATORE = "coordinatore"  # the account's name

# One in fifty waits to be assigned, one for somebody's answer, one for the closing; who takes the case is responsible.
STATI = """
UPDATE casi_caso SET stato = CASE place %% 50 WHEN 3 THEN 'in_chiusura' ELSE 'in_valutazione' END
FROM (SELECT id, row_number() OVER (ORDER BY aperto_il DESC) AS place FROM casi_caso) AS c
WHERE c.id = casi_caso.id AND place %% 50 IN (1, 2, 3)"""
PASSAGGI = """
INSERT INTO casi_passaggio (id, caso_id, da, a, passo, operatore_id, quando)
SELECT gen_random_uuid(), c.id, step.da, step.a, step.passo, %(operatore)s,
       c.aperto_il + step.turn * interval '10 minutes'
FROM casi_caso c
JOIN (VALUES ('segnalato', 0), ('primo_ascolto', 1), ('in_valutazione', 2), ('preso_in_carico', 3), ('in_chiusura', 4),
             ('chiuso', 5)) AS reached (stato, turn) USING (stato)
JOIN (VALUES (0, '', 'segnalato', ''), (1, 'segnalato', 'primo_ascolto', 'ascolta'),
             (2, 'primo_ascolto', 'in_valutazione', 'valuta'), (3, 'in_valutazione', 'preso_in_carico', 'accetta'),
             (4, 'preso_in_carico', 'in_chiusura', 'avvia_chiusura'), (5, 'in_chiusura', 'chiuso', 'chiude')
     ) AS step (turn, da, a, passo) ON step.turn <= reached.turn"""
PRESE = """
INSERT INTO casi_presaincarico (id, caso_id, assegnata_a_id, assegnata_da_id, assegnata_il, accettata_il,
                                base_giuridica, conclusa_il)
SELECT gen_random_uuid(), c.id, i.operatore_id, %(operatore)s, c.aperto_il,
       CASE WHEN c.stato <> 'in_valutazione' THEN c.aperto_il END, '',
       CASE WHEN c.stato = 'chiuso' THEN now() END
FROM (SELECT *, row_number() OVER (ORDER BY aperto_il DESC) AS place FROM casi_caso) AS c
JOIN casi_incarico i ON i.caso_id = c.id AND i.parte = 'responsabile'
WHERE c.stato <> 'in_valutazione' OR c.place %% 50 = 2"""
VALUTAZIONI = """
INSERT INTO casi_valutazione (id, caso_id, autore_id, iniziata_il, conclusa_il, versione)
SELECT gen_random_uuid(), id, %(operatore)s, aperto_il, aperto_il, 1 FROM casi_caso"""
VOCI = """
INSERT INTO casi_vocediario (id, caso_id, ente_id, autore_id, livello, condiviso, creato_il, tipo, avvenuto_il)
SELECT gen_random_uuid(), id, ente_titolare_id, %(operatore)s, level, false, aperto_il, 'nota', aperto_il::date
FROM casi_caso CROSS JOIN (VALUES (2), (3), (5)) AS levels (level)"""


def go(cursor: CursorWrapper, ente: int, dal: object) -> None:
    """Steps, assumptions of responsibility, assessments and diary of every case: those of the body `ente`."""
    operatore = _coordinatore(ente, dal)
    for statement in (STATI, PASSAGGI, PRESE, VALUTAZIONI, VOCI):
        cursor.execute(statement, {"operatore": operatore})


def _coordinatore(ente: int, dal: object) -> int:
    from catalogo.models import Operatore
    from portal.utenti.models import Utente

    utente = Utente.objects.create(username=COORDINATORE, email="coordinatore@esempio.it")
    return Operatore.objects.create(utente=utente, ente_id=ente, ruolo=COORDINATORE, dal=dal).pk
