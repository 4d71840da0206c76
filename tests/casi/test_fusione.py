"""Merging two records of one person, and undoing it exactly, whatever was done in between."""

import uuid
from datetime import date

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casi.actions import fusione, persone
from casi.actions.cancellazione import erase_case
from casi.actions.limiti import nominate
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Caso, Componente, Fusione, Persona, Registro, Residenza, Storico
from casi.selectors import identita
from casi.selectors.doppioni import somiglianti
from casi.selectors.fusione import candidate
from casi.selectors.persone import open_famiglia
from tests.factories.casi import ComponenteFactory, PersonaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attese import while_waiting
from tests.support.attori import attore_for
from tests.support.fusioni import separa
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db
SAFELY = ("", "Canarino", "Canarino\r\ndi mattina", "di mattina", "Mai. (Mai?)")


@pytest.fixture
def sociale():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def due(sociale):
    """Two records, each in a case of its own."""
    ada, doppia = (
        PersonaFactory(cognome="Canarini"),
        PersonaFactory(cognome="Kanarini", codice_fiscale="PRVADA80A41F205X"),
    )
    return followed(sociale, ada), ada, followed(sociale, doppia), doppia


def ties(*people) -> list:
    """All that ties these persons to anything."""
    rows = (
        Componente.objects.filter(persona__in=people)
        .order_by("pk")
        .values_list("pk", "nucleo", "persona", "ruolo", "dal", "al")
    )
    homes = (
        Residenza.objects.filter(persona__in=people).order_by("pk").values_list("pk", "persona", "tipo", "dal", "al")
    )
    merged = Persona.objects.filter(pk__in=[each.pk for each in people]).order_by("pk")
    said = [(each.contatto_sicuro, each.interprete, each.lingua) for each in merged]
    return [*rows, *homes, *said, *merged.values_list("pk", "fusa_in", "indice_cf", "indice_suono")]


def test_merging_moves_every_tie_and_finds_the_kept_one_by_both_names(sociale, due):
    caso, ada, altro, doppia = due
    Residenza.objects.create(persona=doppia, tipo="ospite", dal=date(2024, 1, 1))
    by = attore_for(sociale)
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    doppia.refresh_from_db()
    assert doppia.fusa_in == ada
    assert not doppia.appartenenze.exists()
    assert not doppia.residenze.exists()
    assert [each.persona for each in open_famiglia(by, altro.pk)[1].presenti] == [ada]
    assert set(somiglianti(by, identita.Identita(codice_fiscale="PRVADA80A41F205X")).casi) == {caso, altro}
    line = Registro.objects.filter(azione="fondere_persone").get()
    assert set(line.casi) == {caso.pk, altro.pk}


def test_every_row_that_points_to_a_person_is_moved():
    pointing = {
        (field.model, field.name)
        for model in apps.get_app_config("casi").get_models()
        for field in model._meta.get_fields()
        if field.many_to_one and field.related_model is Persona
    }
    # What a record said before stays its own: its texts are not those of the one that is kept.
    aside = {(Fusione, "tenuta"), (Fusione, "fusa"), (Storico, "persona")}
    assert pointing - aside == set(fusione.RIGHE.values())


def test_one_merged_into_a_merged_one_is_still_found_by_her_own_code(sociale, due):
    caso, ada, altro, doppia = due
    terza = PersonaFactory(cognome="Terzi")
    last, by = followed(sociale, terza), attore_for(sociale)
    code, people = "PRVADA80A41F205X", (ada, doppia, terza)
    before = ties(*people)
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    once = ties(*people)
    fusione.unisci(by=by, caso=last.pk, tenuta=terza.pk, fusa=ada.pk)
    assert list(identita.persone_con(by, identita.Identita(codice_fiscale=code))) == [terza]
    assert set(somiglianti(by, identita.Identita(codice_fiscale=code)).casi) == {caso, altro, last}
    separa(by, last.pk, terza.pk)
    assert ties(*people) == once
    separa(by, caso.pk, ada.pk)
    assert ties(*people) == before


@pytest.mark.django_db(transaction=True)
def test_day_she_leaves_is_waited_for_by_who_merges_her(sociale):
    """Two cases of one household: the membership that stays keeps what was written from the other case."""
    ada, doppia = PersonaFactory(), PersonaFactory()
    caso, altro = followed(sociale, ada, doppia), followed(sociale)
    Caso.objects.filter(pk=altro.pk).update(nucleo=caso.nucleo)
    by, al = attore_for(sociale), date(2026, 1, 1)
    caso.nucleo.componenti.filter(persona=doppia).update(dal=date(2025, 1, 1), al=date(2025, 6, 1))
    failed = while_waiting(
        lambda: persone.esce(by=by, caso=altro.pk, persona=ada.pk, al=al),
        lambda: fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk),
    )
    assert failed is None
    assert ada.appartenenze.get().al == al


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("doubles", [True, False])
def test_merge_with_a_household_that_was_erased_since_is_not_undone(sociale, doubles):
    """She would be of no household: nobody would ever see her again, nor erase her."""
    ada, doppia = PersonaFactory(), PersonaFactory()
    caso, altro = followed(sociale, ada), followed(sociale, *((ada, doppia) if doubles else (doppia,)))
    by = attore_for(sociale)
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    with transaction.atomic():
        erase_case(altro.pk)
    with pytest.raises(Impossibile, match="eliminato"):
        separa(by, caso.pk, ada.pk)
    doppia.refresh_from_db()
    assert doppia.fusa_in == ada
    with transaction.atomic():
        erase_case(caso.pk)
    assert not Persona.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_undoing_leaves_out_what_was_erased_since_and_gives_back_the_rest(sociale):
    ada, doppia = PersonaFactory(), PersonaFactory()
    caso, altro = followed(sociale, ada, doppia), followed(sociale, ada, doppia)
    by = attore_for(sociale)
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    with transaction.atomic():
        erase_case(altro.pk)
    separa(by, caso.pk, ada.pk)
    assert [each.nucleo for each in doppia.appartenenze.all()] == [caso.nucleo]


@pytest.mark.django_db(transaction=True)
def test_correcting_one_that_is_being_merged_leaves_her_merged(sociale, due):
    caso, ada, altro, doppia = due
    by = attore_for(sociale)
    failed = while_waiting(
        lambda: fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk),
        lambda: persone.correggi(by=by, caso=altro.pk, persona=doppia.pk, versione=1, telefono="0000 3"),
    )
    assert failed is None
    doppia.refresh_from_db()
    assert (doppia.telefono, doppia.fusa_in) == ("0000 3", ada)


def test_merged_one_is_nobodys_in_a_case_without_a_household(sociale, due):
    caso, ada, _altro, doppia = due
    by, empty = attore_for(sociale), followed(sociale)
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    empty.nucleo = None
    empty.save()
    with pytest.raises(Assente):
        persone.correggi(by=by, caso=empty.pk, persona=doppia.pk, versione=1, telefono="0000 3")


def test_merging_two_of_one_household_leaves_one_membership_and_gives_it_back(sociale):
    ada, doppia = PersonaFactory(), PersonaFactory()
    caso = followed(sociale, ada, doppia)
    by, before = attore_for(sociale), ties(ada, doppia)
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    assert [each.persona for each in caso.nucleo.componenti.all()] == [ada]
    separa(by, caso.pk, ada.pk)
    assert ties(ada, doppia) == before


def test_merging_wants_every_case_of_both_to_be_the_actors(sociale, due):
    caso, ada, altro, doppia = due
    by = attore_for(sociale)
    elsewhere = followed(OperatoreFactory(ruolo="assistente_sociale"), PersonaFactory())
    stranger = elsewhere.nucleo.componenti.get().persona
    for persona in (stranger.pk, uuid.uuid4(), ada.pk):
        with pytest.raises(Assente):
            fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=persona)
    with pytest.raises(Assente):
        fusione.unisci(by=by, caso=altro.pk, tenuta=ada.pk, fusa=doppia.pk)
    ComponenteFactory(nucleo=elsewhere.nucleo, persona=doppia)
    with pytest.raises(Impossibile) as refusal:
        fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    assert elsewhere.numero not in str(refusal.value)
    with pytest.raises(Vietato):
        separa(attore_for(OperatoreFactory(ruolo="referente")), caso.pk, ada.pk)
    assert not Fusione.objects.exists()


def test_undoing_wants_every_case_of_both_to_be_the_actors(sociale, due):
    caso, ada, altro, doppia = due
    by = attore_for(sociale)
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    altro.incarichi.update(tolta_il=timezone.now())
    with pytest.raises(Impossibile, match="da solo"):
        separa(by, caso.pk, ada.pk)
    altro.incarichi.update(tolta_il=None)
    separa(by, caso.pk, ada.pk)


def test_undoing_wants_the_case_of_a_double_too(sociale):
    """The household both were of, which the kept one has been taken out of since."""
    ada, doppia = PersonaFactory(), PersonaFactory()
    caso, altro = followed(sociale, ada), followed(sociale, ada, doppia)
    by = attore_for(sociale)
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    altro.nucleo.componenti.all().delete()
    altro.incarichi.update(tolta_il=timezone.now())
    with pytest.raises(Impossibile, match="da solo"):
        separa(by, caso.pk, ada.pk)


def test_undoing_leaves_later_edits_of_the_kept_one(sociale, due):
    caso, ada, altro, doppia = due
    by, before = attore_for(sociale), ties(doppia)
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    persone.correggi(by=by, caso=caso.pk, persona=ada.pk, versione=1, telefono="0000 2")
    home = persone.abita(by=by, caso=caso.pk, persona=ada.pk, tipo="strada", dal=date(2026, 1, 1))
    separa(by, caso.pk, ada.pk)
    line = Registro.objects.filter(azione="fondere_persone", finalita="separa").get()
    assert set(line.casi) == {caso.pk, altro.pk}
    ada.refresh_from_db()
    home.refresh_from_db()
    assert (ada.telefono, home.persona) == ("0000 2", ada)
    assert ties(doppia) == before
    with pytest.raises(Impossibile):
        separa(by, caso.pk, ada.pk)


@pytest.mark.matrice
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    homes=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=6),
    shared=st.sets(st.integers(0, 3)),
    merges=st.lists(st.permutations([0, 1, 2, 3]).map(lambda each: each[:2]), min_size=1, max_size=6),
    edits=st.sets(st.integers(0, 5)),
    said=st.lists(st.tuples(st.sampled_from(SAFELY), st.booleans()), min_size=4, max_size=4),
)
def test_undoing_in_reverse_order_restores_exactly(transactional_undo, homes, shared, merges, edits, said):
    with transactional_undo():
        sociale = OperatoreFactory(ruolo="assistente_sociale")
        people = [PersonaFactory(contatto_sicuro=text, interprete=deaf, lingua="") for text, deaf in said]
        by = attore_for(sociale)
        caso = followed(sociale, *people)
        followed(sociale, *(people[place] for place in shared))
        for place, over in homes:
            al = date(2025, 1, 1) if over else None
            Residenza.objects.create(persona=people[place], tipo="ospite", dal=date(2024, 1, 1), al=al)
        before, done = ties(*people), []
        for step, (kept, gone) in enumerate(merges):
            try:
                fusione.unisci(by=by, caso=caso.pk, tenuta=people[kept].pk, fusa=people[gone].pk)
            except Assente:  # one of the two is merged already
                continue
            done.append(people[kept].pk)
            if step in edits:
                kept_now = Persona.objects.get(pk=people[kept].pk)
                persone.correggi(
                    by=by, caso=caso.pk, persona=kept_now.pk, versione=kept_now.versione, telefono=str(step)
                )
        for kept in reversed(done):
            separa(by, caso.pk, kept)
        assert ties(*people) == before


@pytest.fixture
def transactional_undo():
    """Each example of a property starts from the same database."""
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def example():
        point = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)

    return example


def test_page_of_a_merge_that_is_not_there_is_not_written_as_shown(riservato, sociale, due):
    caso, ada, *_others = due
    riservato.force_login(sociale.utente)
    here = f"/casi/{caso.pk}/persone/{ada.pk}/separa/"
    assert riservato.get(here).status_code == 404
    assert [line.esito for line in Registro.objects.filter(azione="fondere_persone")] == ["negato"]
    sent = riservato.post(here, {"chiave": str(uuid.uuid4())})
    assert "un&#x27;unione da annullare" in sent.content.decode()


def test_pages_merge_and_separate(riservato, sociale, due):
    caso, ada, _altro, doppia = due
    riservato.force_login(sociale.utente)
    here = f"/casi/{caso.pk}/persone/{ada.pk}/"
    assert riservato.get(f"{here}separa/").status_code == 404
    assert "Kanarini" in riservato.get(f"{here}unisci/").content.decode()
    form = {"chiave": str(uuid.uuid4()), "fusa": str(doppia.pk)}
    assert riservato.post(f"{here}unisci/", form).status_code == 302
    assert "separale" in riservato.get(here).content.decode()
    page = riservato.get(f"{here}separa/").content.decode()
    done = Fusione.objects.get()
    assert "Kanarini" in page
    assert f'name="fusione" value="{done.pk}"' in page
    assert riservato.post(f"{here}separa/", {"chiave": str(uuid.uuid4()), "fusione": str(done.pk)}).status_code == 302
    doppia.refresh_from_db()
    assert doppia.fusa_in is None
    outsider = {"chiave": str(uuid.uuid4()), "fusa": str(PersonaFactory().pk)}
    assert riservato.post(f"{here}unisci/", outsider).status_code == 422


def test_old_page_undoes_no_merge_that_it_did_not_show(riservato, sociale):
    ada, ida, eda = PersonaFactory.create_batch(3)
    caso = followed(sociale, ada, ida, eda)
    by = attore_for(sociale)
    first = fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=ida.pk)
    last = fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=eda.pk)
    riservato.force_login(sociale.utente)
    here = f"/casi/{caso.pk}/persone/{ada.pk}/separa/"
    shown = {"chiave": str(uuid.uuid4()), "fusione": str(last.pk)}
    separa(by, caso.pk, ada.pk)  # a colleague, from the same page
    for sent, told in ((shown, "non è più quella che vedevi"), ({"chiave": str(uuid.uuid4())}, "riaprila")):
        answer = riservato.post(here, sent)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert f'href="{here}"' in answer.content.decode()
    first.refresh_from_db()
    assert first.annullata_il is None


def test_merging_a_sealed_case_is_for_who_is_named_on_it(sociale, due):
    caso, ada, altro, doppia = due
    Caso.objects.filter(pk=altro.pk).update(sigillato=True)
    by = attore_for(sociale)
    for tenuta, fusa in ((ada, doppia), (doppia, ada)):
        with pytest.raises((Impossibile, Assente)):
            fusione.unisci(by=by, caso=caso.pk, tenuta=tenuta.pk, fusa=fusa.pk)
    nominate(by, altro, sociale)
    assert fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)


def test_register_has_every_case_of_who_was_compared_also_those_unseen(sociale, due):
    caso, ada, altro, doppia = due
    hidden = followed(OperatoreFactory(ruolo="assistente_sociale"), doppia)
    PersonaFactory(cognome="Kanarini")  # of no case of his: not shown
    assert candidate(attore_for(sociale), ada) == [doppia]
    line = Registro.objects.get(finalita="candidate")
    assert set(line.casi) == {caso.pk, altro.pk, hidden.pk}
