"""How a sharing ends: after so long at most, told before to who answers for the case, and after, once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions import ammissioni
from casi.actions.ammissioni import Condizioni
from casi.errori import Impossibile
from casi.forms.condivisione import OpposizioneModulo
from casi.mesi import last_day_of
from casi.models import Avviso
from casi.ruoli import Azione
from casi.selectors.condivisione import opponibili
from casi.selectors.estratto_caso import recipients
from casi.selectors.estratto_testi import day
from casi.selectors.lavoro import lavoro
from tests.factories.casi import CasoFactory, InformativaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import ammesso, on_case, responsabile

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def condizioni(**other) -> Condizioni:
    terms = {"dal": OGGI(), "al": OGGI() + timedelta(days=90), **other}
    return Condizioni("progetto", "compito_pubblico", InformativaFactory(), **terms)


def test_sharing_lasts_24_months_at_most_and_the_form_proposes_12(riservato, caso, capo, ente, confirmed):
    today, most = OGGI(), last_day_of(OGGI(), 24)
    long = condizioni(dal=today, al=most + timedelta(days=1))
    with pytest.raises(Impossibile, match="24 mesi") as refused:
        ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=long)
    assert refused.value.campo == "al"
    row = ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=replace(long, al=most))
    with pytest.raises(Impossibile, match="24 mesi"):
        ammissioni.rescope(by=capo, caso=caso.pk, ammissione=row.pk, condizioni=long)
    riservato.force_login(capo.operatore.utente)
    confirmed()
    form = riservato.get(reverse("casi:ammetti", args=[caso.pk])).context["modulo"]
    assert form["al"].value() == last_day_of(OGGI(), 12)
    assert last_day_of(date(2026, 1, 31), 12) == date(2027, 1, 30)


def ends(caso, attore, days: int) -> None:
    caso.ammissioni.filter(ente=attore.operatore.ente).update(al=OGGI() + timedelta(days=days))


def leaves_the_network(attore) -> None:
    attore.operatore.ente.adesioni.update(privacy_firmata_il=None)


def listed(capo) -> list:
    return [row.ente for row in lavoro(capo).condivisioni]


def test_what_ends_soon_or_has_just_ended_is_told_to_who_answers(riservato, caso, capo):
    soon, later, just, long_ago, out, _unending = (ammesso(caso) for _each in range(6))
    colleague = on_case(caso, "collega", ruolo="assistente_sociale", ente=caso.ente_titolare)
    for attore, days in ((soon, 30), (later, 31), (just, -7), (long_ago, -8)):
        ends(caso, attore, days)
    leaves_the_network(out)
    assert set(listed(capo)) == {each.operatore.ente for each in (soon, just, out)}
    assert listed(colleague) == listed(responsabile(CasoFactory(stato="preso_in_carico"))) == []
    riservato.force_login(capo.operatore.utente)
    page = riservato.get("/").content.decode()
    for words in ("finisce il", "finita il", "accordo privacy non valgono"):
        assert page.count(words) == 1
    row = caso.ammissioni.get(ente=soon.operatore.ente)
    ammissioni.rescope(by=capo, caso=caso.pk, ammissione=row.pk, condizioni=condizioni())
    ammissioni.admit(by=capo, caso=caso.pk, ente=just.operatore.ente, condizioni=condizioni())
    assert listed(capo) == [out.operatore.ente]


def test_end_that_nobody_made_is_told_once(caso, capo):
    gone, out, stays, taken = (ammesso(caso) for _each in range(4))
    ends(caso, gone, -1)
    ends(caso, stays, 0)
    leaves_the_network(out)
    ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=caso.ammissioni.get(ente=taken.operatore.ente).pk)
    for _time in range(2):
        call_command("chiudi_emergenze")
    told = Avviso.objects.filter(tipo="ammissione_finita").values_list("destinatario", "caso")
    assert list(told) == [(capo.operatore.pk, caso.pk)] * 2
    ammissioni.end_all(attore_for(OperatoreFactory(ente=caso.ente_titolare)), caso)
    ammissioni.oppose(by=capo, caso=caso.pk, ente=gone.operatore.ente)
    assert told.filter(caso__isnull=False).count() == 4


@pytest.mark.parametrize("come", ["si chiude", "la persona si oppone"])
def test_what_was_over_keeps_its_last_day_whatever_comes_after(caso, capo, come):
    """Of a body and of its people: the person's copy says until when it could read."""
    gone, left = ammesso(caso), ammesso(caso)
    ends(caso, gone, -14)
    caso.incarichi.filter(operatore=left.operatore).update(al=OGGI() - timedelta(days=20))
    if come == "si chiude":
        ammissioni.end_all(capo, caso)
    else:
        for each in (gone, left):
            ammissioni.oppose(by=capo, caso=caso.pk, ente=each.operatore.ente)
    over, ended = (caso.ammissioni.get(ente=each.operatore.ente) for each in (gone, left))
    assert over.tolta_il is over.tolta_da is None
    assert ended.tolta_da == capo.operatore
    told = {row["ente"]: row["al"] for row in recipients(caso, None)}
    assert told == {gone.operatore.ente.nome: day(OGGI() - timedelta(days=14)), left.operatore.ente.nome: day(OGGI())}
    assert caso.incarichi.get(operatore=left.operatore).tolta_il is None


def test_lapse_that_is_over_is_told_and_the_next_one_too(caso, capo):
    out, gone = ammesso(caso), ammesso(caso)
    ends(caso, gone, -1)
    adesioni, told = out.operatore.ente.adesioni, Avviso.objects.filter(destinatario=capo.operatore, caso=caso)
    for stato in ("sospesa", "sottoscritta", "sospesa"):
        adesioni.update(stato=stato)
        for _time in range(2):
            call_command("chiudi_emergenze")
    kinds = [each.tipo for each in told.order_by("pk")]
    assert kinds == ["ammissione_finita"] * 2 + ["ammissione_ripresa", "ammissione_finita"]


def test_person_may_refuse_a_body_while_its_adhesion_is_suspended_and_it_does_not_come_back(caso, capo):
    out, gone, taken = ammesso(caso), ammesso(caso), ammesso(caso)
    ends(caso, gone, -1)
    for each in (out, gone, taken):
        each.operatore.ente.adesioni.update(stato="sospesa")
    ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=caso.ammissioni.get(ente=taken.operatore.ente).pk)
    offered = set(OpposizioneModulo(caso=caso, attore=capo).fields["ente"].queryset)
    assert offered & {each.operatore.ente for each in (out, gone, taken)} == {out.operatore.ente}
    ammissioni.oppose(by=capo, caso=caso.pk, ente=out.operatore.ente)
    out.operatore.ente.adesioni.update(stato="sottoscritta")
    assert not policies.may(out, Azione.VEDERE_CASO, caso)
    assert out.operatore.ente not in opponibili(caso)
