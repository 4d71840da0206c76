"""The register for who works: each reads what is about him, and learns of no case he would not find in a list."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from casi.actions.incarichi import project
from casi.errori import Assente
from casi.models import Incompatibilita, Registro
from casi.selectors import registro_proprio
from casi.selectors.allerte import DAYS, SOGLIE
from casi.selectors.registro_conti import counts
from casi.selectors.registro_proprio import of_the_body, own
from tests.casi import test_registro_viste as viste
from tests.factories.casi import AmmissioneFactory, CasoFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.factories.famiglie import famiglia
from tests.support.attori import attore_for
from tests.support.domande import BUDGET
from tests.support.incaricati import ammesso, incarica, responsabile

pytestmark = pytest.mark.django_db
MIEI, ENTE, NUMERI = "/registro/miei/", "/registro/ente/", "/registro/numeri/"
PERSO = "un caso che non segui più"


@pytest.fixture
def caso():
    return CasoFactory(stato="preso_in_carico")


@pytest.fixture
def capo(caso):
    return responsabile(caso).operatore


def di(operatore, **kwargs) -> Registro:
    """A line of his own hand."""
    return viste.di(operatore, **{"sessione": "f" * 64} | kwargs)


def told(operatore) -> list[tuple[str, list[str], bool]]:
    return [(each.fatto, each.casi, each.perso) for each in own(attore_for(operatore)).righe]


def last() -> tuple[str, str, list, int | None]:
    line = Registro.objects.first()
    return line.azione, line.esito, line.casi, line.risultati


def test_person_reads_what_she_did_and_nobody_elses_and_the_reading_is_written(capo, caso):
    other = incarica(caso, OperatoreFactory(ente=capo.ente, ruolo="assistente_sociale"), "collega").operatore
    di(capo, casi=[caso.pk])
    di(other, azione="vedere_persone", casi=[caso.pk])
    assert told(capo) == [("Ha aperto il caso", [caso.numero], False)]
    assert last() == ("propri_accessi", "consentito", [], 1)


def no_more(caso, operatore) -> None:
    caso.incarichi.update(tolta_il=timezone.now())
    project(caso, operatore.utente_id)


def in_conflict(caso, operatore) -> None:
    Incompatibilita.objects.create(
        caso=caso, utente=operatore.utente, origine="dichiarata", motivo="parente", dal=timezone.localdate()
    )


def sealed(caso, operatore) -> None:
    caso.sigillato = True
    caso.save()


@pytest.mark.parametrize("lost", [no_more, in_conflict, sealed])
def test_case_one_does_not_find_any_more_is_told_as_one_that_is_no_more(capo, caso, lost):
    di(capo, casi=[caso.pk])
    di(capo, casi=[uuid4()])
    lost(caso, capo)
    first, second = told(capo)
    assert first == second == ("Ha aperto il caso", [], True)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param({"azione": "vedere_caso", "esito": "negato"}, id="negato"),
        pytest.param({"azione": "cercare"}, id="cercato"),
        pytest.param({"azione": "verificare_sovrapposizione", "finalita": "si"}, id="sovrapposizione"),
        pytest.param({"azione": "fondere_persone", "finalita": "candidate"}, id="candidate"),
        pytest.param({"azione": "stampare", "finalita": "cercare"}, id="stampato"),
        pytest.param({"azione": "elencare_casi"}, id="elenco"),
    ],
)
def test_line_that_names_a_case_one_did_not_open_says_nothing_of_it(capo, line):
    di(capo, casi=[CasoFactory().pk], **line)
    di(capo, casi=[], **line)
    one, none = told(capo)
    assert one == none


@pytest.mark.parametrize("azione", ["cercare", "verificare_sovrapposizione", "fondere_persone", "stampare"])
def test_who_knows_the_number_alone_does_not_learn_whose_it_is_from_what_he_looked_for(caso, azione):
    """Admitted to the summary, he looks for a person by name: that she was found there is in the register, not here."""
    referente = ammesso(caso).operatore
    famiglia(caso, cognome="Canarino")
    for written in ("vedere_caso", azione):
        di(referente, azione=written, casi=[caso.pk])
    assert [casi for _fatto, casi, _perso in told(referente)] == [[], [caso.numero]]
    assert [each.casi for each in of_the_body(attore_for(referente)).righe][1:] == [[], [caso.numero]]


def test_what_the_server_does_in_his_name_is_no_act_of_his(capo, caso):
    di(capo, casi=[caso.pk])
    di(capo, azione="condividere", finalita="riallinea", casi=[caso.pk], sessione="")
    assert [fatto for fatto, _casi, _perso in told(capo)] == ["Ha aperto il caso"]


def test_referent_reads_what_her_people_did_and_of_cases_the_numbers_she_follows(caso):
    referente = ammesso(caso).operatore
    volontaria = OperatoreFactory(ente=referente.ente, ruolo="volontario_ascolto")
    hers = CasoFactory(stato="preso_in_carico")
    AmmissioneFactory(caso=hers, ente=referente.ente)
    incarica(hers, volontaria, "collaboratore")
    for one in (caso, hers):
        di(volontaria, casi=[one.pk])
    di(OperatoreFactory(ruolo="volontario_ascolto"), casi=[caso.pk])
    found = of_the_body(attore_for(referente)).righe
    assert [(each.chi, each.fatto, each.casi, each.perso) for each in found] == [
        (str(volontaria.utente), "Ha aperto il caso", [], False),
        (str(volontaria.utente), "Ha aperto il caso", [caso.numero], False),
    ]
    assert last() == ("accessi_dell_ente", "consentito", [], 2)


@pytest.mark.parametrize(
    ("ruolo", "opens"),
    [
        ("operatore_sportello", {MIEI}),
        ("volontario_ascolto", {MIEI}),
        ("assistente_sociale", {MIEI}),
        ("referente", {MIEI, ENTE}),
        ("coordinatore", {MIEI, NUMERI}),
        ("responsabile_privacy", {MIEI}),
    ],
)
def test_each_role_has_its_pages_and_leaves_a_line_on_the_others(riservato, ruolo, opens):
    operatore = OperatoreFactory(ruolo=ruolo)
    riservato.force_login(operatore.utente)
    for address in (MIEI, ENTE, NUMERI):
        assert riservato.get(address).status_code == (200 if address in opens else 404)
        assert last()[1] == ("consentito" if address in opens else "negato")
    for read, mine in ((own, True), (of_the_body, ENTE in opens), (counts, NUMERI in opens)):
        if not mine:
            with pytest.raises(Assente):
                read(attore_for(operatore))
    page = riservato.get(MIEI).content.decode()
    there = f'href="{"/registro/" if ruolo == "responsabile_privacy" else MIEI}"'
    assert page.count(f">{'Registro'}</a>") == 1
    assert re.search(f"{there}[^>]*>Registro</a>", page)


def test_pages_follow_each_other_and_their_address_counts_nothing(riservato, capo, caso, monkeypatch):
    monkeypatch.setattr(registro_proprio, "PAGE", 2)
    for _each in range(5):
        di(capo, casi=[caso.pk])
    riservato.force_login(capo.utente)
    seen, address = [], MIEI
    while address:
        page = riservato.get(address)
        seen += [atto.fatto for atto in page.context["atti"]]
        following = re.search(r'rel="next" href="(\?prima_di=[0-9a-f-]{36})"', page.content.decode())
        address = following and MIEI + following[1]
    assert seen == ["Ha aperto il caso"] * 5
    assert riservato.get(f"{MIEI}?prima_di=3").context["atti"], "what was not sealed here is no place in the register"


def test_page_says_where_one_was_and_when_there_is_nothing_yet(riservato, capo, caso):
    riservato.force_login(capo.utente)
    assert "Ancora niente." in riservato.get(MIEI).content.decode()
    di(capo, casi=[caso.pk])
    assert caso.numero in riservato.get(MIEI).content.decode()
    no_more(caso, capo)
    page = riservato.get(MIEI).content.decode()
    assert (caso.numero in page, PERSO in page) == (False, True)


@pytest.mark.parametrize("address", [MIEI, ENTE])
def test_page_costs_the_same_with_one_line_and_with_twenty(
    riservato, caso, address, django_assert_max_num_queries, django_assert_num_queries
):
    referente = ammesso(caso).operatore
    riservato.force_login(referente.utente)
    di(referente, casi=[caso.pk])
    riservato.get(address)
    with django_assert_max_num_queries(BUDGET) as few:
        riservato.get(address)
    for _each in range(19):
        di(OperatoreFactory(ente=referente.ente), casi=[CasoFactory().pk])
        di(referente, casi=[CasoFactory().pk])
    with django_assert_num_queries(len(few.captured_queries)):
        riservato.get(address)


@pytest.fixture
def rete():
    """Who coordinates the network, one of a body of it, one of a body of another."""
    accordo = AccordoFactory()
    coordina = OperatoreFactory(ente=accordo.capofila, ruolo="coordinatore", in_rete=False)
    ente = AdesioneFactory(accordo=accordo, ente__nome="Emporio di Prova").ente
    return coordina, OperatoreFactory(ente=ente, in_rete=False), OperatoreFactory(ruolo="referente")


def conti(coordina, nome="Emporio di Prova") -> tuple[dict, dict]:
    (found,) = [each for each in counts(attore_for(coordina)) if each.nome == nome]
    return tuple(
        {str(each.titolo): (each.adesso, each.prima) for each in rows} for rows in (found.accessi, found.segnali)
    )


def test_coordinator_counts_by_body_and_period_and_few_are_told_in_words(rete):
    coordina, operatore, _estraneo = rete
    now = timezone.now()
    for days, how_many in ((1, 6), (DAYS + 5, 2), (2 * DAYS + 5, 9)):
        for _each in range(how_many):
            viste.written_at(now - timedelta(days=days), operatore, casi=[uuid4()])
    viste.written_at(now - timedelta(days=2), operatore, azione="cercare", risultati=0)
    accessi, segnali = conti(coordina)
    assert accessi == {
        "Casi visti, aperti o scritti": ("6", "meno di 5"),
        "Persone cercate": ("meno di 5", "0"),
        "Pagine stampate": ("0", "0"),
        "Rifiuti": ("0", "0"),
    }
    assert SOGLIE["vuote"].titolo not in segnali
    assert last()[:2] == ("contare_accessi", "consentito")


def test_coordinator_counts_the_signs_that_the_officer_sees_and_reads_no_name(riservato, rete, caso):
    coordina, operatore, estraneo = rete
    for who in (operatore, estraneo):
        for _each in range(10):
            di(who, azione="vedere_caso", esito="negato", casi=[caso.pk])
    assert conti(coordina)[1] == {str(SOGLIE["negati"].titolo): ("meno di 5", "0")}
    riservato.force_login(coordina.utente)
    page = riservato.get(NUMERI).content.decode()
    assert "Emporio di Prova" in page
    assert not [told for told in (caso.numero, str(operatore.utente), estraneo.ente.nome) if told in page]


def test_coordinator_of_a_body_that_leads_nothing_counts_her_own_alone(rete):
    _coordina, operatore, _estraneo = rete
    here = OperatoreFactory(ente=operatore.ente, ruolo="coordinatore", in_rete=False)
    assert [each.nome for each in counts(attore_for(here))] == ["Emporio di Prova"]
