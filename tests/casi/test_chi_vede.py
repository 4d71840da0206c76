"""«Chi lavora al caso» says of each person whether he sees it today, as the decision would, and why not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.models import NominatoAlSigillo
from casi.ruoli import Azione
from casi.selectors.casi import open_caso
from casi.selectors.condivisione import condivisione
from casi.selectors.sintesi import sintesi
from catalogo.models import Operatore
from portal.utenti.models import Utente
from tests.factories.casi import IncompatibilitaFactory
from tests.factories.catalogo import AccordoFactory
from tests.support.domande import assert_flat
from tests.support.incaricati import ammesso, collega

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def sealed(caso, capo, *names) -> None:
    caso.sigillato = True
    caso.save()
    for attore in (capo, *names):
        NominatoAlSigillo.objects.create(caso=caso, operatore=attore.operatore, dal=OGGI())


def ends(who, **when) -> None:
    Operatore.objects.filter(pk=who.operatore.pk).update(**when)


def account(who, **values) -> None:
    Utente.objects.filter(pk=who.operatore.utente_id).update(**values)


def conflict(who, caso) -> None:
    IncompatibilitaFactory(caso=caso, utente=who.operatore.utente)


ACCORDO_FINITO = {"valida_al": timezone.localdate() - timedelta(days=1)}
CASI = {
    "niente": (lambda caso, capo, who: None, ""),
    "account spento": (lambda caso, capo, who: account(who, is_active=False), "il suo account è spento"),
    "superutente": (lambda caso, capo, who: account(who, is_superuser=True), "il suo account è spento"),
    "tolto": (lambda caso, capo, who: ends(who, chiuso_il=timezone.now()), "il suo accredito è finito"),
    "scaduto": (lambda caso, capo, who: ends(who, al=OGGI() - timedelta(days=1)), "il suo accredito è finito"),
    "altro ruolo": (lambda caso, capo, who: ends(who, ruolo="operatore_sportello"), "il suo accredito è finito"),
    "sospesa": (lambda caso, capo, who: who.operatore.ente.adesioni.update(stato="sospesa"), "sospesa o scaduta"),
    "senza privacy": (
        lambda caso, capo, who: who.operatore.ente.adesioni.update(privacy_firmata_il=None),
        "sospesa o scaduta",
    ),
    "accordo finito": (
        lambda caso, capo, who: who.operatore.ente.adesioni.update(accordo=AccordoFactory(**ACCORDO_FINITO)),
        "sospesa o scaduta",
    ),
    "non ancora ammesso": (
        lambda caso, capo, who: caso.ammissioni.update(dal=OGGI() + timedelta(days=1)),
        "non è ammesso al caso",
    ),
    "conflitto": (lambda caso, capo, who: conflict(who, caso), "ha un conflitto di interessi"),
    "sigillo": (lambda caso, capo, who: sealed(caso, capo), "non è sull'elenco del sigillo"),
    "nominato": (sealed, ""),
}


def told(aperto, attore, who) -> tuple[str, str]:
    """What the two pages say of `who`."""
    people = [each for ente in condivisione(attore, aperto).enti for each in ente.persone]
    on_the_page = next(each.non_vede for each in people if each.incarico.operatore == who.operatore)
    here = {(each.chi, each.non_vede) for each in sintesi(attore, aperto).presenze if each.chi}
    return on_the_page, next(words for chi, words in here if chi == str(who.operatore.utente))


@pytest.mark.parametrize("nome", CASI)
def test_person_is_told_blind_exactly_when_the_decision_says_so(caso, capo, nome):
    who, (do, words) = ammesso(caso, utente__last_name="Canarini"), CASI[nome]
    do(caso, capo, who)
    aperto = open_caso(capo, caso.pk, Azione.VEDERE_CASO)
    page, summary = told(aperto, capo, who)
    assert page == summary
    assert policies.may(who, Azione.VEDERE_CASO, caso) is (not words) is (not page)
    assert words in page
    assert told(aperto, capo, capo) == ("", "")


@pytest.mark.parametrize("nome", CASI)
def test_of_a_colleague_one_learns_that_he_does_not_see_and_never_why(caso, capo, nome):
    """One reason left unsaid would be told by the silence."""
    mate, who, (do, words) = collega(caso), ammesso(caso, utente__last_name="Canarini"), CASI[nome]
    do(caso, capo, who)
    NominatoAlSigillo.objects.create(caso=caso, operatore=mate.operatore, dal=OGGI())
    said = "Oggi non lo vede." if words else ""
    assert told(open_caso(mate, caso.pk, Azione.VEDERE_CASO), mate, who) == (said, said)


def test_conflict_of_a_colleague_is_for_who_answers_alone(caso, capo):
    close, mate = collega(caso), collega(caso)
    conflict(close, caso)
    for who, words in ((capo, "Oggi non lo vede: ha un conflitto di interessi."), (mate, "Oggi non lo vede.")):
        assert told(open_caso(who, caso.pk, Azione.VEDERE_CASO), who, close) == (words, words)


def test_pages_say_so_of_people_and_of_a_body_and_ask_no_more_for_many(riservato, caso, capo):
    riservato.force_login(capo.operatore.utente)
    address, summary = (reverse(f"casi:{name}", args=[caso.pk]) for name in ("condivisione", "scheda"))
    ammesso(caso)
    assert_flat(riservato, [address, summary], lambda: ammesso(caso).operatore.ente.adesioni.update(stato="sospesa"))
    page, other = (riservato.get(each).content.decode() for each in (address, summary))
    assert page.count("Oggi non lo vede: l&#x27;adesione del suo ente è sospesa o scaduta.") == 20
    assert other.count("Oggi non lo vede: l&#x27;adesione del suo ente è sospesa o scaduta.") == 20
    assert other.count("Oggi non lo vede: la sua adesione è sospesa o scaduta.") == 20
