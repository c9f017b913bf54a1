"""What each column holds: guessed from its heading, then from its cells; the person can correct it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from closing_lib.content import text
from closing_lib.content.words import bare, has_han, index, plain
from closing_lib.models import Choice
from closing_lib.records.errors import LogError
from closing_lib.records.importing.dates import is_blank, is_date
from closing_lib.records.importing.histories import read_history
from closing_lib.records.importing.report import Remark
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
_PROSE, _SENTENCE = 12, 4  # statuses that no one is asked for one by one, and words of one
_WORD = re.compile(r"([\s/&+_-]+)")
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
    if group := group_of(name):
        return Column(group) if group in set(Column) else None
    if about := _about(bare(name)):
        return Column.NOTE if all(index("columns").get(word) == Column.NOTE for word in about) else None
    if _has(name, "time_of") and not _has(name, "day_of"):
        return None
    if (stage := _stage(name)) is not None:
        return stage
    near = misspelt(bare(name), "columns")
    return Column(near) if near in set(Column) else None


def group_of(name: str) -> str:
    """Give the group of columns.toml that a heading is in; empty where it is in none."""
    heading = bare(name)
    forms = (heading, bare(name.partition("(")[0]), heading.lstrip("0123456789 "), _without_fillers(heading))
    return next((group for form in forms if (group := index("columns").get(form, "")) not in ("", "fillers")), "")


def names_a_day(heading: str) -> bool:
    """Tell whether a heading such as “Date” says no more than that a day is below it.

    Examples
    --------
    >>> names_a_day("Date"), names_a_day("Date applied"), names_a_day("Fecha")
    (True, False, True)
    """
    return not _undated(_without_fillers(bare(heading)))


def _stage(name: str) -> Column | None:
    """Take a heading such as “Phone screen” or “Rejection date” for the stage that it names, the first of several."""
    for form in (name, name.partition("(")[0], _without_fillers(bare(name))):
        for one in meaning(_undated(form), {}) or ():
            if one.kind:
                return Column(str(one))
    return None


def _undated(heading: str) -> str:
    day = index("values", "day_of", "time_of")
    words = "".join(word for word in _WORD.split(heading.strip("?¿？ ")) if bare(word) not in day)
    return words.removesuffix("日期").removesuffix("时间").strip()


def _has(heading: str, group: str) -> bool:
    return not index("values", group).keys().isdisjoint(bare(heading).split())


def _about(heading: str) -> list[str]:
    """Give the words that make a heading one about a stage: in “Salary offered” no offer is told."""
    parts = heading.split()
    return [word for word in index("values", "about") if word in (heading if has_han(word) else parts)]


def _without_fillers(heading: str) -> str:
    whole = f" {heading} "
    for filler in index("columns", "fillers"):
        whole = whole.replace(f" {filler} ", " ")
    return " ".join(whole.split())


def _look_inside(table: Table, mapped: Mapped, said: Mapped) -> None:
    """Correct by the cells what the headings leave open: “Phone” above ticks, “Interviews” above 4."""
    is_bare = Column.COMPANY not in mapped.values() and not said and all(name.isdigit() for name in table.columns)
    if is_bare:
        _without_headings(table, mapped)
        return
    has_status = Column.STATUS in mapped.values()
    for at, name in enumerate(table.columns):
        cells = _cells(table, at)
        if name not in said and cells:
            mapped[name] = (
                _left_open(name, cells, has_status) if mapped[name] is None else _by_cells(mapped[name], cells)
            )


def _by_cells(column: Column | None, cells: Sequence[str]) -> Column | None:
    if column is Column.STATUS:
        return Column.STATUS_ON if _mostly(is_date, cells) else Column.NOTE if _is_prose(cells) else column
    counts = column is not None and column.is_stage and all(map(str.isdecimal, cells)) and any(map(_is_count, cells))
    return Column.NOTE if counts else column


def _left_open(name: str, cells: Sequence[str], has_status: bool) -> Column | None:
    group, is_dated = group_of(name), _mostly(is_date, cells)
    if _mostly_histories(cells):
        return Column.HISTORY
    if group == "conversation" and (is_dated or _mostly(_is_tick, cells)):
        return Column.INTERVIEW
    if group or _about(bare(name)):
        return None
    if is_dated:
        return _stage(name)
    return Column.STATUS if not has_status and _tells_status(cells) else None


def _is_count(cell: str) -> bool:
    return len(cell) < 3 and int(cell) > 1  # a longer number is a day


def _is_tick(cell: str) -> bool:
    return (plain(cell) or cell) in index("values", "yes", "no")


def _tells_status(cells: Sequence[str]) -> bool:
    return not _mostly(_is_tick, cells) and _mostly(lambda cell: bool(meaning(cell, {})), cells)


def _is_prose(cells: Sequence[str]) -> bool:
    """Tell whether a column of statuses holds sentences: too many to ask for one by one."""
    several = dict.fromkeys(cells)
    unread = [cell for cell in several if meaning(cell, {}) is None]
    return len(unread) >= max(_PROSE, len(several) / 2) and sum(
        len(cell.split()) for cell in unread
    ) >= _SENTENCE * len(unread)


def remarks_on(table: Table, mapped: Mapped, given: Mapping[str, str | None] | None) -> list[Remark]:
    """Tell of columns that the person has to look at: those left out although they speak, and those taken for notes."""
    said, found = _said(table, given or {}), []
    for at, name in enumerate(table.columns):
        cells = _cells(table, at)
        if name in said or not cells:
            continue
        if key := _left_out(name, cells) if mapped[name] is None else _noted(name, mapped[name]):
            found.append(Remark(0, text(f"importing.remark.{key}", column=name, value=cells[0])))
    return found


def _left_out(name: str, cells: Sequence[str]) -> str:
    group = group_of(name)
    if group in ("other_days", "saved") or _about(bare(name)):
        return ""
    speaks = _mostly(is_date, cells) or (
        not group and meaning(_undated(name), {}) is None and (_mostly(_is_tick, cells) or _tells_status(cells))
    )
    return "unread_column" if speaks else ""


def _noted(name: str, column: Column | None) -> str:
    group = group_of(name)
    if column is Column.INTERVIEW and group == "conversation":
        return "as_interview"
    return "as_note" if column is Column.NOTE and (group == Column.STATUS or _stage(name) is not None) else ""


def _without_headings(table: Table, mapped: Mapped) -> None:
    for at, name in enumerate(table.columns):
        cells = _cells(table, at)
        if not cells:
            continue
        if _mostly(is_date, cells):
            mapped[name] = Column.APPLIED_ON
        elif _mostly(lambda cell: bool(meaning(cell, {})), cells):
            mapped[name] = Column.STATUS
        elif Column.COMPANY not in mapped.values():
            mapped[name] = Column.COMPANY
        elif Column.ROLE not in mapped.values():
            mapped[name] = Column.ROLE


def _cells(table: Table, at: int) -> list[str]:
    return [row[at].strip() for row in islice(table.rows, _SAMPLE) if not is_blank(row[at])]


def _mostly(tells: Callable[[str], bool], cells: Sequence[str]) -> bool:
    return sum(map(tells, cells)) > len(cells) / 2


def _mostly_histories(cells: Sequence[str]) -> bool:
    """Tell whether most cells are lists of known statuses, with or without their days."""
    read = {cell: read_history(cell) or () for cell in dict.fromkeys(cells)}
    if all(len(steps) < 2 for steps in read.values()):
        return False
    lists = [steps for cell in cells if (steps := read[cell]) and all(meaning(status, {}) for _, status in steps)]
    return len(lists) > len(cells) / 2 and any(len(steps) > 1 for steps in lists)


def _sankey(mapped: Mapped) -> Mapped:
    """Take “Source” beside “Target” for the status before, and “Date” for its day: flow charts are made from these."""
    if Column.TO_STATUS not in mapped.values():
        return mapped
    other = dict(mapped)
    for name, column in mapped.items():
        if column is Column.SOURCE and plain(name) in _BEFORE and Column.FROM_STATUS not in mapped.values():
            other[name] = Column.FROM_STATUS
        elif column is Column.APPLIED_ON and names_a_day(name) and Column.STATUS_ON not in mapped.values():
            other[name] = Column.STATUS_ON
    return other


_BEFORE = {"source", "quelle", "origen", "origine", "origem", "来源"}


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
