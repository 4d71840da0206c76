"""One line of the register says all that it is told; a refusal is known to the request that was given it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from casi.attore import Attore
from casi.models import Registro
from casi.registro import Dettaglio, about, already_refused, record, refuse
from casi.ruoli import Azione
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import OperatoreFactory

pytestmark = pytest.mark.django_db
UNO, DUE, TRE = (UUID(int=n) for n in (1, 2, 3))


def attore(richiesta: UUID = UNO) -> Attore:
    return Attore(OperatoreFactory(ruolo="coordinatore"), "a" * 64, "192.0.2.7", richiesta=richiesta)


def line(**of) -> dict:
    automatic = {"id", "quando", "precedente", "impronta"}
    row = Registro.objects.filter(**of).values().get()
    return {name: value for name, value in row.items() if name not in automatic}


def test_line_says_all_that_it_is_told():
    by, caso = attore(), CasoFactory()
    about_it = Dettaglio(caso, oggetti=(DUE, TRE), titoli=[TRE], livello=5, finalita="storico", risultati=3)
    record(by, Azione.VEDERE_CASO, casi=iter([caso.pk, UNO]), dettaglio=about_it)
    assert line() == {
        "utente_id": by.operatore.utente_id,
        "operatore_id": by.operatore.pk,
        "ente_id": by.operatore.ente_id,
        "ente_nome": by.operatore.ente.nome,
        "ruolo": "coordinatore",
        "azione": "vedere_caso",
        "esito": "consentito",
        "casi": [caso.pk, UNO],
        "oggetto": "caso",
        "oggetto_id": caso.pk,
        "oggetti": [DUE, TRE],
        "titoli": [TRE],
        "livello": 5,
        "finalita": "storico",
        "risultati": 3,
        "sessione": "a" * 64,
        "indirizzo": "192.0.2.7",
        "richiesta": UNO,
    }


def test_line_told_nothing_says_nothing_and_a_key_that_is_a_number_is_left_out():
    by = attore()
    record(by, Azione.ENTRARE)
    nothing = {"casi": [], "oggetto": "", "oggetto_id": None, "oggetti": [], "titoli": []}
    nothing |= {"livello": None, "finalita": "", "risultati": None}
    assert line().items() >= nothing.items()
    record(by, Azione.ASSEGNARE, dettaglio=Dettaglio(by.operatore))
    assert line(azione="assegnare").items() >= {"oggetto": "operatore", "oggetto_id": None}.items()


def test_refusal_is_known_to_its_own_request_and_tie_for_an_hour(time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    by = attore()
    record(by, Azione.VEDERE_CASO)
    assert not already_refused(by)
    refuse(by, Azione.VEDERE_CASO, casi=[DUE])
    assert line(esito="negato").items() >= {"azione": "vedere_caso", "casi": [DUE], "richiesta": UNO}.items()
    others = (Attore(by.operatore, "", "192.0.2.7", richiesta=TRE), attore(UNO))
    for minutes, known in ((0, True), (59, True), (61, False)):
        time_machine.move_to(now + timedelta(minutes=minutes), tick=False)
        assert already_refused(by) is known
        assert not any(already_refused(each) for each in others)


def test_lines_about_something_are_those_that_name_it_by_itself_or_in_a_list():
    by, caso = attore(), CasoFactory()
    record(by, Azione.VEDERE_CASO, dettaglio=Dettaglio(caso))
    record(by, Azione.GESTIRE_ARRIVI, dettaglio=Dettaglio(oggetti=[UNO, DUE]))
    record(by, Azione.ENTRARE)
    found = {key: set(Registro.objects.filter(about([key])).values_list("azione", flat=True)) for key in (caso.pk, DUE)}
    assert found == {caso.pk: {"vedere_caso"}, DUE: {"gestire_arrivi"}}
    assert Registro.objects.filter(about([caso.pk, UNO])).count() == 2
    assert not Registro.objects.filter(about([TRE])).exists()
