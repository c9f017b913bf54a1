from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from closing_lib.records import AssessmentRow, LogError, OutcomeLog, sample_log
from closing_lib.records.sample import FOLDER, SAMPLE_DAY


@pytest.fixture(scope="module")
def sample() -> OutcomeLog:
    return sample_log()


def test_it_is_what_the_files_say(sample: OutcomeLog) -> None:
    for name in ("applications", "interviews"):
        written = pd.read_csv(FOLDER / f"{name}.csv", dtype="str")
        read = getattr(sample, name)()[written.columns].astype("str")
        pd.testing.assert_frame_equal(read, written, check_dtype=False)
    entered = sample.events().dropna(subset="event")
    assert len(entered) == len(pd.read_csv(FOLDER / "events.csv"))


def test_every_day_moves_along_with_the_day_on_which_it_was_left_off(sample: OutcomeLog) -> None:
    later = sample_log(as_of=SAMPLE_DAY + dt.timedelta(500))
    for name, columns in {"applications": ["applied_on"], "interviews": ["held_on", "promised_on"]}.items():
        moved = getattr(later, name)()[columns] - getattr(sample, name)()[columns]
        assert {*moved.stack().dropna()} == {pd.Timedelta(days=500)}
    assert len(sample_log(as_of=dt.date.max).applications()) == len(sample_log(as_of=dt.date.min).applications()) == 24
    assert [*later.events()["kind"]] == [*sample.events()["kind"]]


def test_its_assessments_are_locked_honestly(sample: OutcomeLog) -> None:
    rows = sample.rows(AssessmentRow)
    assert not any(row.hindsight for row in rows)
    assert all(row.locked_at is None or row.locked_at > row.answered_at for row in rows)
    assert 0 < sum(row.locked_at is None for row in rows) < 10


def test_it_is_the_same_each_time(sample: OutcomeLog, path: Path) -> None:
    again = sample_log(path)
    for table in ("applications", "interviews", "events", "assessments"):
        pd.testing.assert_frame_equal(getattr(again, table)(), getattr(sample, table)())


def test_it_is_added_to_nobodys_log(log: OutcomeLog, path: Path) -> None:
    log.add_application("Mine")
    with pytest.raises(LogError, match=r"already has applications in it\. Give the sample a new file"):
        sample_log(path)
    assert log.applications()["company"].tolist() == ["Mine"]


def test_it_leaves_nothing_behind() -> None:
    log = sample_log()
    folder = log.path.parent
    del log
    assert not folder.exists()


def test_its_columns_are_explained() -> None:
    explained = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    for file in FOLDER.glob("*.csv"):
        with file.open(encoding="utf-8") as lines:
            names = next(csv.reader(lines))
        assert f"## {file.name}" in explained
        signs = names.index("next_steps_named") if "next_steps_named" in names else len(names)
        assert all(f"| {name} |" in explained for name in names[:signs])
