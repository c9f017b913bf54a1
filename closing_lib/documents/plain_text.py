"""What a person typed, made safe to stand in a letter, a header, a calendar entry or a file name."""

from __future__ import annotations

import re
import unicodedata

from closing_lib.advice.wording import as_sentences, one_line, phrase

_LONG = 200  # characters; a name that is longer is none, and a header has little room
_ADDRESS = re.compile(r"(?!.*=\?)[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[\w-]+(\.[\w-]+)+", re.ASCII)


def short(typed: str | None, most: int = _LONG) -> str:
    """Give a text as one line that is no longer than a name or a subject can be.

    Examples
    --------
    >>> short("Lid " * 1000, most=8)
    'Lid Lid…'
    """
    return one_line(typed, most)


def sentences(typed: str | None) -> str:
    """Give what a person wrote as whole sentences; nothing where there are only stops.

    Examples
    --------
    >>> sentences("i need stable hours "), sentences("Why me? You're growing!"), sentences("iPhone apps, mostly,")
    ('I need stable hours.', "Why me? You're growing!", 'iPhone apps, mostly.')
    """
    line = one_line(typed)
    return as_sentences(line) if phrase(line) else ""


def words(typed: str | None) -> tuple[str, ...]:
    """Give the words of a text for comparing, whatever their capitals and punctuation.

    Examples
    --------
    >>> words("The new Depot!")
    ('the', 'new', 'depot')
    """
    folded = unicodedata.normalize("NFKC", one_line(typed)).casefold()
    seen = (character for character in folded if unicodedata.category(character) != "Cf")  # a joiner is not seen
    return tuple("".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in seen).split())


def address(typed: str | None) -> str:
    """Give an e-mail address if the text is one, else nothing; one with a code in it (RFC 2047) is read in two ways.

    Examples
    --------
    >>> address(" lid@example.com "), address("Lid <lid@example.com>, all@example.com")
    ('lid@example.com', '')
    """
    given = one_line(typed)
    return given if len(given) <= 254 and _ADDRESS.fullmatch(given) else ""


def file_part(typed: str | None, most: int = 80) -> str:
    r"""Give a text as a part of a file name: letters and digits of any script, joined by hyphens; nothing else.

    Parameters
    ----------
    typed : str or None
        The text.
    most : int
        How many bytes it may take: file systems count bytes, not letters.

    Examples
    --------
    >>> file_part("../../Acme & Söhne\\con.txt")
    'acme-söhne-con-txt'
    """
    joined = unicodedata.normalize("NFC", "-".join(words(typed)))
    return joined.encode()[:most].decode(errors="ignore").strip("-")
