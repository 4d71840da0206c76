"""The assessment: never a need without a resource, health and minors for those named alone, versions kept."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from casi.actions.valutazione import Coppia, Scritta, save_valutazione
from casi.errori import Assente, Impossibile, Superato, Vietato
from casi.models import Bozza, Registro, Valutazione, VoceValutazioneRiservata
from casi.selectors.chiusura import manca_la_controfirma
from casi.selectors.valutazione import in_corso, valutazioni
from tests.factories.casi import CasoFactory, EmergenzaFactory
from tests.support.attori import attore_for
from tests.support.domande import assert_flat
from tests.support.incaricati import ammesso, collega, responsabile
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db
CANARINO = "Canarino-7731"
CASA = {"casa": Coppia("Sfratto", "Una zia")}
SALUTE = {"salute": Coppia(CANARINO, "Il medico di famiglia")}


@pytest.fixture
def caso():
    return CasoFactory(stato="in_valutazione")


@pytest.fixture
def titolare(caso):
    return responsabile(caso)


def save(by, caso, voci, *, letta=None, concludi=False, parole="", a=()) -> Valutazione:
    """`a`: who is named on each reserved area that is begun."""
    lettori = {area: ([each.operatore.pk for each in a], "") for area in voci}
    scritta = Scritta(parole, voci, lettori)
    return save_valutazione(by=by, caso=caso.pk, letta=letta, scritta=scritta, concludi=concludi)


def areas(attore, caso) -> list[set[str]]:
    _aperto, found = valutazioni(attore, caso.pk)
    return [{voce.area for voce in scheda.voci} for scheda in (*filter(None, [found.aperta]), *found.concluse)]


@pytest.mark.parametrize("coppia", [Coppia("manca", ""), Coppia("", "c'è"), Coppia("manca", "   ")])
def test_a_need_never_stands_without_a_resource(caso, titolare, coppia):
    with pytest.raises(ValidationError):
        save(titolare, caso, {"casa": coppia})
    assert not Valutazione.objects.exists()


def test_only_social_workers_at_work_on_the_case_assess(caso, titolare):
    caso.stato = "preso_in_carico"
    caso.save()
    save(titolare, caso, CASA)
    stranger = responsabile(CasoFactory(ente_titolare=caso.ente_titolare))
    for attore in (ammesso(caso), stranger):
        with pytest.raises(Vietato):
            save(attore, caso, CASA)
        with pytest.raises(Assente):
            valutazioni(attore, caso.pk)
    EmergenzaFactory(operatore=stranger.operatore, caso=caso)
    with pytest.raises(Assente):
        valutazioni(stranger, caso.pk)


def test_health_and_minors_are_for_the_author_and_for_those_named_on_each(caso, titolare):
    author, colleague = collega(caso), collega(caso)
    save(author, caso, CASA | SALUTE, a=[titolare])
    assert areas(author, caso) == areas(titolare, caso) == [{"casa", "salute"}]
    assert areas(colleague, caso) == [{"casa"}]
    with pytest.raises(Vietato):
        save(colleague, caso, CASA | SALUTE, letta=1)
    with pytest.raises(Vietato):
        save(titolare, caso, CASA | SALUTE | {"minori": Coppia("x", "y")}, letta=1)
    save(colleague, caso, CASA, letta=1)
    assert areas(titolare, caso) == [{"casa", "salute"}]
    save(titolare, caso, CASA, letta=2)
    assert areas(titolare, caso) == [{"casa"}]
    assert not VoceValutazioneRiservata.objects.exists()


def test_who_becomes_responsible_reads_no_area_that_does_not_name_her(caso, titolare):
    """domain.md §5.1: a higher level is never implied by a role, or a part, alone."""
    author = collega(caso)
    save(author, caso, CASA | SALUTE)
    assert areas(titolare, caso) == [{"casa"}]
    with pytest.raises(Vietato):
        save(titolare, caso, CASA | SALUTE, letta=1)
    save(author, caso, CASA | SALUTE, letta=1, a=[titolare])
    assert areas(titolare, caso) == [{"casa"}], "on one that is there she is named apart, after confirming"


def test_author_who_leaves_the_case_reads_nothing(caso, titolare):
    author = collega(caso)
    save(author, caso, SALUTE)
    caso.incarichi.filter(operatore=author.operatore).delete()
    with pytest.raises(Assente):
        valutazioni(author, caso.pk)


def test_register_tells_when_level_five_was_shown(caso, titolare):
    author, colleague = collega(caso), collega(caso)
    save(author, caso, CASA | SALUTE)
    for attore in (author, colleague):
        valutazioni(attore, caso.pk)
    lines = Registro.objects.order_by("pk").values_list("operatore_id", "finalita", "livello")
    assert list(lines) == [
        (author.operatore.pk, "scrive", 5),
        (author.operatore.pk, "valutazione", 5),
        (colleague.operatore.pk, "valutazione", 3),
    ]


def test_concluded_one_stays_and_the_next_begins(caso, titolare):
    with pytest.raises(Impossibile):
        save(titolare, caso, {}, concludi=True)
    save(titolare, caso, CASA, concludi=True)
    with pytest.raises(Impossibile):
        save(titolare, caso, CASA, letta=1)
    save(titolare, caso, {"lavoro": Coppia("a", "b")})
    assert areas(titolare, caso) == [{"lavoro"}, {"casa"}]
    assert in_corso(titolare, caso.pk)[1].riga.conclusa_il is None


def test_who_saves_second_is_told_and_learns_nothing_reserved(caso, titolare):
    author, colleague = collega(caso), collega(caso)
    save(author, caso, CASA | SALUTE)
    for letta in (None, 7):
        with pytest.raises(Superato) as other:
            save(colleague, caso, CASA, letta=letta)
        assert other.value.attuale.casa_bisogni == "Sfratto"
        assert CANARINO not in str(vars(other.value.attuale))


# --- pages


@pytest.fixture
def sito(riservato, titolare):
    riservato.force_login(titolare.operatore.utente)
    return riservato


def sent(**fields) -> dict:
    return {"chiave": str(uuid.uuid4()), **fields}


def test_page_keeps_a_draft_saves_once_and_concludes(sito, caso):
    address = reverse("casi:valutazione_scrivi", args=[caso.pk])
    sito.post(reverse("casi:bozza_su", args=["valutazione", caso.pk]), {"casa_bisogni": "a metà"})
    assert "a metà" in sito.get(address).content.decode()
    half = sito.post(address, sent(casa_bisogni="Sfratto"))
    assert half.status_code == 422
    assert "c&#x27;è sempre qualcosa" in half.content.decode()
    whole = sent(casa_bisogni="Sfratto", casa_risorse="Una zia", parole_della_persona="Voglio restare qui")
    assert [sito.post(address, whole).status_code for _twice in range(2)] == [302, 302]
    assert not Bozza.objects.exists()
    assert "Voglio restare qui" in sito.get(reverse("casi:valutazione", args=[caso.pk])).content.decode()
    done = sent(casa_bisogni="Sfratto", casa_risorse="Una zia", versione=1, concludi="on")
    assert sito.post(address, done).status_code == 302
    assert Valutazione.objects.get().conclusa_il
    assert "Comincia una nuova valutazione" in sito.get(reverse("casi:valutazione", args=[caso.pk])).content.decode()


def test_empty_assessment_is_refused_and_nothing_is_begun(sito, caso):
    address = reverse("casi:valutazione_scrivi", args=[caso.pk])
    answer = sito.post(address, sent(parole_della_persona="  "))
    assert (answer.status_code, Valutazione.objects.exists()) == (422, False)
    assert "<li>Non c&#x27;è ancora niente da salvare: scrivi almeno un&#x27;area" in answer.content.decode()
    assert sito.post(address, sent(parole_della_persona="Voglio restare qui")).status_code == 302


def test_assessment_that_is_there_is_not_emptied(sito, caso, titolare):
    save(titolare, caso, CASA)
    answer = sito.post(reverse("casi:valutazione_scrivi", args=[caso.pk]), sent(versione=1))
    assert (answer.status_code, areas(titolare, caso)) == (422, [{"casa"}])


def test_page_shows_both_texts_to_who_saves_second(sito, caso, titolare):
    save(collega(caso), caso, CASA)
    address = reverse("casi:valutazione_scrivi", args=[caso.pk])
    answer = sito.post(address, sent(casa_bisogni="Caldaia rotta", casa_risorse="Una zia"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("Caldaia rotta" in page, "<dd>Sfratto</dd>" in page, "<dd>Una zia</dd>" in page) == (True, True, False)


def test_page_of_a_colleague_has_no_reserved_fields(riservato, caso, titolare):
    colleague = collega(caso)
    save(titolare, caso, CASA | SALUTE)
    riservato.force_login(colleague.operatore.utente)
    for name in ("valutazione", "valutazione_scrivi"):
        page = riservato.get(reverse(f"casi:{name}", args=[caso.pk])).content.decode()
        assert ("Sfratto" in page, CANARINO in page, "salute_bisogni" in page) == (True, False, False)
    answer = riservato.post(
        reverse("casi:valutazione_scrivi", args=[caso.pk]),
        sent(casa_bisogni="x", casa_risorse="y", salute_bisogni="forzata", salute_risorse="forzata", versione=1),
    )
    assert answer.status_code == 302
    assert VoceValutazioneRiservata.objects.get().bisogni == CANARINO


@pytest.mark.matrice
def test_pages_ask_as_much_with_one_assessment_as_with_twenty(sito, caso, titolare):
    def grow() -> None:
        save(titolare, caso, CASA | SALUTE, concludi=True)

    assert_flat(sito, [reverse(f"casi:{name}", args=[caso.pk]) for name in ("valutazione", "valutazione_scrivi")], grow)


def test_reserved_area_written_after_the_countersignature_asks_for_it_again():
    """As a reserved entry of the diary: it was given on what was there."""
    scena = Scena(stato="preso_in_carico")
    by = attore_for(scena.assistente)
    riga = save(by, scena.caso, {**CASA, **SALUTE})
    scena.fa("avvia_chiusura")
    riga = save(by, scena.caso, SALUTE, letta=riga.versione)
    assert manca_la_controfirma(scena.caso)
    scena.fa("controfirma")
    riga = save(by, scena.caso, {**CASA, **SALUTE}, letta=riga.versione)
    assert not manca_la_controfirma(scena.caso), "nothing reserved has changed"
    more, others = {"salute": Coppia(CANARINO, "Anche una vicina")}, {"minori": Coppia("Soli", "La scuola")}
    for changed in (more, more | others, others):
        riga = save(by, scena.caso, {**CASA, **changed}, letta=riga.versione)
        with pytest.raises(Impossibile, match="controfirma"):
            scena.fa("chiude")
        scena.fa("controfirma")
    lines = Registro.objects.filter(finalita="annulla_controfirma", casi=[scena.caso.pk])
    assert [line.azione for line in lines] == ["valutare"] * 3
