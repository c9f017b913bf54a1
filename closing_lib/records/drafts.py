"""Drafts: half-filled forms, kept so that they are there again after a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from closing_lib.arguments import shown, validate_call
from closing_lib.records.connection import Connection
from closing_lib.records.errors import unfit
from closing_lib.records.part import Part
from closing_lib.records.values import Unfit, checked, stored

FormName = Annotated[str, partial(checked, hint=str)]
_KEPT = stored(Mapping[str, Any])


class Drafts(Part):
    """The part of the log that holds drafts."""

    @validate_call
    def save_draft(self, form: FormName, answers: Mapping[str, Any]) -> None:
        """Keep what stands in a form, in place of what stood there before.

        Raises
        ------
        ValueError
            If an answer is not a text, a number, True, False, None, or a list or mapping of these.

        Examples
        --------
        >>> from closing_lib.records import sample_log
        >>> log = sample_log()
        >>> log.save_draft("assessment", {"felt": 4})
        >>> log.draft("assessment")
        {'felt': 4}
        """
        try:
            kept = json.dumps(dict(answers), allow_nan=False)
        except (TypeError, ValueError, RecursionError) as error:
            raise ValueError(
                f"A draft of {shown(form)} cannot be kept ({error}); make its answers plain values."
            ) from error
        with self._file.writing() as db:
            db.run("INSERT OR REPLACE INTO draft (form, answers, saved_at) VALUES (?, ?, ?)", [form, kept, self._now()])

    @validate_call
    def draft(self, form: FormName) -> dict[str, Any] | None:
        """Give what was kept of a form; None where nothing was."""
        with self._file.reading() as db:
            found = db.run("SELECT answers FROM draft WHERE form = ?", [form])
            return _read(found[0][0], db) if found else None

    @validate_call
    def clear_draft(self, form: FormName) -> None:
        """Forget what was kept of a form."""
        with self._file.writing() as db:
            db.run("DELETE FROM draft WHERE form = ?", [form])


def _read(kept: object, db: Connection) -> dict[str, Any]:
    try:
        found: Any = _KEPT(kept)
    except Unfit as error:
        raise unfit(db.name, "draft", error) from error
    return dict(found)
