"""An accreditation that ends by itself: said when it is given, moved later, looked at until its last day."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions import accredito
from casi.actions.accredito import Persona
from casi.actions.accredito_fine import move_end
from casi.actions.limiti import seal
from casi.errori import Impossibile, Vietato
from casi.models import Registro
from casi.selectors.limiti import ufficio_nominato
from catalogo.models import Operatore
from tests.factories.catalogo import OperatoreFactory
from tests.support.attese import while_waiting
from tests.support.attori import attore_for
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
SUPPLENTE = Persona("supplente@esempio.it", "Sara", "Supplente")


def day(n: int):
    return OGGI() + timedelta(days=n)


@pytest.fixture
def lei(coordina):
    return OperatoreFactory(ente=coordina.ente, ruolo="assistente_sociale", in_rete=False, al=day(30))


def accredit(by, **more) -> Operatore:
    values = {"persona": SUPPLENTE, "ruolo": "assistente_sociale", "dal": OGGI(), **more}
    return accredito.accredit(by=by, ente=by.operatore.ente, **values)


def test_substitute_works_until_the_last_day_included_and_not_after(by, time_machine):
    new = accredit(by, al=day(90))
    caso = followed(new)
    time_machine.move_to(timezone.now() + timedelta(days=90))
    assert policies.ties_of(new.utente_id).get() == new
    assert policies.visible_to(attore_for(new)).get() == caso
    call_command("chiudi_accrediti")
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert not policies.ties_of(new.utente_id).exists()
    assert not policies.visible_to(attore_for(new)).exists()


@pytest.mark.parametrize("al", [-1, 4])
def test_last_day_is_neither_over_nor_before_the_first(by, al):
    with pytest.raises(ValidationError) as wrong:
        accredit(by, dal=day(5), al=day(al))
    assert set(wrong.value.message_dict) == {"al"}
    assert not Operatore.objects.filter(utente__email=SUPPLENTE.email).exists()


@pytest.mark.parametrize("al", [0, 9, 60, None])
def test_last_day_is_moved_nearer_further_or_away_with_its_line(by, lei, al):
    al = None if al is None else day(al)
    move_end(by=by, legame=lei, al=al, letto=lei.al)
    lei.refresh_from_db()
    assert (lei.al, lei.chiuso_il) == (al, None)
    assert Registro.objects.filter(
        finalita=f"ultimo giorno {lei.pk}", azione="accreditare", esito="consentito"
    ).exists()


def test_last_day_is_not_moved_to_the_past_nor_where_it_is_nor_over_anothers_move(by, lei):
    for al, letto, said, error in (
        (day(-1), lei.al, "è già passato", ValidationError),
        (lei.al, lei.al, "già il suo ultimo giorno", Impossibile),
        (day(3), day(2), "Intanto", Impossibile),
    ):
        with pytest.raises(error, match=said):
            move_end(by=by, legame=lei, al=al, letto=letto)
    lei.refresh_from_db()
    assert lei.al == day(30)


def test_nobody_moves_his_own_last_day_nor_that_of_another_network_nor_one_that_is_over(by, coordina, lei):
    over, foreign = OperatoreFactory(ente=coordina.ente, in_rete=False, al=day(-1)), OperatoreFactory(al=day(9))
    for who, legame, error in (
        (by, coordina, Impossibile),
        (by, over, Vietato),
        (by, foreign, Vietato),
        (attore_for(lei), coordina, Vietato),
    ):
        with pytest.raises(error):
            move_end(by=who, legame=legame, al=day(5), letto=legame.al)


def test_one_role_for_one_body_is_one_tie_at_a_time(by, lei):
    """Else ending one would leave the other."""
    persona = Persona(lei.utente.email)
    with pytest.raises(ValidationError, match="ha già questo ruolo"):
        accredit(by, persona=persona)
    after = accredit(by, persona=persona, dal=day(31), al=day(60))
    with pytest.raises(ValidationError, match="ha già questo ruolo"):
        move_end(by=by, legame=lei, al=None, letto=lei.al)
    move_end(by=by, legame=after, al=None, letto=after.al)
    with pytest.raises(IntegrityError, match="operatore_un_ruolo_alla_volta"), transaction.atomic():
        Operatore.objects.filter(pk=lei.pk).update(al=day(31))
    accredito.end_tie(by=by, legame=after)
    move_end(by=by, legame=lei, al=None, letto=lei.al)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["accredit", "move_end"])
def test_one_role_for_one_body_is_one_tie_also_when_two_desks_meet(by, lei, first):
    acts = {
        "accredit": lambda: accredit(by, persona=Persona(lei.utente.email), dal=day(31), al=day(60)),
        "move_end": lambda: move_end(by=by, legame=lei, al=day(40), letto=lei.al),
    }
    failed = while_waiting(acts.pop(first), *acts.values())
    assert isinstance(failed, ValidationError)
    assert "cambia il suo ultimo giorno" in str(failed)
    assert Operatore.objects.filter(utente=lei.utente, al__gt=day(30)).count() == 1


def test_sealed_case_gets_who_coordinates_now_when_the_tie_of_who_did_runs_out(coordina, time_machine):
    sociale = OperatoreFactory(ente=coordina.ente, ruolo="assistente_sociale", in_rete=False)
    caso = followed(sociale)
    seal(by=attore_for(sociale), caso=caso.pk)
    lei = OperatoreFactory(ente=coordina.ente, ruolo="coordinatore", in_rete=False)
    Operatore.objects.filter(pk=coordina.pk).update(al=OGGI())
    call_command("chiudi_accrediti")
    assert ufficio_nominato(caso).get() == coordina
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert not ufficio_nominato(caso).exists()
    call_command("chiudi_accrediti")
    call_command("chiudi_accrediti")
    assert ufficio_nominato(caso).get() == lei
    line = Registro.objects.get(finalita=f"nomina {lei.pk}")
    assert (line.casi, line.operatore_id) == ([caso.pk], coordina.pk)


def test_desk_gives_and_moves_a_last_day(riservato, confirmed, coordina, lei):
    confirmed()
    riservato.force_login(coordina.utente)

    def send(address, **data):
        key = riservato.get(address).context["modulo"]["chiave"].value()
        return riservato.post(address, {"chiave": key, **data})

    new = reverse("casi:operatore_nuovo", args=[coordina.ente_id])
    typed = {"email": SUPPLENTE.email, "nome": "Sara", "cognome": "S", "ruolo": "volontario_ascolto", "dal": OGGI()}
    assert send(new, **typed, al=day(-1)).context["modulo"].errors["al"]
    assert send(new, **typed, al=day(90)).status_code == 302
    move = reverse("casi:legame_ultimo_giorno", args=[lei.pk])
    assert move in riservato.get("/rete/").content.decode()
    page = riservato.get(move)
    assert page.context["modulo"]["al"].value() == lei.al
    assert send(move, al=day(60), letto=lei.al).status_code == 302
    lei.refresh_from_db()
    assert (lei.al, Operatore.objects.get(utente__email=SUPPLENTE.email).al) == (day(60), day(90))
