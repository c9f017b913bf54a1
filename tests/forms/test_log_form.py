"""The log form: it saves when all is there, in one step, under the application it belongs to, and says what it did."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from driving import ACME, BOLD, TODAY, again, fill, html_below, is_shown, other_values, save, sheet, shown, status

import closing_lib as cl
from closing_lib.content import text
from closing_lib.models import Asked, Format, Response, Round, Tactic
from closing_lib.records import ApplicationRow, AssessmentRow, EventRow, InterviewRow, LogError, OutcomeLog

FULL = {
    **ACME,
    "held_on": dt.date(2026, 11, 20),
    "round": "final",
    "used": "mild",
    "response": "hesitated",
    "promised_on": dt.date(2026, 11, 27),
    "interviewers": "Ms Tilde, Mr Caret",
    "note": "They liked the tea.\nSo did I.",
}


# With an assessment above, that asks which round it was.
BESIDE = {name: value for name, value in FULL.items() if name != "round"}


@pytest.fixture
def assessment(log: OutcomeLog) -> cl.AssessmentForm:
    form = cl.AssessmentForm(log)
    fill(form, {**BOLD, "round": "final"})
    return form


@pytest.fixture
def form(assessment: cl.AssessmentForm) -> cl.LogForm:
    """Give the form that keeps an interview with its assessment."""
    return cl.LogForm(assessment)


@pytest.fixture
def alone(log: OutcomeLog) -> cl.LogForm:
    """Give the form that keeps an interview without one."""
    return cl.LogForm(log=log)


class TestSaving:
    def test_writes_application_interview_and_assessment(
        self, form: cl.LogForm, assessment: cl.AssessmentForm, log: OutcomeLog
    ) -> None:
        answered = assessment.assessment
        save(form, BESIDE)
        (application,) = again(log).rows(ApplicationRow)
        assert (application.company, application.role) == ("Acme", "Analyst")
        (interview,) = again(log).rows(InterviewRow)
        assert interview.application == application.application
        assert (interview.held_on, interview.promised_on) == (dt.date(2026, 11, 20), dt.date(2026, 11, 27))
        assert (interview.round, interview.used, interview.response) == (Round.FINAL, Asked.MILD, Response.HESITATED)
        assert (interview.interviewers, interview.note) == ("Ms Tilde, Mr Caret", "They liked the tea.\nSo did I.")
        assert interview.format is Format.IN_PERSON
        assert interview.advised is Tactic.BOLD
        (kept,) = again(log).rows(AssessmentRow)
        assert kept.interview == interview.interview
        assert cl.Assessment.from_dict(kept.answers) == answered
        assert interview.band is cl.assess(answered).band

    def test_alone_writes_an_interview_without_an_assessment(self, alone: cl.LogForm, log: OutcomeLog) -> None:
        save(alone, {**FULL, "format": "phone"})
        (interview,) = again(log).rows(InterviewRow)
        assert interview.format is Format.PHONE
        assert (interview.band, interview.advised) == (None, None)
        assert again(log).rows(AssessmentRow) == ()

    @pytest.mark.parametrize("name", sorted({*FULL, "format"} - {*ACME}))
    def test_writes_each_answer_where_it_belongs(self, alone: cl.LogForm, log: OutcomeLog, name: str) -> None:
        save(alone, ACME)
        other = dt.date(2026, 11, 29) if name == "promised_on" else other_values(alone.controls[name])[-1]
        save(alone, {**ACME, name: other})
        before, after = again(log).rows(InterviewRow)
        changed = {field for field in vars(before) if getattr(before, field) != getattr(after, field)}
        assert changed == {"interview", name}

    def test_says_what_it_did(self, form: cl.LogForm) -> None:
        assert save(form, BESIDE) == (
            "Saved: Acme, Analyst, final round, 20 Nov 2026. Next: thank Ms Tilde, then Mr Caret."
        )
        assert 'href="04_follow_up.ipynb#thank_you:1"' in html_below(form.view)

    def test_empties_both_forms_and_forgets_their_drafts(
        self, form: cl.LogForm, assessment: cl.AssessmentForm, log: OutcomeLog
    ) -> None:
        fill(form, BESIDE)
        assert log.draft("assessed_interview")
        assert log.draft("assessment")
        save(form)
        assert again(log).draft("assessed_interview") is None
        assert again(log).draft("assessment") is None
        new = cl.AssessmentForm(again(log))
        assert new.answers == assessment.answers
        assert cl.LogForm(new).answers == form.answers
        assert form.answers["company"] is None
        assert form.answers["held_on"] == TODAY
        assert assessment.assessment == cl.Assessment()

    def test_twice_by_a_double_click_writes_once(self, form: cl.LogForm, log: OutcomeLog) -> None:
        save(form, BESIDE)
        form.save_button.click()
        assert len(log.rows(InterviewRow)) == 1

    def test_what_it_said_gives_way_to_the_next_interview(
        self, form: cl.LogForm, assessment: cl.AssessmentForm
    ) -> None:
        save(form, BESIDE)
        assessment.controls["risk"].value = "3"
        assert status(form).startswith("Saved: ")
        form.controls["company"].value = "B"
        assert status(form).startswith("Still to answer: ")


class TestTheButton:
    def test_waits_for_everything_required(self, form: cl.LogForm, assessment: cl.AssessmentForm) -> None:
        assessment.clear()
        steps = [(assessment, "round", "first"), (assessment, "felt", "unknown")]
        steps += [(assessment, "confidence", "3"), (assessment, "risk", "3")]
        steps += [(form, "company", "Acme"), (form, "role", "Analyst")]
        for number, (where, name, value) in enumerate(steps):
            assert form.save_button.disabled
            labels = [asked.fields[missing].label for asked, missing, _ in steps[number:]]
            assert status(form) == f"Still to answer: {'; '.join(labels)}."
            where.controls[name].value = value
        assert not form.save_button.disabled

    @pytest.mark.parametrize(("name", "emptied"), [("company", "  "), ("role", ""), ("held_on", None)])
    def test_waits_again_when_something_is_taken_back(self, alone: cl.LogForm, name: str, emptied: object) -> None:
        fill(alone, FULL)
        assert not alone.save_button.disabled
        alone.controls[name].value = emptied
        assert alone.save_button.disabled
        assert status(alone) == f"Still to answer: {alone.fields[name].label}."

    @pytest.mark.parametrize("name", ["round", "felt", "confidence", "risk"])
    def test_follows_the_assessment(self, form: cl.LogForm, assessment: cl.AssessmentForm, name: str) -> None:
        fill(form, ACME)
        assert not form.save_button.disabled
        assessment.controls[name].value = ""
        assert form.save_button.disabled

    def test_does_nothing_while_something_is_missing(self, alone: cl.LogForm, log: OutcomeLog) -> None:
        alone.controls["company"].value = "Acme"
        alone.save()
        assert log.rows(ApplicationRow) == ()
        assert alone.answers["company"] == "Acme"

    def test_knows_after_a_restart_what_is_there(self, alone: cl.LogForm, log: OutcomeLog) -> None:
        fill(alone, FULL)
        assert not cl.LogForm(log=again(log)).save_button.disabled

    def test_and_the_format_are_asked_only_where_no_assessment_has_it(
        self, form: cl.LogForm, alone: cl.LogForm
    ) -> None:
        assert not {"format", "round"} & form.controls.keys()
        assert is_shown(alone, alone.controls["format"])


class TestOneStep:
    def test_leaves_no_application_if_the_interview_cannot_be_added(
        self, form: cl.LogForm, log: OutcomeLog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(*_args: object, **_given: object) -> int:
            assert len(log.rows(ApplicationRow)) == 1  # it is there within the step
            raise LogError("The drive failed, so nothing was saved.")

        monkeypatch.setattr(OutcomeLog, "add_interview", fails)
        fill(form, BESIDE)
        given = form.answers
        form.save_button.click()
        assert again(log).rows(ApplicationRow) == ()
        assert form.answers == given

    def test_leaves_neither_if_the_assessment_cannot_be_added(
        self, form: cl.LogForm, log: OutcomeLog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(*_args: object) -> int:
            raise LogError("The drive failed, so nothing was saved.")

        monkeypatch.setattr(OutcomeLog, "reassess", fails)
        save_that_fails(form)
        assert again(log).rows(ApplicationRow) == again(log).rows(InterviewRow) == ()
        monkeypatch.undo()

    def test_leaves_nothing_of_what_the_file_cannot_hold(self, form: cl.LogForm, log: OutcomeLog) -> None:
        save_that_fails(form, note="half of an emoji \ud83d")
        assert again(log).rows(ApplicationRow) == ()

    def test_says_why_it_could_not_be_done(self, form: cl.LogForm) -> None:
        save_that_fails(form, note="half of an emoji \ud83d")
        assert "note has a broken character" in shown(form)

    def test_can_be_tried_again_when_what_was_wrong_is_right(self, form: cl.LogForm, log: OutcomeLog) -> None:
        save_that_fails(form, note="half of an emoji \ud83d")
        assert save(form, {"note": "a whole one 😀"}).startswith("Saved: ")
        assert [row.note for row in log.rows(InterviewRow)] == ["a whole one 😀"]


def save_that_fails(form: cl.LogForm, **answers: object) -> None:
    """Press Save where it cannot be done, and see that every answer is still there."""
    fill(form, {**BESIDE, **answers})
    given = form.answers
    form.save_button.click()
    assert form.answers == given


class TestTheSameApplication:
    @pytest.mark.parametrize(
        ("company", "role"),
        [
            ("Acme Works", "Analyst"),
            ("ACME works", "analyst"),
            ("  Acme Works ", "\tAnalyst\n"),
            ("acme WORKS ", " ANALYST"),
        ],
    )
    def test_takes_a_second_interview_however_it_is_spelt(
        self, alone: cl.LogForm, log: OutcomeLog, company: str, role: str
    ) -> None:
        self.check_it_is_joined(alone, log, company, role)

    @pytest.mark.parametrize("company", ["Acme  Works", "Acme\u00a0Works"])
    def test_takes_a_second_interview_whatever_blanks_are_between_the_words(
        self, alone: cl.LogForm, log: OutcomeLog, company: str
    ) -> None:
        self.check_it_is_joined(alone, log, company, "Analyst")

    def check_it_is_joined(self, alone: cl.LogForm, log: OutcomeLog, company: str, role: str) -> None:
        fill(alone, {"company": "Acme Works", "role": "Analyst"})
        assert status(alone) == "This will be logged as a new application."
        save(alone)
        fill(alone, {"company": company, "role": role, "round": "final"})
        assert status(alone) == "This will be added to your application: Acme Works, Analyst."
        save(alone)
        (application,) = log.rows(ApplicationRow)
        assert (application.company, application.role) == ("Acme Works", "Analyst")
        assert [row.application for row in log.rows(InterviewRow)] == [application.application] * 2

    @pytest.mark.parametrize(
        "other", [{"company": "Acme", "role": "Senior analyst"}, {"company": "Acme Labs", "role": "Analyst"}]
    )
    def test_is_not_another_role_or_another_company(
        self, alone: cl.LogForm, log: OutcomeLog, other: dict[str, str]
    ) -> None:
        save(alone, ACME)
        save(alone, other)
        assert len(log.rows(ApplicationRow)) == 2

    @pytest.fixture
    def three(self, log: OutcomeLog) -> tuple[int, ...]:
        """Log three applications for the role: one without a date, one closed and thanked for, one open again."""
        undated = log.add_application("ACME", "Analyst")
        closed = log.add_application("Acme", "Analyst", applied_on="2025-01-02")
        log.add_event(closed, "rejected", on="2025-01-12")
        log.add_event(closed, "thank_you", on="2025-01-13")
        reopened = log.add_application("Acme", "analyst", applied_on="2026-11-03")
        log.add_event(reopened, "no_reply", on="2026-11-05")
        log.add_interview(reopened, "2026-11-06")
        return reopened, undated, closed

    def test_is_asked_about_where_there_are_several_the_open_ones_first(
        self, alone: cl.LogForm, log: OutcomeLog, three: tuple[int, ...]
    ) -> None:
        fill(alone, ACME)
        assert is_shown(alone, alone.which)
        assert alone.which.options == [
            [str(three[0]), "Acme, analyst · applied 3 Nov 2026 · still open"],
            [str(three[1]), "ACME, Analyst · still open"],
            [str(three[2]), "Acme, Analyst · applied 2 Jan 2025 · rejected 12 Jan 2025"],
            ["new", text("log_forms.interview.which_new")],
        ]
        assert alone.save_button.disabled
        assert status(alone) == "Still to answer: Which application."
        alone.which.value = str(three[1])
        assert status(alone) == "This will be added to your application: ACME, Analyst."
        save(alone)
        assert [row.application for row in log.rows(InterviewRow)] == [three[0], three[1]]
        assert not is_shown(alone, alone.which)

    def test_can_be_a_new_one_all_the_same(self, alone: cl.LogForm, log: OutcomeLog, three: tuple[int, ...]) -> None:
        fill(alone, ACME)
        alone.which.value = "new"
        assert status(alone) == text("log_forms.interview.new_application")
        save(alone)
        assert log.rows(InterviewRow)[-1].application not in three

    @pytest.mark.parametrize("kind", ["rejected", "withdrew", "no_reply"])
    def test_is_asked_about_where_the_only_one_is_closed_also_a_moment_ago(
        self, alone: cl.LogForm, log: OutcomeLog, kind: str
    ) -> None:
        number = log.add_application("Acme", "Analyst")
        fill(alone, ACME)
        assert not is_shown(alone, alone.which)
        again(log).add_event(number, kind, on="2026-11-12")  # in another tab
        alone.save_button.click()
        assert log.rows(InterviewRow) == ()
        assert [key for key, _ in alone.which.options] == [str(number), "new"]
        assert is_shown(alone, alone.which)
        alone.which.value = str(number)
        save(alone)
        assert [row.application for row in log.rows(InterviewRow)] == [number]

    def test_what_was_chosen_is_no_answer_for_another_role(
        self, alone: cl.LogForm, log: OutcomeLog, three: tuple[int, ...]
    ) -> None:
        log.add_event(log.add_application("Acme", "Clerk"), "withdrew")
        fill(alone, ACME)
        alone.which.value = str(three[2])
        alone.controls["role"].value = "Clerk"
        assert alone.which.value == ""
        assert alone.save_button.disabled

    def test_can_be_made_one_and_two_again(self, alone: cl.LogForm, log: OutcomeLog, three: tuple[int, ...]) -> None:
        fill(alone, {**ACME, "note": "half a sen"})
        before = log.rows(ApplicationRow)
        alone.merge_button.click()
        assert [row.application for row in log.rows(ApplicationRow)] == [three[0]]
        assert status(alone) == "Now one application: Acme, analyst."
        assert not is_shown(alone, alone.merge_button)
        assert alone.answers["note"] == "half a sen"
        alone.undo_button.click()
        assert log.rows(ApplicationRow) == before
        assert is_shown(alone, alone.merge_button)
        assert alone.answers["note"] == "half a sen"

    def test_in_two_kernels_is_made_once_and_no_row_is_overwritten(self, log: OutcomeLog) -> None:
        here, there = cl.LogForm(log=log), cl.LogForm(log=again(log))
        fill(here, {**FULL, "note": "here"})
        fill(there, {**FULL, "note": "there"})
        assert status(here) == status(there) == "This will be logged as a new application."
        save(here)
        assert there.answers["note"] == "there"
        save(there)
        assert len(log.rows(ApplicationRow)) == 1
        assert [row.note for row in log.rows(InterviewRow)] == ["here", "there"]


class TestOnThePage:
    def test_others_see_at_once_what_was_saved(self, form: cl.LogForm, log: OutcomeLog) -> None:
        view, events, changes = cl.OutcomesView(log), cl.EventForm(log), cl.ChangeForm(log)
        assert "invented person" in sheet(view)
        save(form, BESIDE)
        assert "invented person" not in sheet(view)
        assert "Acme, Analyst" in sheet(view)
        assert [label for label, _ in events.controls["application"].options][1:] == [
            "Acme, Analyst · interviewed 20 Nov 2026 · still open"
        ]
        assert len(changes.controls["record"].options) == 3

    def test_what_is_known_is_suggested(self, alone: cl.LogForm) -> None:
        assert (*alone.controls["company"].options,) == ()
        save(alone, {"company": "beta", "role": "Analyst"})
        save(alone, {"company": "Acme", "role": "Analyst"})
        assert (*alone.controls["company"].options,) == ("Acme", "beta")
        assert (*alone.controls["role"].options,) == ("Analyst",)

    def test_what_another_form_has_written_is_suggested_too(self, alone: cl.LogForm, log: OutcomeLog) -> None:
        save(alone, ACME)
        changes = cl.ChangeForm(log)
        changes.controls["record"].value = "application:1"
        save(changes, {"application.company": "Beta"})
        assert (*alone.controls["company"].options,) == ("Beta",)

    def test_after_midnight_a_new_interview_begins_with_the_new_day(
        self, alone: cl.LogForm, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CLOSING_TODAY", "2026-11-23")
        save(alone, ACME)
        assert alone.answers["held_on"] == dt.date(2026, 11, 23)


def test_a_second_interview_of_a_known_person_is_in_the_person_s_own_file(own_data: Path) -> None:
    save(cl.LogForm(), ACME)
    save(cl.LogForm(), ACME)
    log = OutcomeLog(own_data / "closing_log.sqlite")
    assert (len(log.rows(ApplicationRow)), len(log.rows(InterviewRow))) == (1, 2)


class TestWhatCannotBe:
    def test_an_interview_still_to_come_is_not_saved(self, alone: cl.LogForm) -> None:
        fill(alone, {**ACME, "held_on": dt.date(2026, 11, 23)})
        assert alone.save_button.disabled
        assert "hasn’t come yet" in status(alone)

    def test_nor_is_a_promise_for_a_day_before_it(self, alone: cl.LogForm) -> None:
        fill(alone, {**ACME, "held_on": dt.date(2026, 11, 20), "promised_on": dt.date(2026, 11, 19)})
        assert alone.save_button.disabled
        assert status(alone) == text("log_trouble.promised_before")
        fill(alone, {"promised_on": dt.date(2026, 11, 20)})
        assert not alone.save_button.disabled


@pytest.mark.parametrize(("response", "kind"), [("declined", "rejected"), ("offered", "offer")])
def test_what_they_answered_on_the_spot_is_an_event_too(
    form: cl.LogForm, log: OutcomeLog, response: str, kind: str
) -> None:
    save(form, {**ACME, "held_on": dt.date(2026, 11, 20), "response": response})
    (event,) = [row for row in log.rows(EventRow) if row.event]
    assert (event.kind, event.on) == (kind, dt.date(2026, 11, 20))
    (interview,) = log.rows(InterviewRow)
    assert interview.hindsight
    assert interview.locked_at
