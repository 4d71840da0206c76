"""Interventions: who sees how much of whose, legal steps, two people at one row, the global view."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casi.actions.interventi import PASSI, PRIMI, Aiuto, begin, change
from casi.actions.oscuramenti import hide
from casi.errori import Assente, Superato, Vietato
from casi.models import Ambito, Intervento, Registro, StatoIntervento
from casi.selectors import interventi as letture
from tests.factories.casi import CasoFactory, EmergenzaFactory, InterventoFactory
from tests.factories.catalogo import EntePageFactory, OperatoreFactory, ServizioPageFactory, TipoServizioFactory
from tests.support.domande import assert_flat
from tests.support.incaricati import ammesso, collega, responsabile, volontario

pytestmark = pytest.mark.django_db
ASSENTE = uuid.UUID("00000000-0000-4000-8000-000000000000")
CANARINO = "Canarino-7731"
INIZIO = date(2026, 3, 1)


@pytest.fixture
def titolare(caso):
    return responsabile(caso)


@pytest.fixture
def sito(riservato):
    return riservato


def help_by(by, caso, **more) -> Intervento:
    known = {"dal": INIZIO, "nota": CANARINO, **more}
    tipo = known.pop("tipo", None) or TipoServizioFactory()
    return begin(by=by, caso=caso.pk, aiuto=Aiuto(tipo=tipo.pk, **known))


def as_is(riga: Intervento, **more) -> Aiuto:
    fields = {name: getattr(riga, name) for name in ("dal", "al", "servizio", "nota", "condiviso", "stato")}
    return Aiuto(**{"tipo": riga.tipo_id, **fields, **more})


def sees(attore, caso) -> tuple[int, int]:
    """How many of one's own, how many of the others'."""
    found = letture.interventi(attore, caso.pk)[1]
    return len(found.propri), len(found.altrui)


def test_each_sees_as_much_as_is_his_business(caso, titolare):
    invited, other = ammesso(caso, Ambito.INTERVENTI), ammesso(caso)
    helper = volontario(caso, invited.operatore.ente)
    help_by(invited, caso)
    help_by(other, caso)
    help_by(other, caso, condiviso=False)
    help_by(titolare, caso)
    assert sees(invited, caso) == (1, 2)
    assert sees(helper, caso) == (1, 0)
    assert sees(other, caso) == (2, 0)
    assert sees(ammesso(caso, Ambito.INTERVENTI, ruolo="assistente_sociale"), caso) == (0, 3)
    assert [len(righe) for _ente, righe in letture.quadro(titolare, caso.pk)[1].enti] in (
        [1, 2, 1],
        [2, 1, 1],
        [1, 1, 2],
    )
    for attore in (invited, other, helper):
        with pytest.raises(Assente):
            letture.quadro(attore, caso.pk)


@pytest.mark.parametrize("page", ["interventi", "scheda"])
def test_help_that_never_was_is_nobody_elses_business(sito, caso, titolare, page):
    invited, other = ammesso(caso, Ambito.INTERVENTI), ammesso(caso)
    riga = help_by(other, caso)
    address = reverse(f"casi:{page}", args=[caso.pk])
    for stato, told in (("in_corso", True), ("rifiutato", False), ("annullato", False)):
        Intervento.objects.filter(pk=riga.pk).update(stato=stato)
        for who, shown in ((invited, told), (other, True)):
            sito.force_login(who.operatore.utente)
            assert (str(riga.tipo) in sito.get(address).content.decode()) is shown, (stato, who)


def test_note_of_another_body_is_neither_loaded_nor_shown(sito, caso, titolare):
    invited, other = ammesso(caso, Ambito.INTERVENTI), ammesso(caso)
    riga = help_by(other, caso)
    sito.force_login(invited.operatore.utente)
    with CaptureQueriesContext(connection) as seen:
        page = sito.get(reverse("casi:interventi", args=[caso.pk])).content.decode()
    assert str(riga.tipo) in page
    assert (CANARINO in page, str(other.operatore.ente) in page) == (False, False)
    # The one query that has the note asks for the rows of one's own body alone.
    asked = [each["sql"] for each in seen.captured_queries if '"nota"' in each["sql"]]
    assert len(asked) == 1
    assert f'"ente_id" = {invited.operatore.ente_id}' in asked[0].partition("WHERE")[2]
    assert sito.get(reverse("casi:intervento", args=[caso.pk, riga.pk])).status_code == 404


def test_global_view_has_every_note(sito, caso, titolare):
    other = ammesso(caso)
    help_by(other, caso)
    sito.force_login(titolare.operatore.utente)
    page = sito.get(reverse("casi:quadro", args=[caso.pk])).content.decode()
    assert (CANARINO in page, str(other.operatore.ente) in page) == (True, True)


@pytest.mark.parametrize("ruolo", ["assistente_sociale", "coordinatore"])
def test_emergency_shows_kind_and_period_of_what_is_shared_and_no_note_of_others(sito, caso, ruolo):
    """domain.md §5.3: it stands for admission and assignment, and for nothing else."""
    other, stranger = ammesso(caso), OperatoreFactory(ruolo=ruolo)
    shared, kept = help_by(other, caso), help_by(other, caso, condiviso=False)
    EmergenzaFactory(operatore=stranger, caso=caso)
    sito.force_login(stranger.utente)
    page = sito.get(reverse("casi:interventi", args=[caso.pk])).content.decode()
    assert (str(shared.tipo) in page, str(kept.tipo) in page) == (True, False)
    assert CANARINO not in page
    assert "/interventi/nuovo/" not in page
    assert sito.get(reverse("casi:quadro", args=[caso.pk])).status_code == 404


def test_hidden_one_is_its_authors_alone(caso, titolare):
    other, colleague = ammesso(caso), collega(caso)
    riga = help_by(other, caso)
    hide(by=titolare, caso=caso.pk, cosa="intervento", pk=riga.pk, chiesto_dalla_persona=True)
    assert letture.quadro(titolare, caso.pk)[1].enti == letture.quadro(colleague, caso.pk)[1].enti == []
    assert sees(other, caso) == (1, 0)
    with pytest.raises(Vietato):
        change(by=volontario(caso, other.operatore.ente), caso=caso.pk, intervento=riga.pk, aiuto=as_is(riga), letta=1)


@pytest.mark.parametrize("da", StatoIntervento.values)
@pytest.mark.parametrize("a", StatoIntervento.values)
def test_only_legal_steps_are_taken(caso, titolare, da, a):
    riga = help_by(titolare, caso)
    Intervento.objects.filter(pk=riga.pk).update(stato=da)
    legal = a == da or a in PASSI[da]
    try:
        moved = change(
            by=titolare, caso=caso.pk, intervento=riga.pk, aiuto=as_is(riga, stato=a, al=INIZIO), letta=riga.versione
        )
        assert (legal, moved.stato) == (True, a)
    except ValidationError:
        assert not legal


def test_steps_are_those_of_the_protocol():
    assert {(da, a) for da, then in PASSI.items() for a in then} == {
        ("richiesto", "autorizzato"), ("richiesto", "rifiutato"), ("richiesto", "annullato"),
        ("autorizzato", "in_corso"), ("autorizzato", "annullato"),
        ("in_corso", "sospeso"), ("in_corso", "concluso"), ("in_corso", "annullato"),
        ("sospeso", "in_corso"), ("sospeso", "concluso"), ("sospeso", "annullato"),
    }  # fmt: skip
    assert set(PASSI) == set(StatoIntervento.values)


@pytest.mark.parametrize("stato", sorted(set(StatoIntervento.values) - PRIMI))
def test_none_begins_at_its_end(caso, titolare, stato):
    with pytest.raises(ValidationError):
        help_by(titolare, caso, stato=stato, al=INIZIO)


def test_end_comes_after_the_beginning_and_with_the_conclusion(caso, titolare):
    with pytest.raises(ValidationError):
        help_by(titolare, caso, al=INIZIO - timedelta(days=1))
    riga = help_by(titolare, caso, stato="in_corso")
    with pytest.raises(ValidationError):
        change(by=titolare, caso=caso.pk, intervento=riga.pk, aiuto=as_is(riga, stato="concluso"), letta=1)


def test_what_has_ended_ended_by_today(caso, titolare):
    today, riga = timezone.localdate(), help_by(titolare, caso, stato="in_corso")
    for late in (today + timedelta(days=1), date(2199, 1, 1)):
        help_by(titolare, caso, stato="in_corso", al=late)  # still to end
        with pytest.raises(ValidationError) as told:
            change(by=titolare, caso=caso.pk, intervento=riga.pk, aiuto=as_is(riga, stato="concluso", al=late), letta=1)
        assert set(told.value.message_dict) == {"al"}
    ended = change(
        by=titolare, caso=caso.pk, intervento=riga.pk, aiuto=as_is(riga, stato="concluso", al=today), letta=1
    )
    assert ended.stato == "concluso"


def test_service_is_one_of_the_own_body(caso, titolare):
    own = ServizioPageFactory(parent=EntePageFactory(ente=titolare.operatore.ente))
    other = ServizioPageFactory()
    assert letture.servizi_di(titolare.operatore.ente) == [(str(own.translation_key), own.title)]
    assert help_by(titolare, caso, servizio=own.translation_key).servizio == own.translation_key
    for key in (other.translation_key, ASSENTE):
        with pytest.raises(ValidationError):
            help_by(titolare, caso, servizio=key)


def test_row_of_another_body_or_case_is_not_written(caso, titolare):
    elsewhere = CasoFactory(stato="preso_in_carico", ente_titolare=caso.ente_titolare)
    rows = [
        help_by(ammesso(caso), caso),
        help_by(responsabile(elsewhere), elsewhere),
    ]
    for riga in rows:
        with pytest.raises(Vietato):
            change(by=titolare, caso=caso.pk, intervento=riga.pk, aiuto=as_is(riga, nota="mia"), letta=1)


def test_who_saves_second_is_told(caso, titolare):
    riga = help_by(titolare, caso)
    change(by=collega(caso), caso=caso.pk, intervento=riga.pk, aiuto=as_is(riga, nota="prima"), letta=1)
    with pytest.raises(Superato):
        change(by=titolare, caso=caso.pk, intervento=riga.pk, aiuto=as_is(riga, nota="dopo"), letta=1)
    riga.refresh_from_db()
    assert (riga.nota, riga.versione) == ("prima", 2)
    assert Registro.objects.filter(azione="scrivere_interventi", oggetto_id=riga.pk).count() == 2


def test_overlap_is_of_one_kind_on_one_day(caso, titolare):
    pacchi, affitto = TipoServizioFactory(), TipoServizioFactory()
    other = ammesso(caso)
    long = help_by(titolare, caso, tipo=pacchi, al=date(2026, 12, 31))
    inside = help_by(other, caso, tipo=pacchi, dal=date(2026, 5, 1), al=date(2026, 5, 31))
    late = help_by(other, caso, tipo=pacchi, dal=date(2026, 12, 31))
    apart = help_by(other, caso, tipo=pacchi, dal=date(2025, 1, 1), al=date(2026, 2, 28))
    different = help_by(other, caso, tipo=affitto)
    refused = help_by(other, caso, tipo=affitto)
    change(by=other, caso=caso.pk, intervento=refused.pk, aiuto=as_is(refused, stato="rifiutato"), letta=1)
    found = letture.overlapping(Intervento.objects.order_by("pk"))
    assert found == {long.pk, inside.pk, late.pk}
    assert not found & {apart.pk, different.pk}
    shown = letture.quadro(titolare, caso.pk)[1]
    righe = [riga for _ente, righe in shown.enti for riga in righe]
    assert {riga.intervento.pk for riga in righe if riga.sovrapposto} == found
    assert all(0 <= riga.inizio <= 1000 and riga.inizio + riga.lunghezza <= 1000 for riga in righe)


def test_view_stands_also_with_an_end_that_never_comes(caso, titolare):
    """Written so by whoever has no other word for «no end»; nobody but its body could mend it."""
    InterventoFactory(caso=caso, dal=INIZIO, al=date.max)
    (righe,) = [righe for _ente, righe in letture.quadro(titolare, caso.pk)[1].enti]
    assert (righe[0].inizio, righe[0].lunghezza) == (0, 1000)


# --- pages


def sent(**fields) -> dict:
    known = {"dal": "2026-03-01", "stato": "richiesto", "nota": "", "condiviso": "on"}
    return {"chiave": str(uuid.uuid4()), **known, **fields}


def test_page_begins_once_and_changes(sito, caso, titolare):
    sito.force_login(titolare.operatore.utente)
    address = reverse("casi:intervento_nuovo", args=[caso.pk])
    form = sent(tipo=TipoServizioFactory().pk, nota=CANARINO)
    assert [sito.post(address, form).status_code for _twice in range(2)] == [302, 302]
    riga = Intervento.objects.get()
    address = reverse("casi:intervento", args=[caso.pk, riga.pk])
    page = sito.get(address).content.decode()
    assert (CANARINO in page, 'value="autorizzato"' in page, 'value="concluso"' in page) == (True, True, False)
    answer = sito.post(address, sent(tipo=riga.tipo_id, stato="concluso", versione=1))
    assert answer.status_code == 422
    assert sito.post(address, sent(tipo=riga.tipo_id, stato="autorizzato", versione=1)).status_code == 302


@pytest.mark.parametrize("days", [{"al": "9999-12-31"}, {"dal": "0206-03-01"}, {"al": "2226-03-01"}])
def test_year_of_nobody_is_told_beside_the_day(sito, caso, titolare, days):
    sito.force_login(titolare.operatore.utente)
    address = reverse("casi:intervento_nuovo", args=[caso.pk])
    answer = sito.post(address, sent(tipo=TipoServizioFactory().pk, **days))
    assert answer.status_code == 422
    assert list(answer.context["modulo"].errors) == list(days)


def test_page_shows_both_texts_to_who_saves_second(sito, caso, titolare):
    riga = help_by(titolare, caso)
    other = TipoServizioFactory(nome="Ripetizioni")
    change(
        by=collega(caso), caso=caso.pk, intervento=riga.pk, letta=1,
        aiuto=as_is(riga, nota="scritta da lei", stato="annullato", condiviso=False, tipo=other.pk),
    )  # fmt: skip
    sito.force_login(titolare.operatore.utente)
    address = reverse("casi:intervento", args=[caso.pk, riga.pk])
    answer = sito.post(address, sent(tipo=riga.tipo_id, nota="scritta da me", stato="autorizzato", versione=1))
    page = answer.content.decode()
    assert answer.status_code == 409
    for text in ("scritta da lei", "scritta da me", "<dd>Annullato</dd>", "<dd>no</dd>", "<dd>Ripetizioni</dd>"):
        assert text in page
    assert "<dt>Dal</dt>" not in page
    again = sito.post(address, sent(tipo=riga.tipo_id, nota="scritta da me", stato="annullato", versione=2))
    assert again.status_code == 302
    riga.refresh_from_db()
    assert riga.nota == "scritta da me"


def test_forged_ids_get_the_page_that_is_not_there(sito, caso, titolare):
    elsewhere = CasoFactory(stato="preso_in_carico", ente_titolare=caso.ente_titolare)
    others = [
        help_by(ammesso(caso), caso),
        help_by(responsabile(elsewhere), elsewhere),
    ]
    sito.force_login(titolare.operatore.utente)
    addresses = [reverse("casi:intervento", args=[caso.pk, pk]) for pk in (*(riga.pk for riga in others), ASSENTE)]
    answers = [sito.get(address) for address in addresses]
    answers += [sito.post(address, sent(tipo=others[0].tipo_id, versione=1)) for address in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_tabs_are_those_one_may_open(sito, caso, titolare):
    for attore, opens in ((titolare, True), (ammesso(caso), False)):
        sito.force_login(attore.operatore.utente)
        page = sito.get(reverse("casi:interventi", args=[caso.pk])).content.decode()
        nav = page.partition('class="caso-schede fila"')[2].partition("</nav>")[0]
        assert nav.count('aria-current="page"') == 1
        for name, shown in (("diario", True), ("allegati", True), ("quadro", opens), ("valutazione", opens)):
            assert (f'href="{reverse(f"casi:{name}", args=[caso.pk])}"' in nav) is shown


@pytest.mark.matrice
def test_pages_ask_as_much_with_one_row_as_with_twenty(sito, caso, titolare):
    sito.force_login(titolare.operatore.utente)
    other = ammesso(caso)
    first = help_by(titolare, caso)
    addresses = [reverse(f"casi:{name}", args=[caso.pk]) for name in ("interventi", "quadro", "intervento_nuovo")]
    addresses.append(reverse("casi:intervento", args=[caso.pk, first.pk]))
    assert_flat(sito, addresses, lambda: (help_by(titolare, caso), help_by(other, caso, dal=timezone.localdate())))
