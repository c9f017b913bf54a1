"""A page opens whatever days its log holds: such as contradict each other, or stand at either end of the calendar."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from closing_lib.records import InterviewRow, OutcomeLog

ROOT = Path(__file__).resolve().parents[2]
DAYS = (  # held on, promised on, asked on
    ("2026-12-20", "2026-11-27", None),  # as it came of a changed day of the interview
    ("2026-11-02", "2025-11-09", "2026-11-09"),
    ("9999-12-31", None, "9999-12-31"),
    ("9999-12-31", "0001-01-01", None),
    ("0001-01-01", None, "0001-01-02"),
    ("1582-10-10", "1582-10-14", "9999-12-31"),
    (None, "2026-11-01", "0001-01-01"),
)
OPENED = """
from closing_lib.forms.outcomes.change_form import ChangeForm
from closing_lib.forms.outcomes.event_form import EventForm
from closing_lib.forms.follow_up.follow_up_form import FollowUpForm
from closing_lib.forms.outcomes.log_form import LogForm
from closing_lib.forms.follow_up.nudges_view import NudgesView
from closing_lib.forms.follow_up.due_view import DueView
from closing_lib.forms.outcomes.views import OutcomesView
from closing_lib.forms.respond.prospects_view import ProspectsView
for made in (DueView, NudgesView, OutcomesView, ProspectsView, EventForm, LogForm, ChangeForm, FollowUpForm):
    page = made()
    assert "Traceback" not in page._repr_mimebundle_()["text/html"]
    print(made.__name__)
for name, form in (("interview", FollowUpForm()), ("record", ChangeForm())):
    for _, value in form.controls[name].options:
        form.controls[name].value = value
        if name == "interview" and not form.rows["dates"].disabled:
            form.rows["dates"].press("ics")
    print(name, len(form.controls[name].options))
"""


def filled(path: Path) -> OutcomeLog:
    """Make a log with such days, as an older kit or another program can leave it."""
    log = OutcomeLog(path)
    with log.transaction():
        for _ in DAYS:
            log.add_interview(log.add_application("Acme", "Analyst"), interviewers="Mr Lid")
        log.save_draft("follow_up", {"country": "US", "me": "Alex Tan"})
    with sqlite3.connect(path) as db:
        for number, (held_on, promised_on, asked_on) in enumerate(DAYS, start=1):
            db.execute(
                "UPDATE interview SET held_on = ?, promised_on = ? WHERE interview = ?", (held_on, promised_on, number)
            )
            db.execute('INSERT INTO event (application, kind, "on") VALUES (?, ?, ?)', (number, "nudge", asked_on))
    db.close()
    return log


def test_every_page_opens_over_a_log_whose_days_make_no_sense(own_data: Path) -> None:
    own_data.mkdir()
    log = filled(own_data / "closing_log.sqlite")
    assert len(log.rows(InterviewRow)) == len(DAYS)
    done = subprocess.run(  # in a process of its own, since it used to go on for ever
        [sys.executable, "-c", OPENED],
        cwd=ROOT,
        env={**os.environ, "CLOSING_TODAY": "2026-11-29"},
        capture_output=True,
        encoding="utf-8",
        timeout=180,  # a few seconds on a machine with nothing else to do
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-2:] == [f"interview {len(DAYS)}", f"record {1 + 3 * len(DAYS)}"]
    assert len([*(own_data / "follow_up").glob("*.ics")]) == len([held_on for held_on, *_ in DAYS if held_on])
