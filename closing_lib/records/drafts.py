"""Drafts: half-filled forms, kept so that they are there again after a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from closing_lib.arguments import shown, validate_call
from closing_lib.records.part import Part


class Drafts(Part):
    """The part of the log that holds drafts."""

    @validate_call
    def save_draft(self, form: str, answers: Mapping[str, Any]) -> None:
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
    def draft(self, form: str) -> dict[str, Any] | None:
        """Give what was kept of a form; None where nothing was."""
        with self._file.reading() as db:
            found = db.run("SELECT answers FROM draft WHERE form = ?", [form])
        return json.loads(found[0][0]) if found else None

    @validate_call
    def clear_draft(self, form: str) -> None:
        """Forget what was kept of a form."""
        with self._file.writing() as db:
            db.run("DELETE FROM draft WHERE form = ?", [form])
