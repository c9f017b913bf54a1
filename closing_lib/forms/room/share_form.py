"""The form with which an attendee shares: counts and nothing else, seen before they are saved."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets
import pandas as pd

from closing_lib.content import text
from closing_lib.documents.markup import paragraph, table
from closing_lib.forms.base.action_row import Action, ActionRow
from closing_lib.forms.base.fields import Field, Option
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.saved_files import MadeFile
from closing_lib.forms.base.sheet import box, heading, html
from closing_lib.forms.base.watch import watch
from closing_lib.outcomes import tally
from closing_lib.outcomes.sharing import as_csv
from closing_lib.outcomes.vocabulary import OWN_KEYS
from closing_lib.records import OutcomeLog, sample_log
from closing_lib.records.sample import SAMPLE_DAY

FOLDER = "shared"
COLUMNS = {
    "few": ["round", "band", "used", "outcome"],
    "weeks": ["round", "band", "used", "response", "outcome", "weeks"],
    "all": OWN_KEYS,
    "month": [*OWN_KEYS, "month"],
}
_SHOWN = 200  # lines of the preview; more than one person has kinds of outcomes


class ShareForm(Form):
    """See the counts that one would share, choose how much of them, and take them along.

    Parameters
    ----------
    log : OutcomeLog or None
        What is counted; the person's own log where none is given.

    Attributes
    ----------
    row : ActionRow
        By which the counts leave the kit.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> form = ShareForm(sample_log())
    >>> form.controls["columns"].value = "few"
    >>> list(form.counts), int(form.counts["n"].sum())
    (['person', 'round', 'band', 'used', 'outcome', 'n'], 33)
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self._preview = html()
        super().__init__([_columns_field()], log)
        watch(self)

    @property
    def counts(self) -> pd.DataFrame:
        """What would be shared; an invented person's counts while there is nothing of one's own."""
        columns = self.answers["columns"]
        if self.is_sample:
            return tally(sample_log(), SAMPLE_DAY, by=columns)
        return self.read(lambda log: _numbered(tally(log, by=columns), log), pd.DataFrame(columns=[*columns, "n"]))

    @property
    def is_sample(self) -> bool:
        """Whether there is nothing of one's own to share yet."""
        return self.read(lambda log: tally(log).empty, otherwise=True)

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the choice on the left, and what would be shared on the right."""
        asked = box(
            [heading(text("sharing.share.title"), text("sharing.share.intro")), self.controls["columns"]], "ck-sheet"
        )
        self.row = counts_row(self, text("sharing.share.take"), self._file)
        return [box([asked, box([self._preview, self.row], "ck-sheet", "ck-answer")], "ck-sheets")]

    def refresh(self) -> None:
        """Show what would be shared."""
        is_sample, self._seen = self.is_sample, self.counts
        self.row.allow(allowed=not is_sample)
        note = paragraph(text("sharing.share.sample"), "ck-note") if is_sample else ""
        self._preview.value = "" if self.is_unread else note + _preview(self._seen)

    def _file(self) -> MadeFile:
        return counts_file(self._seen, text("sharing.share.file"))

    def static(self) -> str:
        """Write what would be shared as HTML for a page that is read and not run."""
        return super().static() + f'<div class="ck-sheet ck-answer">{self._preview.value}</div>'

    def _answered(self, change: object) -> None:
        self.row.forget()
        super()._answered(change)

    def __repr__(self) -> str:
        return f"ShareForm({', '.join(self.answers['columns'])})"


def _numbered(counts: pd.DataFrame, log: OutcomeLog) -> pd.DataFrame:
    """Put the log's random number before its counts, so that a person whose file comes twice is counted once."""
    return counts.assign(person=log.person)[["person", *counts.columns]]


def counts_file(counts: pd.DataFrame, name: str) -> MadeFile:
    """Make the file of a tally."""
    return MadeFile((name,), "csv", as_csv(counts))


def counts_row(form: Form, label: str, make: Callable[[], MadeFile | None], *, quiet: bool = False) -> ActionRow:
    """Make the ways by which a tally leaves the kit, those that were seen and no others."""

    def written() -> str | None:
        return None if (made := make()) is None else made.content.decode("utf-8-sig")

    actions = [Action("file", "download", make), Action("copy", "copy", written)]
    return ActionRow(form, label, actions, FOLDER, quiet=quiet)


def _preview(counts: pd.DataFrame) -> str:
    lines, single = len(counts), int((counts["n"] == 1).sum())
    told = paragraph(text("sharing.share.lines", lines=lines, n=int(counts["n"].sum()), single=single))
    note = paragraph(text("sharing.share.single_note"), "ck-muted") if single else ""
    codes = paragraph(text("sharing.share.codes"), "ck-muted")
    if "person" in counts:
        codes += paragraph(text("sharing.share.number"), "ck-muted")
    key = "preview" if lines <= _SHOWN else "preview_first"
    caption = text(f"sharing.share.{key}", shown=_SHOWN, lines=lines)
    names = [text(f"sharing.key.{name}") for name in counts]
    cells = [[escape("" if pd.isna(value) else str(value)) for value in row] for row in counts.head(_SHOWN).to_numpy()]
    return f"<h3>{escape(caption)}</h3>{told}{note}{table(names, cells, caption)}{codes}"


def _columns_field() -> Field:
    options = tuple(Option(name, text(f"sharing.share.{name}"), columns) for name, columns in COLUMNS.items())
    return Field("columns", text("sharing.share.columns"), "column", options, default="few")
