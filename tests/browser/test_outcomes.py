"""The outcomes with the keyboard alone: a list taken in, a question asked, all of it saved; and counts of many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Kit, back_to, choose_by_keyboard, open_page, opened, press, tab_to
from playwright.sync_api import Locator, Page, expect
from test_accessibility import faults

from closing_lib.records import ApplicationRow, OutcomeLog

TRACKER = b"Company,Role,Applied,Status\nAcme & <b>Sons</b>,Analyst,2026-11-02,Rejected\nBirch,Clerk,2026-11-03,Limbo\n"
ONE = b"band,used,outcome,n\nwell,bold,offer,3\nunsure,mild,rejected,2\n"
OTHER_LINE = b"well,mild,advanced,4\n"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Kit]:
    """Open the kit on a log that no other test writes to."""
    with opened(tmp_path) as kit:
        yield kit


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
    press(page, "Download", "The whole analysis")
    say(page, "There’s a copy in the folder analysis")

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
    assert len([*(own.data / "exports").glob("*.xlsx")]) == 1
    assert len([*(own.data / "analysis").glob("invented-*.html")]) == 1
    assert faults(page) == []
    back_to(page, page.get_by_role("button", name="Undo this import"))
    page.keyboard.press("Enter")
    say(page, "Import undone: 1: list.csv, rows: 2")
    assert OutcomeLog(own.data / "closing_log.sqlite").rows(ApplicationRow) == ()


def test_the_counts_of_many_are_added_up_and_asked_with_the_keyboard_alone(page: Page, kit: Kit) -> None:
    open_page(page, kit, "07_many_people")
    people = [(f"{number}.csv", ONE + OTHER_LINE) for number in range(5)]
    bring(page, "Files of counts, or logs", *people, ("broken.csv", b"PK\x00\xff"))
    say(page, "Files: 5. Interviews: 45. Files not counted: 1.")
    expect(page.get_by_text("Interviews counted here: 45.")).to_be_visible()
    press(page, "Download", "The total")
    say(page, "Downloaded: counts-of-many.csv. There’s a copy in the folder shared")
    choose_by_keyboard(page, "Choose a question", "What if everyone who hasn’t answered said no, or said yes?")
    say(page, "Now showing: What if everyone who hasn’t answered said no, or said yes?")
    table = page.locator(".ck-live summary", has_text="The figures in a table").first
    tab_to(page, table)
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Still open")).to_be_visible()
    assert faults(page) == []
