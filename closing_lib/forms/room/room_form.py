"""The form in which a facilitator or a careers service brings the counts of many people together."""

from __future__ import annotations

import hashlib
import warnings
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path

import ipywidgets
import pandas as pd

from closing_lib.arguments import InvalidAnswer
from closing_lib.content import text
from closing_lib.documents.markup import paragraph, table
from closing_lib.files import passing_folder
from closing_lib.forms.base.file_chooser import FileChooser
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.saved_files import MadeFile
from closing_lib.forms.base.sheet import box, button, heading, html, spoken
from closing_lib.forms.base.watch import watch
from closing_lib.forms.outcomes.analysis_form import AnalysisForm
from closing_lib.forms.room.share_form import counts_file, counts_row
from closing_lib.outcomes import add, chart, shrunk, tally
from closing_lib.outcomes.counting.frames import MOST
from closing_lib.outcomes.room import room_tallies
from closing_lib.outcomes.sharing import FEWEST, protected
from closing_lib.outcomes.vocabulary import KEYS
from closing_lib.records import LogError, OutcomeLog
from closing_lib.records.file_names import shown

PEOPLE = 40  # of the invented room
_FILES = ".csv,.parquet,.sqlite"


@dataclass(frozen=True)
class Brought:
    """A file that somebody brought.

    Attributes
    ----------
    name : str
        Its name.
    digest : str
        What tells its content from that of others.
    counts : pandas.DataFrame or None
        Its tally; None where it was not counted.
    remark : str
        Why not, or what to look at.
    """

    name: str
    digest: str
    counts: pd.DataFrame | None = None
    remark: str = ""


class RoomForm(Form):
    r"""Choose the files that people gave, and ask their outcomes together what one person's cannot tell.

    Parameters
    ----------
    log : OutcomeLog or None
        The person's own, which is set beside the room; the one in their data folder where none is given.

    Attributes
    ----------
    chooser : FileChooser
        Where files are chosen.
    brought : tuple of Brought
        The files so far.
    analysis : AnalysisForm
        The analysis of all of them together.
    which : ipywidgets.Dropdown
        The files so far, one of which can be taken out again.
    out_button, forget_button : ipywidgets.Button
        Take that file out; begin again.
    row : ActionRow
        By which the total leaves the kit, without anybody's number and what few stand behind.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> form = RoomForm(sample_log())
    >>> form.bring(b"band,used,outcome,n\nwell,bold,offer,3\n", "one.csv")
    >>> form.bring(b"band,used,outcome,n\nwell,mild,rejected,4\n", "two.csv")
    >>> form
    RoomForm(2 files, 7 interviews)
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.brought: tuple[Brought, ...] = ()
        self.chooser = FileChooser(label=text("sharing.together.choose"), accept=_FILES, several=True)
        self.chooser.on_choose(self.bring)
        self.analysis = AnalysisForm(_invented())
        self.which = ipywidgets.Dropdown(description=text("sharing.together.which"))
        self.which.add_class("ck-entry")
        self.out_button = button(text("sharing.together.out"))
        self.out_button.on_click(lambda _button: self.take_out(self.which.value))
        self.forget_button = button(text("sharing.together.forget"))
        self.forget_button.on_click(lambda _button: self.forget())
        self._files, self._status, self._mine = html(), html("", "ck-status"), html()
        super().__init__([], log)
        watch(self)

    @property
    def counts(self) -> pd.DataFrame | None:
        """The tally of all files together; None while there is none."""
        with warnings.catch_warnings():  # a person who is there twice is told beside the file
            warnings.simplefilter("ignore")
            return add(self._tallies) if self._tallies else None

    @property
    def _tallies(self) -> list[pd.DataFrame]:
        return [one.counts for one in self.brought if one.counts is not None]

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the choice of files, the analysis of all, and one's own beside it."""
        title = heading(text("sharing.together.title"), text("sharing.together.intro"))
        self._out = box([self.which, box([self.out_button, self.forget_button], "ck-buttons")], "ck-column")
        self.row = counts_row(self, text("sharing.together.take"), self._total, quiet=True)
        parts = [title, self.chooser, self._status, self._files, self._out, self.row]
        chosen = box(parts, "ck-sheet")
        mine = box([heading(text("sharing.mine.title"), text("sharing.mine.intro")), self._mine], "ck-sheet")
        return [chosen, self.analysis.view, mine]

    def bring(self, data: bytes, name: str) -> None:
        """Take a file and count it, or say why that cannot be done; the same file does not count twice."""
        brought = _fitting(_counted(data, name), self._tallies)
        name = brought.name
        alike = [one.name for one in self.brought if one.digest == brought.digest]
        if name in alike:
            brought = replace(brought, counts=None, remark=text("sharing.together.twice"))
        elif alike and brought.counts is not None and not brought.remark:
            brought = replace(brought, remark=text("sharing.together.same", other=alike[0]))
        self.brought += (brought,)
        self._show()

    def forget(self) -> None:
        """Begin again without the files."""
        self.brought, self.chooser.left = (), 0
        self._show()

    def take_out(self, place: int | None) -> None:
        """Take one file out again, by its place."""
        if place is not None:
            self.brought = self.brought[:place] + self.brought[place + 1 :]
            self._show()

    def refresh(self) -> None:
        """Show which files were brought, and one's own counts beside them."""
        counts = self.counts
        for part in (self.row, self._out):
            part.layout.display = None if self.brought else "none"
        self.which.options = [(one.name, place) for place, one in enumerate(self.brought)]
        self.row.allow(allowed=counts is not None and not _to_share(counts).empty)
        self._files.value = _files_table(self.brought) if self.brought else ""
        self._status.value = spoken(self._summary(counts))
        self._mine.value = self._beside(_invented() if counts is None else counts)

    def static(self) -> str:
        """Write the analysis as HTML for a page that is read and not run."""
        return self.analysis.static() + f'<div class="ck-sheet">{self._mine.value}</div>'

    def __repr__(self) -> str:
        counts = self.counts
        return f"RoomForm({len(self.brought)} files, {0 if counts is None else int(counts['n'].sum())} interviews)"

    def _show(self) -> None:
        self.row.forget()
        if self.chooser.left:  # to add and to draw all of them after each file would take minutes for some hundred
            read, left = len(self.brought), self.chooser.left
            self._status.value = spoken(text("sharing.together.reading", read=read, left=left))
            return
        counts = self.counts
        self.analysis.show(_invented() if counts is None else counts)
        self.refresh()

    def _total(self) -> MadeFile | None:
        counts = self.counts
        return None if counts is None else counts_file(_to_share(counts), text("sharing.together.sum_file"))

    def _summary(self, counts: pd.DataFrame | None) -> str:
        if not self.brought:
            return text("sharing.together.none_yet", people=PEOPLE)
        refused = sum(one.counts is None for one in self.brought)
        n = 0 if counts is None else int(counts["n"].sum())
        told = [text("sharing.together.added", files=len(self.brought) - refused, n=n)]
        if refused:
            told.append(text("sharing.together.refused", refused=refused))
        if same := sum(one.counts is not None and bool(one.remark) for one in self.brought):
            told.append(text("sharing.together.look", same=same))
        if counts is not None:
            columns = ", ".join(text(f"sharing.key.{name}") for name in counts if name not in ("person", "n"))
            told.append(text("sharing.together.columns", columns=columns))
            told.append(text("sharing.together." + ("too_few" if _to_share(counts).empty else "total"), fewest=FEWEST))
        return " ".join(told)

    def _beside(self, room: pd.DataFrame) -> str:
        own = self.read(tally, room.iloc[:0])
        if own.empty:
            return "" if self.is_unread else paragraph(text("sharing.mine.none"))
        try:
            return chart(shrunk(own, room)).html
        except InvalidAnswer as error:  # the files lack what was asked
            return paragraph(text("analysis.lacks", error=error))


def _to_share(counts: pd.DataFrame) -> pd.DataFrame:
    """Leave out what must not be shared of a room; of one file there is no total."""
    return protected(counts) if "person" in counts else counts.iloc[:0]


@cache
def _invented() -> pd.DataFrame:
    return add(room_tallies(PEOPLE))


def _counted(data: bytes, name: str) -> Brought:
    """Count what a file holds; it is put down for a moment, since a log and a Parquet file are read from a disk.

    There it has a name of the kit's own: a person's may be too long, or lead elsewhere.
    """
    digest, called = hashlib.sha256(data).hexdigest(), shown(name)
    with passing_folder() as folder:
        path = Path(folder, f"file{Path(called).suffix}")
        try:
            path.write_bytes(data)
            return Brought(called, digest, _of_file(path))
        except (OSError, LogError, InvalidAnswer) as error:
            told = str(error).replace(str(path), called).replace(path.name, called)
            return Brought(called, digest, remark=told)


def _of_file(path: Path) -> pd.DataFrame:
    """Count a file, with the number of its person where it has one."""
    counts = tally(path)
    with suppress(InvalidAnswer):
        counts = tally(path, by=["person", *counts.columns.drop("n")])
    return counts


def _fitting(brought: Brought, others: list[pd.DataFrame]) -> Brought:
    """Refuse a file that cannot be counted with the others: it has no column of theirs, or they would be too many."""
    if brought.counts is None:
        return brought
    together = [brought.counts, *others]
    if not any(all(name in t for t in together) for name in KEYS):
        return replace(brought, counts=None, remark=text("sharing.together.nothing_common"))
    if sum(int(t["n"].sum()) for t in together) > MOST:
        return replace(brought, counts=None, remark=text("many_files.too_many", most=MOST))
    others_marks = {mark for t in others if "person" in t for mark in t["person"].dropna()}
    if "person" in brought.counts and others_marks & {*brought.counts["person"].dropna()}:
        return replace(brought, remark=text("sharing.together.again"))
    return brought


def _files_table(brought: tuple[Brought, ...]) -> str:
    columns = [text(f"sharing.together.{name}") for name in ("file", "n", "remark")]
    cells = [
        (escape(one.name), "–" if one.counts is None else str(int(one.counts["n"].sum())), escape(one.remark))
        for one in brought
    ]
    return table(columns, cells, text("sharing.together.title"))
