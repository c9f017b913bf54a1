"""What all forms share: a table of fields, one wiring for all of them, and a draft that outlives the kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import wraps
from types import MappingProxyType
from typing import Any, TypeVar

import ipywidgets

from closing_lib.arguments import InvalidAnswer, validate_call
from closing_lib.content import text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.choice import Choice
from closing_lib.forms.base.fields import TYPED, Field, dump, in_words, load, name_of
from closing_lib.forms.base.sheet import box, html, spoken, style
from closing_lib.records import LogError, OutcomeLog

T = TypeVar("T")
F = TypeVar("F", bound="Form")


def in_one_state(do: Callable[[F], None]) -> Callable[[F], None]:
    """Let all that a form reads while it does something be of one state of its log, which is opened once for it.

    Where it cannot be read, each reading tells why. Nothing can be written meanwhile, also by others, so it is for what
    is done at once.
    """

    @wraps(do)
    def done(self: F) -> None:
        with ExitStack() as held:
            if self.log:
                with suppress(LogError):
                    held.enter_context(self.log.one_state())
            do(self)

    return done


class Form:
    """A form over a table of fields, shown by its bare name in the last line of a cell.

    A form of the kit says how its fields are laid out (`sheets`) and what follows from an answer (`refresh`). The
    wiring is here, once
    for all fields: each answer refreshes the form first and is kept as a draft after that, so that a half-filled
    form is there again after a kernel restart.

    Parameters
    ----------
    fields : iterable of Field
        What it asks.
    log : OutcomeLog or None
        Where drafts and records are kept; the person's own log where none is given.

    Attributes
    ----------
    controls : dict of str to ipywidgets.DOMWidget
        The control of each field: setting its `value` is answering.
    view : ipywidgets.Box
        All of it, to be put into other widgets.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "__init__" in vars(cls):  # each form reads what it is given before it makes anything of it
            cls.__init__ = validate_call(cls.__init__)  # type: ignore[method-assign]

    name = ""  # under which its draft is kept; without one there is none

    def __init__(self, fields: Iterable[Field], log: OutcomeLog | None = None) -> None:
        self.fields = {field.name: field for field in fields}
        self.controls = {name: field.control() for name, field in self.fields.items()}
        self._troubles = {"read": "", "write": ""}
        self._trouble_shown = html("", "ck-trouble")
        self._is_quiet = False
        self._draft: Mapping[str, Any] = {}  # what its draft was when it was last read or kept
        self._elsewhere: dict[str, str] = {}  # what another tab has where this one was answered too, in words
        self.log = self._open(log)
        self.offer_choices()
        self._restore()
        self._draft = {**self._dumped(), **self._draft}
        for control in (*self.controls.values(), *self.dependent.values()):
            control.observe(self._answered, names="value")
        self.view = box([html(style()), *self.sheets(), self._trouble_shown], "ck", "ck-live")
        self.refresh()

    # --- What a form says of itself

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay the controls out."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what follows from the answers, and from the log."""
        raise NotImplementedError

    def offer_choices(self) -> None:
        """Offer what the log holds, where a question asks for it."""

    def brought_up_to_date(self, kept: Mapping[str, object]) -> Mapping[str, object]:
        """Read a draft that an earlier kit saved, when this form asked something else."""
        return kept

    def static(self) -> str:
        """Write the form as HTML for a page that is read and not run."""
        return paragraph(text("forms.common.not_run"), "ck-muted")

    def in_words(self, control: ipywidgets.DOMWidget, kept: object) -> str:
        """Give what an answer that was kept reads as; empty where it is none."""
        return in_words(control, kept)

    # --- What every form can do

    @property
    def answers(self) -> dict[str, Any]:
        """The answers by field; None where there is none."""
        return {name: field.read(self.controls[name]) for name, field in self.fields.items()}

    def missing(self, names: Iterable[str] | None = None) -> list[str]:
        """Give the labels of the required fields that are not answered yet."""
        asked = [self.fields[name] for name in (self.fields if names is None else names)]
        return [field.label for field in asked if field.required and not field.is_answered(self.controls[field.name])]

    def clear(self) -> None:
        """Empty the form, and forget its draft."""
        with self._quietly():
            for name, field in self.fields.items():
                self.controls[name].value = field.blank()
            for control in self.dependent.values():
                control.value = ""
        self._forget_draft(self.name, self._draft)
        self._draft, self._elsewhere = self._dumped(), {}
        self.refresh()

    @property
    def is_unread(self) -> bool:
        """Whether the log could not be read: then nobody knows that there is nothing in it."""
        return self.log is None or bool(self._troubles["read"])

    @property
    def trouble(self) -> str:
        """Why the log cannot be used, in a sentence; the form goes on without it."""
        return self._troubles["write"] or self._troubles["read"]

    def read(self, what: Callable[[OutcomeLog], T], otherwise: T) -> T:
        """Read something from the log; a log in trouble is told of, and does not take the form with it."""
        found = [otherwise]

        def read(log: OutcomeLog) -> None:
            with log.one_state():
                found.append(what(log))

        self._with_log("read", read)
        return found[-1]

    def write_to_log(self, what: Callable[[OutcomeLog], object]) -> bool:
        """Write something to the log, and say whether it is there; if not, why is told."""
        return self._with_log("write", what)

    # --- The wiring

    drafted: Iterable[str] = ()  # the fields that its draft holds; all of them where none are named
    # What is asked besides, where the answers so far, and the log, call for it.
    dependent: Mapping[str, Choice] = MappingProxyType({})

    def _answered(self, _change: object) -> None:
        if self._is_quiet:
            return
        self.refresh()
        if not self.name:
            return
        now = self._dumped()
        self._draft = self._keep_draft(self.name, self._draft, now)

    def _dumped(self) -> dict[str, Any]:
        kept = {name: self.controls[name] for name in self.drafted or self.controls}
        return {name: dump(control) for name, control in {**kept, **self.dependent}.items()}

    def _keep_draft(self, name: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> Mapping[str, Any]:
        """Keep a draft, and say what another tab had kept where something was answered here; give what is kept."""
        lost: dict[str, Any] = {}
        is_kept = self.write_to_log(lambda log: lost.update(log.change_draft(name, before, now)))
        if told := {one: self._told_of_both(one, theirs) for one, theirs in lost.items()}:
            self._elsewhere |= told
            self._show_trouble()
        return now if is_kept else before

    def _forget_draft(self, name: str, before: Mapping[str, Any]) -> None:
        """Forget a draft, but for what another tab has kept in it since."""
        if name:
            self.write_to_log(lambda log: log.change_draft(name, before, {}))

    def _restore(self) -> None:
        if not self.name:
            return
        kept: Mapping[str, object] = self.brought_up_to_date(self.read(lambda log: log.draft(self.name) or {}, {}))
        self._draft = kept
        for name in self.controls.keys() & kept.keys():
            load(self.controls[name], kept[name])
        if self.dependent:
            self.offer_choices()
        for name in self.dependent.keys() & kept.keys():
            load(self.dependent[name], kept[name])

    def _open(self, log: OutcomeLog | None) -> OutcomeLog | None:
        try:
            return log or OutcomeLog()
        except LogError as error:
            self._tell("write", error)
            return None

    def _with_log(self, way: str, do: Callable[[OutcomeLog], object]) -> bool:
        """Do something with the log. Reading that goes well says nothing of why writing did not."""
        if self.log is None:
            return False
        try:
            do(self.log)
        except (LogError, InvalidAnswer) as error:  # what a person can cause; anything else is a mistake of the kit's
            self._tell(way, error)
            return False
        self._tell(way, None)
        return True

    def _tell(self, way: str, error: ValueError | None) -> None:
        self._troubles[way] = text("forms.common.log_trouble", error=error) if error else ""
        self._show_trouble()

    def _show_trouble(self) -> None:
        self._trouble_shown.value = "".join(map(spoken, filter(None, (self.trouble, *self._elsewhere.values()))))

    def _told_of_both(self, name: str, theirs: object) -> str:
        """Say what another tab has under a question that was answered in both; nothing where that is no answer."""
        control = {**self.controls, **self.dependent}.get(name)
        words = "" if control is None else self.in_words(control, theirs)
        if control is None or not words:
            return ""
        key = "other_tab" if isinstance(control, TYPED) else "other_tab_chosen"
        return text(f"forms.common.{key}", field=name_of(control), words=words)

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Set controls without their setting off the wiring."""
        self._is_quiet = True
        try:
            yield
        finally:
            self._is_quiet = False

    def _repr_mimebundle_(self, **_options: object) -> dict[str, object]:
        live: dict[str, object] = self.view._repr_mimebundle_()
        return {**live, "text/plain": repr(self), "text/html": f'<div class="ck">{style()}{self.static()}</div>'}
