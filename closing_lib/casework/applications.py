"""What an application is called, and which one a company and a role mean."""

from __future__ import annotations

from collections.abc import Iterable

from closing_lib.records import ApplicationRow
from closing_lib.records.application_key import role_key


def application_named(row: ApplicationRow) -> str:
    """Name an application by its company and role."""
    return f"{row.company}, {row.role}" if row.role else row.company


def same_application(known: Iterable[ApplicationRow], company: str | None, role: str | None) -> ApplicationRow | None:
    """Find the application for a role at a company, whatever the capitals and blanks; the last of several."""
    wanted = role_key(company, role)
    same = [row for row in known if role_key(row.company, row.role) == wanted]
    return same[-1] if same else None
