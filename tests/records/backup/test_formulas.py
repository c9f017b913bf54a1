"""No text of a log becomes a formula: the raw text is looked at, as each separator would take it apart."""

from __future__ import annotations

import io
import re
import time
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closing_lib.records import OutcomeLog
from closing_lib.records.backup import export_bytes
from closing_lib.records.backup.columns import COLUMNS
from closing_lib.records.backup.formulas import neutral, original
from closing_lib.records.backup.history import History
from closing_lib.records.backup.workbook import as_workbook
from closing_lib.records.importing.workbook import opened

DANGEROUS = "=+-@＝＋－＠"
PAYLOADS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "＝1+1",
    "＠SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "x;=1+1",
    'x;"=1+1"',
    "x\t=1+1",
    "x|@y",
    "x\n=1+1",
    "x\r\n- one",
    'x",=1+1,"',
    "'=1+1",
    "''=1+1",
    " =1+1",
    "x; '=1",
    '=HYPERLINK("http://x.invalid","y")',
    "=cmd|'/c calc'!A1",
)
texts = st.one_of(st.sampled_from(PAYLOADS), st.text("=+-@＝'\" \t\r\n,;|ax", max_size=12), st.text(max_size=8))


def begins_a_formula(cell: str) -> bool:
    """Tell whether a program could take a cell for a formula: what it may take off at the beginning is taken off."""
    return cell[:1] in {"\t", "\r", "\n"} or cell.lstrip(' \t\r\n"')[:1] in {*DANGEROUS}


@given(texts)
def test_what_is_made_harmless_comes_back_exactly(text: str) -> None:
    assert original(neutral(text)) == text


@given(texts)
def test_no_cell_begins_a_formula_whatever_parts_them(text: str) -> None:
    safe = neutral(text)
    assert not begins_a_formula(safe)
    assert not any(begins_a_formula(cell) for cell in re.split('[,;|\t\r\n"]', safe)[1:] if cell)


@pytest.mark.parametrize("pump", ['"', " ", "\n", "'", "\"'", '= "', '," ', "\t'"])
def test_a_long_text_takes_no_longer_than_it_is_long(pump: str) -> None:
    text, began = f"={pump * 100_000}", time.process_time()
    assert original(neutral(text)) == text
    assert time.process_time() - began < 5  # minutes, where each letter of a run begins to look again


@pytest.mark.parametrize("text", ["Acme", "Acme - Berlin", "'tis", "a=b", "x-y; z", "C++", "me@example.com", "7 + 1"])
def test_what_runs_nothing_is_left_as_it_is(text: str) -> None:
    assert neutral(text) == text


@settings(max_examples=20)
@given(
    st.lists(
        st.one_of(texts, st.text(st.characters(exclude_categories=["Cs"]), max_size=9), st.just("_x000D_ _x005F_")),
        min_size=30,
        max_size=30,
    )
)
def test_what_xml_cannot_hold_comes_back_exactly(written: list[str]) -> None:
    rows = [tuple(map({"record": "attempt", "item": "x", "note": one or None}.get, COLUMNS)) for one in written]
    packed = as_workbook(History((*COLUMNS,), rows))
    with opened(packed, "h.xlsx") as book:
        found = [[str(cell or "") for cell in cells] for _, cells in book.rows("History")][1:]
    assert [cells[[*COLUMNS].index("note")] for cells in found] == written
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        content = b"".join(parts.read(name) for name in parts.namelist()).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", content.replace("\r\n", "\n"))


@pytest.fixture(scope="module")
def armed(tmp_path_factory: pytest.TempPathFactory) -> OutcomeLog:
    """Give a log in which every text is a payload."""
    log = OutcomeLog(tmp_path_factory.mktemp("armed") / "log.sqlite")
    with log.transaction():
        for text in PAYLOADS:
            one = log.add_application(text, text, "2026-11-02", text, text)
            log.add_interview(one, "2026-11-04", interviewers=text, note=text)
            log.add_event(one, "rejected", note=text)
    return log


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_reading_of_the_csv_finds_a_formula(armed: OutcomeLog, separator: str) -> None:
    written = export_bytes(armed, "csv").decode("utf-8-sig")
    cells = [cell for line in re.split("[\r\n]+", written) for cell in line.split(separator)]
    assert len(cells) > 3 * len(PAYLOADS)
    assert [cell for cell in cells if cell.lstrip(" \"'")[:1] in {*DANGEROUS} and "'" not in cell[:6]] == []
    assert [cell for cell in cells if begins_a_formula(cell)] == []


def test_the_workbook_holds_texts_and_no_formulas(armed: OutcomeLog) -> None:
    packed = export_bytes(armed, "xlsx")
    with zipfile.ZipFile(io.BytesIO(packed)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "/worksheets/" in name]
    assert len(sheets) == 3
    assert not any(re.search(r"<f[ >]", sheet) for sheet in sheets)
    history = openpyxl.load_workbook(io.BytesIO(packed))["History"]
    risky = [cell for row in history for cell in row if isinstance(cell.value, str) and cell.value[:1] in {*DANGEROUS}]
    assert len(risky) > len(PAYLOADS)
    assert {cell.data_type for cell in risky} == {"s"}
    assert all(cell.quotePrefix for cell in risky)  # it stays text also where it is edited
