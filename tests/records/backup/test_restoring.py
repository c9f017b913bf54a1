"""Taking an export back: beside what a log holds, after a spreadsheet program had it, damaged, and undone."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from histories import TABLES, assert_same, counts
from hypothesis import given, settings
from hypothesis import strategies as st

import closing_lib as cl
from closing_lib.assessment import Assessment
from closing_lib.records import ApplicationRow, AssessmentRow, EventRow, InterviewRow, LockedError, LogError, OutcomeLog
from closing_lib.records.backup import export_bytes

Line = dict[str, str]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> OutcomeLog:
    """Give a log with an assessment of each kind: open, locked, corrected, late."""
    now = [dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)]
    log = OutcomeLog(tmp_path_factory.mktemp("small") / "small.sqlite", clock=lambda: now[0])

    def later() -> None:
        now[0] += dt.timedelta(days=1, milliseconds=7)

    first = log.add_application("Acme", "Analyst", "2026-11-02", "fair", "=note")
    interview = log.add_interview(
        first, "2026-11-03", assessment=Assessment(felt=4, signs={"overran": True}), used="mild"
    )
    later()
    log.add_event(first, "advanced", "2026-11-04", "called")
    later()
    log.correct_assessment(interview, Assessment(felt=2), "wrong day")
    log.add_interview(first, "2026-11-01", assessment=Assessment(felt=1), note="entered late")
    second = log.add_application("Octo", None, "2026-11-05")
    log.add_interview(second, "2026-11-06", assessment=Assessment())
    log.add_event(second, "thank_you", "2026-11-06")
    return log


def lines(log: OutcomeLog) -> list[Line]:
    return [*csv.DictReader(io.StringIO(export_bytes(log, "csv").decode("utf-8-sig"), newline=""))]


def as_file(rows: list[Line], separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, [*rows[0]], delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def edited(log: OutcomeLog, change: Callable[[list[Line]], object], **how: str) -> bytes:
    rows = lines(log)
    change(rows)
    return as_file(rows, **how)


def of(rows: list[Line], record: str, nth: int = 0) -> Line:
    return [row for row in rows if row["record"] == record][nth]


def test_locks_stamps_and_hindsight_come_back_as_they_were(small: OutcomeLog, log: OutcomeLog) -> None:
    cl.import_csv(export_bytes(small, "csv"), into=log)
    rows = log.rows(AssessmentRow)
    assert rows == small.rows(AssessmentRow)
    assert [(row.hindsight, row.locked_at is None, row.corrects) for row in rows] == [
        (False, False, None),
        (True, False, 1),
        (True, False, None),
        (False, True, None),
    ]
    with pytest.raises(LockedError):
        log.reassess(rows[0].interview, Assessment())
    log.reassess(3, Assessment(felt=5))
    log.add_event(2, "offer", "2026-11-09")
    assert log.rows(AssessmentRow)[3].locked_at is not None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM assessment WHERE assessment = 1",
        "UPDATE assessment SET answers = '{}' WHERE assessment = 1",
        "UPDATE assessment SET locked_at = NULL WHERE assessment = 1",
        "DELETE FROM attempt",
        "UPDATE attempt SET passed = 0",
    ],
)
def test_what_came_back_is_kept_from_whatever_program(
    small: OutcomeLog, log: OutcomeLog, tmp_path: Path, statement: str
) -> None:
    source = OutcomeLog(tmp_path / "source.sqlite")
    cl.import_csv(export_bytes(small, "csv"), into=source)
    source.add_attempt("exercise", "one", passed=True)
    cl.import_csv(export_bytes(source, "csv"), into=log)
    with closing(sqlite3.connect(log.path)) as db, pytest.raises(sqlite3.IntegrityError, match="stays"):
        db.execute(statement)
    log.undo_import(1)
    assert counts(log) == [0] * len(TABLES)


def test_what_a_log_has_is_gone_on_with_and_the_rest_is_added(small: OutcomeLog, log: OutcomeLog) -> None:
    mine = log.add_application("Mine")
    acme = log.add_application("ACME", "analyst", "2026-11-02", note="my own words")
    log.add_event(acme, "advanced", "2026-11-04", "called")
    before = log.rows(ApplicationRow)
    report = cl.import_csv(export_bytes(small, "xlsx"), into=log)
    differing = "It’s already in the log, as application 2, but with something else under company, role, source, note"
    assert [row.reason for row in report.skipped] == [
        f"{differing}. The log’s version stays.",
        "It’s already in the log, as event 1.",
    ]
    assert report.imported + len(report.skipped) == report.rows
    assert log.rows(ApplicationRow)[:2] == before
    assert [(row.application, row.company) for row in log.rows(ApplicationRow)] == [
        (mine, "Mine"),
        (acme, "ACME"),
        (3, "Octo"),
    ]
    assert [row.application for row in log.rows(InterviewRow)] == [acme, acme, 3]
    # It was locked before the log that it comes from knew the outcome, and that does not change.
    assert [row.hindsight for row in log.rows(AssessmentRow)] == [False, True, True, False]
    assert report.number is not None
    log.undo_import(report.number)
    assert (log.rows(ApplicationRow), counts(log)) == (before, [2, 0, 0, 2, 0, 0, 0])


def test_an_assessment_that_comes_open_to_a_known_outcome_comes_in_hindsight(
    small: OutcomeLog, log: OutcomeLog
) -> None:
    octo = log.add_application("Octo", applied_on="2026-11-05")
    log.add_event(octo, "rejected", "2026-11-08")
    cl.import_csv(export_bytes(small, "csv"), into=log)
    (row,) = [row for row in log.rows(AssessmentRow) if row.locked_at == row.answered_at and row.interview == 3]
    assert row.hindsight


def test_what_was_deleted_by_mistake_comes_back_with_its_lock(
    small: OutcomeLog, log: OutcomeLog, tmp_path: Path
) -> None:
    cl.import_csv(export_bytes(small, "csv"), into=log)
    mine = OutcomeLog(tmp_path / "mine.sqlite")  # the same log, as if it had been kept here
    cl.import_csv(export_bytes(small, "csv"), into=mine)
    content = export_bytes(mine, "parquet")
    log.undo_import(1)
    one = log.add_application("Acme", "Analyst", "2026-11-02", "fair", "=note")
    log.add_event(one, "advanced", "2026-11-04", "called")  # the outcome is known, the interviews are gone
    cl.import_csv(content, into=log)
    kept = [(row.answered_at, row.locked_at, row.hindsight) for row in log.rows(AssessmentRow)]
    assert kept == [(row.answered_at, row.locked_at, row.hindsight) for row in small.rows(AssessmentRow)]


def test_a_later_export_adds_what_is_new(small: OutcomeLog, log: OutcomeLog, tmp_path: Path) -> None:
    source = OutcomeLog(tmp_path / "source.sqlite")
    cl.import_csv(export_bytes(small, "csv"), into=source)
    cl.import_csv(export_bytes(source, "csv"), into=log)
    source.add_event(2, "offer", "2026-11-12")
    source.update_application(1, note="changed since")
    report = cl.import_csv(export_bytes(source, "csv"), into=log)
    assert (report.imported, report.events) == (1, 1)
    assert any("with something else under note" in row.reason for row in report.skipped)
    assert [row.kind.value for row in log.rows(EventRow, application=2)][-1] == "offer"


def test_a_history_tells_how_far_it_has_come(small: OutcomeLog, log: OutcomeLog) -> None:
    heard: list[tuple[int, int]] = []
    report = cl.import_csv(
        export_bytes(small, "csv"), into=log, progress=lambda done, total: heard.append((done, total))
    )
    assert heard == sorted(heard)
    assert heard[-1] == (report.imported, report.imported)


def test_two_alike_stay_two(log: OutcomeLog, tmp_path: Path) -> None:
    twice = OutcomeLog(tmp_path / "twice.sqlite")
    for day in ("2026-11-04", "2026-11-09"):
        one = twice.add_application("Acme", "Analyst", "2026-11-02")
        twice.add_interview(one, day)
        for _ in range(2):
            twice.add_event(one, "nudge", "2026-11-10")
    content = export_bytes(twice, "csv")
    cl.import_csv(content, into=log)
    assert_same(twice, log)
    assert cl.import_csv(content, into=twice).imported == 0
    twice.delete_event(2)
    assert cl.import_csv(content, into=twice).events == 1
    assert [row.application for row in twice.rows(EventRow, kind="nudge")] == [1, 1, 2, 2]


# --- Undo


@pytest.mark.parametrize(
    "work",
    [
        lambda log: log.update_interview(1, note="mine"),
        lambda log: log.reassess(3, Assessment(felt=3)),
        lambda log: log.add_interview(2),
        lambda log: log.correct_assessment(1, Assessment(), "again"),
        lambda log: log.update_event(1, note="mine"),
        lambda log: log.add_event(2, "offer"),
    ],
)
def test_own_work_on_what_came_is_asked_for_before_it_goes(
    small: OutcomeLog, log: OutcomeLog, work: Callable[[OutcomeLog], object]
) -> None:
    cl.import_csv(export_bytes(small, "csv"), into=log)
    work(log)
    with pytest.raises(LogError, match=r"Import 1 can’t be undone .* 1 of its applications"):
        log.undo_import(1)
    log.undo_import(1, with_own=True)
    assert counts(log) == [0] * len(TABLES)


def test_a_correction_of_ones_own_is_not_taken_back_with_what_it_corrects(small: OutcomeLog, log: OutcomeLog) -> None:
    one = log.add_application("Acme", "Analyst", "2026-11-02")
    log.add_interview(one, "2026-11-03")
    cl.import_csv(export_bytes(small, "csv"), into=log)
    log.correct_assessment(1, Assessment(), "again")
    before = counts(log)
    for with_own in (False, True):
        with pytest.raises(LogError, match=r"Import 1 can’t be undone"):
            log.undo_import(1, with_own=with_own)
    assert counts(log) == before


# --- As a spreadsheet program, or a person, may leave it


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_other_separators_and_encodings(small: OutcomeLog, log: OutcomeLog, separator: str, encoding: str) -> None:
    cl.import_csv(as_file(lines(small), separator, encoding), into=log)
    assert_same(small, log)


def test_days_and_times_written_anew(small: OutcomeLog, log: OutcomeLog) -> None:
    def rewrite(rows: list[Line]) -> None:
        for row in rows:
            for name in ("day", "answered_at", "locked_at"):
                if row[name]:
                    at = dt.datetime.fromisoformat(row[name])
                    row[name] = f"{at:%d/%m/%Y}" if name == "day" else f"{at:%d/%m/%Y %H:%M:%S}"

    content = edited(small, rewrite, separator=";", encoding="cp1252")
    asked = cl.import_csv(content, into=log, dry_run=True)
    assert asked.questions == ("day_first",)
    assert all("could be two different dates" in row.reason or "belongs to" in row.reason for row in asked.skipped)
    report = cl.import_csv(content, into=log, day_first=True)
    assert report.skipped == ()
    assert log.events().equals(small.events())
    kept, came = (one.rows(AssessmentRow)[0].answered_at for one in (small, log))
    assert came == kept.replace(microsecond=0)


def test_words_and_numbers_written_anew(small: OutcomeLog, log: OutcomeLog) -> None:
    def rewrite(rows: list[Line]) -> None:
        for row in rows:
            row["record"] = row["record"].upper()
            row["application"] += ".0"
            row["score"] = row["score"].replace(".", ",")
            for name in ("hindsight", "wants_answer", "signs.overran"):
                row[name] = {"yes": "WAHR", "no": "falsch"}.get(row[name], "")

    cl.import_csv(edited(small, rewrite, separator=";"), into=log)
    assert_same(small, log)


def test_columns_in_another_order_with_others_beside_them(small: OutcomeLog, log: OutcomeLog) -> None:
    rows = [{"mine": "x", **dict(reversed(row.items()))} for row in lines(small)]
    cl.import_csv(as_file(rows), into=log)
    assert_same(small, log)


def test_rows_that_were_typed_in(small: OutcomeLog, log: OutcomeLog) -> None:
    def add(rows: list[Line]) -> None:
        empty = dict.fromkeys(rows[0], "")
        rows.append(empty | {"record": "application", "company": "Quay", "role": "Analyst", "day": "2026-11-20"})
        rows.append(
            empty | {"record": "event", "company": "quay", "role": "Analyst", "day": "2026-11-21", "kind": "Offer"}
        )
        rows.append(empty | {"record": "event", "company": "Acme", "role": "Analyst", "kind": "offer"})

    report = cl.import_csv(edited(small, add), into=log)
    assert report.skipped == ()
    assert [(row.application, row.kind.value) for row in log.rows(EventRow) if row.kind == "offer"] == [
        (1, "offer"),
        (3, "offer"),
    ]


def test_a_workbook_that_was_saved_again(small: OutcomeLog, log: OutcomeLog) -> None:
    book, file = openpyxl.load_workbook(io.BytesIO(export_bytes(small, "xlsx"))), io.BytesIO()
    book["History"].append(["event", 2, "Octo", None, dt.date(2026, 11, 21), "offer"])
    del book["Applications"]
    book.save(file)
    report = cl.import_csv(file.getvalue(), into=log)
    assert report.skipped == ()
    log.delete_event(max(row.event or 0 for row in log.rows(EventRow)))
    assert log.events().equals(small.events())


def test_with_a_mapping_it_is_read_as_any_tracker(small: OutcomeLog, log: OutcomeLog) -> None:
    report = cl.import_csv(export_bytes(small, "csv"), into=log, mapping={"company": "company", "role": "role"})
    assert report.mapping["company"] == "company"
    assert log.rows(AssessmentRow) == ()


def test_without_its_headings_it_is_read_as_any_tracker(small: OutcomeLog, log: OutcomeLog) -> None:
    rows = [{name: cell for name, cell in row.items() if name not in ("record", "kind")} for row in lines(small)]
    report = cl.import_csv(as_file(rows), into=log)
    assert report.imported + len(report.skipped) == report.rows == len(rows)
    assert {row.company for row in log.rows(ApplicationRow)} == {"Acme", "Octo"}


# --- Damaged, or changed by hand


DAMAGE: Mapping[str, tuple[str, int, Line, str]] = {
    "no record": ("event", 0, {"record": "evnt"}, "Under record it says “evnt”"),
    "no company": ("application", 1, {"company": " "}, "There’s nothing under company"),
    "no such day": ("event", 0, {"day": "2026-02-30"}, "“2026-02-30” doesn’t belong under day."),
    "no such kind": ("event", 0, {"kind": "promoted"}, "“promoted” doesn’t belong under kind."),
    "no such round": ("interview", 0, {"round": ""}, "There’s nothing under round"),
    "no number": ("event", 0, {"application": "one"}, "“one” doesn’t belong under application."),
    "a number too large": (
        "application",
        1,
        {"application": str(2**63)},
        "doesn’t belong under application.",
    ),
    "no such parent": ("event", 1, {"application": "77"}, "The record it belongs to (77 under application)"),
    "sorted in part": ("event", 0, {"company": "Octo"}, "It names “Octo”, but application 1 is at “Acme”"),
    "a rating too high": ("assessment", 3, {"felt": "9"}, "The assessment’s answers don’t add up: felt is 9"),
    "a sign unknown": (
        "assessment",
        3,
        {"signs.overran": "perhaps"},
        "“perhaps” doesn’t belong under",
    ),
    "a score too high": ("assessment", 3, {"score": "1.5"}, "“1.5” doesn’t belong under score."),
    "no number at all": ("assessment", 3, {"score": "nan"}, "“nan” doesn’t belong under score."),
    "no time": (
        "assessment",
        3,
        {"answered_at": "yesterday"},
        "“yesterday” doesn’t belong under answered_at.",
    ),
    "two originals": ("assessment", 2, {"corrects": ""}, "Interview 1 already has an assessment"),
    "corrects itself": ("assessment", 2, {"corrects": "2"}, "It corrects assessment 2, but no locked assessment"),
    "corrects another's": ("assessment", 3, {"corrects": "1", "why": "x"}, "It corrects assessment 1, but no locked"),
    "corrects without why": ("assessment", 2, {"why": ""}, "There’s nothing under why"),
    "an old number again": (
        "application",
        1,
        {"application": "1"},
        "The number 1 under application is already in line 2",
    ),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_row_that_does_not_fit_is_reported_and_the_rest_comes(
    small: OutcomeLog, log: OutcomeLog, damage: tuple[str, int, Line, str]
) -> None:
    record, nth, change, said = damage
    report = cl.import_csv(edited(small, lambda rows: of(rows, record, nth).update(change)), into=log)
    assert report.imported + len(report.skipped) == report.rows == len(lines(small))
    assert any(said in row.reason for row in report.skipped), report.skipped
    assert report.imported > 0
    assert log.add_application("Next") < 10  # the numbers have not run away


def test_taking_the_lock_off_does_not_open_an_assessment(small: OutcomeLog, log: OutcomeLog) -> None:
    def unlock(rows: list[Line]) -> None:
        for row in rows:
            row["locked_at"], row["hindsight"] = "", row["hindsight"] and "no"

    cl.import_csv(edited(small, unlock), into=log)
    locked = {row.interview for row in log.rows(AssessmentRow) if row.locked_at}
    assert locked == {1, 2}
    with pytest.raises(LockedError):
        log.reassess(1, Assessment())


@settings(max_examples=25)
@given(st.data())
def test_no_damage_makes_it_fail_or_lose_a_row(small: OutcomeLog, data: st.DataObject) -> None:
    content = bytearray(export_bytes(small, data.draw(st.sampled_from(["csv", "parquet", "xlsx"]))))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    with contextlib.suppress(LogError):  # a sentence
        report = cl.import_csv(bytes(content), into=small, dry_run=True)
        assert report.imported + len(report.skipped) == report.rows


def test_a_parquet_file_of_another_kind_is_told_of(log: OutcomeLog) -> None:
    import pyarrow as pa  # as in the kit: loaded where it is needed
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.table({"company": ["Acme"]}), file)
    with pytest.raises(LogError, match=r"mine\.parquet isn’t a history from this kit; choose"):
        cl.import_csv(file.getvalue(), into=log, name="mine.parquet")
    with pytest.raises(LogError, match=r"mine\.parquet is damaged, or isn’t a Parquet file"):
        cl.import_csv(b"PAR1" + bytes(99), into=log, name="mine.parquet")
