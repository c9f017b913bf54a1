"""What the import form asks about a file: what its columns hold, what its statuses mean, how its dates are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.records.importing import Column, ImportReport, Status

Key = tuple[str, str]  # what is asked, and of which heading or status
Said = Mapping[Key, Any]

NOT_SAID = ""
_NOTHING = "nothing"
_YEARS = 15  # for which a person may have been searching
_SHOWN = 40  # statuses whose meaning is known already
_LONGEST = 60  # letters of a cell


@dataclass(frozen=True)
class Question:
    """One question about a file.

    Attributes
    ----------
    part : str
        Where it stands: ``"questions"``, ``"columns"`` or ``"statuses"``.
    key : Key
        What is asked.
    label : str
        How it is asked.
    options : tuple of (str, object)
        What can be answered; `NOT_SAID` for nothing.
    value : object
        What the answer is now.
    below : str
        What helps to answer it.
    """

    part: str
    key: Key
    label: str
    options: tuple[tuple[str, Any], ...]
    value: Any
    below: str = ""


def questions(report: ImportReport, said: Said, read: MutableMapping[str, str]) -> Iterator[Question]:
    """Give what a report leaves open, and what it takes the rest for.

    Parameters
    ----------
    report : ImportReport
        What the import would do.
    said : mapping of Key to object
        What the person has answered.
    read : dict of str to str
        What each status was taken for when it was first met, empty for an unknown one; it is brought up to date here.
    """
    for status in report.unknown_statuses:
        read.setdefault(status, "")
    for status, meant in report.statuses.items():
        read.setdefault(status, meant)
    yield from _of_the_file(report, said)
    for name, column in report.mapping.items():
        yield _column(name, column, report.samples.get(name, ()))
    unknown = [status for status, meant in read.items() if not meant]
    known = [status for status, meant in read.items() if meant]
    for status in [*unknown, *known[:_SHOWN]]:
        yield _status(status, read[status], said)


def arguments(said: Said) -> dict[str, Any]:
    """Give what the person has answered as `closing_lib.import_csv` takes it."""
    return {
        "mapping": {name: value or None for (kind, name), value in said.items() if kind == "column"},
        "statuses": {
            name: None if value == _NOTHING else value for (kind, name), value in said.items() if kind == "status"
        },
        **{name: said.get((name, "")) for name in ("day_first", "year", "sheet")},
    }


def in_words(meant: str) -> str:
    """Say what a status is taken for: one meaning, or several in turn.

    Examples
    --------
    >>> in_words("interview offer")
    'an interview, then an offer'
    """
    first, *rest = (text(f"importing.status.{one}") for one in meant.split())
    for one in rest:
        first = text("importing.form.then", one=first, other=one)
    return first


def _of_the_file(report: ImportReport, said: Said) -> Iterator[Question]:
    if len(report.sheets) > 1:
        sheets = tuple((name, name) for name in sorted(report.sheets))
        yield _asked("sheet", sheets, report.sheets[0])
    if "day_first" in report.questions or ("day_first", "") in said:
        orders = ((_form("day_first_yes"), True), (_form("day_first_no"), False))
        yield _asked("day_first", (_unchosen(), *orders), said.get(("day_first", ""), NOT_SAID))
    if "year" in report.questions or ("year", "") in said:
        years = tuple((str(year), year) for year in range(today().year, today().year - _YEARS, -1))
        yield _asked("year", (_unchosen(), *years), said.get(("year", ""), NOT_SAID))


def _asked(name: str, options: tuple[tuple[str, Any], ...], value: Any) -> Question:
    return Question("questions", (name, ""), _form(name), options, value)


def _column(name: str, column: str | None, cells: tuple[str, ...]) -> Question:
    options = [(text("importing.column.left_out"), NOT_SAID)]
    options += [(text(f"importing.column.{one}"), str(one)) for one in Column]
    such_as = ", ".join(f"“{_short(cell)}”" for cell in cells)
    below = _form("for_example", cells=such_as) if such_as else _form("empty_column")
    return Question("columns", ("column", name), _short(name), tuple(options), column or NOT_SAID, below)


def _status(name: str, read: str, said: Said) -> Question:
    meanings = [(text(f"importing.status.{one}"), str(one)) for one in [*Status, _NOTHING]]
    first = (_form("as_read", what=in_words(read)), NOT_SAID) if read else _unchosen()
    value = said.get(("status", name), NOT_SAID)
    part = "statuses" if read else "questions"
    return Question(part, ("status", name), _form("status", status=_short(name)), (first, *meanings), value)


def _unchosen() -> tuple[str, str]:
    return _form("unchosen"), NOT_SAID


def _form(name: str, **figures: object) -> str:
    return text(f"importing.form.{name}", **figures)


def _short(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
