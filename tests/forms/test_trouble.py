"""A log in trouble: the advice goes on, a sentence says what is wrong and what to do, and no answer is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from driving import ACME, BOLD, BOLD_WORDS, FORMS, card, fill, save, sheet, shown, with_one_application

import closing_lib as cl
from closing_lib.content import text
from closing_lib.forms.base.form import Form
from closing_lib.forms.outcomes.record_form import RecordForm
from closing_lib.records import ApplicationRow, EventRow, InterviewRow, OutcomeLog, errors

TROUBLE = text("forms.common.log_trouble", error="")
GARBAGE = b"no log at all " * 100


# --- Logs that cannot be opened at all


def garbage(folder: Path) -> str:
    folder.mkdir()
    (folder / "closing_log.sqlite").write_bytes(GARBAGE)
    return "isn’t a log from this kit"


def other_program(folder: Path) -> str:
    folder.mkdir()
    with sqlite3.connect(folder / "closing_log.sqlite") as db:
        db.execute("CREATE TABLE theirs (x)")
    db.close()
    return "belongs to another program"


def cut_off(folder: Path) -> str:
    OutcomeLog()
    path = folder / "closing_log.sqlite"
    path.write_bytes(path.read_bytes()[:5000])
    return "is damaged"


def no_folder(folder: Path) -> str:
    folder.write_text("a file where the folder should be")
    return "can’t be created here"


def a_folder(folder: Path) -> str:
    (folder / "closing_log.sqlite").mkdir(parents=True)
    return "is a folder"


@pytest.mark.parametrize("make", [garbage, other_program, cut_off, no_folder, a_folder])
class TestFromTheBeginning:
    def test_the_form_advises_all_the_same_and_says_what_is_wrong(
        self, own_data: Path, make: Callable[[Path], str]
    ) -> None:
        said = make(own_data)
        form = cl.AssessmentForm()
        fill(form, BOLD)
        assert form.advice.tactic is cl.Tactic.BOLD
        assert BOLD_WORDS in card(form)
        assert TROUBLE in shown(form)
        assert said in shown(form)
        assert str(own_data) not in shown(form)

    def test_every_form_opens_takes_answers_and_saves_nothing(
        self, own_data: Path, make: Callable[[Path], str]
    ) -> None:
        said = make(own_data)
        before = {path: path.read_bytes() for path in own_data.parent.rglob("*") if path.is_file()}
        response, interview = cl.ResponseForm(), cl.LogForm(cl.AssessmentForm())
        fill(response, {"response": "concern"})
        assert cl.respond("concern").name in card(response)
        fill(interview, ACME)
        for form in (interview, cl.LogForm(), cl.EventForm(), cl.ChangeForm()):
            assert form.save_button.disabled
            form.save_button.click()
            assert said in shown(form)
        assert interview.answers["company"] == "Acme"
        assert {path: path.read_bytes() for path in own_data.parent.rglob("*") if path.is_file()} == before


# --- Logs that get into trouble under an open form


@contextmanager
def deleted(log: OutcomeLog) -> Iterator[str]:
    content = log.path.read_bytes()
    log.path.unlink()
    yield "isn’t there any more"
    assert not log.path.exists()
    log.path.write_bytes(content)


@contextmanager
def overwritten(log: OutcomeLog) -> Iterator[str]:
    content = log.path.read_bytes()
    log.path.write_bytes(GARBAGE)
    yield "is damaged"
    assert log.path.read_bytes() == GARBAGE
    log.path.write_bytes(content)


@contextmanager
def only_readable(log: OutcomeLog) -> Iterator[str]:
    really = sqlite3.connect

    def connect(path: Path, **options: object) -> sqlite3.Connection:
        return really(f"file:{path}?mode=ro", uri=True, **options)  # type: ignore[call-overload, no-any-return]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connect)
        yield "isn’t allowed to change"


@contextmanager
def in_use(log: OutcomeLog) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setattr(errors, "PATIENCE", 0.01)
        other = sqlite3.connect(log.path, isolation_level=None)
        stack.callback(other.close)
        other.execute("BEGIN IMMEDIATE")  # another program writes; what is there can still be read
        yield "has been open elsewhere"


Trouble = Callable[[OutcomeLog], AbstractContextManager[str]]
ANSWERS: dict[str, dict[str, object]] = {
    "preparation": {"company": "Acme", "skills": "I plan shifts."},
    "follow_up": {"people": "Mr Lid", "person": "Mr Lid", "topic": "I liked the new depot."},
    "assessment": {"overran": "yes", "felt": "4"},
    "assessed_interview": ACME,
    "interview": {**ACME, "format": "phone"},
    "event": {"application": 1, "kind": "offer", "note": "By phone"},
    "response": {"response": "concern"},
    "concern": {"clarify": "Only two years", "acknowledge": "True"},
    "exercises_02_close": {"close_in_order.1": "thanks", "close_make_it_bold.risk": "4"},
    "practise": {"judged": "well", "asked": "mild", "seed": "monday"},
    "change": {"record": "interview:1", "interview.note": "coffee"},
}
RECORDS = ["assessed_interview", "interview", "event", "change"]


def opened(name: str, log: OutcomeLog) -> Form:
    with_one_application(log)
    form = FORMS[name](log)
    if isinstance(form, cl.LogForm) and form._assessed:
        fill(form._assessed, BOLD)
    return form


each_trouble = pytest.mark.parametrize(
    "trouble", [deleted, overwritten, only_readable, in_use], ids=lambda one: one.__name__
)


class TestUnderAnOpenForm:
    @each_trouble
    @pytest.mark.parametrize("name", ANSWERS)
    def test_no_answer_is_lost(self, log: OutcomeLog, name: str, trouble: Trouble) -> None:
        form = opened(name, log)
        first, *rest = ANSWERS[name].items()
        fill(form, dict([first]))
        with trouble(log):
            fill(form, dict(rest))
            if isinstance(form, RecordForm):
                form.save_button.click()
            form.refresh()
            held = {key: form.controls[key].value for key in ANSWERS[name]}
        assert held == ANSWERS[name]
        form.refresh()
        assert {key: form.controls[key].value for key in ANSWERS[name]} == ANSWERS[name]

    @each_trouble
    @pytest.mark.parametrize("name", [*ANSWERS][:-1])  # a change is not written before it is saved
    def test_the_next_answer_says_what_is_wrong(self, log: OutcomeLog, name: str, trouble: Trouble) -> None:
        form = opened(name, log)
        *_, last = ANSWERS[name].items()
        with trouble(log) as said:
            fill(form, dict([last]))
            told = shown(form)
        assert told.count(TROUBLE) == 1
        assert said in told
        assert str(log.path.parent) not in told

    @each_trouble
    @pytest.mark.parametrize("name", RECORDS)
    def test_saving_says_what_is_wrong_and_writes_nothing(self, log: OutcomeLog, name: str, trouble: Trouble) -> None:
        form = opened(name, log)
        fill(form, ANSWERS[name])
        before = log.rows(ApplicationRow), log.rows(InterviewRow), log.rows(EventRow)
        with trouble(log) as said:
            form.save_button.click()
            told = shown(form)
        assert (log.rows(ApplicationRow), log.rows(InterviewRow), log.rows(EventRow)) == before
        assert said in told

    @each_trouble
    @pytest.mark.parametrize("name", RECORDS)
    def test_when_it_is_over_what_was_answered_can_be_saved(self, log: OutcomeLog, name: str, trouble: Trouble) -> None:
        form = opened(name, log)
        fill(form, ANSWERS[name])
        before = log.rows(ApplicationRow), log.rows(InterviewRow), log.rows(EventRow)
        with trouble(log):
            form.save_button.click()
        assert save(form).startswith("Saved: ")
        assert TROUBLE not in shown(form)
        assert (log.rows(ApplicationRow), log.rows(InterviewRow), log.rows(EventRow)) != before

    @each_trouble
    def test_the_advice_goes_on(self, log: OutcomeLog, trouble: Trouble) -> None:
        form, response = cl.AssessmentForm(log), cl.ResponseForm(log)
        with trouble(log) as said:
            fill(form, BOLD)
            fill(response, {"response": "hesitated"})
            assert form.advice.tactic is cl.Tactic.BOLD
            assert BOLD_WORDS in card(form)
            assert TROUBLE in shown(form)
            assert said in shown(form)
            assert cl.respond("hesitated").name in card(response)
        form.controls["risk"].value = "4"
        form.refresh()
        assert TROUBLE not in shown(form)
        assert cl.AssessmentForm(OutcomeLog(log.path)).answers == form.answers


def test_a_folder_that_may_not_be_entered_any_more_is_said_to_be_so(
    log: OutcomeLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = cl.AssessmentForm(log)
    really = Path.is_file

    def refused(path: Path) -> bool:  # as it is where the right to the folder was taken away
        if path == log.path:
            raise PermissionError(13, "Permission denied")
        return really(path)

    monkeypatch.setattr(Path, "is_file", refused)
    fill(form, BOLD)
    assert TROUBLE in shown(form)
    assert BOLD_WORDS in card(form)


def test_a_view_on_the_page_bears_what_the_forms_bear(log: OutcomeLog) -> None:
    form, view = cl.LogForm(log=log), cl.OutcomesView(log)
    fill(form, ACME)
    with overwritten(log) as said:
        form.save_button.click()
        view.refresh()
        assert said in sheet(view)
    assert save(form).startswith("Saved: ")
    assert "Acme, Analyst" in sheet(view)
