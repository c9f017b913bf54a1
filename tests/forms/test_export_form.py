"""The export form: what it saves and where, that nothing is written over, and the download."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pypdf
import pytest
from driving import is_shown, static_html, text_of

import closing_lib as cl
from closing_lib.forms.transfer.export_form import ExportForm
from closing_lib.records import OutcomeLog

AWKWARD = "<script>alert(1)</script><img src=x onerror=alert(1)> {company} {0}"


@pytest.fixture
def form(log: OutcomeLog) -> ExportForm:
    application = log.add_application("Acme", "=Analyst", "2026-11-02", note="private")
    log.add_interview(application, "2026-11-10", note="private")
    return ExportForm(log)


def said(form: ExportForm) -> str:
    return form.row.said


def files(log: OutcomeLog) -> list[str]:
    return sorted(file.name for file in (log.path.parent / "exports").glob("*"))


@pytest.mark.parametrize("ending", ["xlsx", "csv", "parquet"])
def test_saves_the_whole_log_beside_it(form: ExportForm, log: OutcomeLog, tmp_path: Path, ending: str) -> None:
    assert said(form) == ""
    form.controls["what"].value = ending
    assert not is_shown(form, form.controls["start"])
    form.row.press("file")
    name = f"closing-log-2026-11-22.{ending}"
    assert said(form) == f"Downloaded: {name}. There’s a copy in the folder exports next to your log."
    back = OutcomeLog(tmp_path / "back.sqlite")
    cl.import_csv(log.path.parent / "exports" / name, into=back)
    assert back.applications().equals(log.applications())


def test_nothing_is_written_over(form: ExportForm, log: OutcomeLog) -> None:
    form.row.press("file")
    form.row.press("file")  # the same log is the same file
    assert files(log) == ["closing-log-2026-11-22.xlsx"]
    log.add_application("Octo")
    form.row.press("file")
    assert files(log) == ["closing-log-2026-11-22-2.xlsx", "closing-log-2026-11-22.xlsx"]
    assert said(form).startswith("Downloaded: closing-log-2026-11-22-2.xlsx")


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_saves_a_report_of_a_period(form: ExportForm, log: OutcomeLog, ending: str) -> None:
    form.controls["what"].value = ending
    assert is_shown(form, form.controls["start"])
    form.controls["me"].value = AWKWARD
    form.controls["start"].value = dt.date(2026, 11, 5)
    form.controls["end"].value = dt.date(2026, 11, 15)
    form.row.press("file")
    assert files(log) == [f"activity-report-2026-11-05-2026-11-15.{ending}"]
    content = (log.path.parent / "exports" / files(log)[0]).read_bytes()
    if ending == "pdf":
        assert content.startswith(b"%PDF-")
        return
    page = content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "private" not in re.sub(r"(?s)<style>.*</style>", "", page)


def test_a_period_that_ends_before_it_begins_is_told_of(form: ExportForm, log: OutcomeLog) -> None:
    form.controls["what"].value = "html"
    form.controls["start"].value = dt.date(2026, 11, 15)
    form.controls["end"].value = dt.date(2026, 11, 5)
    form.row.press("file")
    assert said(form).startswith("The period starts on 2026-11-15 but ends on 2026-11-05")
    assert files(log) == []


def test_only_a_report_can_be_opened_and_printed(form: ExportForm) -> None:
    assert form.row.hidden == ["open", "print"]
    form.row.press("file")
    form.controls["what"].value = "pdf"
    assert (form.row.hidden, form.row.said) == ([], "")


def test_what_the_pdf_cannot_print_is_named_and_the_page_has_it(form: ExportForm, log: OutcomeLog) -> None:
    form.controls["what"].value = "pdf"
    form.row.press("file")
    assert "▯" not in said(form)
    for name in ("空山商事", "한빛", "株式会社ソラ", "深圳星河", "Ивановы", "🦊 Fox", "東京"):
        log.add_application(name, applied_on="2026-11-10")
    form.row.press("file")
    assert "shows ▯ instead: 空山商事, 한빛, 株式会社ソラ, 深圳星河, 🦊 Fox, and 1 more. " in said(form)
    pdf = pypdf.PdfReader(max((log.path.parent / "exports").glob("*.pdf"), key=lambda file: file.stat().st_mtime))
    printed = " ".join(pdf.pages[0].extract_text().split())
    assert "Ивановы" in printed
    assert "Names that have some: 6." in printed
    form.controls["what"].value = "html"
    form.row.press("file")
    assert "▯" not in said(form)
    assert "株式会社ソラ" in next((log.path.parent / "exports").glob("*.html")).read_text(encoding="utf-8")


def test_what_cannot_be_saved_is_told_of(form: ExportForm, log: OutcomeLog) -> None:
    (log.path.parent / "exports").write_text("no folder")
    form.row.press("file")
    assert "No copy could be saved next to your log (" in said(form)
    (log.path.parent / "exports").unlink()
    log.add_application("Octo", note="x" * 40_000)
    form.row.press("file")
    assert said(form).startswith("The text under note of application 2 has 40,000 characters")
    assert files(log) == []


def test_a_log_in_trouble_is_told_of(form: ExportForm, log: OutcomeLog) -> None:
    log.path.write_bytes(b"no log at all, but long enough to be taken for one" * 100)
    form.row.press("file")
    assert "log.sqlite" in said(form)
    assert not (log.path.parent / "exports").exists()


def test_each_control_has_its_label_and_the_page_its_words(form: ExportForm) -> None:
    assert repr(form) == "ExportForm()"
    assert form.controls["what"].label == "What would you like to take?"
    assert all(form.controls[name].description for name in ("start", "end", "me"))
    assert form.row.waits_for == [control.model_id for control in form.controls.values()]
    assert text_of(static_html(form)).strip()
