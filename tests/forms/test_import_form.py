"""The import form: what it shows before anything is changed, what it asks, and taking an import back."""

from __future__ import annotations

import io
import signal
from pathlib import Path

import pytest
from driving import again, html_below, is_shown, tags_of, text_of

from closing_lib.forms.transfer.import_form import ImportForm
from closing_lib.records import ApplicationRow, EventRow, InterviewRow, OutcomeLog, sample_log
from closing_lib.records.backup import export_bytes

TRACKER = b"Company,Role,Applied,Status\nAcme,Analyst,2026-11-02,Rejected\nOcto,Analyst,2026-11-03,Limbo\n"
MIXED = b"Company,Applied,Status\nAcme,3/4/2026,Applied\nOcto,2026-11-03,Applied\n"
AWKWARD = "<script>alert(1)</script><img src=x onerror=alert(1)> Barnes & Noble {company} {0} \u202eevil\u202c"


def said(form: ImportForm) -> str:
    return text_of(form._status.value).strip()


def rows(log: OutcomeLog) -> tuple[int, int]:
    there = again(log)
    return len(there.rows(ApplicationRow)), len([row for row in there.rows(EventRow) if row.event is not None])


@pytest.fixture
def form(log: OutcomeLog) -> ImportForm:
    """Give the form with the tracker chosen, as the page hands it over."""
    form = ImportForm(log)
    form.chooser._handle_custom_msg({"name": "tracker.csv"}, [memoryview(TRACKER)])  # as the page sends it
    return form


def test_asks_nothing_before_a_file_is_chosen(log: OutcomeLog) -> None:
    form = ImportForm(log)
    assert said(form) == "No file chosen yet."
    assert form.save_button.disabled
    assert not form.asked.controls
    assert not is_shown(form, form._about)
    assert not is_shown(form, form.undo.which)


def test_shows_all_before_anything_is_changed(form: ImportForm, log: OutcomeLog) -> None:
    assert (
        said(form)
        == "To be imported from tracker.csv: 1 of 2 rows. Left out, each with a reason: 1. Nothing has changed yet."
    )
    shown = text_of(html_below(form.view))
    assert "“Limbo” in the column Status isn’t a status the kit knows. Say what it means." in shown
    assert "2 Nov 2026" in shown
    assert "such as “Acme”, “Octo”" in shown
    assert rows(log) == (0, 0)


def test_takes_in_what_can_be_taken_and_the_rest_once_it_is_answered(form: ImportForm, log: OutcomeLog) -> None:
    assert form.save_button.description == "Import 1 of 2 rows"
    form.save_button.click()
    assert said(form) == "Imported from tracker.csv: 1 of 2 rows. Left out, each with a reason: 1."
    assert (rows(log), form.save_button.disabled) == ((1, 1), True)
    form.asked.controls["status", "Limbo"].value = "open"
    assert form.save_button.description == "Import 1 of 2 rows"
    form.save_button.click()
    assert rows(log) == (2, 1)
    assert not form.asked.controls  # all is taken in: nothing is left to ask
    form.save_button.click()
    assert rows(log) == (2, 1)


def test_a_column_that_was_guessed_can_be_corrected(form: ImportForm, log: OutcomeLog) -> None:
    asked = form.asked.controls
    assert [control.value for (kind, _), control in asked.items() if kind == "column"] == [
        "company",
        "role",
        "applied_on",
        "status",
    ]
    asked["column", "Role"].value = "company"
    assert asked["column", "Company"].value == ""  # there is only one
    asked["column", "Status"].value = "note"
    form.save_button.click()
    assert [(row.company, row.note) for row in again(log).rows(ApplicationRow)] == [
        ("Analyst", "Rejected"),
        ("Analyst", "Limbo"),
    ]


def test_an_answer_that_cannot_be_is_told_and_taken_away(form: ImportForm) -> None:
    form.asked.controls["column", "Role"].value = "company"
    control = form.asked.controls["column", "Status"]
    control.value = "company"
    assert said(form) == "Two columns can’t both be the company. Leave one of them out."
    assert control.value == "status"
    assert not form.save_button.disabled
    control.value = "note"
    assert form.report.mapping == {"Company": None, "Role": "company", "Applied": "applied_on", "Status": "note"}


def test_a_question_keeps_its_control_while_others_are_answered(form: ImportForm) -> None:
    before = dict(form.asked.controls)
    form.asked.controls["status", "Limbo"].value = "no_reply"
    assert dict(form.asked.controls) == before
    assert form.asked.controls["status", "Limbo"].value == "no_reply"
    form.asked.controls["status", "Limbo"].value = ""
    assert form.report.unknown_statuses == ("Limbo",)


def test_a_status_that_was_known_can_be_read_in_another_way(form: ImportForm, log: OutcomeLog) -> None:
    control = form.asked.controls["status", "Rejected"]
    assert control.options[0] == ("the kit’s guess: a no", "")
    control.value = "withdrew"
    form.save_button.click()
    (event,) = [row for row in again(log).rows(EventRow) if row.event is not None]
    assert event.kind == "withdrew"


def test_asks_for_the_order_of_days_and_the_year(log: OutcomeLog) -> None:
    form = ImportForm(log)
    form.open(MIXED, "tracker.csv")
    assert form.report.imported == 1
    form.asked.controls["day_first", ""].value = True
    assert form.report.first[0].applied_on == "2026-04-03"
    form.asked.controls["day_first", ""].value = False
    assert form.report.first[0].applied_on == "2026-03-04"
    form.open(b"Company,Applied\nAcme,27-Oct\n", "tracker.csv")
    assert ("day_first", "") not in form.asked.controls
    form.asked.controls["year", ""].value = 2025
    assert form.report.first[0].applied_on == "2025-10-27"


def test_asks_which_column_names_the_company(log: OutcomeLog) -> None:
    form = ImportForm(log)
    form.open(b"Whom,Status\nAcme,Rejected\n", "tracker.csv")
    assert said(form).endswith("No column looks like the company. Say which one it is.")
    form.asked.controls["column", "Whom"].value = "company"
    form.save_button.click()
    assert rows(log) == (1, 1)


def test_asks_which_sheet_of_a_workbook(log: OutcomeLog) -> None:
    from openpyxl import Workbook  # as in the kit: loaded where it is needed

    book, file = Workbook(), io.BytesIO()
    book.active.title = "This year"
    book.active.append(["Company", "Status"])
    book.active.append(["Acme", "Rejected"])
    book.create_sheet("Last year").append(["Firma"])
    book["Last year"].append(["Octo"])
    book.save(file)
    form = ImportForm(log)
    form.open(file.getvalue(), "tracker.xlsx")
    control = form.asked.controls["sheet", ""]
    assert control.value == "This year"
    control.value = "Last year"
    assert [row.company for row in form.report.first] == ["Octo"]
    assert form.asked.controls["sheet", ""] is control


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"PK\x03\x04 no workbook"])
def test_a_file_that_cannot_be_read_is_told_of_in_one_sentence(form: ImportForm, log: OutcomeLog, data: bytes) -> None:
    form.open(data, "other.csv")
    assert said(form).startswith("other.csv ")
    assert form.save_button.disabled
    assert not form.asked.controls
    assert not is_shown(form, form._about)
    assert rows(log) == (0, 0)


def test_takes_an_import_back(form: ImportForm, log: OutcomeLog) -> None:
    form.save_button.click()
    assert is_shown(form, form.undo.which)
    form.undo.back_button.click()
    assert rows(log) == (0, 0)
    assert text_of(form.undo._status.value).strip().startswith("Import undone: 1: tracker.csv, rows: 1,")
    assert form.save_button.description == "Import 1 of 2 rows"


def test_asks_once_more_before_something_of_ones_own_goes_too(form: ImportForm, log: OutcomeLog) -> None:
    form.save_button.click()
    log.add_interview(1, "2026-11-10", "first")
    undo = form.undo
    undo.back_button.click()
    assert rows(log)[0] == 1
    assert undo.said.startswith("Import 1 can’t be undone without losing your own work")
    assert is_shown(form, undo.confirm_button)
    undo.keep_button.click()
    assert (undo.said, is_shown(form, undo.confirm_button)) == ("", False)
    undo.back_button.click()
    undo.confirm_button.click()
    assert rows(log) == (0, 0)


def test_tells_of_a_later_import_and_asks_nothing_where_the_answer_would_change_nothing(log: OutcomeLog) -> None:
    form = ImportForm(log)
    for status in ("Interview", "Rejected"):
        form.open(f"Company,Status\nAcme,{status}\n".encode(), f"{status}.csv")
        form.save_button.click()
    undo = form.undo
    undo.which.value = 1
    undo.back_button.click()
    assert undo.said == "Import 1 can’t be undone yet, because import 2 added to its applications. Undo import 2 first."
    assert text_of(undo._status.value).strip() == undo.said
    assert not is_shown(form, undo.confirm_button)
    assert rows(log) == (1, 2)
    undo.which.value = 2
    undo.back_button.click()
    assert rows(log) == (1, 1)


def test_what_a_file_holds_never_becomes_a_part_of_the_page(log: OutcomeLog) -> None:
    def shown(word: str) -> tuple[list[str], str]:
        form = ImportForm(log)
        form.open(f'Company,Role,Status\n"{word}","{word}",Applied\nOcto,,"{word}"\n'.encode(), word)
        return tags_of(html_below(form.view)), text_of(html_below(form.view))

    plain_tags, plain_words = shown("Qwyx")
    tags, words = shown(AWKWARD)
    assert tags == plain_tags
    assert words.count("<script>alert(1)</script>") == plain_words.count("Qwyx") > 3


def test_a_log_in_trouble_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    log = OutcomeLog(path)
    form = ImportForm(log)
    path.write_bytes(b"no log at all, but long enough to be taken for one" * 100)
    form.open(TRACKER, "tracker.csv")
    assert "log.sqlite" in said(form) + form.trouble
    assert form.save_button.disabled


def large() -> bytes:
    rows = (f"Company {number},Analyst,2026-10-{1 + number % 28:02},Rejected\n" for number in range(20_000))
    return "".join(["Company,Role,Applied,Status\n", *rows]).encode()


def test_a_large_file_tells_how_far_it_has_come(log: OutcomeLog) -> None:
    form, heard = ImportForm(log), []
    form._status.observe(lambda change: heard.append(text_of(change["new"]).strip()), names="value")
    form.open(large(), "tracker.csv")
    assert heard[0] == "Reading tracker.csv. It’s a large file, so this may take a moment."
    heard.clear()
    form.save_button.click()
    assert heard[1:-1] == [
        f"tracker.csv: {share}% imported. Your log won’t change until it’s all there."
        for share in (10, 20, 30, 50, 60, 70, 80)
    ]
    assert said(form) == "Imported from tracker.csv: 20,000 of 20,000 rows. Left out, each with a reason: 0."


def test_a_large_file_can_be_stopped_without_harm(log: OutcomeLog) -> None:
    form = ImportForm(log)
    form.open(large(), "tracker.csv")
    show = form._show_progress

    def stop_half_way(done: int, total: int) -> None:
        show(done, total)
        if done > total / 2:
            signal.raise_signal(signal.SIGINT)  # as when a kernel is interrupted

    form._show_progress = stop_half_way
    form.save_button.click()
    assert said(form) == "Stopped. Nothing was imported from tracker.csv."
    assert rows(log) == (0, 0)
    form._show_progress = show
    form.save_button.click()
    assert rows(log) == (20_000, 20_000)


def test_the_page_shows_it_as_soon_as_another_form_writes(form: ImportForm, log: OutcomeLog) -> None:
    other = ImportForm(log)
    form.save_button.click()
    assert other.undo.which.options == form.undo.which.options != ()


def test_takes_the_kits_own_export_back_without_asking(log: OutcomeLog) -> None:
    sample = sample_log()
    form = ImportForm(log)
    assert ".parquet" in form.chooser.accept.split(",")
    for ending in ("csv", "parquet"):
        form.open(export_bytes(sample, ending), f"closing-log.{ending}")
        assert not form.asked.controls
        assert "Left Sock Logistics" in text_of(html_below(form.view))
    assert form.save_button.description == "Import 166 of 166 rows"
    form.save_button.click()
    assert again(log).rows(InterviewRow) == sample.rows(InterviewRow)
    form.undo.back_button.click()
    assert rows(log) == (0, 0)


@pytest.mark.parametrize("name", ["\udce9.csv", "\u202evsc.csv", "a\0b.csv", "x" * 1_000_000 + ".csv"])
def test_a_name_that_cannot_be_kept_or_shown_is_no_obstacle(log: OutcomeLog, name: str) -> None:
    form = ImportForm(log)
    form.open(b"Company,Status\nAcme,rejected\n", name)
    form.save()
    kept = log.imports()["file"][0]
    assert kept.isprintable()
    assert kept.endswith(".csv")
    assert len(kept) < 200
    assert kept in form.said
