"""What sharing writes down: the conditions as they were said, who said them, a line for each act; of no other case."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casi.actions import ammissioni
from casi.actions.ammissioni import Condizioni
from casi.errori import Impossibile
from casi.models import Avviso, Registro
from tests.factories.casi import AmmissioneFactory, CasoFactory, InformativaFactory, give
from tests.factories.catalogo import AdesioneFactory, OperatoreFactory
from tests.support.incaricati import ammesso, incarica, on_case, responsabile

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def fra(giorni: int):
    return OGGI() + timedelta(days=giorni)


def condizioni(dal: int = 0, al: int = 90, **other) -> Condizioni:
    """From and to so many days from now."""
    return Condizioni("progetto", "consenso", InformativaFactory(), dal=fra(dal), al=fra(al), **other)


def test_conditions_are_written_as_they_were_said_and_by_whom(caso, capo, ente):
    said = condizioni(1, 9, ambiti=("interventi", "contatti"))
    row = ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=said)
    row.refresh_from_db()
    assert (row.caso, row.ente, row.data_da, row.informativa) == (caso, ente, capo.operatore, said.informativa)
    assert (row.finalita, row.base_giuridica, row.dal, row.al) == ("progetto", "consenso", fra(1), fra(9))
    assert row.ambiti == ["contatti", "interventi", "sintesi"]


def test_each_act_is_on_the_register_with_its_row_its_case_and_what_it_was(caso, capo, ente):
    first = ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni())
    second = ammissioni.rescope(by=capo, caso=caso.pk, ammissione=first.pk, condizioni=condizioni())
    ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=second.pk)
    against = ammissioni.oppose(by=capo, caso=caso.pk, ente=ente)
    ammissioni.accept_again(by=capo, caso=caso.pk, opposizione=against.pk)
    lines = Registro.objects.order_by("pk").values_list("azione", "oggetto", "oggetto_id", "finalita")
    assert list(lines) == [
        ("condividere", "ammissione", first.pk, "ammette"),
        ("condividere", "ammissione", second.pk, "cambia"),
        ("condividere", "ammissione", second.pk, "revoca"),
        ("condividere", "opposizione", against.pk, "oppone"),
        ("condividere", "opposizione", against.pk, "ritira_opposizione"),
    ]
    assert all(line.casi == [caso.pk] and line.utente_id == capo.operatore.utente_id for line in Registro.objects.all())


def test_who_answers_for_the_case_is_told_that_another_put_a_body_out(caso, capo):
    sharer, body = on_case(caso, "collega", ruolo="assistente_sociale", ente=caso.ente_titolare), ammesso(caso)
    give(caso, sharer.operatore.utente, "condividi_caso")
    ammissioni.withdraw(by=sharer, caso=caso.pk, ammissione=caso.ammissioni.get().pk)
    told = set(Avviso.objects.values_list("destinatario", "tipo", "caso"))
    assert told == {
        (capo.operatore.pk, "ammissione_finita", caso.pk),
        (body.operatore.pk, "incarico_finito", None),
    }


def test_what_is_of_another_case_is_neither_changed_nor_taken_back_from_here(caso, capo, ente):
    elsewhere = AmmissioneFactory(ente=ente, caso=CasoFactory(stato="preso_in_carico"))
    there = ammissioni.oppose(by=responsabile(elsewhere.caso), caso=elsewhere.caso.pk, ente=AdesioneFactory().ente)
    with pytest.raises(Impossibile, match="non è più ammesso"):
        ammissioni.rescope(by=capo, caso=caso.pk, ammissione=elsewhere.pk, condizioni=condizioni())
    with pytest.raises(Impossibile, match="non è più ammesso"):
        ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=elsewhere.pk)
    with pytest.raises(Impossibile, match="già stata ritirata"):
        ammissioni.accept_again(by=capo, caso=caso.pk, opposizione=there.pk)
    ammissioni.oppose(by=capo, caso=caso.pk, ente=ente)
    elsewhere.refresh_from_db()
    there.refresh_from_db()
    assert elsewhere.tolta_il is there.ritirata_il is None


def test_objection_puts_out_the_body_it_names_alone_and_is_taken_back_once(caso, capo):
    gone, stays = ammesso(caso), ammesso(caso)
    row = ammissioni.oppose(by=capo, caso=caso.pk, ente=gone.operatore.ente)
    assert [each.ente for each in caso.ammissioni.filter(tolta_il=None)] == [stays.operatore.ente]
    assert row.scritta_da == capo.operatore
    other = ammissioni.oppose(by=capo, caso=caso.pk, ente=AdesioneFactory().ente)
    ammissioni.accept_again(by=capo, caso=caso.pk, opposizione=other.pk)
    row.refresh_from_db()
    assert row.ritirata_il is None
    ammissioni.accept_again(by=capo, caso=caso.pk, opposizione=row.pk)
    row.refresh_from_db()
    assert row.ritirata_il is not None
    with pytest.raises(Impossibile, match="già stata ritirata"):
        ammissioni.accept_again(by=capo, caso=caso.pk, opposizione=row.pk)


@pytest.mark.parametrize(("al", "entra"), [(9, True), (10, False), (11, False)])
def test_body_is_not_admitted_twice_to_the_same_day(caso, capo, ente, al, entra):
    AmmissioneFactory(caso=caso, ente=ente, dal=fra(10), al=fra(20))
    if entra:
        assert ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni(0, al))
        return
    with pytest.raises(Impossibile, match="già ammesso"):
        ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni(0, al))


def test_admission_with_no_end_lasts_and_one_of_another_body_or_withdrawn_is_in_nobodys_way(caso, capo, ente):
    AmmissioneFactory(caso=caso, ente=AdesioneFactory().ente, dal=fra(0), al=None)
    AmmissioneFactory(ente=ente, dal=fra(0), al=None)
    AmmissioneFactory(caso=caso, ente=ente, dal=fra(0), al=None, tolta_il=timezone.now(), tolta_da=capo.operatore)
    AmmissioneFactory(caso=caso, ente=ente, dal=fra(50), al=None)
    assert ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni(0, 49))
    for dal in (50, 60):
        with pytest.raises(Impossibile, match="già ammesso"):
            ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni(dal, 90))


@pytest.mark.parametrize(("al", "running"), [(None, True), (0, True), (-1, False)])
def test_admission_is_withdrawn_until_its_last_day(caso, capo, ente, al, running):
    row = AmmissioneFactory(caso=caso, ente=ente, dal=fra(-5), al=None if al is None else fra(al))
    if running:
        ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=row.pk)
        row.refresh_from_db()
        assert row.tolta_da == capo.operatore
        return
    with pytest.raises(Impossibile, match="non è più ammesso"):
        ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=row.pk)


def test_admission_for_later_shortens_the_assignments_that_would_outlast_the_one_that_runs(caso, capo):
    """Where a day lies between: people of other bodies, and those who leave before, are as they were."""
    attore, holder = ammesso(caso), incarica(caso, OperatoreFactory(ente=caso.ente_titolare), "collega")
    body = attore.operatore.ente
    caso.ammissioni.update(al=fra(3))
    rows = {days: incarica(caso, OperatoreFactory(ente=body), "collaboratore") for days in (2, 3, 5)}
    for days, row in rows.items():
        row.al = fra(days)
        row.save()
    ammissioni.admit(by=capo, caso=caso.pk, ente=body, condizioni=condizioni(5))
    assert {days: caso.incarichi.get(pk=row.pk).al for days, row in rows.items()} == {2: fra(2), 3: fra(3), 5: fra(3)}
    assert caso.incarichi.get(operatore=attore.operatore).al == fra(3)
    assert caso.incarichi.get(pk=holder.pk).al is None
    assert not caso.incarichi.exclude(tolta_il=None).exists()


def test_what_ended_before_keeps_the_moment_it_ended(caso, capo, ente):
    before = timezone.now() - timedelta(days=9)
    old = AmmissioneFactory(caso=caso, ente=ente, dal=fra(-20), al=fra(20), tolta_il=before)
    ammissioni.oppose(by=capo, caso=caso.pk, ente=ente)
    ammissioni.end_all(capo, caso)
    old.refresh_from_db()
    assert (old.tolta_il, old.tolta_da) == (before, None)
    assert not Avviso.objects.exists()


def test_conditions_changed_meanwhile_are_shown_and_what_was_typed_goes_to_them(riservato, caso, capo, confirmed):
    """Two pages on one admission: the second learns what the first has said, and says it again or goes on."""
    body = ammesso(caso, "contatti").operatore.ente
    riservato.force_login(capo.operatore.utente)
    confirmed()
    address = reverse("casi:cambia_ammissione", args=[caso.pk, caso.ammissioni.get().pk])
    said = {"base_giuridica": "consenso", "informativa": InformativaFactory().pk, "al": fra(30).isoformat()}
    first = {**said, "chiave": str(uuid4()), "finalita": "progetto", "ambiti": ["interventi"]}
    second = {**said, "chiave": str(uuid4()), "finalita": "verifica", "ambiti": ["contatti"]}
    assert riservato.post(address, first).status_code == 302
    now = caso.ammissioni.get(tolta_il=None)
    late = riservato.post(address, second)
    page = late.content.decode()
    assert late.status_code == 409
    assert "Le condizioni di questo ente sono cambiate mentre scrivevi." in page
    assert "non è più ammesso" not in page
    assert late.context["sostituita"] == now
    assert now.ambiti_detti[-1] in page
    assert late.context["modulo"]["ambiti"].value() == ["contatti"]
    there = reverse("casi:cambia_ammissione", args=[caso.pk, now.pk])
    assert f'action="{there}"' in page
    assert f'href="{there}"' in page
    assert riservato.post(there, second).status_code == 302
    assert caso.ammissioni.get(tolta_il=None, ente=body).ambiti == ["contatti", "sintesi"]
    ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=caso.ammissioni.get(tolta_il=None).pk)
    AmmissioneFactory(caso=caso, ente=body, informativa=now.informativa, dal=fra(5), al=fra(9))
    again = riservato.post(address, {**second, "chiave": str(uuid4())})
    assert again.status_code == 422
    assert "non è più ammesso" in again.content.decode()


def test_body_whose_conditions_changed_meanwhile_is_put_out_knowing_them(riservato, caso, capo, confirmed):
    body = ammesso(caso, "contatti").operatore.ente
    riservato.force_login(capo.operatore.utente)
    confirmed()
    old = caso.ammissioni.get()
    now = ammissioni.rescope(by=capo, caso=caso.pk, ammissione=old.pk, condizioni=condizioni(ambiti=("interventi",)))
    late = riservato.post(reverse("casi:revoca", args=[caso.pk, old.pk]), {"chiave": str(uuid4())})
    page, there = late.content.decode(), reverse("casi:revoca", args=[caso.pk, now.pk])
    assert (late.status_code, late.context["sostituita"]) == (409, now)
    assert "ha cambiato ciò che questo ente vede" in page
    assert "non è più ammesso" not in page
    assert f'action="{there}"' in page
    assert now.ambiti_detti[-1] in page
    assert caso.ammissioni.filter(tolta_il=None, ente=body).exists()
    assert riservato.post(there, {"chiave": late.context["modulo"]["chiave"].value()}).status_code == 302
    assert not caso.ammissioni.filter(tolta_il=None).exists()
    gone = riservato.post(there, {"chiave": str(uuid4())})
    assert gone.status_code == 422
    assert "non è più ammesso" in gone.content.decode()
