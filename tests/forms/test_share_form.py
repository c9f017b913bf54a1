"""Sharing: all of it is seen before it is saved, and it holds counts and nothing that tells who it was."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from driving import ACME, again, html_below, save, shown, static_html, text_of

import closing_lib as cl
from closing_lib.content import text
from closing_lib.forms.room import share_form
from closing_lib.forms.room.share_form import COLUMNS, ShareForm
from closing_lib.outcomes import tally
from closing_lib.records import OutcomeLog, sample_log


def files(log: OutcomeLog) -> list[Path]:
    return sorted((log.path.parent / "shared").glob("*.csv"))


def test_shows_an_invented_persons_counts_and_saves_nothing_until_there_is_an_interview(log: OutcomeLog) -> None:
    form = ShareForm(log)
    assert text("sharing.share.sample") in shown(form)
    assert form.row.disabled == ["file", "copy"]
    form.row.press("file")
    assert files(log) == []
    save(cl.LogForm(log=log), ACME)
    assert text("sharing.share.sample") not in shown(form)
    assert not form.row.disabled


@pytest.mark.parametrize("columns", COLUMNS)
def test_what_is_saved_is_what_was_shown_and_counts_alone(tmp_path: Path, columns: str) -> None:
    log = sample_log(tmp_path / "log.sqlite")
    form = ShareForm(log)
    form.controls["columns"].value = columns
    form.row.press("file")
    (kept,) = files(log)
    assert kept.name in form.row.said
    read = pd.read_csv(kept)
    assert [*read] == ["person", *COLUMNS[columns], "n"]
    assert {*read["person"]} == {log.person}
    assert int(read["n"].sum()) == 33
    pd.testing.assert_frame_equal(cl.tally(kept, by=COLUMNS[columns]), tally(log, by=COLUMNS[columns]))
    written = kept.read_text(encoding="utf-8")
    private = {str(value) for value in log.applications()[["company", "role"]].to_numpy().ravel()}
    assert not [value for value in private if value in written]
    assert ("2026" in written.replace(str(log.person), "")) == (columns == "month")


def test_says_how_many_lines_are_one_interview_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    log = sample_log()
    counts = tally(log, by=COLUMNS["all"])
    form = ShareForm(log)
    form.controls["columns"].value = "all"
    single = int((counts["n"] == 1).sum())
    assert single > 0
    assert f"Lines with just one interview: {single}." in shown(form)
    assert html_below(form.view).count("<tr>") == 1 + len(counts)  # all of them are seen
    monkeypatch.setattr(share_form, "_SHOWN", 20)
    form.refresh()
    assert f"the first 20 of {len(counts)} lines" in shown(form)


def test_changes_nothing_in_the_log(tmp_path: Path) -> None:
    log = sample_log(tmp_path / "log.sqlite")
    before = log.events()
    ShareForm(log).row.press("file")
    pd.testing.assert_frame_equal(again(log).events(), before)


def test_stands_on_a_page_that_is_not_run(log: OutcomeLog) -> None:
    form = ShareForm(log)
    assert repr(form) == "ShareForm(round, band, used, outcome)"
    assert text("sharing.share.sample") in text_of(static_html(form))


def test_what_was_not_seen_is_not_saved(log: OutcomeLog) -> None:
    save(cl.LogForm(log=log), ACME)
    form = ShareForm(log)
    log.add_interview(log.add_application("Octo", "Analyst"), used="bold", round="first")  # by another program
    form.row.press("file")
    assert len(tally(form.row.paths[0])) == 1
