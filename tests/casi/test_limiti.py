"""Conflicts of interest and the seal: stronger than role, assignment and emergency, and never lifted by oneself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions import accredito, emergenza, limiti
from casi.actions.persone import aggiungi, correggi
from casi.errori import Vietato
from casi.models import AccessoEmergenza, Avviso, Caso, Incompatibilita, Registro
from casi.ruoli import Azione
from casi.selectors.casi import elenco_casi, open_caso
from casi.selectors.limiti import limiti as read
from catalogo.models import Operatore
from portal.utenti.models import Utente
from tests.factories.casi import CasoFactory, ComponenteFactory, PersonaFactory
from tests.factories.catalogo import AccordoFactory, EnteFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.domande import at_most
from tests.support.incaricati import ammesso, on_case, responsabile
from tests.support.percorso import Scena
from tests.support.rifiuti import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def collega(caso):
    return on_case(caso, "collega", ruolo="assistente_sociale", ente=caso.ente_titolare)


def sees(attore, caso) -> bool:
    listed = caso.pk in {each.pk for each in elenco_casi(attore).casi}
    assert policies.may(attore, Azione.VEDERE_CASO, caso) is listed
    return listed


def test_declare_hides_the_case_at_once_also_under_another_tie_and_in_an_emergency(caso, capo, collega):
    utente = collega.operatore.utente
    elsewhere = on_case(caso, "collaboratore", ruolo="volontario_ascolto", ente=caso.ente_titolare, utente=utente)
    assert sees(elsewhere, caso)
    row = limiti.declare(by=collega, caso=caso.pk, motivo="vicino")
    assert (row.origine, row.utente) == ("dichiarata", utente)
    assert not sees(collega, caso)
    assert not sees(elsewhere, caso)
    reason = "Una persona rischia di restare senza un tetto stanotte."
    assert emergenza.open_case(by=collega, codice_motivo="notte", motivo=reason, numero=caso.numero) is None
    assert sees(capo, caso)
    assert Avviso.objects.get(tipo="incompatibilita").destinatario == capo.operatore


def test_declare_by_who_answers_tells_the_coordinator(caso, capo):
    boss = OperatoreFactory(ruolo="coordinatore", ente=caso.ente_titolare)
    limiti.declare(by=capo, caso=caso.pk, motivo="parente")
    assert not sees(capo, caso)
    assert Avviso.objects.get(tipo="incompatibilita").destinatario == boss


def test_conflict_the_system_had_warned_of_is_detected(caso, capo, collega):
    """Who answers for the case writes both; where the warning was, it is the system's."""
    ada = PersonaFactory(cognome=collega.operatore.utente.last_name, nome=collega.operatore.utente.first_name)
    Caso.objects.filter(pk=caso.pk).update(nucleo=ComponenteFactory(persona=ada).nucleo)
    other = on_case(caso, "collega", ruolo="assistente_sociale", ente=caso.ente_titolare)
    other.operatore.utente.last_name = "Lontani"
    other.operatore.utente.save()
    for each in (collega, other):
        limiti.write_conflict(by=capo, caso=caso.pk, operatore=each.operatore, motivo="parente")
    assert list(caso.incompatibilita.order_by("pk").values_list("origine", flat=True)) == ["rilevata", "dichiarata"]


def test_write_conflict_is_for_who_answers_about_somebody_else(caso, capo, collega):
    with pytest.raises(Vietato):
        limiti.write_conflict(by=collega, caso=caso.pk, operatore=capo.operatore, motivo="parente")
    with refused("dichiaralo tu", "operatore"):
        limiti.write_conflict(by=capo, caso=caso.pk, operatore=capo.operatore, motivo="parente")
    limiti.write_conflict(by=capo, caso=caso.pk, operatore=collega.operatore, motivo="parente")
    assert not sees(collega, caso)
    with refused("già scritto", "operatore"):
        limiti.write_conflict(by=capo, caso=caso.pk, operatore=collega.operatore, motivo="parente")


@pytest.mark.parametrize("ruolo", ["coordinatore", "assistente_sociale"])
def test_conflict_is_written_of_who_could_open_the_case_in_an_emergency_too(riservato, caso, capo, confirmed, ruolo):
    """The coordinator of the office, and a social worker of another body: neither could ever be on the case."""
    office = {"ente": caso.ente_titolare} if ruolo == "coordinatore" else {}
    close = attore_for(OperatoreFactory(ruolo=ruolo, **office))
    confirmed()
    riservato.force_login(capo.operatore.utente)
    address = reverse("casi:scrivi_conflitto", args=[caso.pk])
    key = riservato.get(address).context["modulo"]["chiave"].value()
    sent = {"chiave": key, "operatore": close.operatore.pk, "motivo": "parente"}
    assert riservato.post(address, sent).status_code == 302
    reason = "Una persona rischia di restare senza un tetto stanotte."
    assert emergenza.open_case(by=close, codice_motivo="notte", motivo=reason, numero=caso.numero) is None
    assert not policies.azioni_su(close, caso.pk)


def test_lift_conflict_is_never_for_the_one_in_conflict_and_counts_from_the_next_request(caso, capo, collega):
    row = limiti.declare(by=collega, caso=caso.pk, motivo="vicino")
    with pytest.raises(Vietato):
        limiti.lift_conflict(by=collega, caso=caso.pk, incompatibilita=row)
    limiti.lift_conflict(by=capo, caso=caso.pk, incompatibilita=row)
    assert sees(collega, caso)
    with refused("già stato tolto", "incompatibilita"):
        limiti.lift_conflict(by=capo, caso=caso.pk, incompatibilita=row)


def test_lift_conflict_by_oneself_is_refused_even_if_the_case_is_still_seen(caso, capo):
    tomorrow = timezone.localdate() + timedelta(days=1)
    row = Incompatibilita.objects.create(
        caso=caso, utente=capo.operatore.utente, origine="dichiarata", motivo="altro", dal=tomorrow
    )
    with refused("un'altra persona", "incompatibilita"):
        limiti.lift_conflict(by=capo, caso=caso.pk, incompatibilita=row)


def test_seal_leaves_the_case_to_the_named_and_to_who_seals(caso, capo, collega):
    outside = ammesso(caso)
    limiti.seal(by=capo, caso=caso.pk, nominati=[collega.operatore])
    assert sees(capo, caso)
    assert sees(collega, caso)
    assert not sees(outside, caso)
    with refused("già sigillato"):
        limiti.seal(by=capo, caso=caso.pk)


def test_register_says_whom_a_seal_lets_in_and_whom_no_more(caso, capo, collega):
    """By number; who seals, and is named by himself, is who the line is of."""
    mate = on_case(caso, "collega", ruolo="assistente_sociale", ente=caso.ente_titolare)
    limiti.seal(by=capo, caso=caso.pk, nominati=[collega.operatore])
    limiti.add_name(by=capo, caso=caso.pk, operatore=mate.operatore)
    gone = caso.nominati.get(operatore=collega.operatore)
    limiti.remove_name(by=capo, caso=caso.pk, nominato=gone)
    lines = Registro.objects.filter(azione="sigillare", casi=[caso.pk]).order_by("pk")
    assert [line.finalita for line in lines] == [
        "sigilla", f"nomina {collega.operatore.pk}", f"nomina {mate.operatore.pk}",
        f"toglie_nome {collega.operatore.pk}",
    ]  # fmt: skip
    assert {line.oggetto for line in lines[1:]} == {"nominatoalsigillo"}


def test_seal_names_come_and_go_and_nobody_takes_himself_off(caso, capo, collega):
    limiti.seal(by=capo, caso=caso.pk)
    assert not sees(collega, caso)
    limiti.add_name(by=capo, caso=caso.pk, operatore=collega.operatore)
    assert sees(collega, caso)
    with refused("già nell'elenco", "operatore"):
        limiti.add_name(by=capo, caso=caso.pk, operatore=collega.operatore)
    limiti.remove_name(by=capo, caso=caso.pk, nominato=caso.nominati.get(operatore=collega.operatore))
    assert not sees(collega, caso)
    with refused("te stesso", "nominato"):
        limiti.remove_name(by=capo, caso=caso.pk, nominato=caso.nominati.get(operatore=capo.operatore))
    with refused("non è più nell'elenco", "nominato"):
        limiti.remove_name(by=capo, caso=caso.pk, nominato=caso.nominati.get(operatore=collega.operatore))


def test_seal_names_only_people_who_could_follow_the_case(caso, capo):
    stranger = OperatoreFactory()
    with refused("Puoi nominare solo", "nominati"):
        limiti.seal(by=capo, caso=caso.pk, nominati=[stranger])
    caso.refresh_from_db()
    assert not caso.sigillato


OFFICE = {Azione.ELENCARE_DA_ASSEGNARE, Azione.ASSEGNARE, Azione.TRASFERIRE, Azione.CONTROFIRMARE}


def of_the_office(caso) -> Operatore:
    return OperatoreFactory(ruolo="coordinatore", ente=caso.ente_titolare)


def acts_by_number(operatore, caso) -> bool:
    azioni = policies.azioni_su(attore_for(operatore), caso.pk)
    assert azioni in (OFFICE, frozenset())
    return bool(azioni)


def test_seal_always_names_the_coordinators_but_in_conflict_who_then_give_the_case_by_number(caso, capo):
    """Else the case would be nobody's for ever, once who sealed it has left."""
    boss, close, off = (of_the_office(caso) for _each in range(3))
    other = OperatoreFactory(ruolo="coordinatore", ente=EnteFactory())
    Utente.objects.filter(pk=off.utente_id).update(is_active=False)
    limiti.write_conflict(by=capo, caso=caso.pk, operatore=close, motivo="parente")
    limiti.seal(by=capo, caso=caso.pk)
    assert {each.operatore for each in caso.nominati.all()} == {capo.operatore, boss}
    assert acts_by_number(boss, caso)
    with refused("Puoi nominare solo", "operatore"):
        limiti.add_name(by=capo, caso=caso.pk, operatore=other)
    new = of_the_office(caso)
    assert not acts_by_number(new, caso)
    limiti.add_name(by=capo, caso=caso.pk, operatore=new)
    assert acts_by_number(new, caso)


def test_coordinator_named_on_a_seal_opens_it_in_no_emergency_and_a_social_worker_does(caso, capo):
    """Sealed cases are for named social workers (domain.md §5.3): the office is there to give the case away."""
    boss, sociale = of_the_office(caso), OperatoreFactory(ruolo="assistente_sociale", ente=caso.ente_titolare)
    for_the_night = {"codice_motivo": "notte", "motivo": "Serve un posto per questa notte."}
    before, numero = attore_for(boss), {"numero": caso.numero}
    assert emergenza.open_case(by=before, **for_the_night, **numero)
    limiti.seal(by=capo, caso=caso.pk, nominati=[sociale])
    assert acts_by_number(boss, caso)
    AccessoEmergenza.objects.all().delete()
    assert emergenza.open_case(by=attore_for(boss), **for_the_night, **numero) is None
    assert emergenza.open_case(by=attore_for(sociale), **for_the_night, **numero)


def test_last_coordinator_stays_on_the_seal(caso, capo):
    one, two = of_the_office(caso), of_the_office(caso)
    limiti.seal(by=capo, caso=caso.pk)
    first, last = (caso.nominati.get(operatore=each) for each in (one, two))
    limiti.remove_name(by=capo, caso=caso.pk, nominato=first)
    with refused("unico coordinatore", "nominato"):
        limiti.remove_name(by=capo, caso=caso.pk, nominato=last)
    assert not acts_by_number(one, caso)
    limiti.write_conflict(by=capo, caso=caso.pk, operatore=two, motivo="parente")
    assert acts_by_number(one, caso)
    limiti.remove_name(by=capo, caso=caso.pk, nominato=last)


def test_conflict_lifted_brings_the_only_coordinator_on_the_seal(caso, capo):
    boss = of_the_office(caso)
    row = limiti.write_conflict(by=capo, caso=caso.pk, operatore=boss, motivo="parente")
    limiti.seal(by=capo, caso=caso.pk)
    assert not acts_by_number(boss, caso)
    limiti.lift_conflict(by=capo, caso=caso.pk, incompatibilita=row)
    assert acts_by_number(boss, caso)


def test_reopened_sealed_case_keeps_its_coordinators_and_nobody_else():
    scena = Scena(stato="chiuso")
    limiti.seal(by=attore_for(scena.assistente), caso=scena.caso.pk, nominati=[scena.altra])
    scena.fa("riapre")
    standing = {each.operatore for each in scena.caso.nominati.in_force(timezone.localdate())}
    assert standing == {scena.assistente, scena.coordinatore}


@pytest.mark.parametrize("change", ["comes", "goes", "changes", "sealer goes"])
def test_sealed_case_without_a_coordinator_gets_one_when_they_change(change):
    """One sealed before the rule was, or whose coordinators have left."""
    ente = AccordoFactory().capofila
    caso, elsewhere = CasoFactory(stato="preso_in_carico", ente_titolare=ente), CasoFactory(sigillato=True)
    capo, gone = responsabile(caso), of_the_office(caso)
    limiti.seal(by=capo, caso=caso.pk)
    by = attore_for(of_the_office(caso))
    if change in ("comes", "sealer goes"):
        caso.nominati.filter(operatore=gone).delete()
    assert not acts_by_number(by.operatore, caso)
    if change == "comes":
        someone = accredito.Persona("nuova@esempio.it", "Nuova", "Arrivata")
        accredito.accredit(by=by, ente=ente, persona=someone, ruolo="coordinatore", dal=timezone.localdate())
    elif change == "changes":
        accredito.change_role(by=by, legame=gone, ruolo="operatore_sportello")
    else:
        accredito.end_tie(by=by, legame=capo.operatore if change == "sealer goes" else gone)
    assert acts_by_number(by.operatore, caso)
    assert not elsewhere.nominati.exists()
    line = Registro.objects.get(finalita=f"nomina {by.operatore.pk}")
    assert (line.azione, line.casi, line.utente_id) == ("sigillare", [caso.pk], by.operatore.utente_id)


def test_sealed_case_given_to_another_body_is_found_by_its_coordinator_alone():
    scena = Scena(stato="preso_in_carico")
    limiti.seal(by=attore_for(scena.assistente), caso=scena.caso.pk)
    scena.fa("trasferisce")
    seen = {who.pk: policies.azioni_su(attore_for(who), scena.caso.pk) for who in (
        scena.coordinatore, scena.assistente, scena.altra, scena.altrove,
    )}  # fmt: skip
    assert [pk for pk, azioni in seen.items() if azioni] == [scena.altrove.pk]
    assert Azione.ASSEGNARE in seen[scena.altrove.pk]


def test_a_name_alone_does_not_open_a_sealed_case(caso, capo):
    mate = OperatoreFactory(ruolo="assistente_sociale", ente=caso.ente_titolare)
    limiti.seal(by=capo, caso=caso.pk, nominati=[mate])
    assert not sees(attore_for(mate), caso)


def test_unseal_gives_the_case_back_and_a_new_seal_starts_from_nobody(caso, capo, collega):
    limiti.seal(by=capo, caso=caso.pk, nominati=[collega.operatore])
    limiti.unseal(by=capo, caso=caso.pk)
    outside = ammesso(caso)
    assert sees(outside, caso)
    with refused("non è sigillato"):
        limiti.unseal(by=capo, caso=caso.pk)
    limiti.seal(by=capo, caso=caso.pk)
    assert not sees(collega, caso)


@pytest.mark.parametrize("who", ["collega", "ammesso", "senza conferma"])
def test_seal_is_for_who_answers_having_confirmed_who_he_is(caso, capo, collega, who):
    attore = {
        "collega": collega,
        "ammesso": ammesso(caso),
        "senza conferma": attore_for(capo.operatore, confermato=False),
    }[who]
    with pytest.raises(Vietato):
        limiti.seal(by=attore, caso=caso.pk)


def test_page_of_declaring_says_first_what_will_happen_then_the_case_is_gone(riservato, caso, capo, collega):
    riservato.force_login(collega.operatore.utente)
    address = reverse("casi:dichiara_conflitto", args=[caso.pk])
    page = riservato.get(address)
    assert "non vedi più il caso" in page.content.decode()
    assert Incompatibilita.objects.count() == 0
    key = page.context["modulo"]["chiave"].value()
    answer = riservato.post(address, {"chiave": key, "motivo": "lavoro"})
    assert (answer.status_code, answer["Location"]) == (302, "/casi/")
    assert riservato.get(reverse("casi:limiti", args=[caso.pk])).status_code == 404


def test_pages_of_conflicts_and_seal_do_their_work(riservato, caso, capo, collega, confirmed):
    confirmed()
    riservato.force_login(capo.operatore.utente)

    def send(name, **data):
        address = reverse(f"casi:{name}", args=[caso.pk])
        key = riservato.get(address).context["modulo"]["chiave"].value()
        assert riservato.post(address, {"chiave": key, **data}).status_code == 302

    send("scrivi_conflitto", operatore=collega.operatore.pk, motivo="parente")
    send("togli_conflitto", incompatibilita=caso.incompatibilita.get().pk)
    send("sigilla")
    send("nomina", operatore=collega.operatore.pk)
    riservato.get(reverse("casi:limiti", args=[caso.pk]))  # which shows, and forgets, what was said of the last step
    with at_most(12):
        page = riservato.get(reverse("casi:limiti", args=[caso.pk])).content.decode()
    assert page.count('class="chi__nome"') == 2
    send("togli_nome", nominato=caso.nominati.get(operatore=collega.operatore).pk)
    send("dissigilla")
    caso.refresh_from_db()
    assert not caso.sigillato


def test_page_shows_conflicts_and_names_to_who_answers_only(riservato, caso, capo, collega):
    limiti.write_conflict(
        by=capo,
        caso=caso.pk,
        operatore=OperatoreFactory(ente=caso.ente_titolare, utente__last_name="Canarino"),
        motivo="parente",
    )
    for who, told in ((capo, True), (collega, False)):
        assert bool(read(open_caso(who, caso.pk, Azione.VEDERE_CASO)).conflitti) is told
        riservato.force_login(who.operatore.utente)
        page = riservato.get(reverse("casi:limiti", args=[caso.pk])).content.decode()
        assert ("Canarino" in page) is told


def test_colleague_who_turns_out_to_be_of_the_household_is_pointed_out_to_the_others(caso, capo, collega):
    boss, utente = OperatoreFactory(ente=caso.ente_titolare, ruolo="coordinatore"), collega.operatore.utente
    new = {"ruolo": "figlio", "dal": timezone.localdate(), "nome": utente.first_name}
    aggiungi(by=capo, caso=caso.pk, cognome="Qualcun altro", **new)
    assert not Avviso.objects.exists()
    aggiungi(by=capo, caso=caso.pk, cognome=utente.last_name, **new)
    told = Avviso.objects.filter(tipo="incompatibilita").values_list("destinatario", flat=True)
    assert set(told) == {capo.operatore.pk, boss.pk}
    aggiungi(by=capo, caso=caso.pk, cognome="Un terzo", **new)
    assert told.count() == 2


def test_record_corrected_into_a_colleague_points_him_out_and_one_that_was_known_is_not_told_again(caso, capo, collega):
    boss, utente = OperatoreFactory(ente=caso.ente_titolare, ruolo="coordinatore"), collega.operatore.utente
    lei = aggiungi(by=capo, caso=caso.pk, ruolo="figlio", dal=timezone.localdate(), cognome="Altri", nome="Altra")
    hers = {"cognome": utente.last_name, "nome": utente.first_name}
    correggi(by=capo, caso=caso.pk, persona=lei.pk, versione=1, telefono="0000 1")
    assert not Avviso.objects.exists()
    correggi(by=capo, caso=caso.pk, persona=lei.pk, versione=2, **hers)
    told = Avviso.objects.filter(tipo="incompatibilita", caso=caso).values_list("destinatario", flat=True)
    assert set(told) == {capo.operatore.pk, boss.pk}
    correggi(by=capo, caso=caso.pk, persona=lei.pk, versione=3, telefono="0000 2")
    assert told.count() == 2
