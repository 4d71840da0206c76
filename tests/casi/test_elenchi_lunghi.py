"""A list longer than its page goes on somewhere, or says that it does not."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from casi.models import ClasseConservazione, Registro, Scarto, Valutazione
from casi.selectors.arrivi import scrivania
from tests.factories.casi import CasoFactory, InformativaFactory, PrimoAscoltoFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import responsabile
from tests.support.scarti import lead

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("pagina", ["/conservazione/", "/scarti/", "/registro/scarti/"])
def test_disposal_lists_are_shown_a_page_at_a_time_those_to_do_first(
    riservato, confirmed, assistente, coordinatrice, pagina
):
    now = timezone.now()
    waiting = Scarto.objects.create(proposto_da=assistente, proposto_il=now - timedelta(days=9))
    done = {"proposto_da": assistente, "approvato_da": coordinatrice, "approvato_il": now, "eseguito_il": now}
    for each in (waiting, *(Scarto.objects.create(**done) for _each in range(20))):
        each.voci.create(oggetto="richiesta", oggetto_id=uuid.uuid4(), classe=ClasseConservazione.objects.first())
    who = {
        "/conservazione/": OperatoreFactory(ente=assistente.ente, ruolo="referente"),
        "/scarti/": coordinatrice,
        "/registro/scarti/": lead(assistente, "responsabile_privacy"),
    }[pagina]
    confirmed()
    riservato.force_login(who.utente)
    first, second = (riservato.get(pagina, {"pagina": number}) for number in (1, 2))
    assert (len(first.context["elenchi"]), first.context["elenchi"][0]) == (20, waiting)
    assert len(second.context["elenchi"]) == 1
    assert 'rel="next" href="?pagina=2"' in first.content.decode()
    shown = Registro.objects.filter(finalita="elenchi").order_by("pk").values_list("risultati", flat=True)
    assert list(shown) == ([] if pagina == "/conservazione/" else [20, 1])


def test_desk_says_that_there_are_more_proposals_than_it_shows(riservato, monkeypatch):
    sociale = OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)
    volontario = OperatoreFactory(ruolo="volontario_ascolto", in_rete=False)
    AdesioneFactory(accordo=sociale.ente.accordi_guidati.get(), ente=volontario.ente)
    told = {"operatore": volontario, "esito": "proposta", "informativa": InformativaFactory()}
    first = PrimoAscoltoFactory(**told, sigla="A1", quando=timezone.now() - timedelta(days=2))
    monkeypatch.setattr("casi.selectors.arrivi.PAGE", 1)
    riservato.force_login(sociale.utente)
    said = "Più di 1 proposte: vedi quelle che aspettano da più tempo."
    assert said not in riservato.get("/arrivi/").content.decode()
    PrimoAscoltoFactory(**told, sigla="A2", quando=timezone.now() - timedelta(days=1))
    assert said in riservato.get("/arrivi/").content.decode()
    assert scrivania(attore_for(sociale)).proposte == [first]


def test_page_of_assessments_says_that_there_are_older_ones(riservato, monkeypatch):
    caso = CasoFactory(stato="preso_in_carico")
    by = responsabile(caso).operatore
    monkeypatch.setattr("casi.selectors.valutazione.MOST", 1)
    riservato.force_login(by.utente)
    address, said = f"/casi/{caso.pk}/valutazione/", "vedi le più recenti"
    for told in (False, True):
        Valutazione.objects.create(caso=caso, autore=by, conclusa_il=timezone.now())
        assert (said in riservato.get(address).content.decode()) is told
