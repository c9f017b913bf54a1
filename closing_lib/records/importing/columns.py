"""What each column holds: guessed from its heading, then from its cells; the person can correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from closing_lib.content import text
from closing_lib.content.words import has_han, index, plain
from closing_lib.models import Choice
from closing_lib.records.errors import LogError
from closing_lib.records.importing.dates import is_blank, is_date
from closing_lib.records.importing.histories import read_history
from closing_lib.records.importing.spelling import misspelt
from closing_lib.records.importing.statuses import meaning
from closing_lib.records.importing.table import Table


class Column(Choice):
    """What a column can hold. The last eight are stages: a day, or yes or no, in a column for each."""

    COMPANY = "company"
    ROLE = "role"
    APPLIED_ON = "applied_on"
    SOURCE = "source"
    NOTE = "note"
    STATUS = "status"
    STATUS_ON = "status_on"
    HISTORY = "history"
    FROM_STATUS = "from_status"
    TO_STATUS = "to_status"
    INTERVIEW = "interview"
    THANK_YOU = "thank_you"
    NUDGE = "nudge"
    ADVANCED = "advanced"
    OFFER = "offer"
    REJECTED = "rejected"
    WITHDREW = "withdrew"
    NO_REPLY = "no_reply"

    @property
    def is_stage(self) -> bool:
        """Whether the column stands for one kind of event."""
        return self.rank >= Column.INTERVIEW.rank

    @property
    def tells_events(self) -> bool:
        """Whether its cells tell what has happened."""
        return self.rank >= Column.STATUS.rank or self is Column.APPLIED_ON

    @property
    def is_single(self) -> bool:
        """Whether there can be only one such column."""
        return self in _SINGLE


_SINGLE = {Column.COMPANY, Column.ROLE, Column.APPLIED_ON, Column.SOURCE, Column.STATUS_ON}
_SAMPLE = 300  # cells that tell what a column holds
_IGNORED = "ignored"
_MOST = 30  # columns that tell what has happened, each of which is compared with the others

Mapped = dict[str, Column | None]


def map_columns(table: Table, given: Mapping[str, str | None] | None) -> Mapped:
    r"""Give what each column holds, as the person says and else as guessed.

    Raises
    ------
    LogError
        If the person names a column that is not there, or what no column can hold.

    Examples
    --------
    >>> from closing_lib.records.importing.table import read_table
    >>> table = read_table(b"Firma,Job title,Applied,Salary,Phone screen\n", "tracker.csv")
    >>> {name: column and column.value for name, column in map_columns(table, {"Salary": "note"}).items()}
    {'Firma': 'company', 'Job title': 'role', 'Applied': 'applied_on', 'Salary': 'note', 'Phone screen': 'interview'}
    """
    said = _said(table, given or {})
    mapped: Mapped = {}
    for name in table.columns:
        mapped[name] = said[name] if name in said else _by_heading(name)
    _look_inside(table, mapped, said)
    if sum(column is not None and column.tells_events for column in mapped.values()) > _MOST:
        raise LogError(text("importing.trouble.too_many_events", name=table.name, limit=_MOST))
    return _without_doubles(_sankey(mapped), said)


def _said(table: Table, given: Mapping[str, str | None]) -> Mapped:
    return {_named(table, name): _field(meant) for name, meant in given.items()}


def _named(table: Table, name: str) -> str:
    if name in table.columns:
        return name
    same = [column for column in table.columns if plain(column) == plain(name)]
    if len(same) != 1:
        known = ", ".join(f"“{column}”" for column in table.columns)
        raise LogError(text("importing.trouble.no_such_column", name=table.name, value=f"“{name}”", known=known))
    return same[0]


def _field(meant: str | None) -> Column | None:
    try:
        return None if meant is None else Column(str(meant))
    except ValueError:
        raise LogError(text("importing.trouble.no_such_field", value=meant, known=", ".join(Column))) from None


def _by_heading(name: str) -> Column | None:
    for heading in (plain(name), plain(name.partition("(")[0]), _without_fillers(plain(name))):
        group = index("columns").get(heading)
        if group and group != "fillers":
            return None if group == _IGNORED else Column(group)
    if about := _about(plain(name)):
        return Column.NOTE if all(index("columns").get(word) == Column.NOTE for word in about) else None
    if (stage := _stage(name)) is not None:
        return stage
    near = misspelt(plain(name), "columns")
    return Column(near) if near in set(Column) else None


def _stage(name: str) -> Column | None:
    """Take a heading such as “Phone screen” or “Rejection date” for the stage that it names."""
    dated = {"date", "datum", "fecha", "日期", "时间", "on", "am"}
    named = " ".join(word for word in plain(name).split() if word not in dated)
    for day in ("日期", "时间"):
        named = named.removesuffix(day) if has_han(named) else named
    found = meaning(named, {}) if named else None
    return Column(str(found[0])) if found and len(found) == 1 and found[0].kind else None


def _about(heading: str) -> list[str]:
    """Give the words that make a heading one about a stage: in “Salary offered” no offer is told."""
    parts = heading.split()
    return [word for word in index("values", "about") if word in (heading if has_han(word) else parts)]


def _without_fillers(heading: str) -> str:
    fillers = index("columns", "fillers")
    return " ".join(word for word in heading.split() if word not in fillers)


def _look_inside(table: Table, mapped: Mapped, said: Mapped) -> None:
    """Correct by the cells what the headings leave open, and take a column of days called “Response” for its day."""
    taken = set(mapped.values())
    for at, name in enumerate(table.columns):
        if name in said:
            continue
        cells = _cells(table, at) if mapped[name] in (None, Column.STATUS) else []
        if mapped[name] is Column.STATUS and _mostly_dates(cells):
            mapped[name] = Column.STATUS_ON
        elif mapped[name] is None and _mostly_histories(cells):
            mapped[name] = Column.HISTORY
    if Column.COMPANY not in taken and not said and all(name.isdigit() for name in table.columns):
        _without_headings(table, mapped)


def _without_headings(table: Table, mapped: Mapped) -> None:
    for at, name in enumerate(table.columns):
        cells = _cells(table, at)
        if not cells:
            continue
        if _mostly_dates(cells):
            mapped[name] = Column.APPLIED_ON
        elif sum(bool(meaning(cell, {})) for cell in cells) > len(cells) / 2:
            mapped[name] = Column.STATUS
        elif Column.COMPANY not in mapped.values():
            mapped[name] = Column.COMPANY
        elif Column.ROLE not in mapped.values():
            mapped[name] = Column.ROLE


def _cells(table: Table, at: int) -> list[str]:
    return [row[at].strip() for row in islice(table.rows, _SAMPLE) if not is_blank(row[at])]


def _mostly_dates(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(is_date(cell) for cell in cells) > len(cells) / 2


def _mostly_histories(cells: Sequence[str]) -> bool:
    """Tell whether most cells are lists of known statuses, with or without their days."""
    read = [read_history(cell) or () for cell in cells]
    lists = [steps for steps in read if steps and all(meaning(status, {}) for _, status in steps)]
    return len(lists) > len(cells) / 2 and any(len(steps) > 1 for steps in lists)


def _sankey(mapped: Mapped) -> Mapped:
    """Take “Source” beside “Target” for the status before: the long format that flow charts are made from."""
    if Column.TO_STATUS in mapped.values() and Column.FROM_STATUS not in mapped.values():
        return {
            name: Column.FROM_STATUS if column is Column.SOURCE and plain(name) in _BEFORE else column
            for name, column in mapped.items()
        }
    return mapped


_BEFORE = {"source", "quelle", "origen", "来源"}


def _without_doubles(mapped: Mapped, said: Mapped) -> Mapped:
    """Keep one column of each kind that there can be only one of: the person's, else the first."""
    chosen: dict[Column, str] = {}
    for name, column in sorted(mapped.items(), key=lambda item: item[0] not in said):
        if column and column.is_single:
            if column in chosen and name in said:
                raise LogError(text("importing.trouble.two_columns", value=text(f"importing.column.{column}")))
            chosen.setdefault(column, name)
    return {
        name: column if column is None or not column.is_single or chosen[column] == name else None
        for name, column in mapped.items()
    }
