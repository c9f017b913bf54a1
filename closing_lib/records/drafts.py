"""Drafts: half-filled forms, kept so that they are there again after a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
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
    def change_draft(self, form: FormName, before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
        """Keep what was changed in a form, and leave what another tab has changed in it meanwhile.

        Parameters
        ----------
        form : str
            Its name.
        before, now : mapping
            What was in it when it was last read or kept, and what is now, as in `save_draft`; nothing any more:
            only what another tab has changed is kept.

        Returns
        -------
        dict
            What another tab had kept where this one has changed something too, by name; now what is here is kept.

        Examples
        --------
        >>> from closing_lib.records import sample_log
        >>> log = sample_log()
        >>> log.save_draft("event", {"note": "by another tab", "kind": "offer"})
        >>> log.change_draft("event", {"note": "", "kind": ""}, {"note": "", "kind": "nudge"})
        {'kind': 'offer'}
        >>> log.draft("event")
        {'note': 'by another tab', 'kind': 'nudge'}
        """
        with self._file.writing() as db:
            found = db.run("SELECT answers FROM draft WHERE form = ?", [form])
            there: Any = {}
            with suppress(Unfit):  # what another program has left there gives way
                there = _KEPT(found[0][0]) if found else {}
            kept, lost = _merged(before, now, there)
            if kept:
                self.save_draft(form, kept)
            else:
                self.clear_draft(form)
        return lost

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


def _merged(
    before: Mapping[str, Any], now: Mapping[str, Any], there: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give what two tabs keep together, and what of the other one gives way."""
    kept: dict[str, Any] = dict(now)
    lost: dict[str, Any] = {}
    for name, theirs in there.items():
        mine, was = now.get(name), before.get(name)
        if isinstance(theirs, Mapping) and isinstance(mine, Mapping):
            kept[name], below = _merged(was if isinstance(was, Mapping) else {}, mine, theirs)
            lost |= below
        elif theirs != was and (name not in now or mine == was):
            kept[name] = theirs
        elif theirs not in (was, mine):
            lost[name] = theirs
    return kept, lost


def _read(kept: object, db: Connection) -> dict[str, Any]:
    try:
        found: Any = _KEPT(kept)
    except Unfit as error:
        raise unfit(db.name, "draft", error) from error
    return dict(found)
