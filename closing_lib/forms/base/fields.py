"""One question of a form: what it asks, which answers it takes, and the control that shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import ipywidgets
import traitlets

from closing_lib.content.figures import day
from closing_lib.forms.base.choice import Choice

TYPED = (ipywidgets.Text, ipywidgets.Textarea)  # a Combobox is a Text


@dataclass(frozen=True)
class Option:
    """One answer of a question: the key that a control holds, the text that it shows, and the value it stands for."""

    key: str | int
    label: str
    value: Any


@dataclass(frozen=True)
class Field:
    """One question of a form.

    Attributes
    ----------
    name : str
        The answer's name.
    label : str
        The question, always visible.
    kind : str or callable
        ``"choice"`` (a row of answers), ``"column"`` (the same, one answer under the other), ``"pick"`` (a list),
        ``"text"``, ``"suggest"`` (text with suggestions, which the form sets), ``"notes"`` (several lines) or
        ``"date"``; or what makes a control of the form's own.
    options : tuple of Option
        The answers of a choice or a pick (whose keys are the answers themselves).
    required : bool
        Whether the form can be saved without it.
    default : str, callable or None
        What the control holds at first: an option's key, a text, or what gives the date of the day.
    """

    name: str
    label: str
    kind: str | Callable[[Field], ipywidgets.DOMWidget]
    options: tuple[Option, ...] = ()
    required: bool = False
    default: str | Callable[[], dt.date] | None = None

    def control(self) -> ipywidgets.DOMWidget:
        """Make the control that shows it."""
        if not isinstance(self.kind, str):
            return self.kind(self)
        control = _CONTROLS[self.kind](self)
        control.add_class({"choice": "ck-row", "column": "ck-stacked"}.get(self.kind, "ck-entry"))
        return control

    def blank(self) -> Any:
        """Give what a control holds before anyone has answered."""
        if callable(self.default):
            return self.default()
        return self.empty() if self.default is None else self.default

    def empty(self) -> str | None:
        """Give what a control holds for no answer at all."""
        return None if self.kind == "date" else ""

    def read(self, control: ipywidgets.DOMWidget) -> Any:
        """Give the answer in the control: an option's value, a text, a date; None where there is none."""
        held = control.value
        if self.kind in ("choice", "column"):
            return next((option.value for option in self.options if option.key == held), None)
        return (held.strip() or None) if isinstance(held, str) else held

    def is_answered(self, control: ipywidgets.DOMWidget) -> bool:
        """Whether anything was answered; "can't tell" is an answer."""
        held = control.value
        return bool(held.strip()) if isinstance(held, str) else held is not None


def dump(control: ipywidgets.DOMWidget) -> str | None:
    """Give what a control holds as plain text, to keep a half-filled form."""
    held = control.value
    return held.isoformat() if isinstance(held, dt.date) else held


def load(control: ipywidgets.DOMWidget, kept: object) -> None:
    """Put back what `dump` gave; what no longer fits, such as an answer that was taken out since, is left blank."""
    if isinstance(control, ipywidgets.DatePicker) and kept is not None:
        kept = _day(kept)
        if kept is None:
            return
    with suppress(traitlets.TraitError):
        control.value = kept


def name_of(control: ipywidgets.DOMWidget) -> str:
    """Give the question that a control asks."""
    asked: str = control.label if isinstance(control, Choice) else control.description
    return asked


def in_words(control: ipywidgets.DOMWidget, kept: object) -> str:
    """Give what `dump` gave as it reads in its control; empty where it is no answer."""
    if isinstance(control, ipywidgets.DatePicker):
        found = _day(kept)
        return day(found) if found else ""
    if isinstance(control, TYPED):
        return kept.strip() if isinstance(kept, str) else ""
    pairs = control.options if isinstance(control, Choice) else [(key, label) for label, key in control.options]
    return next((label for key, label in pairs if key and key == kept), "")


def offer(control: ipywidgets.Dropdown, options: Iterable[Option]) -> None:
    """Offer other things to pick from; what was picked stays if it is among them."""
    pairs = _pairs(options)
    if control.options != pairs:
        picked = control.value
        control.options = pairs
        load(control, picked)


def _day(kept: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(kept))
    except ValueError:  # another program left it
        return None


def _choice(field: Field) -> ipywidgets.DOMWidget:
    options = [[option.key, option.label] for option in field.options]
    return Choice(label=field.label, options=options, value=field.blank())


def _pick(field: Field) -> ipywidgets.DOMWidget:
    return ipywidgets.Dropdown(description=field.label, options=_pairs(field.options), value=field.blank())


def _pairs(options: Iterable[Option]) -> tuple[tuple[str, str | int], ...]:
    return tuple((option.label, option.key) for option in options)


def _suggest(field: Field) -> ipywidgets.DOMWidget:
    return ipywidgets.Combobox(description=field.label, value=field.blank(), ensure_option=False)


def _text(field: Field) -> ipywidgets.DOMWidget:
    return ipywidgets.Text(description=field.label, value=field.blank())


def _notes(field: Field) -> ipywidgets.DOMWidget:
    return ipywidgets.Textarea(description=field.label, value=field.blank(), rows=3)


def _date(field: Field) -> ipywidgets.DOMWidget:
    return ipywidgets.DatePicker(description=field.label, value=field.blank())


_CONTROLS: dict[str, Callable[[Field], ipywidgets.DOMWidget]] = {
    "choice": _choice,
    "column": _choice,
    "pick": _pick,
    "suggest": _suggest,
    "text": _text,
    "notes": _notes,
    "date": _date,
}
