"""What an application is known by, in a form, an import and a restored history alike: company, role and day."""

from __future__ import annotations

import datetime as dt

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
    >>> application_key("Acme  Works", "clerk", "2026-11-02") == application_key("ACME Works ", "Clerk", "2026-11-02")
    True
    """
    return spelt(company), spelt(role), str(applied_on or "")


def role_key(company: str | None, role: str | None) -> RoleKey:
    """Give what is the same for all applications for a role at a company, whatever their days."""
    return spelt(company), spelt(role)


def spelt(name: str | None) -> str:
    """Give a name as it is compared: whatever its capitals and blanks.

    Examples
    --------
    >>> spelt(" Acme  WORKS")
    'acme works'
    """
    return " ".join(name.split()).casefold() if name else ""
