"""Logs for the tests of exporting and restoring: any that the public functions can make, and a way to compare two."""

from __future__ import annotations

import atexit
import datetime as dt
import itertools
import tempfile
from pathlib import Path

import pandas as pd
from hypothesis import strategies as st

from closing_lib.assessment import Assessment
from closing_lib.content import signs
from closing_lib.models import Asked, AttemptKind, EventKind, Format, Response, Round, Settled, Tactic
from closing_lib.records import LogError, OutcomeLog

_FOLDER = tempfile.TemporaryDirectory()  # one for all: hypothesis makes many logs within one test
atexit.register(_FOLDER.cleanup)
_numbers = itertools.count()
TABLES = ("applications", "interviews", "assessments", "events", "attempts", "draws", "registrations")

_any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
texts = st.one_of(
    st.none(),
    st.sampled_from(
        ["Acme", "acme", "=1+1", "'=1", 'x;"=1', "a\r\n\t- b", "_x000D_", "\x07\ufffe", "007", "yes", "שלום, 日本"]
    ),
    _any_text,
)
days = st.one_of(st.none(), st.dates(dt.date(2026, 10, 1), dt.date(2026, 11, 22)), st.just(dt.date(1801, 1, 2)))
stamps = st.datetimes(dt.datetime(2026, 10, 1), dt.datetime(2026, 11, 22), timezones=st.just(dt.UTC))  # noqa: DTZ001
assessments = st.builds(
    Assessment,
    signs=st.dictionaries(st.sampled_from([sign.id for sign in signs()]), st.booleans(), max_size=4),
    felt=st.one_of(st.none(), st.integers(1, 5)),
    confidence=st.integers(1, 5),
    risk=st.integers(1, 5),
    wants_answer=st.booleans(),
    already=st.one_of(st.none(), st.sampled_from(Settled)),
    format=st.sampled_from(Format),
)


@st.composite
def logs(draw: st.DrawFn) -> OutcomeLog:
    """Make any log, with what was deleted since leaving gaps in the numbers."""
    moments = draw(st.lists(stamps, min_size=1, max_size=6))
    log = OutcomeLog(new_path(), clock=lambda: moments[len(moments) % 3 % len(moments)])
    with log.transaction():
        if draw(st.booleans()):
            log.give_consent("1")
        for _ in range(draw(st.integers(0, 3))):
            _application(draw, log, moments)
        if draw(st.booleans()):
            detail = draw(
                st.dictionaries(st.text("ab=", min_size=1, max_size=3), st.one_of(st.integers(), st.booleans()))
            )
            log.add_attempt(draw(st.sampled_from(AttemptKind)), "one", draw(st.booleans()), detail)
        if draw(st.booleans()):
            log.fix_comparison("used", "bold", "mild", looks=draw(st.integers(1, 9)))
            log.look_at("used", "bold", "mild")
        if draw(st.booleans()):
            log.stop_consent()
    return log


def _application(draw: st.DrawFn, log: OutcomeLog, moments: list[dt.datetime]) -> None:
    company = draw(texts.filter(lambda text: text and text.replace("\0", "").strip()))
    one = log.add_application(company, draw(texts), draw(days), draw(texts), draw(texts))
    for _ in range(draw(st.integers(0, 2))):
        held_on, promised_on = draw(days), draw(days)
        which = draw(st.sampled_from(Round))
        if log.consented_to and draw(st.booleans()):
            log.draw(one, which, bold=draw(st.booleans()))
        if held_on and promised_on:  # nobody can have promised an answer for a day before the interview
            held_on, promised_on = sorted((held_on, promised_on))
        interview = log.add_interview(
            one,
            held_on,
            which,
            assessment=draw(st.one_of(st.none(), assessments)),
            used=draw(st.one_of(st.none(), st.sampled_from(Asked))),
            response=draw(st.one_of(st.none(), st.sampled_from(Response))),
            advised=draw(st.one_of(st.none(), st.sampled_from(Tactic))),
            promised_on=promised_on,
            interviewers=draw(texts),
            note=draw(texts),
        )
        moments.insert(0, draw(stamps))
        for _ in range(draw(st.integers(0, 2))):
            log.add_event(one, draw(st.sampled_from(EventKind)), draw(days), draw(texts))
        _look_back(draw, log, interview)
    if draw(st.integers(0, 4)) == 0:
        log.delete_application(one)


def _look_back(draw: st.DrawFn, log: OutcomeLog, interview: int) -> None:
    """Correct, or assess late, where the log allows it."""
    try:
        if draw(st.booleans()):
            log.correct_assessment(interview, draw(assessments), "It was another interview.")
        elif draw(st.booleans()):
            log.reassess(interview, draw(assessments))
    except LogError:
        pass  # it has no assessment, or one that is locked, or one that is not


def new_path() -> Path:
    """Give a place where no log is yet, in a folder of its own that goes in the end."""
    folder = Path(_FOLDER.name, str(next(_numbers)))
    folder.mkdir()
    return folder / "log.sqlite"


def assert_same(one: OutcomeLog, other: OutcomeLog) -> None:
    assert one.person == other.person or not len(one.applications())
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(one, table)(), getattr(other, table)(), obj=table)


def counts(log: OutcomeLog) -> list[int]:
    return [len(getattr(log, table)()) for table in TABLES]
