"""Days as people write them: one cell read, with what cannot be known from that cell alone left open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache

from closing_lib.clock import day_of
from closing_lib.content.words import index, plain, words

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_TIME = re.compile(
    r"""(?:[T,]\s*|(?<!\s)\s+|^)
    (?:\d{1,2}:\d\d(:\d\d([.,]\d+)?)?\s*([ap]\.?\s?m\b\.?)?|\d{1,2}\s?[ap]m\b)
    \s*(\(?(Z\b|UTC|GMT|CES?T|BST|[ECMP][SD]T)([+-]\d\d?)?(:?\d\d)?\)?|[+-]\d\d:?\d\d)?""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d\d)")
_SHORT = re.compile(r"(?<!\d)(\d\d)([-/.])(\d\d?)\2(\d\d)(?!\d)")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{1,2})(\.?)")
_SERIAL = re.compile(r"([34]\d{4})(?:\.\d+)?")  # a day as a spreadsheet counts it, from 1982 to 2036
_ZONE = re.compile(r"Z$|GMT|[+-]\d\d:?\d\d(?!\d)")
_HAN_NO_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
_EIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_LONGEST = 60  # characters; what is longer is no date
_KEPT = 4_000  # cells that are not looked at again
_YEARS = range(1950, 2101)
_DAY_ZERO = dt.date(1899, 12, 30)
_MONTHS = tuple(map(str, range(1, 13)))
_ORDINAL = {"st", "nd", "rd", "th"}


@dataclass(frozen=True)
class Written:
    """A day as it is written: its year, or the order of day and month, may be open.

    Attributes
    ----------
    year : int or None
        None: not written.
    first, second : int
        Month and day; where `is_open`, in the order in which they stand.
    is_open : bool
        Whether `first` could be the day just as well.
    has_dots : bool
        Whether dots say that the day comes first: 3.4.2026.
    """

    year: int | None
    first: int
    second: int
    is_open: bool = False
    has_dots: bool = False

    def day(self, day_first: bool | None = None, year: int | None = None) -> dt.date | None:
        """Give the day; None where that is not known.

        Parameters
        ----------
        day_first : bool or None
            Which order to take where both give a day.
        year : int or None
            Which year, where none is written.
        """
        in_year = self.year or year
        month_first, other = _day(in_year, self.first, self.second), _day(in_year, self.second, self.first)
        if not self.is_open or month_first == other:
            return month_first
        if day_first is None or not (month_first and other):
            return None if month_first and other else month_first or other
        return other if day_first else month_first

    def order(self) -> bool | None:
        """Tell whether only the day can come first (True), only the month (False), or either (None)."""
        if self.has_dots:
            return True
        month_first, other = (
            _day(self.year or 2000, *pair) for pair in ((self.first, self.second), (self.second, self.first))
        )
        return None if not self.is_open or (month_first and other) else other is not None


@dataclass(frozen=True)
class Cell:
    """A cell of a column of dates.

    Attributes
    ----------
    days : tuple of Written
        The days in it; none where none is known.
    is_read : bool
        Whether all that the cell says is in them; otherwise it is worth a note.
    """

    days: tuple[Written, ...] = ()
    is_read: bool = True


def read_cell(written: str, year_first: bool = False) -> Cell:
    """Read a cell of a column of dates.

    Parameters
    ----------
    written : str
        The cell.
    year_first : bool
        Whether 26/03/15 is a day of 2026.

    Examples
    --------
    >>> read_cell("14 Jan 2026").days[0].day()
    datetime.date(2026, 1, 14)
    >>> [day.day(day_first=True).isoformat() for day in read_cell("8/3/2019 and 9/9/2019").days]
    ['2019-03-08', '2019-09-09']
    >>> read_cell("n/a"), read_cell("Before 2025-01-24")
    (Cell(days=(), is_read=True), Cell(days=(), is_read=False))
    """
    if exact := _ISO.fullmatch(written):
        found = _written(int(exact[1]), int(exact[2]), int(exact[3]))
        return Cell((found,)) if found else Cell(is_read=False)
    text = " ".join(written.split())
    if is_blank(text) or plain(text) in index("values", "no_day"):
        return Cell()
    if serial := _SERIAL.fullmatch(text):
        day = _DAY_ZERO + dt.timedelta(int(serial[1]))
        return Cell((Written(day.year, day.month, day.day),))
    if found := read_day(text, year_first):
        return Cell((found,))
    several = [read_day(part, year_first) for part in _between(text) if part.strip()]
    if len(several) > 1 and None not in several:
        return Cell(tuple(one for one in several if one))
    return Cell(is_read=False)


def read_day(written: str, year_first: bool = False) -> Written | None:
    """Read one day; None where it is none, or not only one."""
    if len(written) > _LONGEST:
        return None
    text = _TIME.sub(" ", written).strip(" ,\t-–")
    short = _SHORT.fullmatch(text) if year_first else None
    if short and (found := _written(2000 + int(short[1]), int(short[3]), int(short[4]))):
        return found
    return _stamped(written) or _numeric(text) or _named(text)


def short_years(written: str) -> Iterator[tuple[int, int | None]]:
    """Give the last part and, where it can be the year, the first part of dates such as 26/03/15."""
    for found in _SHORT.finditer(written):
        can_lead = _written(2000 + int(found[1]), int(found[3]), int(found[4]))
        yield 2000 + int(found[4]), can_lead.year if can_lead else None


def is_date(written: str) -> bool:
    """Tell whether a cell is a date, with or without its year."""
    text = " ".join(written.split())
    return len(text) <= _LONGEST and _is_day(text)


@lru_cache(_KEPT)
def _is_day(written: str) -> bool:
    return read_day(written) is not None


def is_blank(written: str) -> bool:
    """Tell whether a cell says that nothing is known.

    Examples
    --------
    >>> [is_blank(cell) for cell in ("", " N/A ", "null", "k.A.", "Acme")]
    [True, True, True, True, False]
    """
    return written.strip().lower() in blanks()


@cache
def blanks() -> frozenset[str]:
    """Give what stands for nothing, in lower case."""
    return frozenset(word.lower() for word in words("values")["blank"])


def _stamped(text: str) -> Written | None:
    """Read a time in UTC as the day that it was where the person is; midnight stands for a day alone."""
    if ":" not in text or not _ZONE.search(text):
        return None
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            stamp = read(text)
            is_utc = stamp.utcoffset() == dt.timedelta() and stamp.time() != dt.time()
            day = day_of(stamp) if is_utc else stamp.date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return _written(day.year, day.month, day.day)
    return None


def _numeric(text: str) -> Written | None:
    if found := _YEAR_FIRST.fullmatch(text) or _EIGHT.fullmatch(text):
        return _written(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(text):
        year = int(found[4])
        return _open(year if year > 99 else 2000 + year, int(found[1]), int(found[3]), found[2])
    if found := _HAN_NO_YEAR.fullmatch(text):
        return _written(None, int(found[1]), int(found[2]))
    if found := _NO_YEAR.fullmatch(text):
        return _open(None, int(found[1]), int(found[2]), found[3])
    return None


def _open(year: int | None, first: int, second: int, separator: str) -> Written | None:
    """Leave open which of two numbers is the day, unless only one order gives a day, or dots say it: 3.4.2026."""
    if separator == ".":
        dotted = _written(year, second, first)
        return replace(dotted, has_dots=True) if dotted else None
    one, other = _written(year, first, second), _written(year, second, first)
    if one and other:
        return one if one == other else replace(one, is_open=True)
    if one or other:
        return Written(year, first, second, is_open=True)
    return None


def _named(text: str) -> Written | None:
    """Read a date with the name of its month: 14 Jan 2026, Jan 14th, 27-Oct, 14 de enero de 2026."""
    pieces = [piece.lower() for piece in _PIECE.findall(text)]
    names = [piece for piece in pieces if not piece.isdigit()]
    numbers = [piece for piece in pieces if piece.isdigit() and piece.isascii()]
    months = [found for name in names if (found := _month(plain(name)))]
    if len(months) != 1 or not all(_month(plain(name)) or _says_nothing(name) for name in names):
        return None
    return _with_month(months[0], numbers, "'" in text or "’" in text)


def _with_month(month: int, numbers: list[str], has_mark: bool) -> Written | None:
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) + len(days) != len(numbers) or not days:
        return None
    if len(days) == 1 and len(years) <= 1:
        return None if has_mark else _written(int(years[0]) if years else None, month, int(days[0]))
    if len(days) == 2 and not years:  # 14 Jan 26
        return _written(2000 + int(days[1]), month, int(days[0]))
    return None


def _month(name: str) -> int | None:
    found = index("calendar", *_MONTHS).get(name)
    return int(found) if found else None


def _says_nothing(name: str) -> bool:
    return name in _ORDINAL or plain(name) in index("calendar", "weekday", "filler")


def _between(text: str) -> list[str]:
    return _joiners().split(text)


@cache
def _joiners() -> re.Pattern[str]:
    joiners = words("values")["and"]
    spaced = "|".join(re.escape(word) for word in joiners if word.isascii() and word.isalpha())
    bare = "|".join(re.escape(word) for word in joiners if not (word.isascii() and word.isalpha()))
    return re.compile(rf"(?<!\s)\s+(?:{spaced})\s+|(?:(?<!\s)\s+)?(?:{bare})\s*|,\s+(?=\d+[/.-])", re.IGNORECASE)


def _written(year: int | None, month: int, day: int) -> Written | None:
    return Written(year, month, day) if _day(year or 2000, month, day) else None  # 2000 was a leap year


def _day(year: int | None, month: int, day: int) -> dt.date | None:
    if year not in _YEARS:
        return None
    try:
        return dt.date(year, month, day)  # type: ignore[arg-type]  # None is not among the years
    except ValueError:
        return None
