"""The form of the analysis: what people ask of their outcomes on one sheet, and the answer on the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache, partial
from html import escape

import ipywidgets
import pandas as pd

from closing_lib.arguments import InvalidAnswer
from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.documents.analysis_page import analysis_page, answer, answers, question
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.action_row import Action, ActionRow
from closing_lib.forms.base.fields import Field, Option
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.saved_files import MadeFile
from closing_lib.forms.base.sheet import box, heading, html, spoken
from closing_lib.forms.base.slider import Slider
from closing_lib.forms.base.watch import watch
from closing_lib.forms.outcomes.plan_part import PlanPart
from closing_lib.outcomes import (
    ANALYSES,
    APPLICATION_ANALYSES,
    Analysis,
    adjusted,
    applications,
    chart,
    figures,
    strata,
    tally,
)
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.wording import name_of
from closing_lib.outcomes.result import Result
from closing_lib.records import OutcomeLog, sample_log
from closing_lib.records.registrations import Comparison
from closing_lib.records.sample import SAMPLE_DAY

FOLDER = "analysis"
_EVERY = (*ANALYSES, *APPLICATION_ANALYSES)
_FROM_A_LIST = {"weeks", "stage", "answer"}  # what an imported list can tell
_RIGHT_FROM = 50  # of 100 ratings: one that is right less often says hardly anything
_IN_TROUBLE = (pd.DataFrame(), pd.DataFrame())  # what a log gives that cannot be read


class AnalysisForm(Form):
    """Ask one's outcomes a question, see the answer with its counts and its picture, and save it for a coach.

    Parameters
    ----------
    source : OutcomeLog, pandas.DataFrame or None
        A log, or a tally such as that of a room; the person's own log where none is given. Until an application is kept
        in that it shows an invented person's log, and says so. What cannot be answered cannot be chosen, and says why.

    Attributes
    ----------
    whole, shown : ActionRow
        By which the whole analysis leaves the kit, and what is shown of it.
    plan : PlanPart
        To say beforehand what will be compared.
    rating_right : Slider
        Of how many of 100 ratings it is supposed that they are right, where questions are compared.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> form = AnalysisForm(sample_log())
    >>> form.controls["question"].value = "waiting"
    >>> form
    AnalysisForm(33 interviews; waiting)
    """

    def __init__(self, source: OutcomeLog | Tally | None = None) -> None:
        self._t, self._is_sample = pd.DataFrame({"n": []}), True
        self._applications: pd.DataFrame | None = None
        self._written: dict[object, str] = {}  # the answers to what was asked of this tally, by how
        self._fixed: tuple[Comparison, ...] = ()
        self._looks: list[int] = []  # so far, at each comparison that was fixed, or else at all of them
        self._given = source if isinstance(source, pd.DataFrame) else None
        self._answer, self._status = html(), html("", "ck-unseen")
        self._from_a_list, self.plan = html(), PlanPart(self, self.refresh)
        self.rating_right = Slider(
            label=text("analysis.rating_right"), said=text("analysis.of_100"), min=_RIGHT_FROM, step=5
        )
        self.rating_right.observe(self._answered, names="value")
        super().__init__([_question_field()], source if isinstance(source, OutcomeLog) else None)
        watch(self)

    @property
    def analysis(self) -> Analysis:
        """What is asked; of comparisons, those that were fixed beforehand come first."""
        asked = next(one for one in _EVERY if one.name == self.answers["question"])
        if asked.name != "compared":
            return asked
        compared = partial(adjusted, rating_right=self.rating_right.value / 100)
        first = (
            partial(compared, by=by, one=one, against=against, looks=planned)
            for by, one, against, planned in self._fixed
        )
        return replace(asked, results=(*first, partial(compared, looked=max([1, *self._looks])), strata))

    @property
    def _is_own(self) -> bool:
        return not self._is_sample and self._given is None

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the questions on the left, and the answer on the right."""
        title = heading(text("analysis.title"), text("analysis.intro"))
        asked = [title, self._from_a_list, self.controls["question"], self.plan.view]
        self.whole, self.shown = self._rows()
        parts = [self._status, self.rating_right, self._answer, self.shown, self.whole]
        shown = box(parts, "ck-sheet", "ck-answer")
        return [box([box(asked, "ck-sheet"), shown], "ck-sheets", "ck-asking")]

    def refresh(self) -> None:
        """Show the answer to what is asked, from what is counted now; what was drawn of that is not drawn again."""
        before = self._t, self._applications
        self._read()
        if not all(map(_are_equal, before, (self._t, self._applications))):
            self._written = {}
            self._offer()
        self._look()
        asked = self.analysis
        self.rating_right.layout.display = None if asked.name == "compared" else "none"
        if (key := (asked.name, self.rating_right.value, self._fixed, *self._looks)) not in self._written:
            self._written[key] = answer(asked, self._table(asked))
        unit = "counted_applications" if asked in APPLICATION_ANALYSES else "counted"
        n = int(self._table(asked)["n"].sum())
        counted = paragraph(text(f"analysis.{unit}", n=n), "ck-muted")
        title = f"<h2>{escape(question(asked))}</h2>"
        self._answer.value = f"{self._note()}{title}{self._looks_told()}{self._written[key]}{counted}"
        self._status.value = spoken(text("analysis.announce", question=question(asked)))

    def show(self, t: pd.DataFrame) -> None:
        """Show another tally from now on."""
        self._given = t
        self.refresh()

    def static(self) -> str:
        """Write the answer as HTML for a page that is read and not run."""
        return super().static() + f'<div class="ck-sheet ck-answer">{self._answer.value}</div>'

    def __repr__(self) -> str:
        return f"AnalysisForm({self._n} interviews; {self.analysis.name})"

    @property
    def _n(self) -> int:
        return int(self._t["n"].sum())

    def _answered(self, change: object) -> None:
        for row in (self.whole, self.shown):
            row.forget()
        super()._answered(change)

    def _read(self) -> None:
        """Count what there is now: the tally that was given, the log, or the invented log until there is an own one."""
        if self._given is not None:
            self._t, self._applications, self._is_sample = self._given, None, False
            return
        own = self.read(lambda log: (tally(log), applications(log)), _IN_TROUBLE)
        if own is not _IN_TROUBLE:  # else what was there stays: the invented log would be taken for the own one
            self._t, self._applications = own
            self._is_sample = own[1].empty
        if self._is_sample:
            self._t, self._applications = _of_sample()

    def _table(self, asked: Analysis) -> pd.DataFrame:
        """What a question is asked of: the tally, or the applications; of those a tally alone holds none."""
        if asked not in APPLICATION_ANALYSES:
            return self._t
        return pd.DataFrame({"n": []}) if self._applications is None else self._applications

    def _offer(self) -> None:
        """Grey what cannot be answered and say why; of the invented log, what an imported list could not."""
        why = {one.name: one.lacking(self._table(one)) for one in _EVERY}
        reasons = {name: reason for name, reason in why.items() if reason}
        control, asked = self.controls["question"], self.answers["question"]
        hint = text("analysis.needs.list")
        beyond = {one.name: hint for one in _EVERY if {*one.needs} - _FROM_A_LIST}
        control.notes = (beyond if self._is_sample else {}) | reasons
        told = paragraph(text("analysis.from_a_list", marked=hint.rstrip(".")), "ck-muted") if self._is_sample else ""
        self._from_a_list.value = told
        control.unavailable = [*reasons]
        if asked in reasons and len(reasons) < len(_EVERY):
            with self._quietly():
                control.value = next(one.name for one in _EVERY if one.name not in reasons)

    def _note(self) -> str:
        """Say that what is shown is invented, and what it takes to see one's own."""
        if not self._is_sample:
            return ""
        return paragraph(text("analysis.sample"), "ck-note")

    @property
    def _day(self) -> dt.date:
        return SAMPLE_DAY if self._is_sample else today()

    def _look(self) -> None:
        """Count a look at the comparisons, once they are shown; those of a log alone are counted."""
        none: tuple[Comparison, ...] = ()
        self._fixed = self.read(lambda log: log.comparisons, none) if self._is_own else none
        self._looks = []
        if self._is_own and self.answers["question"] == "compared":
            named = [{"by": one.by, "one": one.one, "against": one.against} for one in self._fixed] or [{"by": "used"}]
            self.write_to_log(lambda log: self._looks.extend(log.look_at(**one) for one in named))
        self.plan.refresh(is_own=self._is_own)

    def _looks_told(self) -> str:
        """Say which comparisons were planned, and how often each was looked at."""
        told = [
            text("analysis.look", one=name_of(by, one), other=name_of(by, against), look=look, planned=planned)
            for (by, one, against, planned), look in zip(self._fixed, self._looks, strict=False)
        ]
        return "".join(paragraph(said, "ck-note") for said in told)

    def _rows(self) -> tuple[ActionRow, ActionRow]:
        """Make the ways out of the kit."""
        whole = [
            Action("page", "download", self._page_file),
            Action("open", "open", self._page),
            Action("print", "print", self._page),
            Action("figures", "download", self._figures_file, text("analysis.form.numbers")),
        ]
        shown = [
            Action("copy", "copy", self._text),
            *(
                Action(one, "download", partial(self._files, one), text(f"analysis.form.{one}"))
                for one in ("png", "svg", "csv")
            ),
        ]
        return (
            ActionRow(self, text("analysis.form.whole"), whole, FOLDER),
            ActionRow(self, text("analysis.form.shown"), shown, FOLDER, quiet=True),
        )

    @property
    def _invented(self) -> tuple[str, ...]:
        """What the name of a file begins with where it is of an invented person."""
        return (text("analysis.form.invented"),) if self._is_sample else ()

    def _page(self) -> str:
        return analysis_page(self._t, self._note(), self._applications)

    def _page_file(self) -> MadeFile:
        named = *self._invented, text("analysis.page.title"), today().isoformat()
        return MadeFile(named, "html", self._page().encode())

    def _figures_file(self) -> MadeFile:
        named = *self._invented, text("analysis.form.figures"), today().isoformat()
        return MadeFile(named, "csv", _csv(figures(self._t, self._day, self._applications)))

    def _results(self) -> list[Result]:
        try:
            return answers(self.analysis, self._table(self.analysis))
        except InvalidAnswer as error:  # a column that they need
            raise InvalidAnswer(text("analysis.lacks", error=error)) from error

    def _text(self) -> str:
        """Write what is asked and what the results say as a text."""
        note = [text("analysis.sample")] if self._is_sample else []
        said = [*note, question(self.analysis), *(found.sentence for found in self._results())]
        return "\n\n".join(said) + "\n"

    def _files(self, ending: str) -> list[MadeFile]:
        """Make a file of each result that is shown."""
        named = question(self.analysis)
        return [
            MadeFile((*self._invented, named, str(number)), ending, _content(ending, found))
            for number, found in enumerate(self._results(), start=1)
        ]


@cache
def _of_sample() -> tuple[pd.DataFrame, pd.DataFrame]:
    log = sample_log()
    return tally(log, SAMPLE_DAY), applications(log, SAMPLE_DAY)


def _are_equal(one: pd.DataFrame | None, other: pd.DataFrame | None) -> bool:
    return one is other if one is None or other is None else one.equals(other)


def _content(way: str, found: Result) -> bytes:
    if way == "csv":
        return _csv(found.table)
    picture = chart(found)
    return picture.png() if way == "png" else picture.svg.encode()


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False).encode("utf-8-sig")  # the mark is for Excel, which else misreads letters


def _question_field() -> Field:
    options = tuple(Option(one.name, question(one), one.name) for one in _EVERY)
    return Field("question", text("analysis.question"), "column", options, default=ANALYSES[0].name)
