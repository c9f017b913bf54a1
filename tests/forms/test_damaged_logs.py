"""Logs that were damaged, or edited by hand: each form, export and report tells what is wrong in a sentence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from html import escape
from pathlib import Path

import pytest
from driving import html_below

import closing_lib as cl
from closing_lib.content import text
from closing_lib.forms.base.form import Form
from closing_lib.forms.follow_up import letter_notes
from closing_lib.records import LogError, OutcomeLog

DEEP = "replace(hex(zeroblob(50000)), '00', '[')"

DAMAGED = {
    "an application that is not there": "UPDATE interview SET application = 999",
    "no applications": "DELETE FROM application",
    "a correction of nothing": "UPDATE assessment SET corrects = 999 WHERE assessment = 2",
    "bytes for a text": "UPDATE application SET company = x'ff41'",
    "a text that is none": "UPDATE application SET company = CAST(x'ff41' AS TEXT)",
    "a text for a number": "UPDATE assessment SET score = 'high'",
    "a number without end": "UPDATE assessment SET score = 9e999",
    "a number too large": "UPDATE application SET application = 9223372036854775807 WHERE application = 24",
    "a count that is none": "UPDATE sqlite_sequence SET seq = 'many'",
    "a count at its end": "UPDATE sqlite_sequence SET seq = 9223372036854775807",
    "a day that is none": "UPDATE interview SET held_on = '2026-02-30'",
    "a year that is none": "UPDATE interview SET held_on = '0000-01-01'",
    "a stamp that is none": "UPDATE assessment SET answered_at = 'yesterday'",
    "a stamp before all days": "UPDATE assessment SET locked_at = '0001-01-01T00:00:00Z'",
    "a truth that is none": "UPDATE assessment SET hindsight = 7",
    "answers that are none": "UPDATE assessment SET answers = '{'",
    "answers in a list": "UPDATE assessment SET answers = '[1]'",
    "answers in boxes without end": f"UPDATE assessment SET answers = {DEEP}",  # noqa: S608
    "signs that are none": """UPDATE assessment SET answers = '{"signs": 5}'""",
    "ratings that are none": """UPDATE assessment SET answers = '{"signs": {}, "felt": 1e400}'""",
    "a word that is not known": "UPDATE interview SET round = 'ghosted'",
    "an empty name": "UPDATE application SET company = ''",
}


@pytest.fixture
def own(own_data: Path) -> Path:
    own_data.mkdir(exist_ok=True)
    return cl.sample_log(own_data / "closing_log.sqlite").path


def edit(path: Path, *statements: str) -> None:
    """Change a log by hand, past all that keeps it whole."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for statement in (
            *(f"DROP TRIGGER {name}" for name, _ in triggers),
            *statements,
            *(sql for _, sql in triggers),
        ):
            db.execute(statement)


READ: dict[str, Callable[[OutcomeLog], object]] = {
    "tables": lambda log: (log.applications(), log.interviews(), log.events(), log.assessments(), log.attempts()),
    "tally": lambda log: (cl.tally(log), log.applications(), log.assessments()),
    "CSV": lambda log: cl.export_log(log, log.path.with_name("out.csv")),
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_damage_is_told_in_a_sentence(own: Path, damage: str) -> None:
    log = OutcomeLog()
    edit(own, damage)
    for read in READ.values():
        with pytest.raises(
            LogError, match=r"^closing_log\.sqlite (is damaged|has something in it that this version) .*\.$"
        ):
            read(log)
    for view in (cl.OutcomesView(), cl.DueView()):
        assert view._sheet.value
    assert cl.LogForm() is not None


@pytest.mark.parametrize("kept", ["[1]", "{", "null", "[" * 50_000], ids=["list", "cut off", "nothing", "deep"])
def test_a_draft_that_is_none_is_told_and_the_form_opens(own: Path, kept: str) -> None:
    edit(own, f"INSERT INTO draft VALUES ('assessment', '{kept}', '2026-11-20')")  # noqa: S608
    form = cl.AssessmentForm()
    assert "is damaged" in form.trouble
    form.clear()
    assert cl.AssessmentForm().trouble == ""


@pytest.mark.parametrize("junk", [5, [1], {"a": 1}, True, 1e300, "\ud800"], ids=repr)
def test_answers_of_another_kind_in_a_draft_do_no_harm(own: Path, junk: object) -> None:
    names = ("me", "country", "kind", "interview", "person", "people", "answers")
    kept = json.dumps(dict.fromkeys(names, junk))
    edit(own, *(f"INSERT INTO draft VALUES ('follow_up{more}', '{kept}', '2026-11-20')" for more in ("", ":1")))  # noqa: S608
    cl.FollowUpForm()
    cl.NudgesView()
    notes = letter_notes.LetterNotes.loaded(dict.fromkeys(names, junk), "Kim", {})
    assert notes.persons == () or notes.names


def test_a_log_that_cannot_be_read_is_not_called_one_without_applications(own: Path) -> None:
    assert text("log_forms.event.none_yet") not in cl.EventForm()._status.value
    own.write_bytes(b"")
    form = cl.EventForm()
    assert text("log_forms.event.none_yet") not in form._status.value
    assert repr(form) == "EventForm(0 applications)"


@pytest.mark.parametrize(
    ("form", "claim"),
    [
        (cl.FollowUpForm, "follow_up.letter.no_interview"),
        (cl.ReviewForm, "study.review.not_begun"),
        (cl.RoomForm, "sharing.mine.none"),
        (cl.ShareForm, "sharing.share.sample"),
    ],
)
def test_nobody_is_told_that_nothing_is_in_a_log_that_cannot_be_read(
    own_data: Path, form: type[Form], claim: str
) -> None:
    said = escape(text(claim, page=text("pages.short.02_close")))
    assert said in html_below(form().view)
    own_data.joinpath("closing_log.sqlite").write_bytes(b"")
    assert said not in html_below(form().view)
