"""What another program could do to a log file: change it without the triggers that keep it sound."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from closing_lib.records.connection import Connection


@contextmanager
def without_triggers(db: Connection, *names: str) -> Iterator[None]:
    """Do without triggers of these names, and make them again."""
    marks = ", ".join("?" * len(names))
    found = db.run(f"SELECT name, sql FROM sqlite_schema WHERE name IN ({marks})", names)  # noqa: S608  # marks alone
    for name, _ in found:
        db.run(f"DROP TRIGGER {name}")
    yield
    for _, sql in found:
        db.run(sql)
