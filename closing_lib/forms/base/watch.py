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
_link = ""  # what the link that led to this page names


def watch(view: Watcher) -> None:
    """Refresh a view from now on whenever a form has written, and let it choose what the link to its page names."""
    _views.add(view)
    _take_up(view, _link)


def written() -> None:
    """Tell all views that the log has changed."""
    for view in watching():
        view.refresh()


def watching() -> tuple[Watcher, ...]:
    """Give what is on the page and shows the log."""
    return tuple(_views)


def begin_page(link: str = "") -> None:
    """Say that the notebook of this kernel is a page, which runs by itself whenever it is opened.

    Parameters
    ----------
    link : str
        What the link that led to it names, such as ``"thank_you:7"``: each form takes up what it knows.
    """
    global _is_page, _link  # there is one notebook to a kernel
    _is_page, _link = True, link


def follow(link: str) -> None:
    """Let the forms choose what a link to this page names."""
    for view in watching():
        _take_up(view, link)


def clear_page() -> None:
    """Forget all forms of a page that nobody shows any more."""
    if _is_page:
        ipywidgets.Widget.close_all()
        _views.clear()


def _take_up(view: Watcher, link: str) -> None:
    take_up = getattr(view, "take_up", None)
    if link and take_up:
        take_up(link)
