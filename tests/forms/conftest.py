"""What every test of a form can rely on: a page of its own, a log of its own, and clicks that hide no error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from weakref import WeakSet

import pytest
from ipywidgets import CallbackDispatcher, Widget

from closing_lib.forms.base import watch
from closing_lib.records import OutcomeLog


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin with a page on which no other test has left a form or a view, and leave none for the next."""
    monkeypatch.setattr(watch, "_views", WeakSet())
    yield
    Widget.close_all()


@pytest.fixture(autouse=True)
def loud_clicks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an error in what a button does reach the test; ipywidgets would only write it into a log."""

    def call(self: CallbackDispatcher, *args: object) -> None:
        for callback in self.callbacks:
            callback(*args)

    monkeypatch.setattr(CallbackDispatcher, "__call__", call)


@pytest.fixture
def log(tmp_path: Path) -> OutcomeLog:
    return OutcomeLog(tmp_path / "log.sqlite")
