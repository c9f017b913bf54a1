"""The row of buttons by which what a person made leaves the kit: download, open, print, copy; everywhere the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import anywidget
import traitlets

from closing_lib.arguments import InvalidAnswer
from closing_lib.content import text
from closing_lib.documents.mail_link import MailLink
from closing_lib.forms.base.save_button import script
from closing_lib.forms.base.saved_files import MadeFile, save_file
from closing_lib.records import LogError, default_path

if TYPE_CHECKING:
    from closing_lib.forms.base.form import Form

Sent = tuple[dict[str, Any], list[bytes]]  # what goes to the browser: what to do, and the content of files


@dataclass(frozen=True)
class Action:
    """One button of the row.

    Attributes
    ----------
    name : str
        What tells it from the others of its row.
    how : str
        What the browser does with what is made: ``"download"`` files, ``"open"`` or ``"print"`` a page, ``"copy"`` a
        text, ``"mail"`` a link; ``"show"`` is HTML below the row, until it is pressed again.
    make : callable
        Makes it when the button is pressed; None where it is not there any more. LogError and InvalidAnswer are said.
    label : str
        What the button says; empty for the usual word.
    """

    name: str
    how: Literal["download", "open", "print", "copy", "mail", "show"]
    make: Callable[[], Any]
    label: str = ""


class ActionRow(anywidget.AnyWidget):
    """Buttons that make something when they are pressed and hand it to the browser; nothing of it stays in the page.

    Of each file that is downloaded, a copy is saved beside the log, and none is ever written over: where the kernel has
    no browser, that is where it is.

    Parameters
    ----------
    form : Form
        Whose answers must have come first, and whose log the copies are saved beside.
    label : str
        What leaves by it.
    actions : iterable of Action
        The buttons, in their order.
    folder : str
        The folder beside the log for the copies.
    quiet : bool
        Whether its first button looks like one of several, and not like the one that comes next.

    Attributes
    ----------
    said : str
        What was done last, or why it was not.
    note : str
        What to know before it is taken, such as what still needs work.
    shown : str
        What is shown below the row, as HTML.
    disabled, hidden : list of str
        The names of the buttons that cannot be pressed, and of those that are not there.
    paths : tuple of Path
        The copies that were saved last.
    """

    _esm = script(Path(__file__).parent / "action_row.js")
    _css = Path(__file__).parent / "action_row.css"

    label = traitlets.Unicode().tag(sync=True)
    actions: traitlets.List[list[str]] = traitlets.List().tag(sync=True)
    waits_for = traitlets.List(traitlets.Unicode()).tag(sync=True)
    quiet = traitlets.Bool(default_value=False).tag(sync=True)
    disabled = traitlets.List(traitlets.Unicode()).tag(sync=True)
    hidden = traitlets.List(traitlets.Unicode()).tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    shown = traitlets.Unicode().tag(sync=True)

    def __init__(self, form: Form, label: str, actions: Iterable[Action], folder: str, *, quiet: bool = False) -> None:
        self._form, self._folder = form, folder
        self._actions = {one.name: one for one in actions}
        self.paths: tuple[Path, ...] = ()
        super().__init__(
            label=label,
            actions=[[name, one.how, one.label or _word(one)] for name, one in self._actions.items()],
            waits_for=[control.model_id for control in form.controls.values()],
            quiet=quiet,
        )
        self.on_msg(self._from_the_page)

    def allow(self, *, allowed: bool) -> None:
        """Let all buttons be pressed, or none."""
        self.disabled = [] if allowed else [*self._actions]

    def forget(self) -> None:
        """Say nothing any more of what was done: it was something else."""
        self.said, self.shown, self.paths = "", "", ()

    def press(self, name: str, view: str = "") -> None:
        """Press a button; the view is where on the page it was pressed."""
        if name in (*self.disabled, *self.hidden):
            return
        action, self.paths = self._actions[name], ()
        if action.how == "show" and self.shown:
            self.forget()
            return
        self.said = text("actions.making")  # so that the same sentence after it is heard again
        content, files = self._made(action)
        self.send(content | {"view": view}, buffers=files)

    def _from_the_page(self, _widget: object, content: dict[str, str], _buffers: object) -> None:
        if content.get("press") in self._actions:
            self.press(content["press"], content.get("view", ""))

    def _made(self, action: Action) -> Sent:
        """Make it, and say what the browser is to do; what a person can cause is said to them."""
        try:
            made, why = action.make(), text("actions.gone")
        except (LogError, InvalidAnswer) as error:
            made, why = None, str(error)
        if made is None:
            self.said = why
            return {"do": "refused"}, []
        hand: Callable[[Any], Sent] = getattr(self, f"_{action.how}")
        return hand(made)

    def _download(self, made: MadeFile | Sequence[MadeFile]) -> Sent:
        files = [made] if isinstance(made, MadeFile) else [*made]
        beside = self._form.log.path if self._form.log else default_path()
        names = [one.name for one in files]
        try:
            self.paths = tuple(save_file(one, beside, self._folder) for one in files)
        except OSError as error:
            said = text("actions.no_copy", names=", ".join(names), error=error.strerror or type(error).__name__)
        else:
            names = [one.name for one in self.paths]
            said = text("actions.downloaded", names=", ".join(names), folder=self._folder)
        self.said = " ".join([said, *(one.remark for one in files if one.remark)])
        return {"do": "download", "names": names}, [one.content for one in files]

    def _open(self, page: str) -> Sent:
        return _told("open", page=page), []

    def _print(self, page: str) -> Sent:
        return _told("print", page=page), []

    def _copy(self, said: str) -> Sent:
        return _told("copy", text=said), []

    def _mail(self, link: MailLink) -> Sent:
        return _told("mail" if link.is_whole else "mail_long", do="mail", href=link.href, text=link.left_out), []

    def _show(self, shown: str) -> Sent:
        self.said, self.shown = text("actions.show.done"), shown
        return {"do": "shown"}, []


def _word(action: Action) -> str:
    return text(f"actions.{action.how}.label")


def _told(name: str, **content: str) -> dict[str, str]:
    """Tell the browser what to do, and what to say of it."""
    return {"do": name, "done": text(f"actions.{name}.done"), "failed": text(f"actions.{name}.failed"), **content}
