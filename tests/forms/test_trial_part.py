"""The trial in the forms: one quiet line until the person agrees, then the draw, on the card and in the advice."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

import closing_lib as cl
from closing_lib.content import text
from closing_lib.content.trial import trial_plan
from closing_lib.documents.protocol_page import protocol_page
from closing_lib.forms.prepare.trial_part import TrialPart
from closing_lib.models import Pair, Tactic
from closing_lib.outcomes import read_trials
from closing_lib.outcomes.questions.randomised import LEVEL, LOOKS
from closing_lib.records import ApplicationRow, DrawRow, InterviewRow, OutcomeLog

BOLD_LINE = "Bold: it clearly went well"


def is_shown(part: object) -> bool:
    return part.layout.display != "none"


@pytest.fixture
def log(tmp_path: Path) -> OutcomeLog:
    return OutcomeLog(tmp_path / "log.sqlite")


@pytest.fixture
def form(log: OutcomeLog) -> cl.PrepareForm:
    """Open a preparation in which all is filled in that a draw needs."""
    form = cl.PrepareForm(log)
    form.controls["company"].value, form.controls["role"].value = "Acme", "Analyst"
    form.controls["round"].value = "final"
    return form


def agreed(form: cl.PrepareForm) -> TrialPart:
    form.trial.how_button.click()
    form.trial.agree_button.click()
    form.trial.dares.value = form.trial.wants_answer.value = "yes"
    return form.trial


class TestWhoHasNotAgreed:
    def test_sees_one_line_and_a_button(self, form: cl.PrepareForm) -> None:
        trial = form.trial
        assert [is_shown(part) for part in trial.view.children[:3]] == [True, False, False]
        assert trial.view.children[3].value == ""
        assert form.card.drawn == ""

    def test_reads_what_it_is_and_can_put_it_aside(self, form: cl.PrepareForm, log: OutcomeLog) -> None:
        trial = form.trial
        trial.how_button.click()
        assert [is_shown(part) for part in trial.view.children[:3]] == [False, True, False]
        trial.later_button.click()
        assert [is_shown(part) for part in trial.view.children[:3]] == [True, False, False]
        assert log.consented_to is None
        assert log.registrations().empty

    def test_has_nothing_drawn(self, form: cl.PrepareForm, log: OutcomeLog) -> None:
        form.trial.draw_button.click()
        assert log.rows(DrawRow) == ()
        assert "could not" not in form.trouble


class TestWhoHasAgreed:
    def test_draws_once_for_an_interview(self, form: cl.PrepareForm, log: OutcomeLog) -> None:
        trial = agreed(form)
        assert log.consented_to == trial_plan().version
        trial.draw_button.click()
        (row,) = log.rows(DrawRow)
        assert (row.round, row.standing, row.bold, row.interview) == ("final", True, True, None)
        assert [one.company for one in log.rows(ApplicationRow)] == ["Acme"]
        assert not is_shown(trial._asked)
        assert f"for Acme, Analyst. {form.card.drawn}" in trial._drawn.value
        trial.draw_button.click()
        assert len(log.rows(DrawRow)) == 1

    def test_draws_for_the_application_that_is_there(self, form: cl.PrepareForm, log: OutcomeLog) -> None:
        number = log.add_application("ACME ", "analyst")
        agreed(form).draw_button.click()
        assert [row.application for row in log.rows(DrawRow)] == [number]

    def test_is_told_what_is_missing_and_when_there_is_nothing_to_draw(self, form: cl.PrepareForm) -> None:
        trial = agreed(form)
        form.controls["company"].value = ""
        assert "fill in above before you can draw: Company." in trial._status.value
        assert trial.draw_button.disabled
        form.controls["company"].value = "Acme"
        assert not trial.draw_button.disabled
        trial.dares.value = trial.wants_answer.value = "no"
        assert text("trial.form.nothing") in trial._status.value
        assert trial.draw_button.disabled

    def test_a_screening_or_a_recruiter_is_never_for_the_bold_one(self, form: cl.PrepareForm) -> None:
        trial = agreed(form)
        assert trial.pairs == (Pair.MILD_STANDING, Pair.MILD_BOLD)
        form.controls["round"].value = "screen"
        assert trial.pairs == (Pair.MILD_STANDING,)
        form.controls["round"].value, form.controls["interviewer"].value = "first", "recruiter"
        assert trial.pairs == (Pair.MILD_STANDING,)
        trial.wants_answer.value = "no"
        assert trial.pairs == ()

    @pytest.mark.parametrize("direct", [False, True])
    def test_has_it_on_the_card_on_the_screen_and_on_paper(
        self, form: cl.PrepareForm, monkeypatch: pytest.MonkeyPatch, direct: bool
    ) -> None:
        monkeypatch.setattr("secrets.randbelow", lambda _most: 0 if direct else 2**24 - 1)
        agreed(form).draw_button.click()
        said = text(f"preparation.card.drawn.{'direct' if direct else 'mild'}")
        assert form.card.drawn == said
        assert said in form._rest.value
        assert (BOLD_LINE in form._rest.value) is direct
        paper = pypdf.PdfReader(io.BytesIO(cl.closing_pdf(form.card)))
        assert len(paper.pages) == 1
        printed = " ".join(paper.pages[0].extract_text().split())
        assert said in printed
        assert (BOLD_LINE in printed) is direct
        assert "Where you stand" in printed or not direct

    def test_another_interview_has_none(self, form: cl.PrepareForm) -> None:
        agreed(form).draw_button.click()
        form.controls["company"].value = "Umbrella"
        assert (form.trial.drawn, form.card.drawn) == (None, "")
        form.controls["company"].value = "acme"
        assert form.trial.drawn

    def test_stops_and_keeps_what_was_drawn(self, form: cl.PrepareForm, log: OutcomeLog) -> None:
        trial = agreed(form)
        trial.draw_button.click()
        trial.stop_button.click()
        assert log.consented_to is None
        assert len(log.rows(DrawRow)) == 1
        assert form.card.drawn == ""
        assert [is_shown(part) for part in trial.view.children[:3]] == [True, False, False]
        assert text("trial.form.stopped") in trial._status.value

    def test_is_asked_again_when_the_protocol_changes(self, log: OutcomeLog) -> None:
        log.give_consent("0")
        assert is_shown(cl.PrepareForm(log).trial.view.children[0])

    def test_saves_the_draws_with_the_protocol(
        self, form: cl.PrepareForm, log: OutcomeLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CLOSING_DATA", str(tmp_path / "data"))
        trial = agreed(form)
        trial.row.press("share")
        assert trial.row.said.startswith("Nothing has been drawn yet.")
        trial.draw_button.click()
        trial.row.press("share")
        assert trial.row.said.startswith("Downloaded: closing-trial.csv, closing-trial-protocol.html.")
        assert "Draws in closing-trial.csv: 1." in trial.row.said
        shared = log.path.parent / "shared"
        assert read_trials([shared / "closing-trial.csv"])["person"].tolist() == [log.person]
        assert (shared / "closing-trial-protocol.html").read_text() == protocol_page()


class TestAfterTheInterview:
    @pytest.fixture
    def drawn(self, log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> OutcomeLog:
        monkeypatch.setattr("secrets.randbelow", lambda _most: 2**24 - 1)  # the mild one
        log.give_consent(trial_plan().version)
        log.draw(log.add_application("Acme <b>", "Analyst"), "first")
        return log

    @staticmethod
    def close(log: OutcomeLog, **answers: str) -> cl.AssessmentForm:
        form = cl.AssessmentForm(log)
        given = {"round": "first", "felt": "3", "confidence": "3", "risk": "3", "wants_answer": "yes"} | answers
        for name, value in given.items():
            form.controls[name].value = value
        return form

    def test_the_drawn_one_is_the_one_to_ask_where_it_fits(self, drawn: OutcomeLog) -> None:
        form = self.close(drawn)
        assert form.advice.tactic is Tactic.STANDING
        shown = form._card.value
        assert "For Acme &lt;b&gt; the kit drew the mild question, and it fits here too." in shown
        assert "hiring decision?”" in shown
        assert form.drawn is not None
        assert form.drawn.tactic is Tactic.MILD

    @pytest.mark.parametrize(
        "answers", [{"wants_answer": "no"}, {"open_concern": "yes"}, {"comes_next": "offer"}, {"short_of_time": "yes"}]
    )
    def test_where_something_else_comes_first_it_is_not(self, drawn: OutcomeLog, answers: dict[str, str]) -> None:
        form = self.close(drawn, **answers)
        assert form.drawn is not None
        assert form.drawn.tactic is None
        assert "Go by the advice below. The draw still counts." in form._card.value

    def test_nothing_is_told_of_another_round_or_to_whoever_takes_no_part(self, drawn: OutcomeLog) -> None:
        assert self.close(drawn, round="final").drawn is None
        drawn.stop_consent()
        form = self.close(drawn)
        assert form.drawn is None
        assert "drew" not in form._card.value

    @pytest.mark.parametrize("company", ["Acme <b>", "Umbrella"])
    def test_is_kept_with_its_interview_and_as_what_was_advised(self, drawn: OutcomeLog, company: str) -> None:
        form = cl.LogForm(self.close(drawn))
        form.controls["company"].value, form.controls["role"].value = company, "Analyst"
        form.controls["used"].value = "mild"
        form.controls["held_on"].value = drawn.rows(DrawRow)[0].made_at.date().replace(year=2030)
        form.objection = lambda: ""  # type: ignore[method-assign]  # the day of the test is before the draw
        form.save_button.click()
        (row,) = drawn.rows(InterviewRow)
        is_its_own = company == "Acme <b>"
        assert row.drawn is (Tactic.MILD if is_its_own else None)
        assert row.advised is (Tactic.MILD if is_its_own else Tactic.STANDING)


class TestTheProtocol:
    @pytest.mark.parametrize("of", ["en", "es"])
    def test_says_its_version_and_the_plan_that_the_analysis_follows(
        self, monkeypatch: pytest.MonkeyPatch, of: str
    ) -> None:
        monkeypatch.setenv("CLOSING_LANG", of)
        page = protocol_page()
        plan = trial_plan()
        assert (plan.looks, plan.level) == (LOOKS, LEVEL)
        words = " ".join(re.sub("<[^>]+>", " ", page).split())
        for figure in (f"ersi{'on' if of == 'en' else 'ón'} {plan.version}", *plan.looks, *plan.seen.values()):
            assert str(figure) in words
        assert re.search(r"97[.,]5", words)
        assert "{" not in words.partition("</style>")[2]
