"""What the forms of a page know of each other: a view learns that a form has written to the log."""

from __future__ import annotations

from typing import Protocol
from weakref import WeakSet

import ipywidgets


class Watcher(Protocol):
    """Something on the page that shows the log."""

    def refresh(self) -> None:
        """Show the log as it is now."""


_views: WeakSet[Watcher] = WeakSet()
_is_page = False  # a person's own notebook keeps its widgets, as in any Jupyter


def watch(view: Watcher) -> None:
    """Refresh a view from now on whenever a form has written; it is forgotten with the page."""
    _views.add(view)


def written() -> None:
    """Tell all views that the log has changed."""
    for view in watching():
        view.refresh()


def watching() -> tuple[Watcher, ...]:
    """Give what is on the page and shows the log."""
    return tuple(_views)


def begin_page() -> None:
    """Say that the notebook of this kernel is a page, which runs by itself whenever it is opened."""
    global _is_page  # noqa: PLW0603  # there is one notebook to a kernel
    _is_page = True


def clear_page() -> None:
    """Forget all forms of a page that nobody shows any more."""
    if _is_page:
        ipywidgets.Widget.close_all()
        _views.clear()
