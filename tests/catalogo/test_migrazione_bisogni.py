"""Needs said of anybody: what a migration does to the words it finds, and that no word is of oneself alone."""

from importlib import import_module

import pytest
from django.apps import apps

from catalogo.models import Bisogno
from home.demo.dati import read
from tests.factories.catalogo import BisognoFactory

PAROLE = import_module("catalogo.migrations.0009_bisogni_di_chiunque")


@pytest.mark.django_db
def test_words_change_and_back_but_those_that_somebody_has_written():
    names = {"en": "Look after my health", "uk": "Подбати про здоров’я"}
    BisognoFactory(codice="salute", nome="Curarmi", traduzioni=names)
    BisognoFactory(codice="vestirsi", nome="Abiti", traduzioni={"en": "Get clothes"})
    BisognoFactory(codice="lavarsi", nome="Lavarmi e lavare", traduzioni={"en": "Have a wash"})
    BisognoFactory(codice="altro", nome="Vestirmi")

    def words() -> dict[str, tuple[str, str]]:
        return {each.codice: (each.nome, each.traduzioni.get("en", "")) for each in Bisogno.objects.all()}

    before = words()
    PAROLE.of_anybody(apps, None)
    assert words() == {
        "salute": ("Curarsi", "Get health care"),
        "vestirsi": ("Abiti", "Get clothes"),
        "lavarsi": ("Lavarsi e lavare", "Have a wash"),
        "altro": ("Vestirmi", ""),
    }
    assert Bisogno.objects.get(codice="salute").traduzioni["uk"] == names["uk"]
    PAROLE.of_oneself(apps, None)
    assert words() == before


def test_words_that_come_with_the_project_are_those_of_the_migration_and_of_anybody():
    needs = {each["codice"]: each for each in read("vocabolari")["bisogni"]}
    for code, languages in PAROLE.PAROLE.items():
        told = {"it": needs[code]["nome"], **needs[code]["traduzioni"]}
        assert {lingua: told[lingua] for lingua in languages} == {
            lingua: now for lingua, (_was, now) in languages.items()
        }
    for each in needs.values():
        first, *_rest = each["nome"].split()
        assert not first.endswith("mi"), each["nome"]
        assert not {"my", "myself", "me"} & set(each["traduzioni"]["en"].split()), each["codice"]
