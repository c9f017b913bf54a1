"""Changing and deleting: each answer changes its own field, deleting asks first, and hindsight changes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from driving import (
    ACME,
    again,
    fill,
    html_below,
    is_shown,
    other_values,
    pick,
    save,
    sheet,
    shown,
    status,
    text_of,
    with_one_application,
)

import closing_lib as cl
from closing_lib.content import text
from closing_lib.records import ApplicationRow, AssessmentRow, EventRow, InterviewRow, OutcomeLog

ROWS = {"application": ApplicationRow, "interview": InterviewRow, "event": EventRow}


def everything(log: OutcomeLog) -> dict[str, tuple[object, ...]]:
    """Give all rows of a log that were entered, as another kernel reads them."""
    there = again(log)
    events = tuple(row for row in there.rows(EventRow) if row.event is not None)
    others = {kind.TABLE: there.rows(kind) for kind in (ApplicationRow, InterviewRow, AssessmentRow)}
    return {"event": events, **others}


def offered(form: cl.ChangeForm) -> list[str]:
    return [label for label, _ in form.controls["record"].options]


def label_of(form: cl.ChangeForm, key: str) -> str:
    return next(label for label, value in form.controls["record"].options if value == key)


def every_question() -> list[str]:
    with TemporaryDirectory() as folder:
        controls = cl.ChangeForm(OutcomeLog(Path(folder, "log.sqlite"))).controls
    return [name for name in controls if name != "record"]


@pytest.fixture
def form(log: OutcomeLog) -> cl.ChangeForm:
    """Give the form over a log with an application, an interview and an event."""
    application = log.add_application("Acme", "Analyst", applied_on="2026-11-02", source="fair", note="kept")
    log.add_interview(
        application, "2026-11-18", "panel", format="video", used="mild", response="concern", promised_on="2026-11-27",
        interviewers="Ms Tilde", advised="bold", note="tea",
    )  # fmt: skip
    log.add_event(application, "thank_you", on="2026-11-19", note="by mail")
    return cl.ChangeForm(log)


class TestPicking:
    def test_offers_each_application_with_its_interviews_and_events(self, form: cl.ChangeForm, log: OutcomeLog) -> None:
        log.add_application("Beta")
        form.refresh()
        assert offered(form) == [
            "Choose one",
            "Beta",
            "Acme, Analyst · applied 2 Nov 2026",
            "Acme, Analyst · Panel · 18 Nov 2026",
            "Acme, Analyst · I sent a thank-you · 19 Nov 2026",
        ]

    def test_names_what_has_no_day_without_one(self, log: OutcomeLog) -> None:
        application = log.add_application("Acme")
        log.add_interview(application)
        log.add_event(application, "offer")
        assert offered(cl.ChangeForm(log))[1:] == ["Acme", "Acme · First", "Acme · They made me an offer"]

    @pytest.mark.parametrize("kind", ROWS)
    def test_shows_the_questions_of_its_kind_alone_filled_in(
        self, form: cl.ChangeForm, log: OutcomeLog, kind: str
    ) -> None:
        pick(form, kind)
        row = log.row(ROWS[kind], 1)
        for name, control in form.controls.items():
            if name != "record":
                assert is_shown(form, control) == name.startswith(f"{kind}."), name
                if name.startswith(f"{kind}."):
                    assert form.answers[name] == getattr(row, name.split(".")[1]), name

    def test_another_row_fills_the_questions_in_anew(self, form: cl.ChangeForm, log: OutcomeLog) -> None:
        other = log.add_interview(1)  # nothing but what every interview has
        form.refresh()
        pick(form, "interview")
        form.controls["record"].value = f"interview:{other}"
        row = log.row(InterviewRow, other)
        held = {name: value for name, value in form.answers.items() if name.startswith("interview.")}
        assert held == {name: getattr(row, name.split(".")[1]) for name in held}

    def test_nothing_leaves_nothing_to_change_or_delete(self, form: cl.ChangeForm) -> None:
        pick(form, "event")
        form.controls["record"].value = ""
        assert form.save_button.disabled
        assert form.delete_button.disabled
        assert not any(is_shown(form, control) for name, control in form.controls.items() if name != "record")


class TestChanging:
    @pytest.mark.parametrize("name", every_question())
    def test_each_answer_changes_its_own_field_and_nothing_else(
        self, form: cl.ChangeForm, log: OutcomeLog, name: str
    ) -> None:
        kind, _, field = name.partition(".")
        pick(form, kind)
        before = everything(log)
        save(form, {name: other_values(form.controls[name])[0]})
        after = everything(log)
        (row,), (changed,) = before.pop(kind), after.pop(kind)
        assert {key for key in vars(row) if getattr(row, key) != getattr(changed, key)} == {field}
        assert after == before

    @pytest.mark.parametrize(
        ("kind", "answers", "said"),
        [
            ("interview", {"promised_on": dt.date(2026, 11, 17)}, text("log_trouble.promised_before")),
            ("interview", {"held_on": dt.date(2026, 11, 22), "promised_on": dt.date(2026, 11, 20)}, None),
            ("interview", {"held_on": dt.date(2026, 11, 23)}, "Date of the interview: that day hasn’t come yet"),
            ("event", {"on": dt.date(2026, 11, 23)}, "When: that day hasn’t come yet"),
        ],
    )
    def test_refuses_what_saving_refuses(
        self, form: cl.ChangeForm, log: OutcomeLog, kind: str, answers: dict[str, dt.date], said: str | None
    ) -> None:
        before = everything(log)
        pick(form, kind)
        fill(form, {f"{kind}.{name}": day for name, day in answers.items()})
        assert form.save_button.disabled
        assert (said or text("log_trouble.promised_before")) in status(form)
        form.save()
        assert everything(log) == before

    def test_says_what_it_changed_and_is_ready_for_the_next(self, form: cl.ChangeForm) -> None:
        pick(form, "interview")
        assert save(form, {"interview.note": "coffee"}) == "Saved: Acme, Analyst · Panel · 18 Nov 2026."
        pick(form, "interview")
        assert save(form, {"interview.held_on": dt.date(2026, 11, 17)}) == "Saved: Acme, Analyst · Panel · 17 Nov 2026."
        assert form.answers["record"] is None
        assert form.save_button.disabled

    @pytest.mark.parametrize(
        ("name", "emptied", "field"),
        [
            ("interview.response", "not_yet", "response"),
            ("interview.promised_on", None, "promised_on"),
            ("interview.interviewers", "", "interviewers"),
            ("interview.note", " ", "note"),
        ],
    )
    def test_what_was_entered_by_mistake_can_be_emptied(
        self, form: cl.ChangeForm, log: OutcomeLog, name: str, emptied: object, field: str
    ) -> None:
        pick(form, "interview")
        save(form, {name: emptied})
        assert getattr(again(log).row(InterviewRow, 1), field) is None

    def test_what_is_required_cannot(self, form: cl.ChangeForm) -> None:
        pick(form, "application")
        form.controls["application.company"].value = " "
        assert form.save_button.disabled
        assert form.fields["application.company"].label in status(form)

    def test_others_see_it_at_once(self, form: cl.ChangeForm, log: OutcomeLog) -> None:
        view, events = cl.OutcomesView(log), cl.EventForm(log)
        pick(form, "application")
        save(form, {"application.company": "Beta"})
        assert "Beta, Analyst" in sheet(view)
        assert "Acme" not in sheet(view)
        assert [label for label, _ in events.controls["application"].options] == [
            "Choose one",
            "Beta, Analyst · applied 2 Nov 2026 · still open",
        ]
        assert offered(form)[1] == "Beta, Analyst · applied 2 Nov 2026"

    def test_leaves_a_locked_assessment_as_it_was_answered(self, log: OutcomeLog) -> None:
        assessment = cl.AssessmentForm(log)
        fill(assessment, {"round": "first", "felt": "2", "confidence": "5", "risk": "1", "cut_off": "yes"})
        save(cl.LogForm(assessment), ACME)
        save(cl.EventForm(log), {"application": 1, "kind": "rejected"})
        (locked,) = log.rows(AssessmentRow)
        assert locked.locked_at is not None
        form = cl.ChangeForm(log)
        pick(form, "interview")
        save(form, {"interview.note": "coffee", "interview.format": "phone", "interview.held_on": dt.date(2026, 11, 1)})
        assert log.rows(AssessmentRow) == (locked,)
        pick(form, "event")
        save(form, {"event.kind": "nudge"})
        assert log.rows(AssessmentRow) == (locked,)
        pick(form, "interview")
        assert is_shown(form, form._is_locked)
        assert not is_shown(form, form.assess_button)

    def test_in_two_kernels_at_once_keeps_both_changes(self, form: cl.ChangeForm, log: OutcomeLog) -> None:
        there = cl.ChangeForm(again(log))
        pick(form, "interview")
        pick(there, "interview")
        save(there, {"interview.response": "encouraged"})
        save(form, {"interview.note": "coffee"})
        row = again(log).row(InterviewRow, 1)
        assert (row.response, row.note) == ("encouraged", "coffee")


class TestCorrectingAnAssessment:
    @pytest.fixture
    def assessed(self, log: OutcomeLog) -> cl.ChangeForm:
        """Give the form with an assessed interview picked."""
        seen = {"overran": True, "cut_off": False, "next_steps_named": True, "next_steps_vague": False}
        went = cl.Assessment(seen, felt=None, confidence=5, risk=2, decides=False, round="final", format="video")
        log.add_interview(log.add_application("Acme"), "2026-11-18", assessment=went)
        form = cl.ChangeForm(log)
        pick(form, "interview")
        return form

    def test_until_an_outcome_exists(self, assessed: cl.ChangeForm, log: OutcomeLog) -> None:
        (before,) = log.rows(AssessmentRow)
        assessed.assess_button.click()
        part = assessed._reassessed
        assert part is not None
        assert is_shown(assessed, part.controls["felt"])
        assert not is_shown(assessed, part.controls["round"]), "it is asked above"
        assert part.assessment == cl.Assessment.from_dict(before.answers)
        assert not part.is_changed
        fill(part, {"felt": "2", "cut_off": "yes", "comes_next": "vague"})
        save(assessed, {"interview.note": "tea"})
        (after,) = again(log).rows(AssessmentRow)
        changed = {**before.answers, "felt": 2}
        changed["signs"] = {"overran": True, "cut_off": True, "next_steps_vague": True}
        assert after.answers == changed
        assert again(log).row(InterviewRow, 1).note == "tea"
        assessed.undo_button.click()
        assert again(log).rows(AssessmentRow) == (before,)

    @pytest.mark.parametrize("already", [None, "offer", "next_step"])
    def test_what_is_left_as_it_was_is_not_answered_anew(
        self, assessed: cl.ChangeForm, log: OutcomeLog, already: str | None
    ) -> None:
        log.reassess(1, cl.Assessment(already=already, round="final", format="video"))
        pick(assessed, "application")
        pick(assessed, "interview")
        before = log.rows(AssessmentRow)
        assessed.assess_button.click()
        save(assessed, {"interview.note": "tea"})
        assert log.rows(AssessmentRow) == before

    def test_can_be_left_as_it_was(self, assessed: cl.ChangeForm, log: OutcomeLog) -> None:
        before = log.rows(AssessmentRow)
        assessed.assess_button.click()
        part = assessed._reassessed
        assert part is not None
        assert {one.model_id for one in part.controls.values()} <= {*assessed.save_button.waits_for}
        part.controls["felt"].value = "1"
        assessed.assess_button.click()
        assert not is_shown(assessed, part.controls["felt"])
        save(assessed, {"interview.note": "tea"})
        assert log.rows(AssessmentRow) == before

    def test_goes_along_with_the_round_of_its_interview(self, assessed: cl.ChangeForm, log: OutcomeLog) -> None:
        assessed.assess_button.click()
        save(assessed, {"interview.round": "panel"})
        assert log.rows(AssessmentRow)[0].answers["round"] == log.row(InterviewRow, 1).round == "panel"

    def test_is_refused_once_another_tab_has_an_outcome(self, assessed: cl.ChangeForm, log: OutcomeLog) -> None:
        assessed.assess_button.click()
        part = assessed._reassessed
        assert part is not None
        fill(part, {"felt": "1"})
        again(log).add_event(1, "rejected", on="2026-11-20")
        before = everything(log)
        fill(assessed, {"interview.note": "tea"})
        assessed.save_button.click()
        assert everything(log) == before
        assert "hindsight" in shown(assessed)
        assert assessed.answers["interview.note"] == "tea"

    def test_is_not_offered_without_one(self, form: cl.ChangeForm) -> None:
        pick(form, "interview")
        assert not is_shown(form, form.assess_button)
        assert not is_shown(form, form._is_locked)


def test_an_application_is_made_one_with_another_of_its_role(form: cl.ChangeForm, log: OutcomeLog) -> None:
    twin = log.add_application("ACME", "analyst")
    log.add_interview(twin, "2026-11-21", "final")
    form.refresh()
    form.controls["record"].value = "application:1"
    assert is_shown(form, form.merge_button)
    form.merge_button.click()
    assert [row.application for row in log.rows(InterviewRow)] == [1, 1]
    assert status(form) == "Now one application: Acme, Analyst."
    pick(form, "application")
    assert not is_shown(form, form.merge_button)
    form.undo_button.click()
    assert len(log.rows(ApplicationRow)) == 2


class TestDeleting:
    @pytest.mark.parametrize(
        ("kind", "left"), [("application", (0, 0, 0)), ("interview", (1, 0, 1)), ("event", (1, 1, 0))]
    )
    def test_asks_first_and_then_deletes_what_belongs_to_it(
        self, form: cl.ChangeForm, log: OutcomeLog, kind: str, left: tuple[int, int, int]
    ) -> None:
        key = pick(form, kind)
        named = label_of(form, key)
        before = everything(log)
        assert not is_shown(form, form.confirm_button)
        form.delete_button.click()
        assert is_shown(form, form.confirm_button)
        assert text("log_forms.change.sure", what=named) in text_of(html_below(form.view))
        assert everything(log) == before
        form.confirm_button.click()
        after = everything(log)
        assert tuple(len(after[name]) for name in ROWS) == left
        assert status(form) == text("log_forms.change.deleted", what=named)
        assert not is_shown(form, form.confirm_button)
        assert form.answers["record"] is None
        assert named not in offered(form)

    def test_can_be_thought_better_of(self, form: cl.ChangeForm, log: OutcomeLog) -> None:
        pick(form, "application")
        before = everything(log)
        form.delete_button.click()
        form.keep_button.click()
        assert not is_shown(form, form.confirm_button)
        assert everything(log) == before
        assert form.answers["application.company"] == "Acme"

    def test_asks_again_for_another_row(self, form: cl.ChangeForm) -> None:
        pick(form, "event")
        form.delete_button.click()
        pick(form, "application")
        assert not is_shown(form, form.confirm_button)

    def test_asks_with_every_click_about_what_is_picked_now(self, form: cl.ChangeForm) -> None:
        for kind in ("event", "interview"):
            key = pick(form, kind)
            form.delete_button.click()
            named = label_of(form, key)
            assert text("log_forms.change.sure", what=named) in text_of(html_below(form.view))

    def test_of_one_row_leaves_the_same_rows_of_others(self, form: cl.ChangeForm, log: OutcomeLog) -> None:
        other = log.add_application("Acme", "Analyst")
        log.add_interview(other, "2026-11-18", "panel")
        form.refresh()
        form.controls["record"].value = f"application:{other}"
        form.delete_button.click()
        form.confirm_button.click()
        assert [row.application for row in log.rows(ApplicationRow)] == [1]
        assert len(log.rows(InterviewRow)) == 1

    def test_without_a_row_does_nothing(self, form: cl.ChangeForm, log: OutcomeLog) -> None:
        before = everything(log)
        form.delete()
        assert everything(log) == before


class TestBringingBack:
    def test_what_was_deleted_is_offered_and_comes_back_whole(self, form: cl.ChangeForm, log: OutcomeLog) -> None:
        before, view = everything(log), cl.OutcomesView(log)
        assert not is_shown(form, form.deleted)
        for kind in ("event", "application"):
            pick(form, kind)
            form.delete_button.click()
            form.confirm_button.click()
        assert [label for label, _ in form.deleted.options] == [
            "Acme, Analyst, and 1 more that belonged to it",
            "Acme, Analyst · I sent a thank-you · 19 Nov 2026",
        ]
        assert form.deleted.index == 0, "one click brings the latest back"
        form.deleted.index = 1
        form.back_button.click()
        assert "Acme, Analyst has been deleted too. Bring that back first." in shown(form)
        for _ in range(2):
            form.deleted.index = 0
            form.back_button.click()
            assert status(form).startswith("Brought back: Acme, Analyst")
        assert everything(log) == before
        assert not is_shown(form, form.deleted)
        assert "Acme, Analyst" in sheet(view)

    def test_without_anything_deleted_does_nothing(self, form: cl.ChangeForm, log: OutcomeLog) -> None:
        before = everything(log)
        form.bring_back()
        assert everything(log) == before


class TestARowThatVanishedMeanwhile:
    def test_by_another_form_of_the_page_is_no_longer_picked(self, form: cl.ChangeForm, log: OutcomeLog) -> None:
        other = cl.ChangeForm(log)
        pick(form, "interview")
        pick(other, "interview")
        form.delete_button.click()
        other.delete_button.click()
        other.confirm_button.click()
        assert form.answers["record"] is None
        assert form.save_button.disabled
        assert form.delete_button.disabled
        assert not is_shown(form, form.confirm_button)

    @pytest.mark.parametrize("kind", ROWS)
    def test_by_another_kernel_is_not_changed(self, form: cl.ChangeForm, log: OutcomeLog, kind: str) -> None:
        pick(form, kind)
        getattr(again(log), f"delete_{kind}")(1)
        left = everything(log)
        form.save_button.click()
        assert everything(log) == left
        assert form.answers["record"] is None

    @pytest.mark.parametrize("kind", ROWS)
    def test_by_another_kernel_is_not_deleted(self, form: cl.ChangeForm, log: OutcomeLog, kind: str) -> None:
        pick(form, kind)
        form.delete_button.click()
        getattr(again(log), f"delete_{kind}")(1)
        left = everything(log)
        form.confirm_button.click()
        assert everything(log) == left
        assert form.answers["record"] is None

    @pytest.mark.parametrize("press", ["save", "delete"])
    def test_is_said_to_be_gone(self, form: cl.ChangeForm, log: OutcomeLog, press: str) -> None:
        pick(form, "event")
        form.delete_button.click()
        again(log).delete_event(1)
        (form.save_button if press == "save" else form.confirm_button).click()
        assert "There’s no event 1" in shown(form)

    def test_just_before_it_was_picked_is_not_picked(self, form: cl.ChangeForm, log: OutcomeLog) -> None:
        again(log).delete_event(1)
        pick(form, "event")
        assert form.answers["record"] is None
        assert not any(is_shown(form, control) for name, control in form.controls.items() if name != "record")


def test_over_an_empty_log_there_is_nothing_to_pick(log: OutcomeLog) -> None:
    form = cl.ChangeForm(log)
    assert offered(form) == ["Choose one"]
    assert form.save_button.disabled
    assert form.delete_button.disabled
    assert repr(form) == "ChangeForm(0 rows)"


def test_what_the_log_form_has_saved_is_offered_at_once(log: OutcomeLog) -> None:
    form = cl.ChangeForm(log)
    save(cl.LogForm(log=log), ACME)
    assert offered(form) == [
        "Choose one",
        "Acme, Analyst · interviewed 22 Nov 2026",
        "Acme, Analyst · First · 22 Nov 2026",
    ]


def test_a_change_that_is_not_saved_yet_stays_while_another_form_writes(log: OutcomeLog) -> None:
    with_one_application(log)
    form = cl.ChangeForm(log)
    pick(form, "interview")
    form.controls["interview.note"].value = "half a sen"
    given = form.answers
    save(cl.LogForm(log=log), {"company": "Beta", "role": "Clerk"})
    assert form.answers == given
    assert is_shown(form, form.controls["interview.note"])
