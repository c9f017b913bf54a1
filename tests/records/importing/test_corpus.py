"""The corpus of invented trackers: no row is lost, a second import adds nothing, and an undone one leaves nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import closing_lib as cl

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.iterdir() if path.suffix not in (".json", ".md"))


def wanted(file: Path) -> dict[str, Any]:
    return json.loads(file.with_name(f"{file.name}.json").read_text(encoding="utf-8"))


def take(file: Path, log: cl.OutcomeLog, **more: Any) -> cl.ImportReport:
    return cl.import_csv(file, into=log, **wanted(file).get("answers", {}), **more)


def state(log: cl.OutcomeLog) -> list[object]:
    return [table.astype("str").values.tolist() for table in (log.applications(), log.events(), log.interviews())]


def days(column: pd.Series) -> list[str | None]:
    return [None if pd.isna(day) else day.date().isoformat() for day in column]


def texts(column: pd.Series) -> list[str | None]:
    return [None if pd.isna(text) else text for text in column]


def told(applications: pd.DataFrame, entered: pd.DataFrame) -> list[list[str | None]]:
    """Give each event with its company, its kind, its day and its note, in an order that says nothing."""
    company = dict(zip(applications["application"], applications["company"], strict=True))
    of = [company[number] for number in entered["application"]]
    rows = zip(of, map(str, entered["kind"]), days(entered["on"]), texts(entered["note"]), strict=True)
    return sorted(map(list, rows), key=lambda row: [part or "" for part in row])


def test_there_are_enough() -> None:
    assert len(FILES) >= 30


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_file_comes_in_as_expected(file: Path, log: cl.OutcomeLog) -> None:
    expected, report = wanted(file), take(file, log)
    assert report.imported == expected["imported"]
    assert [row.line for row in report.skipped] == expected.get("skipped", [])
    assert list(report.unknown_statuses) == expected.get("unknown", [])
    assert list(report.questions) == expected.get("questions", [])
    assert [remark.line for remark in report.remarks] == expected.get("remarks", [])
    applications, events = log.applications(), log.events()
    entered = events[events["event"].notna()].sort_values("event")
    found = {
        "companies": applications["company"].tolist(),
        "sources": applications["source"].tolist(),
        "applied_on": days(applications["applied_on"]),
        "kinds": entered.sort_values(["application", "event"])["kind"].tolist(),
        "roles": texts(applications["role"]),
        "notes": texts(applications["note"]),
        "events": told(applications, entered),
    }
    assert {name: found[name] for name in found if name in expected} == {
        name: expected[name] for name in found if name in expected
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_dry_run_shows_all_and_changes_nothing_and_a_second_import_adds_nothing(
    file: Path, log: cl.OutcomeLog
) -> None:
    log.add_application("Mine", "Own")
    before = log.path.read_bytes()
    shown = take(file, log, dry_run=True)
    assert log.path.read_bytes() == before
    done = take(file, log)
    assert shown == replace(done, number=None, dry_run=True)
    after = state(log)
    second = take(file, log)
    assert (second.imported, second.rows) == (0, done.rows)
    assert state(log) == after


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_an_undone_import_leaves_nothing_behind(file: Path, log: cl.OutcomeLog) -> None:
    log.add_event(log.add_application("Acorn", "Clerk", "2026-01-05"), "thank_you")
    before = state(log)
    report = take(file, log)
    if report.number is not None:
        log.undo_import(report.number)
    assert state(log) == before
    assert take(file, log).imported == report.imported
