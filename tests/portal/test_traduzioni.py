"""The interface speaks every language, and the check that says so finds what is missing."""

import ast
import re

import polib
import pytest
from django.core.management import CommandError, call_command

from portal.cms import messaggi, traduzioni
from portal.cms.messaggi import Messaggio, in_python, in_template
from tests.support.sources import code

WANTED = {Messaggio("Apri"): ["a.py"], Messaggio("%(n)s ente", "%(n)s enti"): ["b.html"]}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("Apri")', Messaggio("Apri")),
        ('gettext_lazy("Apri " "tutto")', Messaggio("Apri tutto")),
        ('translation.gettext("Apri")', Messaggio("Apri")),
        ('ngettext("%(n)s ente", "%(n)s enti", n)', Messaggio("%(n)s ente", "%(n)s enti")),
        ('pgettext("verbo", "Apri")', Messaggio("Apri", "", "verbo")),
        ('npgettext_lazy("qui", "uno", "tanti", n)', Messaggio("uno", "tanti", "qui")),
    ],
)
def test_words_of_python_are_found(source, found):
    assert list(in_python(source)) == [found]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "Apri" %}', Messaggio("Apri")),
        ('{% translate "Di\' di sì" context "verbo" %}', Messaggio("Di' di sì", "", "verbo")),
        ('{{ _("Apri") }}', Messaggio("Apri")),
        ('{% include "x.html" with y=_("Apri") only %}', Messaggio("Apri")),
        ("{% blocktranslate trimmed with a=b %}\n  Ciao\n  {{ a }}{% endblocktranslate %}", Messaggio("Ciao %(a)s")),
        (
            "{% blocktranslate count n=n %}{{ n }} ente{% plural %}{{ n }} enti{% endblocktranslate %}",
            Messaggio("%(n)s ente", "%(n)s enti"),
        ),
    ],
)
def test_words_of_templates_are_found(source, found):
    assert list(in_template(source)) == [found]


@pytest.fixture
def inglese_completo(tmp_path) -> polib.POFile:
    catalogue = traduzioni.read(tmp_path / "django.po", "en")
    traduzioni.update(catalogue, WANTED, "en")
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "one body", 1: "%(n)s bodies"}
        else:
            entry.msgstr = "Open"
    return catalogue


def test_complete_catalogue_has_no_problem(inglese_completo):
    assert list(traduzioni.problems(inglese_completo, WANTED, "en")) == []


def test_update_keeps_what_is_translated_and_drops_what_nobody_says(inglese_completo):
    traduzioni.update(inglese_completo, {Messaggio("Apri"): ["c.py"], Messaggio("Nuovo"): ["c.py"]}, "en")
    assert [(entry.msgid, entry.msgstr) for entry in inglese_completo] == [("Apri", "Open"), ("Nuovo", "")]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda entries: entries["Apri"].__setattr__("msgstr", ""), "non è tradotto «Apri»"),
        (lambda entries: entries["Apri"].__setattr__("msgstr", "Open %(x)s"), "ha altri segnaposti «Apri»"),
        (lambda entries: entries["Apri"].__setattr__("msgid", "Vecchio"), "non serve più «Vecchio»"),
        (lambda entries: entries["Apri"].flags.append("fuzzy"), "da rivedere «Apri»"),
        (lambda entries: entries["%(n)s ente"].msgstr_plural.pop(1), "ha le forme plurali sbagliate «%(n)s ente»"),
        (lambda entries: entries["%(n)s ente"].msgstr_plural.update({1: ""}), "non è tradotto «%(n)s ente»"),
    ],
)
def test_each_gap_is_told(inglese_completo, spoil, said):
    spoil({entry.msgid: entry for entry in inglese_completo})
    assert said in list(traduzioni.problems(inglese_completo, WANTED, "en"))


def test_missing_word_is_told_with_its_file(inglese_completo):
    wanted = {**WANTED, Messaggio("Chiudi"): ["d.html"]}
    assert list(traduzioni.problems(inglese_completo, wanted, "en")) == ["manca «Chiudi» (d.html)"]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("home/models.py", True),
        ("templates/base.html", True),
        ("casi/models/richiesta.py", False),
        ("templates/casi/scheda.html", False),
        ("casi/forms/pubblico.py", True),
        ("templates/casi/pubblico/segnala.html", True),
        ("templates/casi/rapporto.html", True),
    ],
)
def test_reserved_area_is_translated_where_anybody_reads_it(name, answer):
    assert messaggi.translated(name) is answer


def test_interface_is_complete_in_every_language(capsys):
    call_command("controlla_traduzioni")
    assert "tradotte in en, uk, ar" in capsys.readouterr().out


def test_command_fails_and_says_what_to_do(settings, tmp_path, capsys):
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(CommandError, match="CONTRIBUTING"):
        call_command("controlla_traduzioni")
    assert "e altri" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("en", {0: 1, 1: 0, 2: 1, 21: 1}),
        ("uk", {1: 0, 21: 0, 101: 0, 2: 1, 24: 1, 5: 2, 11: 2, 12: 2, 14: 2, 111: 2, 0: 2}),
        ("ar", {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 103: 3, 11: 4, 99: 4, 100: 5, 102: 5}),
    ],
)
def test_numbers_take_the_form_their_language_wants(language, counts):
    from gettext import c2py

    rule = c2py(traduzioni.PLURALI[language].partition("plural=")[2].rstrip(";"))
    assert {number: rule(number) for number in counts} == counts


HANNO_UN_CORPO = ast.Module | ast.FunctionDef | ast.ClassDef
TRADUCONO = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}


def untold(tree: ast.Module) -> list[str]:
    """Sentences that go through no gettext, docstrings apart."""
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call) and ast.unparse(each.func) in TRADUCONO]
    scopes = [each.body[0] for each in ast.walk(tree) if isinstance(each, HANNO_UN_CORPO) and each.body]
    known = [*calls, *(each for each in scopes if isinstance(each, ast.Expr))]
    fine = {id(part) for each in known for part in ast.walk(each)}
    words = [each.value for each in ast.walk(tree) if isinstance(each, ast.Constant) and id(each) not in fine]
    return [each for each in words if isinstance(each, str) and re.fullmatch(r"[A-ZÈ][^{}]* [^{}]*[.?!]", each)]


def test_sentences_of_the_reserved_area_go_through_gettext():
    folders = [f"casi/{name}" for name in ("actions", "forms", "selectors", "views")]
    assert {file.name: found for file in code(*folders) if (found := untold(ast.parse(file.read_text())))} == {}


def test_a_sentence_told_as_it_is_is_noticed():
    told = 'def f():\n    "Not this."\n    g(_("Né questa."))\n    return "Questa qui sì."'
    assert untold(ast.parse(told)) == ["Questa qui sì."]
