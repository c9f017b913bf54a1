"""How a view on a page learns that a form on the same page has written to the log."""

from __future__ import annotations

from typing import Protocol
from weakref import WeakSet


class Watcher(Protocol):
    """Something on the page that shows the log."""

    def refresh(self) -> None:
        """Show the log as it is now."""


_views: WeakSet[Watcher] = WeakSet()


def watch(view: Watcher) -> None:
    """Refresh a view from now on whenever a form has written; it is forgotten with the page."""
    _views.add(view)


def written() -> None:
    """Tell all views that the log has changed."""
    for view in tuple(_views):
        view.refresh()
