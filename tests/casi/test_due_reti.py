"""Two networks on one server: who coordinates one works inside no body of the other, who watches one reads nothing of
the other, and no case passes between them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casi.actions import accredito, ammissioni
from casi.actions.accredito import Firma, Persona
from casi.actions.emergenze_esame import review
from casi.actions.ripristino import propose_reset
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Registro, Ripristino
from casi.registro import Dettaglio, record
from casi.reti import altrui
from casi.ruoli import Azione
from casi.selectors import accredito as selectors
from casi.selectors import emergenze_esame, registro
from casi.selectors.allerte import alerts
from casi.selectors.assegnazioni import enti_a_cui_passare
from casi.selectors.condivisione import ammissibili
from casi.selectors.garanti import garanti
from casi.selectors.registro import Filtro
from tests.casi.test_ammissioni import condizioni
from tests.factories.casi import AccessoEmergenzaFactory, CasoFactory, RichiestaFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import responsabile

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
PUPAZZO = Persona("pupazzo@esempio.it", "Elio", "Ombra")
PERCHE = {"motivo": "perso", "riconosciuta": "presenza"}


@pytest.fixture
def a():
    return AccordoFactory(capofila__nome="Comune A")


@pytest.fixture
def b():
    return AccordoFactory(capofila__nome="Comune B")


def coordinatore(accordo):
    return attore_for(OperatoreFactory(ente=accordo.capofila, ruolo="coordinatore", in_rete=False))


def works_inside(by, ente):
    """Whether `by` may make up a person for `ente`, and send one of its people away."""
    sua = OperatoreFactory(ente=ente, in_rete=False)
    acts = (
        lambda: accredito.accredit(by=by, ente=ente, persona=PUPAZZO, ruolo="referente", dal=OGGI()),
        lambda: accredito.end_tie(by=by, legame=sua),
    )
    done = []
    for act in acts:
        try:
            act()
            done.append(True)
        except Vietato:
            done.append(False)
    assert len(set(done)) == 1
    return done[0]


@pytest.mark.parametrize(
    "before",
    [
        {"stato": "receduta"},
        {"stato": "revocata"},
        {"valida_al": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_body_that_left_for_another_network_is_run_by_that_one_alone(a, b, before):
    ente = AdesioneFactory(accordo=a, **before).ente
    AdesioneFactory(accordo=b, ente=ente)
    by = coordinatore(a)
    assert not works_inside(by, ente)
    (row,) = selectors.rete(by).aderenti[1:]
    assert (row.governato, row.operatori) == (False, [])
    assert works_inside(coordinatore(b), ente)


@pytest.mark.parametrize("now", [{}, {"stato": "sospesa"}, {"privacy_firmata_il": None}])
def test_body_whose_adhesion_is_open_is_run_by_who_coordinates(a, now):
    assert works_inside(coordinatore(a), AdesioneFactory(accordo=a, **now).ente)


def test_lead_body_that_signs_another_agreement_may_be_handed_a_case_and_governs_its_people_alone(a, b):
    by, hers = coordinatore(a), coordinatore(b)
    assert b.capofila not in enti_a_cui_passare(a.capofila_id)
    firma = Firma(OGGI(), ruolo_privacy="contitolare", privacy_firmata_il=OGGI())
    accredito.register_adhesion(by=by, accordo=a, ente=b.capofila, firma=firma)
    assert b.capofila in enti_a_cui_passare(a.capofila_id)
    assert not works_inside(by, b.capofila)
    assert works_inside(hers, b.capofila)


def test_page_says_why_who_acts_for_a_body_is_not_there(riservato, confirmed, a, b):
    confirmed()
    riservato.force_login(coordinatore(a).operatore.utente)
    lead = AdesioneFactory(accordo=a, ente=b.capofila)

    def says() -> tuple[bool, bool]:
        page = riservato.get("/rete/").content.decode()
        return "Guida una rete sua" in page, "La sua adesione non è aperta" in page

    assert says() == (True, False)
    lead.stato = "receduta"
    lead.save()
    assert says() == (False, True)


def test_lead_body_whose_agreement_is_over_adheres_as_any_other(a, b):
    type(b).objects.filter(pk=b.pk).update(valida_al=OGGI() - timedelta(days=1))
    assert accredito.register_adhesion(by=coordinatore(a), accordo=a, ente=b.capofila, firma=Firma(OGGI()))


def test_body_of_two_networks_is_run_by_both_and_its_accounts_by_neither(a, b):
    ente = AdesioneFactory(accordo=a).ente
    lei = OperatoreFactory(ente=ente)
    by, _altra = coordinatore(a), coordinatore(a)
    AdesioneFactory(accordo=b, ente=ente, stato="receduta")
    assert propose_reset(by=by, legame=lei, **PERCHE)
    Ripristino.objects.all().delete()
    AdesioneFactory(accordo=b, ente=ente)
    with pytest.raises(Impossibile, match="altra rete"):
        propose_reset(by=by, legame=lei, **PERCHE)
    assert works_inside(by, ente)


def test_who_works_for_the_lead_body_is_helped_though_it_had_signed_another_agreement(a, b):
    """The other network does not run it, so this one does."""
    by, altra, _terza = coordinatore(a), coordinatore(a), coordinatore(a)
    AdesioneFactory(accordo=b, ente=a.capofila)
    assert propose_reset(by=by, legame=altra.operatore, **PERCHE)


# --- who watches


def di(ente, ruolo="assistente_sociale"):
    return attore_for(OperatoreFactory(ente=ente, ruolo=ruolo, in_rete=False))


def garante(accordo):
    return di(accordo.capofila, "responsabile_privacy")


def emergenza(opener, holder):
    return AccessoEmergenzaFactory(operatore=di(opener).operatore, caso__ente_titolare=holder)


def esaminate(by) -> set:
    """Emergencies on his page; each of the others is not there for him, to read or to judge, nor is it counted."""
    quadro = emergenze_esame.overview(by)
    shown = {each.pk for each in quadro.da_esaminare}
    assert sum(each[2] for each in quadro.conteggi) == len(shown)
    return shown


def test_emergency_is_looked_back_at_where_it_was_opened_and_where_its_case_is(a, b):
    own, coming, going = (
        emergenza(*bodies) for bodies in ((a.capofila, a.capofila), (b.capofila, a.capofila), (a.capofila, b.capofila))
    )
    assert esaminate(garante(a)) == {own.pk, coming.pk, going.pk}
    by = garante(b)
    assert esaminate(by) == {coming.pk, going.pk}
    emergenze_esame.open_emergenza(by, going.pk)
    for act in (
        lambda: emergenze_esame.open_emergenza(by, own.pk),
        lambda: review(by=by, emergenza=own.pk, esito="giustificato", nota="Vista."),
    ):
        with pytest.raises(Assente):
            act()


def letto(by, **filtro) -> set[int]:
    """Lines his desk shows and exports of what others did."""
    page, file = (read(by, Filtro(**filtro), registro.rubrica()) for read in (registro.consult, registro.export))
    shown = {riga.voce.pk for riga in page.righe}
    assert shown <= {row[0] for row in list(file)[1:]}
    return {pk for pk in shown if Registro.objects.get(pk=pk).utente_id != by.operatore.utente_id}


def test_register_shows_what_the_network_did_and_what_was_done_on_its_cases(a, b):
    sua, altra = (di(each.capofila) for each in (a, b))
    caso, suo = (CasoFactory(ente_titolare=each.capofila) for each in (a, b))
    mine_on = [record(sua, Azione.VEDERE_CASO, casi=[each.pk]).pk for each in (caso, suo)]
    mine = {*mine_on, record(sua, Azione.ENTRARE).pk}
    here = record(altra, Azione.VEDERE_CASO, casi=[suo.pk, caso.pk]).pk
    record(altra, Azione.VEDERE_CASO, casi=[suo.pk])
    record(altra, Azione.ENTRARE)
    by = garante(a)
    assert letto(by) == mine | {here}
    page, (_heading, *file) = (read(by, Filtro(), registro.rubrica()) for read in (registro.consult, registro.export))
    for told in ({riga.voce.pk: riga.casi for riga in page.righe}, {row[0]: row[7].split() for row in file}):
        assert told[here] == [caso.numero], "the other case is of the other network"
        assert sorted(told[mine_on[1]]) == [suo.numero], "what its own people did is told whole"


def test_register_of_one_network_knows_no_number_no_receipt_and_no_name_of_another(a, b):
    by = garante(a)
    altra, caso, richiesta = di(b.capofila), CasoFactory(ente_titolare=b.capofila), RichiestaFactory(ente=b.capofila)
    record(altra, Azione.VEDERE_CASO, casi=[caso.pk])
    record(altra, Azione.GESTIRE_ARRIVI, dettaglio=Dettaglio(richiesta))
    for asked in ({"numero": caso.numero}, {"codice": richiesta.codice}, {"ente": b.capofila_id}):
        assert letto(by, **asked) == set()
        left = Registro.objects.filter(operatore_id=by.operatore.pk).values_list("casi", "oggetto_id")
        assert set((tuple(casi), key) for casi, key in left) == {((), None)}
    nomi = registro.da_scegliere(by, registro.rubrica(by))
    assert list(nomi.enti) == [a.capofila_id]
    assert list(nomi.persone) == [by.operatore.utente_id]
    assert letto(garante(b), numero=caso.numero)


def test_who_of_another_network_came_near_a_case_can_be_asked_about(a, b):
    """Not whoever did not: his name is nobody's here."""
    by, near, far = garante(a), di(b.capofila), di(b.capofila)
    record(near, Azione.APRIRE_IN_EMERGENZA, casi=[CasoFactory(ente_titolare=a.capofila).pk])
    record(far, Azione.VEDERE_CASO, casi=[CasoFactory(ente_titolare=b.capofila).pk])
    nomi = registro.da_scegliere(by, registro.rubrica(by))
    assert set(nomi.persone) == {by.operatore.utente_id, near.operatore.utente_id}
    assert set(nomi.enti) == {a.capofila_id, b.capofila_id}
    assert len(letto(by, persona=near.operatore.utente_id)) == 1


def test_alerts_are_of_the_network_and_of_its_cases(a, b):
    watching = garante(a), garante(b)
    for _each in range(10):
        record(di(b.capofila), Azione.ENTRARE)
    busy = di(b.capofila)
    caso = CasoFactory(ente_titolare=a.capofila)
    for _each in range(10):
        record(busy, Azione.CERCARE, esito="negato")
    since = timezone.localdate() - timedelta(days=20)

    def negati(by):
        return [
            each.quanti for each in alerts(by, registro.rubrica(), since) if each.utente_id == busy.operatore.utente_id
        ]

    assert [negati(by) for by in watching] == [[], [10]]
    for _each in range(11):
        record(busy, Azione.VEDERE_CASO, esito="negato", casi=[caso.pk])
    assert [negati(by) for by in watching] == [[11], [21]]


def test_officer_of_another_network_is_told_of_no_emergency(a, b):
    ente = AdesioneFactory(accordo=a).ente
    mine, _other = garante(a), garante(b)
    assert garanti(CasoFactory(ente_titolare=ente)) == [mine.operatore]
    own = di(ente, "responsabile_privacy")
    assert garanti(CasoFactory(ente_titolare=ente)) == [own.operatore]


@pytest.mark.parametrize("now", [{}, {"stato": "sospesa"}, {"stato": "receduta"}, {"valida_al": "2024-06-30"}])
def test_where_there_is_one_network_all_is_watched(a, now):
    AdesioneFactory(accordo=a, **now)
    CasoFactory()
    assert altrui(a.capofila_id) == frozenset()


def test_body_is_watched_by_who_runs_it_today_or_by_who_did(a, b):
    left, moved, both, asks = (
        AdesioneFactory(accordo=a, stato=stato).ente for stato in ("receduta", "receduta", "sottoscritta", "richiesta")
    )
    for ente in (moved, both, asks):
        AdesioneFactory(accordo=b, ente=ente)
    watched = {left, moved, both, asks, a.capofila, b.capofila}

    def outside(ente):
        return {each for each in watched if each.pk in altrui(ente.pk)}

    assert outside(a.capofila) == {moved, b.capofila}
    assert CasoFactory().ente_titolare_id in altrui(a.capofila_id)  # of no network, and there are two
    assert outside(b.capofila) == {left, a.capofila}
    assert outside(both) == set()
    assert outside(asks) == {left, a.capofila}


def test_lead_body_is_watched_by_no_other_network_and_what_it_led_by_the_one_it_has_joined(a, b):
    AdesioneFactory(accordo=b, ente=a.capofila)  # written before the rule
    assert (a.capofila_id in altrui(b.capofila_id), b.capofila_id in altrui(a.capofila_id)) == (True, True)
    left = AdesioneFactory(accordo=a, stato="receduta").ente
    type(a).objects.filter(pk=a.pk).update(valida_al=OGGI() - timedelta(days=1))
    assert {a.capofila_id, left.pk} & altrui(b.capofila_id) == set()


# --- cases do not pass from one to the other


def test_case_is_shared_and_given_within_an_agreement_of_its_holder(a, b):
    holder, partner, stranger = (AdesioneFactory(accordo=each).ente for each in (a, a, b))
    for ente in (partner, stranger, a.capofila, b.capofila):
        di(ente, "coordinatore")
    caso = CasoFactory(ente_titolare=holder, stato="preso_in_carico")
    assert set(ammissibili(caso)) == set(enti_a_cui_passare(holder.pk)) == {partner, a.capofila}
    assert set(ammissibili(CasoFactory(ente_titolare=b.capofila))) == {stranger}
    by = responsabile(caso, in_rete=False)
    assert ammissioni.admit(by=by, caso=caso.pk, ente=partner, condizioni=condizioni())
    with pytest.raises(Impossibile, match="non è nella rete"):
        ammissioni.admit(by=by, caso=caso.pk, ente=stranger, condizioni=condizioni())


def test_bodies_that_share_no_agreement_in_force_share_no_case(a):
    holder, partner = (AdesioneFactory(accordo=a).ente for _each in "ab")
    type(a).objects.filter(pk=a.pk).update(valida_al=OGGI() - timedelta(days=1))
    for ente in (holder, partner):
        AdesioneFactory(ente=ente, accordo=AccordoFactory())
    assert not ammissibili(CasoFactory(ente_titolare=holder)).filter(pk=partner.pk).exists()
