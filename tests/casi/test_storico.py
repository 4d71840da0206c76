"""What a record said before it was corrected is kept with it, shown to who corrects it, and goes when it goes."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import post_init
from django.utils import timezone

from casi import crypto, policies
from casi.actions import ascolti, fusione, persone
from casi.actions.cancellazione import erase_person
from casi.errori import Assente, Superato
from casi.models import Caso, Componente, LegameSociale, Persona, Residenza, Storico
from casi.ruoli import Azione
from casi.selectors.storico import com_era
from tests.factories.casi import AscoltoFactory, ComponenteFactory, PersonaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.copie import copy_for
from tests.support.fusioni import separa
from tests.support.incaricati import ammesso, followed

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


@pytest.fixture
def sociale():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def ada():
    return PersonaFactory(cognome="Canarini", nome="Ada", telefono="0000 1")


@pytest.fixture
def caso(sociale, ada):
    return followed(sociale, ada)


def said(page: str, *words: str) -> set[str]:
    return {each for each in words if each in page}


def kept(**of) -> list[dict]:
    return [json.loads(each.valori) for each in Storico.objects.filter(**of).order_by("scritto_il")]


def test_what_a_record_said_is_kept_encrypted_with_who_when_and_why(sociale, ada, caso):
    by = attore_for(sociale)
    persone.correggi(
        by=by, caso=caso.pk, persona=ada.pk, versione=1, telefono="0000 2", nome="Ada", perche="Era della sorella."
    )
    row = Storico.objects.get(persona=ada)
    assert kept() == [{"telefono": "0000 1"}]
    assert (row.perche, row.scritto_da, row.scritto_il.date()) == ("Era della sorella.", sociale, timezone.now().date())
    with connection.cursor() as cursor:
        cursor.execute("SELECT valori, perche FROM casi_storico")
        for value in cursor.fetchone():
            assert not {b"0000", b"sorella"} & set(bytes(value).split())
            assert crypto.key_name(bytes(value)) == crypto.portachiavi().attiva
    persone.correggi(by=by, caso=caso.pk, persona=ada.pk, versione=2, telefono="0000 2")
    assert Storico.objects.count() == 1  # nothing has changed


def test_correction_refused_for_an_old_version_keeps_nothing(sociale, ada, caso):
    with pytest.raises(Superato):
        persone.correggi(by=attore_for(sociale), caso=caso.pk, persona=ada.pk, versione=7, telefono="0000 2")
    assert not Storico.objects.exists()


def test_membership_home_and_tie_keep_what_they_said(sociale, ada, caso):
    by, here = attore_for(sociale), Componente.objects.get(persona=ada)
    first = here.dal
    persone.correggi(by=by, caso=caso.pk, persona=ada.pk, versione=1, ruolo="genitore", dal=first + timedelta(days=1))
    assert kept(componente=here) == [{"ruolo": here.get_ruolo_display(), "dal": f"{first:%d/%m/%Y}"}]
    home = persone.abita(by=by, caso=caso.pk, persona=ada.pk, tipo="ospite", dal=date(2024, 5, 1), indirizzo="Via A")
    persone.correggi_residenza(
        by=by, caso=caso.pk, persona=ada.pk, residenza=home.pk, versione=1, indirizzo="Via B", perche="Refuso"
    )
    assert kept(residenza=home) == [{"indirizzo": "Via A"}]
    tie = persone.scrivi_legame(by=by, caso=caso.pk, chi="Nonna Ines")
    persone.scrivi_legame(by=by, caso=caso.pk, legame=tie.pk, versione=1, chi="Nonna Inès", contatto="0000 9")
    assert kept(legame=tie) == [{"chi": "Nonna Ines", "contatto": ""}]


def test_leaving_is_no_correction_and_another_day_of_leaving_is(sociale, ada, caso):
    by, soon = attore_for(sociale), OGGI() + timedelta(days=5)
    persone.esce(by=by, caso=caso.pk, persona=ada.pk, al=soon)
    assert not Storico.objects.exists()
    persone.esce(by=by, caso=caso.pk, persona=ada.pk, al=soon + timedelta(days=1), letto=soon, perche="Un giorno dopo")
    assert kept() == [{"al": f"{soon:%d/%m/%Y}"}]


def test_conversation_keeps_what_it_said_and_shows_it_to_its_own_body(riservato):
    ascolto = AscoltoFactory(racconto="Prima versione", luogo="Al mercato")
    volontario = OperatoreFactory(ruolo="volontario_ascolto", ente=ascolto.ente)
    ascolti.correggi(
        by=attore_for(volontario), ascolto=ascolto.pk, versione=1, racconto="Seconda", luogo="", perche="Capito male"
    )
    assert kept(ascolto=ascolto) == [{"luogo": "Al mercato", "racconto": "Prima versione"}]
    riservato.force_login(volontario.utente)
    page = riservato.get(f"/ascolti/{ascolto.pk}/").content.decode()
    words = ("Al mercato", "Prima versione", "Capito male")
    assert said(page, *words) == set(words)
    ascolto.delete()
    assert not Storico.objects.exists()


def test_page_is_for_who_corrects_and_of_who_left_tells_the_membership_alone(riservato, sociale, ada, caso):
    by = attore_for(sociale)
    persone.correggi(by=by, caso=caso.pk, persona=ada.pk, versione=1, telefono="0000 2", perche="Cambiato")
    riservato.force_login(sociale.utente)
    page = riservato.get(f"/casi/{caso.pk}/persone/prima/").content.decode()
    assert said(page, "0000 1", "Cambiato", "Canarini") == {"0000 1", "Cambiato", "Canarini"}
    Caso.objects.update(stato="preso_in_carico")  # as long as it is assessed no other body reads it
    reader = ammesso(caso, "contatti")
    assert policies.may(reader, Azione.VEDERE_PERSONE, caso)
    for other in (reader, attore_for(OperatoreFactory(ruolo="assistente_sociale"))):
        with pytest.raises(Assente):
            com_era(other, caso.pk)
    ComponenteFactory(nucleo=caso.nucleo)
    yesterday = OGGI() - timedelta(days=1)
    persone.esce(by=by, caso=caso.pk, persona=ada.pk, al=yesterday - timedelta(days=1))
    Componente.objects.filter(persona=ada).update(al=OGGI())
    persone.esce(by=by, caso=caso.pk, persona=ada.pk, al=yesterday, letto=OGGI())
    page = riservato.get(f"/casi/{caso.pk}/persone/prima/").content.decode()
    assert said(page, "0000 1", f"{OGGI():%d/%m/%Y}") == {f"{OGGI():%d/%m/%Y}"}


def test_page_says_of_which_home_and_of_what_a_day_is(riservato, sociale, ada, caso):
    by, here = attore_for(sociale), {"caso": caso.pk, "persona": ada.pk}
    home = persone.abita(by=by, tipo="ospite", dal=date(2024, 5, 1), indirizzo="Via A", **here)
    persone.correggi_residenza(by=by, residenza=home.pk, versione=1, dal=date(2024, 6, 1), **here)
    persone.correggi(by=by, versione=1, dal=date(2020, 1, 1), **here)
    riservato.force_login(sociale.utente)
    page = riservato.get(f"/casi/{caso.pk}/persone/prima/").content.decode()
    assert page.index("<strong>Nel nucleo.</strong>") < page.index(f"<strong>{home.get_tipo_display()}.</strong>")


def test_membership_of_another_household_is_not_told_here(sociale, ada, caso):
    by, elsewhere = attore_for(sociale), followed(sociale, ada)
    persone.correggi(by=by, caso=elsewhere.pk, persona=ada.pk, versione=1, ruolo="genitore")
    assert com_era(by, elsewhere.pk)[1].persone
    assert not com_era(by, caso.pk)[1].persone


def test_history_goes_with_its_record(sociale, ada, caso):
    by = attore_for(sociale)
    persone.correggi(by=by, caso=caso.pk, persona=ada.pk, versione=1, telefono="0000 2", ruolo="genitore")
    assert Storico.objects.count() == 2
    Componente.objects.all().delete()
    erase_person(ada)
    assert not Storico.objects.exists()


def test_history_of_a_double_waits_with_the_merge_and_comes_back(sociale, ada, caso):
    by, doppia = attore_for(sociale), PersonaFactory()
    double = ComponenteFactory(nucleo=caso.nucleo, persona=doppia)
    persone.correggi(by=by, caso=caso.pk, persona=doppia.pk, versione=1, ruolo="genitore", telefono="0000 3")
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    assert Storico.objects.filter(componente__persona=ada).count() == 1
    assert Storico.objects.filter(persona=doppia).count() == 1  # of her record, which nobody reads while it is merged
    separa(by, caso.pk, ada.pk)
    assert Storico.objects.get(componente__isnull=False).componente_id == double.pk


# --- twice in one household on one day


def test_database_keeps_one_membership_for_each_day(sociale, ada, caso):
    here = Componente.objects.get(persona=ada)
    again = {"nucleo": caso.nucleo, "persona": ada, "ruolo": "altro"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Componente.objects.create(**again, dal=here.dal, al=here.dal)
    here.al = here.dal + timedelta(days=9)
    here.save()
    with pytest.raises(ValidationError, match="già nel nucleo"):
        Componente(**again, dal=here.al).full_clean()
    Componente.objects.create(**again, dal=here.al + timedelta(days=1))


def test_leaving_after_coming_back_is_told_calmly(sociale, ada, caso):
    by, here = attore_for(sociale), Componente.objects.get(persona=ada)
    here.al = OGGI()
    here.save()
    Componente.objects.create(nucleo=caso.nucleo, persona=ada, ruolo="altro", dal=OGGI() + timedelta(days=3))
    Componente.objects.filter(pk=here.pk).update(al=OGGI())
    with pytest.raises(ValidationError):
        persone.rientra(by=by, caso=caso.pk, persona=ada.pk, ruolo="altro", dal=OGGI())


def test_merge_of_two_who_share_days_gives_the_kept_one_those_of_both_and_takes_them_back(sociale, ada, caso):
    by, here, doppia = attore_for(sociale), Componente.objects.get(persona=ada), PersonaFactory()
    Componente.objects.filter(pk=here.pk).update(dal=date(2024, 1, 1), al=date(2024, 6, 30))
    double = ComponenteFactory(nucleo=caso.nucleo, persona=doppia, dal=date(2024, 3, 1), al=date(2024, 9, 30))
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    here.refresh_from_db()
    assert (here.dal, here.al) == (date(2024, 1, 1), date(2024, 9, 30))
    separa(by, caso.pk, ada.pk)
    here.refresh_from_db()
    double.refresh_from_db()
    assert (here.al, double.dal, double.al) == (date(2024, 6, 30), date(2024, 3, 1), date(2024, 9, 30))


def test_a_line_of_history_is_of_one_record(sociale, ada):
    home = Residenza.objects.create(persona=ada, tipo="ospite", dal=date(2024, 1, 1))
    for of in ({}, {"persona": ada, "residenza": home}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Storico.objects.create(valori="{}", scritto_da=sociale, **of)
    assert Persona.objects.count() == 1


def test_her_copy_has_what_a_merged_record_said_before(sociale):
    """Also of the one that is not seen any more: it is kept, so it is hers to know."""
    ada, doppia = PersonaFactory(), PersonaFactory(telefono="0000 11")
    caso, by = followed(sociale, ada, doppia), attore_for(sociale)
    persone.correggi(by=by, caso=caso.pk, persona=doppia.pk, versione=1, telefono="0000 22")
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    (before,) = copy_for(by, caso.pk, persona=ada.pk).dati["com_era_prima"]
    assert [each["diceva"] for each in before["campi"]] == ["0000 11"]


def test_case_without_a_household_reads_nothing_of_those_of_others(sociale, ada, caso):
    by = attore_for(sociale)
    persone.correggi(by=by, caso=caso.pk, persona=ada.pk, versione=1, telefono="0000 2", perche="")
    LegameSociale.objects.create(nucleo=caso.nucleo, chi="Nonna")
    alone, loaded = followed(sociale), []
    Caso.objects.filter(pk=alone.pk).update(nucleo=None)

    def note(instance, **_rest) -> None:
        loaded.append(instance)

    for model in (LegameSociale, Componente, Storico):
        post_init.connect(note, sender=model)
    try:
        found = com_era(by, alone.pk)[1]
    finally:
        for model in (LegameSociale, Componente, Storico):
            post_init.disconnect(note, sender=model)
    assert (found.persone, found.legami, found.tolti, loaded) == ([], [], [], [])
