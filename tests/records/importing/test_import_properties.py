"""Whatever stands in a table: each row is imported or skipped, and nothing happens that was not told before."""

from __future__ import annotations

import dataclasses
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import closing_lib as cl
from closing_lib.records.importing import Column

HEADINGS = ("Company", "Role", "Applied", "Status", "Notes", "History", "Phone screen", "Reply date", "Colour")
USUAL = (
    *(
        "",
        " ",
        "n/a",
        "Acorn",
        "acorn",
        "Badger",
        "Clerk",
        "2026-01-05",
        "8/3/2019",
        "27-Oct",
        "14 Jan 2026",
        "8/82019",
    ),
    *("13/1/2026", "8/3/2019 and 9/9/2019", "Before 2025-01-24", "Rejected", "Limbo", "not rejected", "Y", "no", "x"),
    *(
        "Applied -> Offer",
        "2026-01-05|APPLIED;2026-02-01|OFFER",
        "['Applied', 'Limbo']",
        '"',
        "a\nb",
        "a\r\nb",
        "a\rb",
        ";,|\t",
    ),
)
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")  # what a text holds
WESTERN = (
    "Müller",
    "Größe & Söhne",
    "Peña",
    "“ja” – nein",
    "5 €",
    "Überfluß KG",
    "año",
)  # as they come in one language
LINE_END = re.compile(r"\r\n|\r|\n")
few = settings(max_examples=12)


@dataclasses.dataclass(frozen=True)
class Made:
    """A file, with what it holds by its making and not by any reading."""

    data: bytes
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    mapping: dict[str, str | None]

    def taken(self, log: cl.OutcomeLog, **said: Any) -> cl.ImportReport:
        return cl.import_csv(self.data, into=log, name="f", mapping=self.mapping, **said)


@st.composite
def tables(draw: st.DrawFn) -> Made:
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    words = st.sampled_from(WESTERN) if encoding == "cp1252" else st.text(LETTERS, max_size=20)
    headings = ("Company", *draw(st.lists(st.sampled_from(HEADINGS[1:]), min_size=1, max_size=5, unique=True)))
    cells = st.one_of(st.sampled_from(USUAL), words)
    rows = draw(st.lists(st.tuples(*[cells] * len(headings)), max_size=8))
    separator, end = draw(st.sampled_from(",;\t|")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    whole, lines = "", []
    for row in (headings, *rows):
        lines.append(len(LINE_END.findall(whole)) + 1)
        whole += separator.join(quoted(cell, separator, always=not row[0].strip()) for cell in row) + end
    whole = whole.removesuffix(end) if draw(st.booleans()) else whole
    return Made(whole.encode(encoding), tuple(rows), tuple(lines[1:]), draw(mappings(headings)))


def quoted(cell: str, separator: str, always: bool) -> str:
    needs = always or any(mark in cell for mark in (separator, '"', "\r", "\n"))
    return '"' + cell.replace('"', '""') + '"' if needs else cell


def mappings(headings: tuple[str, ...]) -> st.SearchStrategy[dict[str, str | None]]:
    """Give meanings for some of the columns, each of those that there can be only one of at most once."""
    others = [column for column in Column if not column.is_single]
    any_of = st.dictionaries(st.sampled_from(headings[1:]), st.sampled_from([None, *map(str, others)]), max_size=3)
    return st.one_of(st.just({}), any_of)


@contextmanager
def logs() -> Iterator[cl.OutcomeLog]:
    """Give a log with something in it: two applications, one of which a file may go on with."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.sqlite")
        shutil.copy(BEGUN / "log.sqlite", path)
        yield cl.OutcomeLog(path)


@pytest.fixture(scope="module", autouse=True)
def begun(tmp_path_factory: pytest.TempPathFactory) -> None:
    global BEGUN  # noqa: PLW0603  # hypothesis lets no fixture give it to each example
    BEGUN = tmp_path_factory.mktemp("begun")
    log = cl.OutcomeLog(BEGUN / "log.sqlite")
    log.add_event(log.add_application("Mine", "Own", "2026-01-05"), "thank_you", note="kept")
    log.add_interview(log.add_application("Acorn", "Clerk", "2026-01-05"), "2026-01-20", "first")


BEGUN = Path()


def frames(log: cl.OutcomeLog) -> list[pd.DataFrame]:
    return [log.applications(), log.interviews(), log.assessments(), log.events(), log.imports()]


def assert_same(one: list[pd.DataFrame], other: list[pd.DataFrame]) -> None:
    for this, that in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(this, that)


@few
@given(tables())
def test_every_row_is_imported_or_skipped_with_its_line(made: Made) -> None:
    with logs() as log:
        report = made.taken(log)
        skipped = [row.line for row in report.skipped]
        assert report.imported + len(skipped) == report.rows == len(made.rows)
        assert set(skipped) <= set(made.lines)
        assert sorted(set(skipped)) == skipped
        assert all(row.reason.endswith(".") for row in report.skipped)
        company = {line: row[0].strip() for line, row in zip(made.lines, made.rows, strict=True)}
        assert {row.line: row.company for row in report.first}.items() <= company.items()
        assert {remark.line for remark in report.remarks} <= {0, *made.lines}
        assert len(log.applications()) == 2 + report.applications
        assert log.imports()["rows"].tolist() == ([report.imported] if report.imported else [])


@few
@given(tables())
def test_a_dry_run_tells_what_the_import_does_and_a_second_one_adds_nothing(made: Made) -> None:
    with logs() as log:
        before = log.path.read_bytes()
        shown = made.taken(log, dry_run=True)
        assert log.path.read_bytes() == before
        done = made.taken(log)
        assert dataclasses.replace(done, number=None, dry_run=True) == shown
        after = frames(log)
        second = made.taken(log)
        assert (second.imported, second.rows, second.number) == (0, done.rows, None)
        assert_same(frames(log), after)


@few
@given(tables(), tables())
def test_undo_gives_back_the_log_as_it_was_also_of_two_imports_that_overlap(one: Made, other: Made) -> None:
    with logs() as log:
        states, numbers = [frames(log)], []
        for made in (one, other, one):
            report = made.taken(log, day_first=True, year=2026)
            numbers += [report.number] if report.number else []
            states += [frames(log)] if report.number else []
        for number in reversed(numbers):
            states.pop()
            log.undo_import(number)
            assert_same(frames(log), states[-1])


@few
@given(tables(), tables())
def test_the_earlier_of_two_imports_goes_alone_or_stays_whole(one: Made, other: Made) -> None:
    with logs() as log, logs() as beside:
        first, second = (made.taken(log).number for made in (one, other))
        if first and second:
            try:
                log.undo_import(first)
            except cl.LogError as error:
                said = (
                    f"Import {first} can’t be undone yet, because import {second} added to its applications. "
                    f"Undo import {second} first."
                )
                assert str(error) == said  # noqa: PT017  # either outcome is right, and each is looked at
                log.undo_import(second)
                log.undo_import(first)
            else:
                log.undo_import(second)
            assert_same(frames(log), frames(beside))


@few
@given(
    st.lists(st.sampled_from(["Limbo", "limbo!", "Blue", "Rejected", "not rejected", "", "Applied"]), max_size=8),
    st.data(),
)
def test_an_answer_brings_exactly_the_rows_that_waited_for_it(statuses: list[str], data: st.DataObject) -> None:
    rows = "".join(f"Company {number},{status}\n" for number, status in enumerate(statuses))
    file = f"Company,Status\n{rows}".encode()
    with logs() as log:
        first = cl.import_csv(file, into=log)
        waiting = [number for number, status in enumerate(statuses) if status in first.unknown_statuses]
        assert [row.line for row in first.skipped] == [number + 2 for number in waiting]
        if waiting:
            answered = data.draw(st.sampled_from(first.unknown_statuses))
            second = cl.import_csv(file, into=log, statuses={answered: "withdrew"})
            same = {"Limbo", "limbo!"} if answered.lower().startswith("limbo") else {answered}
            brought = [f"Company {number}" for number in waiting if statuses[number] in same]
            assert second.imported == len(brought)
            assert log.applications()["company"].tolist()[2 + first.imported :] == brought
            events = log.events()
            assert events["kind"].tolist().count("withdrew") == len(brought)
            assert len(second.unknown_statuses) == len(set(first.unknown_statuses) - same)
