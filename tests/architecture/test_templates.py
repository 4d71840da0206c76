"""Templates compile, keep to the content policy, give components only what they need, and speak every language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import Lexer, TokenType
from django.urls import get_resolver

from tests.support.html import faults_in
from tests.support.sources import ROOT, files, name

FOLDER = ROOT / "templates"
# The frame around every page reads the request; everything else under components/ lives on what it is given.
FRAME = {"testa_sociale", "testata", "piede", "briciole", "lingua_menu", "riquadro_aiuto", "banner_demo"}
INCLUDE = re.compile(r"""\{%\s*include\s+["']components/(\w+)\.html["']([^%]*)%\}""")
URL = re.compile(r"""\{%\s*url\s+["']([\w:.-]+)["']""")
READ_ALOUD = {"alt", "aria-label", "placeholder", "title", "data-copiato", "data-conteggio"}
ARTICLE = re.compile(r"\b([Ii]l|[Dd]al|[Aa]l|[Dd]el) \{\{")
SENTENCE = re.compile(r"\{%\s*blocktranslate\b.*?%\}(.*?)\{%\s*endblocktranslate", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# Proper names and abbreviations that no language changes.
NAMES = {"Tessere", "ISEE", "PDF", "kg", "CC", "BY"}


def templates() -> list[Path]:
    return list(files("templates", suffix=".html"))


def ours() -> list[Path]:
    """Those that follow our content policy: Wagtail's admin has its own."""
    return [file for file in templates() if "wagtailadmin" not in file.parts]


@pytest.mark.parametrize("file", templates(), ids=name)
def test_template_compiles(file):
    engines["django"].get_template(str(file.relative_to(FOLDER)))


def test_components_get_only_what_they_are_given():
    leaky = [
        f"{name(file)}: {component}"
        for file in ours()
        for component, rest in INCLUDE.findall(file.read_text())
        if component not in FRAME and rest.split()[-1:] != ["only"]
    ]
    assert leaky == []


@pytest.mark.parametrize("file", ours(), ids=name)
def test_template_has_no_inline_code(file):
    assert [fault for fault in faults_in(skeleton(file.read_text())) if "template tag" not in fault] == []


@pytest.mark.parametrize("file", templates(), ids=name)
def test_every_visible_word_can_be_translated(file):
    if file.name == "500.html":
        pytest.skip(reason="shown when nothing works: plain HTML, in every language at once")
    assert list(untranslated(file.read_text())) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Chiama</p>", ["Chiama"]),
        ("<p title='Chiama'></p>", ["Chiama"]),
        ('<p>{% translate "Chiama" %} {{ numero }} € 12</p>', []),
        ("{% blocktranslate %}Chiama{% endblocktranslate %}{# nota #}{% comment %}nota{% endcomment %}", []),
        ("<p class='classe'>{% if x %}Sì{% endif %}</p>", ["Sì"]),
    ],
)
def test_untranslated_words_are_noticed(source, found):
    assert list(untranslated(source)) == found


def test_day_brings_its_article_along():
    """It is l'8 and dall'11 (`con`): an article in the sentence cannot know."""
    written = [
        f"{name(file)}: {sentence}"
        for file in files("templates/casi", suffix=".html")
        for sentence in SENTENCE.findall(file.read_text())
        if ARTICLE.search(sentence)
    ]
    assert written == []


def test_url_names_exist():
    public, reserved = known("portal.urls.pubblico"), known("portal.urls.riservato")
    unknown = [
        f"{name(file)}: {url}"
        for file in templates()
        for url in URL.findall(file.read_text())
        if url not in (reserved if "casi" in file.parts else public | reserved)
    ]
    assert unknown == []


def known(urlconf: str) -> set[str]:
    """Names of addresses, those in namespaces with their prefix."""
    return set(names_in(get_resolver(urlconf)))


def names_in(resolver, prefix: str = "") -> Iterator[str]:
    yield from (prefix + each for each in resolver.reverse_dict if isinstance(each, str))
    for namespace, (_path, nested) in resolver.namespace_dict.items():
        yield from names_in(nested, f"{prefix}{namespace}:")


def skeleton(source: str) -> str:
    """The template's HTML, with every tag, variable and comment replaced by nothing or by a digit."""
    kept, silent = [], ""
    for token in Lexer(source).tokenize():
        tag = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if silent:
            silent = "" if tag == f"end{silent}" else silent
        elif tag in {"comment", "blocktranslate", "blocktrans"}:
            silent = tag
        elif tag == "block" and token.contents.split()[1].startswith("classe"):
            silent = "block"  # names of CSS classes
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
        elif token.token_type == TokenType.VAR or tag in {"translate", "static", "url", "pageurl"}:
            kept.append("1")
    return "".join(kept)


def untranslated(source: str) -> Iterator[str]:
    parser = Words()
    parser.feed(skeleton(source))
    parser.close()
    for text in parser.texts:
        yield from (word for word in WORD.findall(text) if word not in NAMES)


class Words(HTMLParser):
    """Collects what a person reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in {"script", "style"}
        self.texts += [value or "" for key, value in attrs if key in READ_ALOUD]

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)
