"""Texts that a spreadsheet would run as a formula: made harmless in CSV by an apostrophe that an import takes off.

OWASP's list: a cell that begins with ``= + - @``, a tab or the end of a line; the full-width forms of the four; and the
same after a separator or a quotation mark inside a cell, which begins a new cell for a program that expects another
separator.
"""

from __future__ import annotations

import re

_RUN = "=+@\\-＝＋－＠"
_RISK = re.compile(f"[{_RUN}\t\r\n]")
# A cell begins at the beginning or behind a separator; what a program may take off before it looks stands between. Some
# of that separates too, so each run of it is looked at once, as a whole: from each of its letters again, a note of a
# hundred thousand quotation marks would take minutes.
_BEFORE = r"""(?<![\s"'])((?:(?<![^,;|])|(?:[^\S\t\r\n]|')*+[\t\r\n"])[\s"']*)"""
_FORMULA = re.compile(f"{_BEFORE}([{_RUN}])")
_MARKED_FORMULA = re.compile(f"{_BEFORE}'([{_RUN}])")
_BLANK = re.compile("'*[\t\r\n]")  # at the beginning
_MARKED_BLANK = re.compile("'+[\t\r\n]")


def neutral(written: str) -> str:
    r"""Give a text as it can stand in a CSV file, so that no spreadsheet program runs any of it.

    Examples
    --------
    >>> neutral("=1+1"), neutral("Acme - Berlin"), neutral("'tis"), neutral("'=1"), neutral('x;"=1+1"')
    ("'=1+1", 'Acme - Berlin', "'tis", "''=1", 'x;"\'=1+1"')
    """
    if not _RISK.search(written):
        return written
    marked = _FORMULA.sub(r"\1'\2", written)
    return f"'{marked}" if _BLANK.match(marked) else marked


def original(neutralised: str) -> str:
    r"""Give the text that `neutral` made harmless, exactly.

    Examples
    --------
    >>> [original(neutral(text)) for text in ("=1+1", "'=1", "\t=1", "''", "a, -b")]
    ['=1+1', "'=1", '\t=1', "''", 'a, -b']
    """
    if "'" not in neutralised or not _RISK.search(neutralised):
        return neutralised
    marked = neutralised[1:] if _MARKED_BLANK.match(neutralised) else neutralised
    return _MARKED_FORMULA.sub(r"\1\2", marked)
