"""An XLSX file as it stands: its sheets and the values of their cells, read in one pass and within bounds.

100 KB can unfold to gigabytes: to millions of cells that hold nothing, or to one long text that as many cells share.
So all that is unfolded is counted while it is read. openpyxl builds an object for each cell and loads all texts before
anything can be counted, and others lay a sheet out as a rectangle up to its last cell.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, TypeVar
from xml.parsers import expat

from closing_lib.records.importing.delimited import unlinked

if TYPE_CHECKING:
    from collections.abc import Callable

    Element = tuple[
        str, Mapping[str, str] | None, str
    ]  # name; attributes where it begins, None and its text at its end

V = TypeVar("V")
MAGIC = b"PK\x03\x04"
_ALWAYS = 10_000_000  # bytes to which any file may unfold
_TIMES = 30  # and so many times its own size; trackers come to 5 to 15 times
_EVENT = 10  # bytes for which the beginning or the end of an element counts, beside those in the file
_ENCRYPTED = 1  # of the flags of a part
_CELL = 8  # bytes of a cell that is passed over
_PIECE = 1 << 16
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384  # that a spreadsheet program knows
_LONGEST_FORMAT, _LONGEST_DAY = 255, 40  # characters
# What a damaged archive raises, and XML that is none or in a coding that nobody knows.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    NotImplementedError,
    OverflowError,
    ValueError,
)

_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")  # what XML cannot hold, as the format writes it: _x000D_


class Unfolds(Exception):
    """It unfolds to far more than a file of its size holds."""


class Damaged(ValueError):
    """It is no workbook, or not as a workbook has to be."""


class Book:
    """A workbook.

    Parameters
    ----------
    data : bytes
        The file.

    Attributes
    ----------
    sheets : mapping of str to str
        The part of the archive for each sheet, by its name.

    Raises
    ------
    Unfolds, Damaged
        If it is too much, or damaged; also while its rows are read.
    """

    def __init__(self, data: bytes) -> None:
        with _read_from_file():
            self._packed = zipfile.ZipFile(io.BytesIO(data))
        self._left = _ALWAYS + _TIMES * len(data)
        self._starts_1904 = False
        part = _required(dict(self._related("").values()), "officeDocument")
        related = self._related(part)
        parts = dict(related.values())
        self.sheets = dict(self._sheets(part, related))
        self.texts = [*self._texts(parts["sharedStrings"])] if "sharedStrings" in parts else []
        self._styles = [*self._styled(parts["styles"])] if "styles" in parts else []

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Any]]]:
        """Give the number and the values of each row that holds something, None for an empty cell, up to the last."""
        found = _Rows(self)
        for name, given, text in self._elements(self.sheets[sheet], until="sheetData"):
            if do := found.handlers.get(name):
                do(given, text)
            if found.row:
                yield found.line, found.row
                found.row = []

    def unfold(self, size: int) -> None:
        """Count what is unfolded."""
        self._left -= size
        if self._left < 0:
            raise Unfolds

    def value(self, kind: str, style: str, written: str) -> Any:
        """Give the value of a cell from what stands in it; a number that is none, or too large for one, as text."""
        if kind == "s":
            text = self.texts[_whole(written, 0, len(self.texts) - 1)]
            self.unfold(len(text))  # as often as it is used
            return text
        if kind == "b":
            return written.strip() in ("1", "true")
        if kind not in ("n", "d"):
            return _unescaped(written)
        try:
            return self._day(written) if kind == "d" else self._number(written, style)
        except (ValueError, OverflowError):
            return written

    def _number(self, written: str, style: str) -> Any:
        number = int(written) if written.strip().isdecimal() else float(written)
        if not math.isfinite(number):
            return written
        at = _whole(style, 0, 1 << 20)
        form = self._styles[at] if at < len(self._styles) else None
        return number if form is None else self._dated(number, form)

    def _dated(self, number: float, is_span: bool) -> Any:
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel  # noqa: PLC0415  # only workbooks

        try:
            return from_excel(number, MAC_EPOCH if self._starts_1904 else WINDOWS_EPOCH, timedelta=is_span)
        except (OverflowError, ValueError):  # a day that no calendar has
            return "#VALUE!"

    def _day(self, written: str) -> Any:
        from openpyxl.utils.datetime import from_ISO8601  # noqa: PLC0415  # only workbooks need it

        return written if len(written) > _LONGEST_DAY else from_ISO8601(written)

    def _elements(self, part: str, until: str = "") -> Iterator[Element]:
        """Give each element where it begins and where it ends, without namespaces; all before the end of one."""
        seen: list[Element] = []
        parser = _parser(seen)
        with self._opened(part) as file:
            is_open = True
            while is_open:
                with _read_from_file():
                    piece = file.read(_PIECE)
                    is_open = bool(piece)
                    parser.Parse(piece, not is_open)
                self.unfold(len(piece) + _EVENT * len(seen))
                for element in seen:
                    if element[0] == until and element[1] is None:
                        return
                    yield element
                seen.clear()

    def _opened(self, part: str) -> IO[bytes]:
        with _read_from_file():
            info = self._packed.getinfo(part)
            # What is packed in another way cannot be read in pieces; what has a password cannot be read.
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.flag_bits & _ENCRYPTED:
                raise Damaged
            return self._packed.open(info)

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Give the parts that belong to one, each with its kind, by their ids."""
        folder, name = posixpath.split(part)
        found = (given for _, given, _ in self._elements(posixpath.join(folder, "_rels", f"{name}.rels")) if given)
        return {
            given["Id"]: (
                posixpath.basename(_required(given, "Type")),
                posixpath.normpath(posixpath.join("/", folder, _required(given, "Target")))[1:],
            )
            for given in found
            if "Id" in given
        }

    def _sheets(self, part: str, related: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for name, given, _ in self._elements(part):
            if given and name == "workbookPr":
                self._starts_1904 = given.get("date1904") in ("1", "true")
            elif given and name == "sheet":
                ids = [value for key, value in given.items() if key.endswith(" id")]
                kind, found = _required(related, ids[0] if ids else "")
                if kind == "worksheet":  # others hold a chart
                    yield _required(given, "name"), found

    def _texts(self, part: str) -> Iterator[str]:
        text = _Text()
        for name, given, said in self._elements(part):
            if name in text.handlers:
                text.handlers[name](given, said)
            elif name == "si" and given is None:
                yield text.taken()

    def _styled(self, part: str) -> Iterator[bool | None]:
        """Tell for each style of cells whether it is that of a span of time, of a day (False), or of no time (None)."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415  # only workbooks need it

        formats, is_inside = {str(number): form for number, form in BUILTIN_FORMATS.items()}, False
        for name, given, _ in self._elements(part, until="cellXfs"):
            if name == "numFmt" and given:
                formats[_required(given, "numFmtId")] = _required(given, "formatCode")
            elif name == "cellXfs":
                is_inside = True
            elif name == "xf" and given and is_inside:
                yield _is_span(formats.get(given.get("numFmtId", ""), ""))


class _Text:
    """A text put together from its runs, without what says how it is spoken."""

    def __init__(self) -> None:
        self._runs: list[str] = []
        self._before_spoken = 0
        self.handlers: dict[str, Callable[[Mapping[str, str] | None, str], None]] = {
            "t": self._run,
            "rPh": self._spoken,
        }

    def taken(self) -> str:
        """Give the text, and begin with the next."""
        found = _unescaped("".join(self._runs))
        self._runs.clear()
        return found

    def _run(self, given: Mapping[str, str] | None, text: str) -> None:
        if given is None:
            self._runs.append(text)

    def _spoken(self, given: Mapping[str, str] | None, _text: str) -> None:
        if given is not None:
            self._before_spoken = len(self._runs)
        else:
            del self._runs[self._before_spoken :]


class _Rows:
    """Puts the rows of a sheet together; a row that is whole is in ``row``, and its number in ``line``."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._text = _Text()
        self.line = 0
        self.row: list[Any] = []
        self._cells: list[Any] = []
        self._at, self._kind, self._style = 0, "", ""
        self._value: Any = None
        self.handlers = self._text.handlers | {
            "row": self._of_row,
            "c": self._of_cell,
            "v": self._of_value,
            "f": self._of_formula,
        }

    def _of_row(self, given: Mapping[str, str] | None, _text: str) -> None:
        if given is not None:
            self.line = _whole(given.get("r", str(self.line + 1)), self.line + 1, _LAST_ROW)
            self._cells, self._at = [], 0
        elif self._cells:
            self.row = self._cells

    def _of_cell(self, given: Mapping[str, str] | None, _text: str) -> None:
        if given is None:
            text = self._text.taken()
            self._put(text if self._kind == "inlineStr" else self._value)
            return
        self._at = _column(given["r"]) if "r" in given else self._at + 1
        self._kind, self._style, self._value = given.get("t", "n"), given.get("s", "0"), None

    def _of_value(self, given: Mapping[str, str] | None, text: str) -> None:
        if given is None and text:
            self._value = self._book.value(self._kind, self._style, text)

    def _of_formula(self, given: Mapping[str, str] | None, text: str) -> None:
        words = unlinked(f"={text}") if given is None else ""
        if words.startswith('"'):
            self._value = words.strip('"')  # until a value is stored beside it

    def _put(self, value: Any) -> None:
        if value is None or value == "":
            return
        gap = self._at - len(self._cells)
        if gap > 0:
            self._book.unfold(_CELL * gap)
            self._cells += [None] * gap
        self._cells[self._at - 1] = value


@contextmanager
def _read_from_file() -> Iterator[None]:
    """Call a file damaged whose archive or XML cannot be read, and nothing else."""
    try:
        yield
    except _BROKEN as error:
        raise Damaged from error


def _required(given: Mapping[str, V], name: str) -> V:
    if name not in given:
        raise Damaged
    return given[name]


def _parser(seen: list[Element]) -> expat.XMLParserType:
    """Give a parser that writes down what it meets."""
    texts: list[str] = []

    def begin(name: str, given: dict[str, str]) -> None:
        texts.clear()
        seen.append((name.rpartition(" ")[2], given, ""))

    def end(name: str) -> None:
        seen.append((name.rpartition(" ")[2], None, "".join(texts)))
        texts.clear()

    def refuse(*_: object) -> None:
        raise Damaged  # a workbook defines no entities, which could unfold without end

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, texts.append
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _unescaped(written: str) -> str:
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), written)


def _whole(written: str, least: int, most: int) -> int:
    try:
        number = int(written)
    except ValueError:
        raise Damaged from None
    if not least <= number <= most:
        raise Damaged
    return number


def _column(place: str) -> int:
    """Give the number of a column from the place of a cell.

    Examples
    --------
    >>> _column("A1"), _column("XFD1048576")
    (1, 16384)
    """
    number = 0
    for letter in place.rstrip("0123456789").upper():
        number = 26 * number + ord(letter) - 64
        if not 0 < number <= _LAST_COLUMN:
            raise Damaged
    if not number:
        raise Damaged
    return number


def _is_span(form: str) -> bool | None:
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format  # noqa: PLC0415  # only workbooks

    if len(form) > _LONGEST_FORMAT or not is_date_format(form):
        return None
    return bool(is_timedelta_format(form))
