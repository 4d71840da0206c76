"""Sharing with another body: what lets it in, what it sees, and how every way out bites at the next request."""

from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions import ammissioni, incarichi
from casi.actions.ammissioni import Condizioni
from casi.errori import Impossibile, Vietato
from casi.models import Ammissione, Avviso, PermessoUtenteSuCaso, Registro
from casi.ruoli import Azione
from casi.selectors.condivisione import ammissibili, informative_valide
from tests.factories.casi import CasoFactory, InformativaFactory
from tests.factories.catalogo import AdesioneFactory, OperatoreFactory, la_rete
from tests.support.attori import attore_for
from tests.support.domande import at_most
from tests.support.incaricati import ammesso, on_case, responsabile
from tests.support.rifiuti import refused

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


@pytest.fixture
def ente(db):
    return AdesioneFactory().ente


def condizioni(**other) -> Condizioni:
    return Condizioni(
        **{
            "finalita": "progetto",
            "base_giuridica": "compito_pubblico",
            "informativa": InformativaFactory(),
            "dal": OGGI(),
            "ambiti": ("contatti",),
            "al": other.get("dal", OGGI()) + timedelta(days=90),
            **other,
        }
    )


def sees(attore, caso, azione=Azione.VEDERE_CASO) -> bool:
    return policies.may(attore, azione, caso)


def test_admit_lets_the_assigned_people_of_the_body_see_what_the_scope_says(caso, capo, ente):
    row = ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni())
    attore = on_case(caso, "collaboratore", ruolo="referente", ente=ente)
    assert sees(attore, caso)
    assert sees(attore, caso, Azione.VEDERE_PERSONE)
    assert not sees(attore, caso, Azione.INTERVENTI_ALTRUI)
    assert not sees(attore_for(OperatoreFactory(ente=ente)), caso)
    line = Registro.objects.get(azione="condividere")
    assert (line.oggetto_id, line.finalita, line.casi) == (row.pk, "ammette", [caso.pk])


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda ente: ente.adesioni.update(valida_al=OGGI() - timedelta(days=1)), id="scaduta ieri"),
        pytest.param(lambda ente: ente.adesioni.update(ruolo_privacy=""), id="senza ruolo privacy"),
        pytest.param(lambda ente: ente.adesioni.update(stato="sospesa"), id="sospesa"),
        pytest.param(lambda ente: type(ente).objects.filter(pk=ente.pk).update(attivo=False), id="ente spento"),
    ],
)
def test_admit_refuses_a_body_that_is_not_in_the_network_today(caso, capo, ente, spoil):
    spoil(ente)
    assert ente not in ammissibili(caso)
    with refused("non è nella rete", "ente"):
        ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni())


def test_admit_lets_in_the_body_that_leads_the_agreement(caso, capo):
    lead = la_rete().capofila
    assert ammissioni.admit(by=capo, caso=caso.pk, ente=lead, condizioni=condizioni()).ente == lead


def test_admit_refuses_the_holder_the_past_and_a_second_time(caso, capo, ente):
    for body, terms, words, campo in (
        (caso.ente_titolare, condizioni(), "è il titolare", "ente"),
        (ente, condizioni(dal=OGGI() - timedelta(days=1)), "nel passato", "dal"),
    ):
        with refused(words, campo):
            ammissioni.admit(by=capo, caso=caso.pk, ente=body, condizioni=terms)
    ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni(al=OGGI()))
    with refused("già ammesso", "ente"):
        ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni())
    tomorrow = condizioni(dal=OGGI() + timedelta(days=1))
    assert ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=tomorrow)


@pytest.mark.parametrize("stato", ["segnalato", "in_valutazione", "chiuso", "riaperto", "trasferito"])
def test_admit_refuses_before_and_after_the_path_and_says_where_the_case_stands(stato):
    caso = CasoFactory(stato=stato)
    capo, ente = responsabile(caso), AdesioneFactory().ente
    with pytest.raises(Impossibile, match=f"(?i){caso.get_stato_display()}"):
        ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni())


def test_admit_with_an_end_before_its_start_is_invalid(caso, capo, ente):
    with pytest.raises(ValidationError, match="prima di quella di inizio"):
        ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni(al=OGGI() - timedelta(days=1)))


def test_sharing_is_refused_to_who_does_not_answer_for_the_case(caso, capo, ente):
    colleague = on_case(caso, "collega", ruolo="assistente_sociale", ente=caso.ente_titolare)
    stale = attore_for(capo.operatore, confermato=False)
    for attore in (colleague, ammesso(caso), stale):
        with pytest.raises(Vietato):
            ammissioni.admit(by=attore, caso=caso.pk, ente=ente, condizioni=condizioni())
    assert not Ammissione.objects.filter(ente=ente).exists()


def test_rescope_ends_the_old_conditions_and_keeps_them(caso, capo):
    attore = ammesso(caso, "contatti", "interventi")
    old = caso.ammissioni.get()
    new = ammissioni.rescope(by=capo, caso=caso.pk, ammissione=old.pk, condizioni=condizioni(ambiti=()))
    assert sees(attore, caso)
    assert not sees(attore, caso, Azione.VEDERE_PERSONE)
    old.refresh_from_db()
    assert old.tolta_il is not None
    assert old.ambiti == ["sintesi", "contatti", "interventi"]
    assert new.ambiti == ["sintesi"]


def test_rescope_does_not_begin_earlier_what_was_to_begin_later(caso, capo, ente):
    tomorrow = OGGI() + timedelta(days=1)
    row = ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni(dal=tomorrow))
    assert ammissioni.rescope(by=capo, caso=caso.pk, ammissione=row.pk, condizioni=condizioni()).dal == tomorrow


def test_withdraw_puts_the_body_out_at_once_erases_nothing_and_names_no_case(caso, capo):
    attore = ammesso(caso, "contatti")
    assert sees(attore, caso)
    ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=caso.ammissioni.get().pk)
    assert not sees(attore, caso)
    assert not PermessoUtenteSuCaso.objects.filter(user=attore.operatore.utente).exists()
    assert caso.ammissioni.get().tolta_da == capo.operatore
    incarico = caso.incarichi.get(operatore=attore.operatore)
    assert incarico.tolta_il is not None
    notice = Avviso.objects.get(destinatario=attore.operatore)
    assert (notice.tipo, notice.caso) == ("incarico_finito", None)
    with pytest.raises(Impossibile, match="non è più ammesso"):
        ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=caso.ammissioni.get().pk)


def test_withdraw_of_what_begins_later_leaves_the_people_of_what_runs_today(caso, capo):
    attore = ammesso(caso)
    caso.ammissioni.update(al=OGGI() + timedelta(days=3))
    later = condizioni(dal=OGGI() + timedelta(days=4))
    row = ammissioni.admit(by=capo, caso=caso.pk, ente=attore.operatore.ente, condizioni=later)
    ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=row.pk)
    assert sees(attore, caso)
    ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=caso.ammissioni.get(tolta_il=None).pk)
    assert not caso.incarichi.filter(operatore=attore.operatore, tolta_il=None).exists()


def test_withdraw_leaves_the_other_bodies_and_ones_own_rights_elsewhere_alone(caso, capo):
    gone, stays = ammesso(caso), ammesso(caso)
    elsewhere = CasoFactory(stato="preso_in_carico", ente_titolare=gone.operatore.ente)
    there = on_case(
        elsewhere, "collega", ruolo="assistente_sociale", ente=gone.operatore.ente, utente=gone.operatore.utente
    )
    ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=caso.ammissioni.get(ente=gone.operatore.ente).pk)
    assert not sees(gone, caso)
    assert sees(stays, caso)
    assert sees(there, elsewhere)


def test_admit_again_after_the_end_brings_nobody_back(caso, capo):
    attore = ammesso(caso)
    ente, yesterday = attore.operatore.ente, OGGI() - timedelta(days=1)
    caso.ammissioni.update(al=yesterday)
    assert not sees(attore, caso)
    ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni())
    assert not sees(attore, caso)
    assert caso.incarichi.get(operatore=attore.operatore).tolta_da == capo.operatore
    assert not PermessoUtenteSuCaso.objects.filter(user=attore.operatore.utente).exists()
    incarichi.assign(by=capo, caso=caso.pk, operatore=attore.operatore)
    assert sees(attore, caso)


@pytest.mark.parametrize(("dopo", "resta"), [(1, True), (2, False)])
def test_admit_for_later_keeps_the_people_only_when_no_day_lies_between(caso, capo, dopo, resta):
    attore = ammesso(caso)
    caso.ammissioni.update(al=OGGI() + timedelta(days=3))
    later = condizioni(dal=OGGI() + timedelta(days=3 + dopo))
    ammissioni.admit(by=capo, caso=caso.pk, ente=attore.operatore.ente, condizioni=later)
    assert sees(attore, caso)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        assert sees(attore, caso)
    with time_machine.travel(timezone.now() + timedelta(days=3 + dopo), tick=False):
        assert sees(attore, caso) is resta


def test_oppose_puts_the_body_out_and_keeps_it_out_until_the_person_changes_her_mind(caso, capo):
    attore = ammesso(caso)
    ente = attore.operatore.ente
    row = ammissioni.oppose(by=capo, caso=caso.pk, ente=ente)
    assert not sees(attore, caso)
    assert ente not in ammissibili(caso)
    with refused("La persona si oppone", "ente"):
        ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni())
    with pytest.raises(ValidationError, match="non vuole questo ente"):
        ammissioni.oppose(by=capo, caso=caso.pk, ente=ente)
    ammissioni.accept_again(by=capo, caso=caso.pk, opposizione=row.pk)
    assert not sees(attore, caso)
    assert ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=condizioni())


def test_closing_the_case_shuts_out_the_other_bodies_at_the_next_request(caso, capo):
    attore = ammesso(caso)
    type(caso).objects.update(stato="in_chiusura")
    assert sees(attore, caso)
    type(caso).objects.update(stato="chiuso")
    assert not sees(attore, caso)
    assert sees(capo, caso)


def test_end_all_leaves_nothing_to_find_when_the_case_opens_again(caso, capo):
    attore, other = ammesso(caso), ammesso(caso)
    ammissioni.end_all(capo, caso)
    assert not any(sees(each, caso) for each in (attore, other))
    assert sees(capo, caso)
    assert not caso.ammissioni.filter(tolta_il__isnull=True).exists()


@pytest.mark.parametrize("what", ["ammissione", "incarico", "adesione", "accordo", "legame"])
def test_last_day_counts_to_its_last_second_in_rome(caso, what):
    attore = ammesso(caso)
    last = date(2026, 3, 31)  # summer time: Rome is two hours ahead of UTC
    adesione = attore.operatore.ente.adesioni.get()
    row, name = {
        "ammissione": (caso.ammissioni.get(), "al"),
        "incarico": (caso.incarichi.get(), "al"),
        "adesione": (adesione, "valida_al"),
        "accordo": (adesione.accordo, "valida_al"),
        "legame": (attore.operatore, "al"),
    }[what]
    setattr(row, name, last)
    row.save()
    with time_machine.travel("2026-03-31 23:59:59+02:00", tick=False):
        assert sees(attore, caso)
    with time_machine.travel("2026-04-01 00:00:00+02:00", tick=False):
        assert not sees(attore, caso)


def test_notices_offered_are_the_newest_valid_one_of_each_language(db):
    InformativaFactory(versione="1", lingua="it", valida_dal=date(2024, 1, 1))
    newest = InformativaFactory(versione="2", lingua="it", valida_dal=date(2025, 1, 1))
    arabic = InformativaFactory(versione="1", lingua="ar", valida_dal=date(2024, 1, 1))
    InformativaFactory(versione="3", lingua="it", valida_dal=OGGI() + timedelta(days=1))
    assert set(informative_valide(OGGI())) == {newest, arabic}


def test_notice_of_tomorrow_is_no_ground_for_sharing_today(caso, capo, ente):
    tomorrow = condizioni(informativa=InformativaFactory(valida_dal=OGGI() + timedelta(days=1)))
    with refused("non vale ancora", "informativa"):
        ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=tomorrow)


@pytest.mark.django_db(transaction=True)
def test_admit_twice_at_the_same_moment_writes_one():
    caso = CasoFactory(stato="preso_in_carico")
    capo, ente, terms = responsabile(caso), AdesioneFactory().ente, condizioni()
    start, answers = Barrier(4), []

    def send() -> None:
        start.wait()
        try:
            ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=terms)
            answers.append("sì")
        except Impossibile:
            answers.append("no")
        connection.close()

    run([Thread(target=send) for _each in range(4)])
    assert sorted(answers) == ["no", "no", "no", "sì"]
    assert Ammissione.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_withdraw_and_write_at_the_same_moment_leave_no_right_behind():
    caso = CasoFactory(stato="preso_in_carico")
    capo, attore = responsabile(caso), ammesso(caso)
    mate = OperatoreFactory(ente=attore.operatore.ente)
    start = Barrier(2)

    def withdraw() -> None:
        start.wait()
        ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=caso.ammissioni.get().pk)
        connection.close()

    def assign() -> None:
        start.wait()
        with suppress(Impossibile):
            incarichi.assign(by=capo, caso=caso.pk, operatore=mate)
        connection.close()

    run([Thread(target=withdraw), Thread(target=assign)])
    assert not caso.incarichi.filter(operatore__ente=mate.ente, tolta_il__isnull=True).exists()
    assert not PermessoUtenteSuCaso.objects.filter(user__in=[mate.utente, attore.operatore.utente]).exists()


def run(threads) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("page", ["condivisione", "scheda"])
def test_page_names_to_who_is_admitted_who_answers_and_his_own_body_only(riservato, caso, capo, page):
    """Which other bodies help, and who for them, is their business and the social worker's (domain.md §5.2)."""
    attore, other = ammesso(caso, "contatti", "interventi"), ammesso(caso)
    mate = on_case(caso, "collaboratore", ruolo="volontario_ascolto", ente=attore.operatore.ente)
    colleague = on_case(caso, "collega", ruolo="assistente_sociale", ente=caso.ente_titolare)
    theirs = [str(other.operatore.utente), other.operatore.ente.nome, str(colleague.operatore.utente)]
    ours = [str(each.operatore.utente) for each in (capo, attore, mate)] + [caso.ente_titolare.nome]
    shown = {}
    for who in (attore, mate, colleague):
        riservato.force_login(who.operatore.utente)
        shown[who] = riservato.get(reverse(f"casi:{page}", args=[caso.pk])).content.decode()
    for who in (attore, mate):
        assert not [name for name in theirs if name in shown[who]]
        assert not [name for name in ours if name not in shown[who]]
    assert not [name for name in (*theirs, *ours) if name not in shown[colleague]]


def test_page_tells_the_conditions_to_ones_own_body_and_offers_nothing_else(riservato, caso, capo):
    attore = ammesso(caso)
    riservato.force_login(attore.operatore.utente)
    page = riservato.get(reverse("casi:condivisione", args=[caso.pk])).content.decode()
    assert page.count("Costruire insieme il progetto") == 1
    assert "Togli" not in page
    assert "Ammetti un ente" not in page


def test_page_of_who_has_not_the_whole_view_tells_when_nobody_answers(riservato, caso):
    attore = ammesso(caso)
    riservato.force_login(attore.operatore.utente)
    page = riservato.get(reverse("casi:condivisione", args=[caso.pk])).content.decode()
    assert "Nessuno ne è responsabile oggi" in page
    assert "oggi nessuno di questo ente vede il caso" not in page


def test_page_of_who_answers_keeps_the_history_and_few_queries(riservato, caso, capo):
    gone = ammesso(caso)
    ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=caso.ammissioni.get().pk)
    riservato.force_login(capo.operatore.utente)
    address = reverse("casi:condivisione", args=[caso.pk])
    page = riservato.get(address).content.decode()
    assert "Prima vedevano il caso" in page
    assert gone.operatore.ente.nome in page
    assert f"({capo.operatore.utente})" in page
    caso.ammissioni.update(tolta_da=None)  # as when nobody did: the system, or an import
    assert f"({capo.operatore.utente})" not in riservato.get(address).content.decode()
    for _each in range(19):
        ammesso(caso)
    with at_most(12):
        page = riservato.get(address).content.decode()
    assert page.count('class="chi__ente"') == 20


def test_forms_admit_and_withdraw_and_say_what_will_happen(riservato, caso, capo, ente, confirmed):
    riservato.force_login(capo.operatore.utente)
    address = reverse("casi:ammetti", args=[caso.pk])
    confirmed()
    key = riservato.get(address).context["modulo"]["chiave"].value()
    sent = {
        "chiave": key, "ente": ente.pk, "finalita": "progetto", "base_giuridica": "consenso",
        "informativa": InformativaFactory().pk, "ambiti": ["interventi"], "dal": OGGI().isoformat(),
        "al": OGGI().isoformat(),
    }  # fmt: skip
    early = {**sent, "al": (OGGI() - timedelta(days=1)).isoformat()}
    for wrong in (early, {**sent, "al": ""}, {**sent, "dal": "9999-01-01", "al": "9999-12-31"}):
        assert riservato.post(address, wrong).status_code == 422
    assert riservato.post(address, sent).status_code == 302
    row = caso.ammissioni.get()
    assert row.ambiti == ["interventi", "sintesi"]
    out = reverse("casi:revoca", args=[caso.pk, row.pk])
    page = riservato.get(out)
    assert "non si cancella nulla" in page.content.decode()
    assert riservato.post(out, {"chiave": page.context["modulo"]["chiave"].value()}).status_code == 302
    assert caso.ammissioni.get().tolta_il is not None
    assert riservato.get(reverse("casi:revoca", args=[caso.pk, caso.pk])).status_code == 404
