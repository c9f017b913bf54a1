"""The outcomes in a real page: a list taken in, all files read by others' programs, the log corrected; and counts."""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pypdf
import pytest
from conftest import Kit, answer, back_to, choose_by_keyboard, go_to, live, open_page, opened, press, tab_to
from playwright.sync_api import BrowserContext, Download, Locator, Page, expect
from pyarrow import parquet
from test_accessibility import faults

import closing_lib as cl
from closing_lib.records import ApplicationRow, AssessmentRow, EventRow, InterviewRow, OutcomeLog

TRACKER = b"Company,Role,Applied,Status\nAcme & <b>Sons</b>,Analyst,2026-11-02,Rejected\nBirch,Clerk,2026-11-03,Limbo\n"
ONE = b"band,used,outcome,n\nwell,bold,offer,3\nunsure,mild,rejected,2\n"
OTHER_LINE = b"well,mild,advanced,4\n"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """Open the kit on a log that no other file's test writes to."""
    with opened(tmp_path_factory.mktemp("data")) as kit:
        yield kit


def log_of(kit: Kit) -> OutcomeLog:
    return OutcomeLog(kit.data / "closing_log.sqlite")


def say(page: Page, said: str) -> Locator:
    """Wait for what a screen reader is told."""
    told = page.get_by_role("status").filter(has_text=said)
    expect(told).to_be_attached()
    return told


def bring(page: Page, label: str, *files: tuple[str, bytes]) -> None:
    """Reach the field with the Tab key, and choose files; the window that asks for them is the browser's own."""
    field = page.get_by_label(label)
    tab_to(page, field)
    field.set_input_files([{"name": name, "mimeType": "text/csv", "buffer": data} for name, data in files])


def test_a_list_is_taken_in_asked_and_saved_with_the_keyboard_alone(page: Page, own: Kit) -> None:
    open_page(page, own, "05_outcomes")
    choose_by_keyboard(page, "Choose a question", "Weeks of silence: is there still hope?")
    say(page, "Now showing: Weeks of silence: is there still hope?")
    asked = page.get_by_role("group", name="Choose a question", exact=True).get_by_role("radio", checked=True)
    expect(asked).to_be_focused()  # the answer is drawn anew, and the focus stays with the question
    expect(page.get_by_role("img", name="After a silence: how many still hear back.")).to_be_visible()

    bring(page, "Choose a file", ("list.csv", TRACKER))
    say(page, "To be imported from list.csv: 1 of 2 rows")
    unknown = page.get_by_label("“Limbo” means", exact=True)
    tab_to(page, unknown)
    page.keyboard.type("still open")
    expect(page.get_by_role("button", name="Import 2 of 2 rows")).to_be_enabled()
    expect(unknown).to_be_focused()
    press(page, "Import 2 of 2 rows")
    say(page, "Imported from list.csv: 2 of 2 rows")
    row = page.get_by_role("row").filter(has_text="Acme & <b>Sons</b>, Analyst")
    expect(row.filter(has_text="rejected")).to_be_visible()
    compared = "Which question did better, in a fair comparison? It needs interviews that say what was asked."
    expect(page.get_by_role("radio", name=compared, exact=True)).to_be_disabled()
    expect(page.get_by_text("Applications counted here: 2.")).to_be_visible()

    press(page, "Download", "Your file")
    say(page, "in the folder exports next to your log")
    assert faults(page) == []
    back_to(page, page.get_by_role("button", name="Undo this import"))
    page.keyboard.press("Enter")
    say(page, "Import undone: 1: list.csv, rows: 2")
    assert log_of(own).rows(ApplicationRow) == ()


# --- The log is a place


def test_the_log_is_put_right_where_it_stands(page: Page, own: Kit) -> None:
    log = log_of(own)
    closed, still_open = (
        log.add_application("Quill", "Analyst", applied_on=f"2026-{month}-02") for month in ("08", "11")
    )
    log.add_event(closed, "rejected", on="2026-10-20")
    went = cl.Assessment({"overran": True}, felt=4, confidence=5, risk=2, round="first")
    log.add_interview(log.add_application("Beta", "Clerk"), "2026-11-18", assessment=went)
    go_to(page, own, "05_outcomes")
    of_two_that_match_the_open_one_is_asked_about_first(page, log, still_open)
    a_row_is_opened_and_changed(page, log)
    an_assessment_is_corrected_until_an_outcome_is_known(page, log)
    what_was_deleted_comes_back(page, log, closed)
    every_file_can_be_read_by_other_programs(page)
    assert faults(page) == []


def of_two_that_match_the_open_one_is_asked_about_first(page: Page, log: OutcomeLog, still_open: int) -> None:
    sheet = with_heading(page, "Log an interview")
    for name, typed in (("Company", "quill"), ("Role", "analyst")):
        sheet.get_by_label(name, exact=True).fill(typed)
    asked = sheet.get_by_role("group", name="You’ve applied there before. Which application was this interview for?")
    expect(asked.locator("label").first).to_have_text("Quill, Analyst · applied 2 Nov 2026 · still open")
    save = sheet.get_by_role("button", name="Save this interview")
    expect(save).to_be_disabled()
    asked.locator("label").first.click()
    save.click()
    say(page, "Saved: quill, analyst, first round")
    assert [row.application for row in log.rows(InterviewRow)][1:] == [still_open]
    sheet.get_by_role("button", name="Undo", exact=True).click()
    say(page, "No longer in your log: Quill, Analyst")
    assert len(log.rows(InterviewRow)) == 1


def a_row_is_opened_and_changed(page: Page, log: OutcomeLog) -> None:
    record, sheet = opened_row(page)
    tab_to(page, page.get_by_role("button", name="Change: Beta, Clerk · First · 18 Nov 2026").last)
    page.keyboard.press("Enter")
    expect(record).to_be_focused()
    expect(record).to_be_in_viewport()
    expect(record.locator("option:checked")).to_have_text("Beta, Clerk · First · 18 Nov 2026")
    sheet.get_by_label("Who you met").fill("Ms <i>Wick</i>")
    save_the_change(page)
    assert log.rows(InterviewRow)[0].interviewers == "Ms <i>Wick</i>"


def an_assessment_is_corrected_until_an_outcome_is_known(page: Page, log: OutcomeLog) -> None:
    _, sheet = opened_row(page)
    row = page.get_by_role("row").filter(has_text="Beta, Clerk").last
    row.get_by_text("First", exact=True).click()  # anywhere in it
    sheet.get_by_role("button", name="Correct the assessment").click()
    answer(sheet, "How it felt, overall", "2")
    save_the_change(page)
    (assessed,) = log.rows(AssessmentRow)
    assert (assessed.answers["felt"], assessed.answers["confidence"]) == (2, 5)
    event = with_heading(page, "What’s happened since?")
    beta = event.get_by_label("Application", exact=True)
    beta.select_option(beta.locator("option").filter(has_text="Beta, Clerk").first.text_content())
    event.get_by_label("What happened").select_option("They said no")
    event.get_by_role("button", name="Save what happened").click()
    say(page, "Saved: They said no; Beta, Clerk")
    expect(row).to_contain_text("rejected")
    row.get_by_text("First", exact=True).click()
    expect(sheet.get_by_text("You know the result of this interview")).to_be_visible()
    expect(sheet.get_by_role("button", name="Correct the assessment")).to_have_count(0)


def what_was_deleted_comes_back(page: Page, log: OutcomeLog, closed: int) -> None:
    record, sheet = opened_row(page)
    before = log.rows(ApplicationRow), log.rows(EventRow)
    record.select_option("Quill, Analyst · applied 2 Aug 2026")
    for way_back in ("Undo", "Bring it back"):
        sheet.get_by_role("button", name="Delete", exact=True).click()
        sheet.get_by_role("button", name="Yes, delete it").click()
        expect(say(page, "Deleted: Quill, Analyst · applied 2 Aug 2026")).to_be_focused()
        assert closed not in [row.application for row in log.rows(ApplicationRow)]
        sheet.get_by_role("button", name=way_back, exact=True).click()
        expect(say(page, "Quill, Analyst, and 1 more that belonged to it.")).to_be_focused()
        assert (log.rows(ApplicationRow), log.rows(EventRow)) == before
        record.select_option("Quill, Analyst · applied 2 Aug 2026")


def with_heading(page: Page, heading: str) -> Locator:
    return page.locator(".ck-sheet").filter(has=page.get_by_role("heading", name=heading))


def opened_row(page: Page) -> tuple[Locator, Locator]:
    """Give the list of rows, and the sheet on which one is changed."""
    record = page.get_by_label("What do you want to change?")
    return record, page.locator(".ck-sheet").filter(has=record)


def save_the_change(page: Page) -> None:
    _, sheet = opened_row(page)
    sheet.get_by_role("button", name="Save the change").click()
    say(page, "Saved: Beta, Clerk · First · 18 Nov 2026.")
    expect(sheet.get_by_role("button", name="Undo", exact=True)).to_be_visible()


# --- Files, read by programs that are none of the kit's


def text_of_page(content: bytes) -> str:
    read: list[str] = []
    reader = HTMLParser(convert_charrefs=True)
    reader.handle_data = read.append  # type: ignore[method-assign]
    reader.feed(content.decode("utf-8"))
    return "".join(read)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]


def text_of_book(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return str([row for sheet in book for row in sheet.iter_rows(values_only=True)])


def size_of_picture(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


READ: Mapping[str, Callable[[bytes], Any]] = {
    "xlsx": text_of_book,
    "csv": lambda content: str(rows_of(content)),
    "parquet": lambda content: str(parquet.read_table(io.BytesIO(content)).to_pylist()),
    "pdf": lambda content: "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(content)).pages),
    "html": text_of_page,
}


def every_file_can_be_read_by_other_programs(page: Page) -> None:
    offered = page.get_by_role("group", name="What would you like to take?", exact=True).locator("label")
    for ending, read in READ.items():
        offered.filter(has_text=f"({ending.upper()})").click()
        (file,) = downloaded(page, "Your file", "Download")
        assert file.suggested_filename.endswith(f".{ending}")
        assert "Quill" in read(held(file)), ending
    whole, shown = "The whole analysis", "This answer"
    assert "Results: an analysis" in text_of_page(held(downloaded(page, whole, "Download")[0]))
    assert rows_of(held(downloaded(page, whole, "All the numbers (CSV)")[0]))
    (table,) = downloaded(page, shown, "Table (CSV)")
    assert rows_of(held(table))
    (picture,) = downloaded(page, shown, "Picture (PNG)")
    assert min(size_of_picture(held(picture))) > 300
    (drawing,) = downloaded(page, shown, "Picture (SVG)")
    assert ElementTree.fromstring(held(drawing)).tag.endswith("svg")  # noqa: S314  # the kit's own file


def downloaded(page: Page, group: str, button: str) -> list[Download]:
    with page.expect_download() as waiting:
        page.get_by_role("group", name=group, exact=True).get_by_role("button", name=button, exact=True).click()
    return [waiting.value]


def held(file: Download) -> bytes:
    return Path(file.path()).read_bytes()


# --- Two tabs


def test_two_tabs_leave_each_other_what_is_half_filled_in(page: Page, own: Kit, context: BrowserContext) -> None:
    go_to(page, own, "05_outcomes")
    other = context.new_page()
    open_page(other, own, "05_outcomes")
    here, there = with_heading(page, "Log an interview"), with_heading(other, "Log an interview")
    here.get_by_label("Company", exact=True).fill("Here Ltd")
    here.get_by_label("Anything to remember").fill("tea")
    expect(here.get_by_text("Still to answer: Role.")).to_be_visible()
    there.get_by_label("Role", exact=True).fill("Clerk")
    there.get_by_label("Anything to remember").fill("coffee")
    said = "typed something different there under “Anything to remember”: “tea”"
    expect(live(other).get_by_text(said)).to_be_visible()
    kept = log_of(own).draft("interview") or {}
    assert (kept["company"], kept["role"], kept["note"]) == ("Here Ltd", "Clerk", "coffee")
    other.close()
    expect(here.get_by_label("Anything to remember")).to_have_value("tea")


def test_the_counts_of_many_are_added_up_and_asked_with_the_keyboard_alone(page: Page, own: Kit) -> None:
    go_to(page, own, "07_many_people")
    people = [(f"{number}.csv", ONE + OTHER_LINE) for number in range(5)]
    bring(page, "Files of counts, or logs", *people, ("broken.csv", b"PK\x00\xff"))
    say(page, "Files: 5. Interviews: 45. Files not counted: 1.")
    expect(page.get_by_text("Interviews counted here: 45.")).to_be_visible()
    (total,) = downloaded(page, "The total", "Download")
    say(page, "Downloaded: counts-of-many.csv. There’s a copy in the folder shared")
    assert sum(int(row["n"]) for row in rows_of(held(total))) == 45
    (mine,) = downloaded(page, "Your counts", "Download")
    assert sum(int(row["n"]) for row in rows_of(held(mine))) == 1
    choose_by_keyboard(page, "Choose a question", "What if everyone who hasn’t answered said no, or said yes?")
    say(page, "Now showing: What if everyone who hasn’t answered said no, or said yes?")
    table = live(page).locator("summary", has_text="The figures in a table").first
    tab_to(page, table)
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Still open")).to_be_visible()
    assert faults(page) == []
