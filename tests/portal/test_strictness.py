"""The strict conftest bites: each rule is broken on purpose here."""

import socket

import pytest
from django.conf import settings
from django.db import transaction
from django.template import Context, Template, engines
from django.template.base import Origin
from pytest_socket import SocketConnectBlockedError

from catalogo.models import Operatore
from tests.factories.catalogo import OperatoreFactory
from tests.support.html import faults_in
from tests.support.querysets import UnorderedSliceError
from tests.support.templates import UndefinedVariableError


def render(source: str, folder, **values) -> str:
    """`source` as if it lay in `folder`."""
    template = Template(source, origin=Origin(str(folder / "prova.html")), engine=engines["django"].engine)
    return template.render(Context(values))


def test_socket_beyond_this_machine_is_refused():
    with pytest.raises((SocketConnectBlockedError, UserWarning), match="192"):  # it also warns, here an error
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_undefined_variable_fails_in_our_templates_only(tmp_path):
    ours = settings.BASE_DIR / "templates"
    with pytest.raises(UndefinedVariableError, match="titolo"):
        render("{{ titolo }}", ours)
    assert render("{{ titolo }}", tmp_path) == ""
    assert render("{{ titolo|default:'—' }}{% if titolo %}x{% endif %}", ours) == "—"
    assert render("{{ titolo }}", ours, titolo="") == ""


def test_slice_of_unordered_rows_fails(db):
    OperatoreFactory.create_batch(3)
    loose = Operatore.objects.order_by()
    with pytest.raises(UnorderedSliceError):
        list(loose[:2])
    assert len(loose) == 3
    assert list(loose.order_by("pk")[:2])


def test_on_commit_runs_after_the_outermost_block_of_the_code(db):
    seen = []
    with transaction.atomic():
        transaction.on_commit(lambda: seen.append("dentro"))
        assert seen == []
    assert seen == ["dentro"]
    transaction.on_commit(lambda: seen.append("fuori"))
    assert seen == ["dentro", "fuori"]


def test_on_commit_is_forgotten_when_the_block_fails(db):
    seen = []

    def register_and_fail():
        with transaction.atomic():
            transaction.on_commit(lambda: seen.append("mai"))
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        register_and_fail()
    assert seen == []


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color: red'>",
        "<a onclick='x()'>",
        "<script>x()</script>",
        "<style>p {}</style>",
        "<a href='javascript:x()'>",
        "<p>{{ titolo }}</p>",
        "<p title='%(nome)s'>",
    ],
)
def test_inline_code_and_leftovers_are_faults(html):
    assert faults_in(html)


def test_signs_that_the_visitor_typed_are_no_leftovers():
    assert faults_in("<p>Hai cercato «{%»</p>", typed="q={%") == []
    assert faults_in("<p>Hai cercato «{%» {{ resto }}</p>", typed="q={%") != []


def test_clean_page_has_no_fault():
    html = "<script src='/a.js'></script><script type='application/json'>{\"a\": {{}}}</script><p class='x'>100 %</p>"
    assert faults_in(html) == []
