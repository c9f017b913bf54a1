"""Export, then import: the same log, from every format, whatever it holds."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from histories import TABLES, assert_same, counts, logs, new_path
from hypothesis import given, settings

import closing_lib as cl
from closing_lib.records import ApplicationRow, LogError, OutcomeLog
from closing_lib.records.backup import ENDINGS, export_bytes, export_log, read_history
from closing_lib.records.backup import workbook as workbook_module

formats = pytest.mark.parametrize("ending", ENDINGS)


@pytest.fixture(scope="module")
def sample() -> OutcomeLog:
    log = cl.sample_log()
    log.add_attempt("practice", "one", passed=True, detail={"asked": "mild", "=seed": 7})
    return log


@settings(max_examples=8)
@given(logs())
def test_any_log_comes_back_the_same_from_every_format(log: OutcomeLog) -> None:
    for ending in ENDINGS:
        content = export_bytes(log, ending)
        back = OutcomeLog(new_path())
        report = cl.import_csv(content, into=back, name=f"h.{ending}")
        assert (report.imported, report.skipped) == (report.rows, ())
        assert_same(log, back)
        again = cl.import_csv(content, into=log, name=f"h.{ending}")
        assert (again.imported, len(again.skipped)) == (0, report.rows)
    read = read_history(export_log(log, log.path.with_name("h.parquet")))
    pd.testing.assert_frame_equal(read.interviews(), log.interviews())
    pd.testing.assert_frame_equal(read.events(), log.events())


@formats
def test_the_sample_comes_back_the_same_and_goes_again(sample: OutcomeLog, log: OutcomeLog, ending: str) -> None:
    content = export_bytes(sample, ending)
    report = cl.import_csv(content, log, dry_run=True)
    assert (report.imported, counts(log), report.dry_run) == (report.rows, [0] * len(TABLES), True)
    report = cl.import_csv(content, log)
    assert (report.applications, report.interviews, report.assessments, report.attempts) == (24, 33, 33, 1)
    assert_same(sample, log)
    once_more = cl.import_csv(content, log)
    assert (once_more.imported, len(once_more.skipped), once_more.number) == (0, report.imported, None)
    assert {row.reason for row in once_more.skipped} == {
        f"You’ve already imported it, on {dt.datetime.now(dt.UTC):%Y-%m-%d} (import 1)."
    }
    assert report.number is not None
    log.undo_import(report.number)
    assert counts(log) == [0] * len(TABLES)
    assert cl.import_csv(content, log).imported == report.imported  # what was taken back can come again


@formats
def test_what_is_exported_can_be_tallied_without_a_log(sample: OutcomeLog, tmp_path: Path, ending: str) -> None:
    path = export_log(sample, tmp_path / f"h.{ending}")
    if ending == "xlsx":
        with pytest.raises(LogError, match=r"h\.xlsx isn’t a history"):
            read_history(path)
        return
    read = read_history(path)
    pd.testing.assert_frame_equal(read.interviews(), sample.interviews())
    pd.testing.assert_frame_equal(read.events(), sample.events())
    pd.testing.assert_frame_equal(cl.tally(read), cl.tally(sample))


def test_a_table_in_memory_reads_as_its_file_does(sample: OutcomeLog, tmp_path: Path) -> None:
    path = export_log(sample, tmp_path / "h.parquet")
    for table in (pq.read_table(path), pd.read_parquet(path)):
        pd.testing.assert_frame_equal(read_history(table).interviews(), sample.interviews())
        pd.testing.assert_frame_equal(read_history(table).events(), sample.events())
    with pytest.raises(LogError, match="DataFrame isn’t a history from this kit"):
        read_history(pd.DataFrame({"company": ["Acme"]}))


def test_the_workbook_is_one_to_work_with(sample: OutcomeLog) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export_bytes(sample, "xlsx")))
    assert book.sheetnames == ["History", "Applications", "Interviews"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])
    history = [row[4] for row in book["History"].iter_rows(min_row=2) if row[4].value is not None]
    assert all(cell.is_date for cell in history)
    latest = [cell.value for cell in book["Applications"][2]]
    assert latest[:5] == [
        "Left Sock Logistics",
        "Reporting analyst",
        dt.datetime(2026, 6, 22),  # noqa: DTZ001  # a workbook knows no time zones
        "rejected",
        dt.datetime(2026, 7, 17),  # noqa: DTZ001
    ]


def test_the_headings_are_the_same_in_every_language(sample: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    english = export_bytes(sample, "csv")
    monkeypatch.setenv("CLOSING_LANG", "es")
    assert export_bytes(sample, "csv") == english
    book = openpyxl.load_workbook(io.BytesIO(export_bytes(sample, "xlsx")))
    assert book.sheetnames == ["History", "Candidaturas", "Entrevistas"]


def test_parquet_has_proper_types(sample: OutcomeLog) -> None:
    types = {field.name: str(field.type) for field in pq.read_schema(io.BytesIO(export_bytes(sample, "parquet")))}
    assert (types["application"], types["day"], types["score"]) == ("int64", "date32[day]", "double")
    assert (types["answered_at"], types["hindsight"], types["signs.overran"]) == (
        "timestamp[us, tz=UTC]",
        "bool",
        "bool",
    )


@formats
def test_a_file_that_is_there_is_left_as_it_is(sample: OutcomeLog, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"mine.{ending}"
    path.write_text("mine")
    with pytest.raises(LogError, match=rf"^mine\.{ending} already exists\. Choose another name"):
        export_log(sample, path)
    assert path.read_text() == "mine"
    assert export_log(sample, str(path), overwrite=True) == path
    assert path.read_bytes()[:4] != b"mine"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_what_cannot_be_written_is_told_in_a_sentence(sample: OutcomeLog, tmp_path: Path) -> None:
    with pytest.raises(LogError, match="can’t be saved as “docx”; end the name in one of csv, xlsx, parquet"):
        export_log(sample, tmp_path / "h.docx")
    with pytest.raises(
        LogError, match=r"^h\.csv couldn’t be saved \(No such file or directory\)\. Choose another folder"
    ):
        export_log(sample, tmp_path / "nowhere" / "h.csv")
    assert [*tmp_path.iterdir()] == []


def test_what_a_workbook_cannot_hold_is_told_before_anything_is_written(log: OutcomeLog, tmp_path: Path) -> None:
    log.add_application("Acme", note="x" * 32_767)
    assert export_log(log, tmp_path / "fits.xlsx")
    log.add_application("Octo", note="😀" * 16_384)  # two units of UTF-16 each: one too many
    with pytest.raises(
        LogError,
        match="The text under note of application 2 has 32,768 characters, and an XLSX cell takes at most 32,767",
    ):
        export_log(log, tmp_path / "h.xlsx")
    assert [file.name for file in tmp_path.glob("*.xlsx")] == ["fits.xlsx"]
    for ending in ("csv", "parquet"):
        back = OutcomeLog(tmp_path / f"{ending}.sqlite")
        cl.import_csv(export_bytes(log, ending), into=back)
        assert_same(log, back)


def test_more_rows_than_a_sheet_has_are_told_too(sample: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = len(cl.import_csv(export_bytes(sample, "csv"), into=sample, dry_run=True).skipped)
    monkeypatch.setattr(workbook_module, "ROWS", rows + 1)  # a million rows would take the test too long
    assert export_bytes(sample, "xlsx")
    monkeypatch.setattr(workbook_module, "ROWS", rows)
    with pytest.raises(LogError, match=f"has {rows + 1} rows, headings included, and an XLSX sheet can hold {rows}"):
        export_bytes(sample, "xlsx")


def test_an_empty_log_is_a_table_of_its_headings(log: OutcomeLog) -> None:
    for ending in ENDINGS:
        report = cl.import_csv(export_bytes(log, ending), into=log)
        assert (report.rows, report.number) == (0, None)


@formats
def test_what_was_deleted_or_changed_is_not_handed_on(ending: str, log: OutcomeLog, tmp_path: Path) -> None:
    log.update_application(log.add_application("Acme", note="Ann is rude"), note="by Ann")
    log.delete_application(log.add_application("Badger"))
    path = cl.export_log(log, tmp_path / f"log.{ending}")
    other = OutcomeLog(tmp_path / "other.sqlite")
    cl.import_csv(path, into=other)
    assert [(row.company, row.note) for row in other.rows(ApplicationRow)] == [("Acme", "by Ann")]
    kept = "".join(log.changes()["before"].dropna())
    assert all(said in kept for said in ("Ann is rude", "Badger"))
