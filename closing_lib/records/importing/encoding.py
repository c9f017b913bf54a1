"""The characters of a file: which encoding it has, told by its bytes alone."""

from __future__ import annotations

import codecs
import re

from closing_lib.content import text
from closing_lib.records.errors import LogError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = ("gb18030", "big5hkscs", "cp1252", "cp1250", "cp1251", "shift_jis", "euc_kr")  # what trackers come in
_WESTERN = "cp1252"
_CHINESE = "gb18030"
_FEW = 400  # bytes beyond ASCII, below which statistics of letters mean little
_LONG_RUN = 3  # bytes beyond ASCII in a row, on average
_BEYOND = re.compile(rb"[\x80-\xff]+")
_CONTROL = bytes([*range(9), 11, *range(14, 26), *range(27, 32)])


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Give the text of a file, and the encoding that it has.

    Parameters
    ----------
    data : bytes
        All of the file.
    name : str
        Its name, for the message.

    Raises
    ------
    LogError
        If it is no text.

    Examples
    --------
    >>> decode("Größe".encode("cp1252"), "tracker.csv")
    ('Größe', 'cp1252')
    >>> decode("Größe".encode("utf-16"), "tracker.csv")
    ('Größe', 'utf-16')
    """
    encoding = _encoding(data)
    found = _decoded(data, encoding)
    if found is None or _is_binary(found):
        raise LogError(text("importing.trouble.not_a_table", name=name))
    return found.removeprefix("\ufeff"), encoding


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if data.isascii() and b"\0" not in data:
        return "utf-8"
    return _wide(data[:4096]) or ("utf-8" if _is_utf8(data) else _legacy(data))


def _wide(head: bytes) -> str | None:
    """Tell UTF-16 without a mark: in most texts every second byte of it is 0."""
    half = len(head) // 2
    if half and head[1::2].count(0) > 0.4 * half and not head[::2].count(0):
        return "utf-16-le"
    if half and head[::2].count(0) > 0.4 * half and not head[1::2].count(0):
        return "utf-16-be"
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return _is_cut_off(data, error)
    return True


def _is_cut_off(data: bytes, error: UnicodeDecodeError) -> bool:
    is_at_end = error.reason == "unexpected end of data" and error.start >= len(data) - 4
    return is_at_end and not data[: error.start].isascii()


def _decoded(data: bytes, encoding: str) -> str | None:
    """Give the text, also of a file that was cut off inside its last character; None where there is none."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        return data.decode(encoding, errors="ignore") if error.start >= len(data) - 4 else None


def _legacy(data: bytes) -> str:
    """Tell the encodings of one language: in western ones, letters beyond ASCII stand singly among the others."""
    runs = [len(run) for run in _BEYOND.findall(data)]
    if sum(runs) < _LONG_RUN * len(runs):
        return _WESTERN
    if sum(runs) < _FEW and _is_chinese(data):
        return _CHINESE
    from charset_normalizer import from_bytes  # noqa: PLC0415  # only files of older programs need it

    best = from_bytes(data, cp_isolation=list(_OTHERS)).best()
    return best.encoding if best is not None else _WESTERN


def _is_chinese(data: bytes) -> bool:
    try:
        beyond = [letter for letter in data.decode(_CHINESE) if not letter.isascii()]
    except UnicodeDecodeError:
        return False
    return sum("\u4e00" <= letter <= "\u9fff" for letter in beyond) > 0.8 * len(beyond)


def _is_binary(found: str) -> bool:
    written = found.encode()
    return "\0" in found or len(written) - len(written.translate(None, _CONTROL)) > 0.02 * len(found)
