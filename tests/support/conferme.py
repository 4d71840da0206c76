"""Confirming who one is, in tests that go through a browser."""

import pytest


@pytest.fixture
def confirmed(monkeypatch):
    """`confirmed()`: from here on, whoever acts has just shown a second factor again."""

    def confirm() -> None:
        monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)

    return confirm
