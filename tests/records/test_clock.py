"""A clock may be set back, and stands elsewhere than in Greenwich: order is counted, and days are the person's own."""

from __future__ import annotations

import datetime as dt
import gzip
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import closing_lib as cl
from closing_lib.casework.study_log import tried
from closing_lib.clock import day_of
from closing_lib.content import figures
from closing_lib.forms.transfer.import_form import ImportForm
from closing_lib.models import AttemptKind
from closing_lib.records import AssessmentRow, InterviewRow, OutcomeLog
from closing_lib.records.errors import OwnWorkError
from closing_lib.study.schedule import next_review

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


class Clock:
    now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def log(path: Path, clock: Clock) -> OutcomeLog:
    return OutcomeLog(path, clock=clock)


@pytest.fixture
def exported(tmp_path: Path, clock: Clock) -> Path:
    """Give an exported log with an assessment that no outcome has locked."""
    other = OutcomeLog(tmp_path / "other.sqlite", clock=clock)
    application = other.add_application("Acme", "Analyst", "2026-11-02")
    other.add_interview(application, "2026-11-19", assessment=cl.Assessment(felt=3))
    other.add_event(application, "thank_you", "2026-11-20")
    return cl.export_log(other, tmp_path / "history.csv")


WORK: dict[str, Callable[[OutcomeLog], object]] = {
    "reassessed": lambda log: log.reassess(1, cl.Assessment(felt=5)),
    "application": lambda log: log.update_application(1, note="mine"),
    "interview": lambda log: log.update_interview(1, note="mine"),
    "event": lambda log: log.update_event(1, note="mine"),
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
@pytest.mark.parametrize("later", [-48 * HOUR, -HOUR, 0 * HOUR, HOUR], ids=str)
def test_own_work_is_found_wherever_the_clock_stands(
    log: OutcomeLog, clock: Clock, exported: Path, work: Callable[[OutcomeLog], object], later: dt.timedelta
) -> None:
    number = cl.import_csv(exported, into=log).number
    clock.now += later
    work(log)
    with pytest.raises(OwnWorkError, match=r"\(Acme\)"):
        log.undo_import(number)
    assert len(log.rows(AssessmentRow)) == 1
    log.undo_import(number, with_own=True)
    assert not log.rows(AssessmentRow)


@pytest.mark.parametrize("later", [-48 * HOUR, HOUR], ids=str)
def test_what_an_outcome_has_locked_since_is_no_own_work_of_itself(
    log: OutcomeLog, clock: Clock, exported: Path, later: dt.timedelta
) -> None:
    number = cl.import_csv(exported, into=log).number
    clock.now += later
    event = log.add_event(1, "offer", "2026-11-21")
    assert log.rows(AssessmentRow)[0].locked_at == clock.now
    log.delete_event(event)
    log.undo_import(number)
    assert not log.rows(InterviewRow)


def test_what_was_changed_before_changes_were_counted_is_known_by_its_stamps(path: Path) -> None:
    kept = Path(__file__).parent / "formats" / "3.sqlite.gz"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    log = OutcomeLog(path)
    with pytest.raises(OwnWorkError, match=r"2 of its applications \(Left Sock Logistics, Paper Moon Films\)"):
        log.undo_import(1)
    log.undo_import(1, with_own=True)
    assert log.applications()["company"].tolist() == ["Acme", "Umbrella"]


# --- Days where the person is

PLACES = {"America/Los_Angeles": -8, "Pacific/Kiritimati": 14, "UTC": 0, "Asia/Kathmandu": 5.75}


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[dt.timezone]:
    if not hasattr(time, "tzset"):
        pytest.skip("Windows knows the place from elsewhere")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield dt.timezone(dt.timedelta(hours=PLACES[request.param]))
    time.tzset()


@pytest.mark.parametrize("hour", [0, 3, 12, 23])
def test_the_day_of_a_stamp_is_that_of_the_person(place: dt.timezone, hour: int) -> None:
    stamp = NOON.replace(hour=hour, minute=30)
    assert day_of(stamp) == stamp.astimezone(place).date()


@pytest.mark.parametrize("hour", [3, 23])
def test_the_day_of_an_import_is_that_of_the_person(
    log: OutcomeLog, clock: Clock, exported: Path, place: dt.timezone, hour: int
) -> None:
    clock.now = NOON.replace(hour=hour)
    day = clock.now.astimezone(place).date()
    cl.import_csv(exported, into=log)
    cl.import_csv(b"Company,Status\nUmbrella,Rejected\n", into=log)
    form = ImportForm(log)
    assert [label.split(", ", 2)[2] for label, _ in form.undo.which.options] == [figures.day(day)] * 2
    for again in (exported, b"Company,Status\nUmbrella,Rejected\n"):
        skipped = cl.import_csv(again, into=log).skipped
        assert skipped
        assert all(f"on {day} (import" in row.reason for row in skipped if "already imported" in row.reason)


@pytest.mark.parametrize("hour", [3, 23])
def test_a_review_comes_back_after_a_day_of_the_persons_own(
    log: OutcomeLog, clock: Clock, place: dt.timezone, hour: int
) -> None:
    """What was added by other means than the page has only its stamp."""
    clock.now = NOON.replace(hour=hour)
    log.add_attempt(AttemptKind.EXERCISE, "start_what_decides", passed=True)
    assert next_review(tried(log)) == clock.now.astimezone(place).date() + dt.timedelta(days=1)
