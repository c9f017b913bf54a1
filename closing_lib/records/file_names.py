"""Names of files as they can be shown and kept: whoever gave a file its name was free to write anything."""

from __future__ import annotations

LONGEST = 100  # letters that are shown
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def shown(name: str) -> str:
    r"""Give a name without letters that cannot be kept or that turn the text around them, and not without end.

    Its ending stays.

    Examples
    --------
    >>> shown("tracker.csv"), shown("track\udce9r.csv"), len(shown("x" * 1000 + ".csv"))
    ('tracker.csv', 'track�r.csv', 101)
    """
    plain = "".join(letter if letter.isprintable() else _UNKNOWN for letter in name[-LONGEST:])
    return plain if len(name) <= LONGEST else f"…{plain}"
