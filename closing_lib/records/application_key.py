"""What an application is known by, in a form, an import and a restored history alike: company, role and day."""

from __future__ import annotations

import datetime as dt
from functools import cache
from unicodedata import normalize

from closing_lib.content.words import words

RoleKey = tuple[str, str]  # company and role
ApplicationKey = tuple[str, str, str]  # with the day of applying; empty where it is not known


def application_key(company: str, role: str | None, applied_on: dt.date | str | None) -> ApplicationKey:
    """Give what tells applications apart; the same for two that are one.

    Parameters
    ----------
    company, role : str or None
        Whom it went to, and what for.
    applied_on : datetime.date, str or None
        When, as a day or as YYYY-MM-DD.

    Examples
    --------
    >>> application_key("Acme  Works", "clerk", "2026-11-02")
    ('acme works', 'clerk', '2026-11-02')
    >>> application_key("ACME Works Inc.", "Clerk", "2026-11-02")
    ('acme works', 'clerk', '2026-11-02')
    """
    return *role_key(company, role), str(applied_on or "")


def role_key(company: str | None, role: str | None) -> RoleKey:
    """Give what is the same for all applications for a role at a company, whatever their days."""
    return parted(company)[0], spelt(role)


def parted(company: str | None) -> tuple[str, str]:
    """Part a company, as it is compared, from what it is by law, which people write or not.

    Examples
    --------
    >>> parted("Acme, Inc."), parted("ACME"), parted("Acme Labs"), parted("Inc.")
    (('acme', 'inc'), ('acme', ''), ('acme labs', ''), ('inc.', ''))
    """
    whole, form = spelt(company), ""
    before, _, last = whole.rpartition(" ")
    while before and (word := last.replace(".", "")) in _legal_forms():
        form, whole = f"{word} {form}".strip(), before.removesuffix(" &").rstrip(", ")
        before, _, last = whole.rpartition(" ")
    return whole, form


def spelt(name: str | None) -> str:
    """Give a name as it is compared: whatever its capitals and blanks, and however its accents are coded.

    Examples
    --------
    >>> spelt(" Acme  WORKS"), spelt("Caf\u00e9") == spelt("Cafe\u0301")
    ('acme works', True)
    """
    if not name:
        return ""
    folded = name.casefold() if name.isascii() else normalize("NFKC", normalize("NFKD", name).casefold())
    return " ".join(folded.split())


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(words("values")["legal_form"])
