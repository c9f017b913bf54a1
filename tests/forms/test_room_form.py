"""Bringing the counts of many together: files counted or refused with the reason, one by one, and added up."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from driving import html_below, shown, static_html, text_of

import closing_lib as cl
from closing_lib.content import text
from closing_lib.forms.room.room_form import PEOPLE, RoomForm
from closing_lib.outcomes import tally
from closing_lib.outcomes.charts import page
from closing_lib.outcomes.vocabulary import OWN_KEYS
from closing_lib.records import OutcomeLog, sample_log

ONE = b"band,used,outcome,n\nwell,bold,offer,3\nunsure,mild,rejected,2\n"
OTHER = b"band,used,outcome,n\nwell,mild,advanced,4\n"


@pytest.fixture(autouse=True)
def blank_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pictures blank, which are tested with the charts: each sum of files would draw four."""
    monkeypatch.setattr(page, "drawn", lambda _picture, width: f'<svg width="{width}"></svg>')


def send(form: RoomForm, data: bytes, name: str) -> None:
    """Choose a file as the page hands it over."""
    form.chooser._handle_custom_msg({"name": name}, [memoryview(data)])


def said(form: RoomForm) -> str:
    return text_of(form._status.value).strip()


def test_shows_an_invented_room_until_files_are_chosen(log: OutcomeLog) -> None:
    form = RoomForm(log)
    assert "an invented room" in said(form)
    room = tally(f"{cl.sample_room(people=PEOPLE)}/*.csv", by=OWN_KEYS)
    pd.testing.assert_frame_equal(tally(form.analysis._t, by=OWN_KEYS), room)
    assert form.analysis._t["person"].nunique() == PEOPLE
    send(form, ONE, "one.csv")
    assert "an invented room" not in shown(form)
    assert int(form.analysis._t["n"].sum()) == 5


def test_adds_up_what_files_of_all_kinds_hold(log: OutcomeLog, tmp_path: Path) -> None:
    form = RoomForm(log)
    kept = sample_log(tmp_path / "kept.sqlite")
    columns = ["band", "used", "outcome"]
    parquet = io.BytesIO()
    tally(kept, by=columns).to_parquet(parquet)
    send(form, ONE, "one.csv")
    send(form, parquet.getvalue(), "two.parquet")
    send(form, kept.path.read_bytes(), "three.sqlite")
    assert form.counts is not None
    assert int(form.counts["n"].sum()) == 5 + 33 + 33
    assert said(form).startswith("Files: 3. Interviews: 71. Counted by what all the files have: how it went,")
    assert repr(form) == "RoomForm(3 files, 71 interviews)"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.csv"),
        (b"\x00\x01\x02", "broken.parquet"),
        (b"not a log", "log.sqlite"),
        (b"band,used,outcome,n\ngreat,bold,offer,1\n", "words.csv"),
        (b"company,date\nAcme,2026-01-02\n", "tracker.csv"),
        (b"%PDF-1.7", "picture.pdf"),
        (ONE, "../../away.txt"),
    ],
)
def test_a_file_that_cannot_be_counted_is_named_with_the_reason_and_stops_no_other(
    log: OutcomeLog, data: bytes, name: str
) -> None:
    form = RoomForm(log)
    send(form, data, name)
    send(form, ONE, "one.csv")
    assert form.counts is not None
    assert int(form.counts["n"].sum()) == 5
    assert "Files not counted: 1." in said(form)
    refused = form.brought[0]
    assert refused.counts is None
    assert len(refused.remark) > 10
    assert tempfile.gettempdir() not in refused.remark  # where it lay for a moment is nobody's business
    assert name in text_of(form._files.value)


def test_the_same_file_does_not_count_twice_and_one_that_is_alike_is_pointed_out(log: OutcomeLog) -> None:
    form = RoomForm(log)
    send(form, ONE, "one.csv")
    send(form, ONE, "one.csv")
    assert form.counts is not None
    assert int(form.counts["n"].sum()) == 5
    send(form, ONE, "of somebody else.csv")
    assert int(form.counts["n"].sum()) == 10
    assert "has the same content as one.csv" in text_of(form._files.value)
    assert said(form).startswith("Files: 2. Interviews: 10. Files not counted: 1.")
    assert "Files with the same content as another one: 1. Check the notes in the table." in said(form)


def test_a_person_whose_files_come_twice_counts_once_from_the_one_that_has_more(log: OutcomeLog) -> None:
    form, mark = RoomForm(log), 2**40 + 7
    lines = [f"{mark},well,bold,3\n", f"{mark},unsure,mild,2\n"]
    for place, rows in enumerate((lines, lines[:1])):
        send(form, ("person,band,used,n\n" + "".join(rows)).encode(), f"{place}.csv")
    assert form.counts is not None
    assert form.counts["n"].sum() == 5
    assert "They’re counted once, from the file that has more about them" in text_of(form._files.value)
    assert form.row.disabled


def test_many_that_are_chosen_at_once_are_drawn_once(log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    form = RoomForm(log)
    drawn: list[pd.DataFrame] = []
    monkeypatch.setattr(form.analysis, "show", drawn.append)
    for left in (2, 1, 0):
        form.chooser._handle_custom_msg({"name": f"{left}.csv", "left": left}, [memoryview(ONE)])
    assert [int(t["n"].sum()) for t in drawn] == [15]


def test_begins_again_without_the_files(log: OutcomeLog) -> None:
    form = RoomForm(log)
    send(form, ONE, "one.csv")
    form.forget_button.click()
    assert form.counts is None
    assert "an invented room" in said(form)


def test_one_file_can_be_taken_out_again(log: OutcomeLog) -> None:
    form = RoomForm(log)
    send(form, ONE, "one.csv")
    send(form, OTHER, "other.csv")
    assert [label for label, _ in form.which.options] == ["one.csv", "other.csv"]
    form.which.index = 0
    form.out_button.click()
    assert form.counts is not None
    assert int(form.counts["n"].sum()) == 4
    assert [label for label, _ in form.which.options] == ["other.csv"]
    form.out_button.click()
    assert form.counts is None


def test_the_total_is_saved_without_anybodys_number_and_can_be_brought_again(log: OutcomeLog) -> None:
    form = RoomForm(log)
    for number in range(5):
        assert form.row.disabled
        send(form, ONE, f"{number}.csv")
    assert "with fewer than 5 people behind it" in said(form)
    form.row.press("file")
    (kept,) = (log.path.parent / "shared").glob("*.csv")
    assert kept.name in form.row.said
    form.forget_button.click()
    send(form, kept.read_bytes(), kept.name)
    assert form.counts is not None
    assert form.counts[["band", "used", "outcome", "n"]].to_numpy().tolist() == [
        ["unsure", "mild", "rejected", 10],
        ["well", "bold", "offer", 15],
    ]


def test_ones_own_stands_beside_the_room_once_there_is_an_interview(log: OutcomeLog) -> None:
    form = RoomForm(log)
    assert text("sharing.mine.none") in shown(form)
    application = log.add_application("Acme")
    log.add_interview(application, "2026-11-02", used="bold")
    log.add_event(application, "offer", on="2026-11-05")
    form.refresh()
    assert "1 of 1 moved forward" in text_of(form._mine.value)


def test_names_are_shown_as_text_whatever_they_hold(log: OutcomeLog) -> None:
    form = RoomForm(log)
    send(form, b"", "<img src=x onerror=alert(1)>.csv")
    assert "<img" not in html_below(form.view)


def test_stands_on_a_page_that_is_not_run(log: OutcomeLog) -> None:
    form = RoomForm(log)
    assert repr(form) == "RoomForm(0 files, 0 interviews)"
    assert text("analysis.progressed.question") in text_of(static_html(form))


def test_a_file_that_shares_no_column_is_refused_and_the_form_goes_on(log: OutcomeLog) -> None:
    form = RoomForm(log)
    send(form, b"band,n\nwell,3\n", "one.csv")
    send(form, b"used,n\nbold,4\n", "two.csv")
    assert "no column in common" in form.brought[1].remark
    send(form, b"band,n\npoor,2\n", "three.csv")
    assert form.counts is not None
    assert int(form.counts["n"].sum()) == 5


def test_files_without_what_was_asked_are_no_trouble_of_the_log(tmp_path: Path) -> None:
    form = RoomForm(sample_log(tmp_path / "own.sqlite"))
    send(form, b"band,outcome,n\nwell,offer,3\n", "one.csv")
    assert form.trouble == ""
    assert "This can’t be answered here." in text_of(form._mine.value)


@pytest.mark.parametrize(
    "name", ["x" * 1_000_000 + ".csv", "a\0b.csv", "..", "\u202evsc.exe.csv", "one.csv", "\ud800.csv", "a\nb.csv"]
)
@pytest.mark.parametrize("data", [b"band,n\nwell,1\n", b"band,n\n<b>x</b>,1\n"], ids=["good", "bad"])
def test_a_hostile_name_is_shown_short_and_plain_and_no_path_of_the_machine(
    log: OutcomeLog, name: str, data: bytes
) -> None:
    form = RoomForm(log)
    send(form, data, name)
    seen = form._files.value
    assert len(seen) < 5_000
    assert all(letter.isprintable() or letter == "\n" for letter in seen)
    assert "tmp" not in seen
    assert "<b>" not in seen
    assert (form.brought[0].counts is not None) == (data.endswith(b"well,1\n") and name != "..")


def test_a_nested_parquet_file_is_refused(log: OutcomeLog) -> None:
    data = io.BytesIO()
    pd.DataFrame({"used": [["bold"]], "n": [1]}).to_parquet(data)
    form = RoomForm(log)
    send(form, data.getvalue(), "nested.parquet")
    assert "nested.parquet: The column used has lists" in form.brought[0].remark


def test_many_files_of_one_choice_are_added_when_the_last_is_there(
    log: OutcomeLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, drawn = RoomForm(log), []
    monkeypatch.setattr(form.analysis, "show", lambda t: drawn.append(int(t["n"].sum())))
    for number in range(40):
        content = {"name": f"{number}.csv", "left": 39 - number}
        form.chooser._handle_custom_msg(content, [memoryview(f"band,n\nwell,{number + 1}\n".encode())])
        if number == 20:
            assert said(form) == "Files read so far: 21. Still to come: 19."
    assert drawn == [40 * 41 // 2]
    assert said(form).startswith("Files: 40. Interviews: 820.")
