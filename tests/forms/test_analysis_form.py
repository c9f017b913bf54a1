"""The analysis: each question answered from what is counted, saved for a coach, and honest where there is little."""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import cache, partial
from pathlib import Path

import pandas as pd
import pytest
from driving import ACME, html_below, save, shown, static_html, tags_of, text_of
from traitlets import TraitError

import closing_lib as cl
from closing_lib.content import LANGUAGES, text
from closing_lib.forms.outcomes import analysis_form
from closing_lib.forms.outcomes.analysis_form import AnalysisForm
from closing_lib.outcomes import ANALYSES, MIN_N, by_tactic, chart, figures, tally
from closing_lib.outcomes.figures import COLUMNS
from closing_lib.records import OutcomeLog, sample_log
from closing_lib.records.sample import SAMPLE_DAY

SAMPLE = text("analysis.sample")
QUESTIONS = [one.name for one in ANALYSES]  # of a tally; those of applications stand after them


def said(form: AnalysisForm) -> str:
    return form.whole.said or form.shown.said


def saved(log: OutcomeLog, ending: str) -> list[Path]:
    return sorted((log.path.parent / "analysis").glob(f"*.{ending}"))


@cache
def room() -> pd.DataFrame:
    """Give a tally in which every question has an answer with percentages."""
    return tally(f"{cl.sample_room(people=12)}/*.csv")


def test_shows_an_invented_log_until_there_is_an_interview_and_then_the_own_one(log: OutcomeLog) -> None:
    form = AnalysisForm(log)
    assert SAMPLE in shown(form)
    assert "counted here: 33" in shown(form)
    save(cl.LogForm(log=log), ACME)
    assert SAMPLE not in shown(form)
    assert "counted here: 1" in shown(form)


LIST = "Company,Role,Status,Date applied,Source\n" + "".join(
    f"Acme {number},Data analyst,{status},2026-10-0{number},Board\n"
    for number, status in enumerate(("Rejected", "Interview", "Rejected", "Offer", "Applied", "Rejected"), start=1)
)


def test_an_imported_list_answers_what_it_can_and_the_rest_is_greyed_with_its_reason(log: OutcomeLog) -> None:
    form = AnalysisForm(log)
    cl.import_csv(LIST.encode(), into=log)
    form.refresh()
    assert SAMPLE not in shown(form)
    control = form.controls["question"]
    assert {*control.unavailable} >= {"progressed", "compared", "reading", "advice", "bounds", "power"}
    assert not {"stages", "first_answer", "invited"} & {*control.unavailable}
    assert control.notes["compared"] == text("analysis.needs.used")
    assert control.notes.keys() == {*control.unavailable}
    assert control.value not in control.unavailable
    control.value = "stages"
    assert "Applications: 6. Went on to an interview or next step: 2 of the 5 that are settled, 40%" in shown(form)
    assert "Applications counted here: 6." in shown(form)
    control.value = "compared"  # as code may
    assert text("analysis.needs.used") in shown(form)
    form.whole.press("page")
    assert "Went on to an interview" in saved(log, "html")[0].read_text(encoding="utf-8")


def test_before_anything_is_imported_says_what_a_list_alone_could_not_answer(log: OutcomeLog) -> None:
    form = AnalysisForm(log)
    control = form.controls["question"]
    assert control.unavailable == ["randomised"]  # nothing was drawn for the invented person
    assert {*control.notes.values()} == {text("analysis.needs.list"), text("analysis.needs.drawn")}
    assert "compared" in control.notes
    explained = text("analysis.from_a_list", marked=text("analysis.needs.list").rstrip("."))
    assert shown(form).count(explained) == 1
    assert not {"waiting", "stages", "first_answer", "invited"} & control.notes.keys()
    save(cl.LogForm(log=log), ACME)
    assert explained not in shown(form)


def test_counts_of_a_room_tell_nothing_of_applications() -> None:
    control = AnalysisForm(room()).controls["question"]
    assert {*control.unavailable} == {"randomised", "stages", "first_answer", "invited"}
    assert control.notes["stages"] == text("analysis.needs.stage")


def test_an_answer_that_stays_the_same_is_not_drawn_again(log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    form = AnalysisForm(log)
    drawn: list[str] = []
    monkeypatch.setattr(analysis_form, "answer", lambda asked, _t: drawn.append(asked.name) or "")
    for name in ("silence", "bounds", "silence", QUESTIONS[0]):
        form.controls["question"].value = name
    form.refresh()
    assert drawn == ["silence", "bounds"]
    save(cl.LogForm(log=log), ACME)
    assert drawn[2:] == ["waiting"]  # something else is counted now: an interview that was not assessed


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name != "randomised"])  # nothing was drawn there
def test_every_question_has_its_answer_with_sentence_picture_and_table(name: str) -> None:
    form = AnalysisForm(room())
    form.controls["question"].value = name
    answer = form._answer.value
    assert text(f"analysis.{name}.question") in text_of(answer)
    results = form.analysis.results
    assert answer.count('role="img"') == len(results) == len(re.findall("<table", answer))
    for make in results:
        assert chart(make(room())).opening in text_of(answer)
    assert tags_of(answer)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("rows", [0, 1], ids=["no application", "one application"])
def test_too_little_is_said_and_is_never_a_percentage(name: str, rows: int) -> None:
    one = tally(sample_log()).iloc[:rows].assign(n=1)
    form = AnalysisForm(one)
    form.controls["question"].value = name
    # Why one asks may name an example, the note the level, and the axis its ends.
    told = re.sub(
        r"<p class=.ck-(muted|chart-note).>.*?</p>|<(svg|style).*?</\2>", "", form._answer.value, flags=re.DOTALL
    )
    if name not in ("expected", "power", "reading"):  # a prior, an example, and a person's own reading are no rates
        assert not re.search(r"\d\s?%", text_of(told).replace("95%", ""))


def test_what_a_tally_lacks_is_said_and_the_rest_goes_on() -> None:
    form = AnalysisForm(tally(sample_log(), by=["band", "used", "outcome"]))
    form.controls["question"].value = "waiting"
    assert "This can’t be answered here." in shown(form)
    form.controls["question"].value = "progressed"
    assert "This can’t be answered here." not in shown(form)


def test_a_rate_is_never_without_its_count_and_interval() -> None:
    form = AnalysisForm(room())
    words = text_of(form._answer.value)
    for row in by_tactic(room()).table.itertuples():
        if row.n >= MIN_N:
            assert f"{row.progressed} of {row.n}" in words or f"{row.progressed:,} of {row.n:,}" in words


def test_the_whole_analysis_is_saved_as_a_page_that_needs_nothing_else(log: OutcomeLog) -> None:
    form = AnalysisForm(log)
    form.whole.press("page")
    (page,) = saved(log, "html")
    assert page.name in said(form)
    written = page.read_text(encoding="utf-8")
    assert not re.search(r"""(src|href)\s*=\s*["']?[^#"' ]|url\((?!#)|@import|<script""", written)
    assert [text(f"analysis.{name}.question") in text_of(written) for name in QUESTIONS] == [True] * len(QUESTIONS)
    assert text("analysis.page.care") in text_of(written)


@pytest.mark.parametrize("way", ["png", "svg", "csv"])
def test_what_is_shown_is_saved_once_however_often_it_is_pressed(log: OutcomeLog, way: str) -> None:
    form = AnalysisForm(log)
    for _ in range(2):
        form.shown.press(way)
    files = saved(log, way)
    assert len(files) == len(form.analysis.results)
    assert all(file.name in said(form) for file in files)
    begins = {"png": b"\x89PNG", "svg": b"<", "csv": b"\xef\xbb\xbf"}[way]
    assert all(file.read_bytes().startswith(begins) for file in files)


def test_the_saved_table_is_the_result(log: OutcomeLog) -> None:
    form = AnalysisForm(log)
    form.shown.press("csv")
    kept = pd.read_csv(io.BytesIO(saved(log, "csv")[0].read_bytes()))
    assert kept["n"].tolist() == by_tactic(form._t).table["n"].tolist()


def test_all_the_numbers_are_saved_in_one_file_that_says_when_and_of_whom(log: OutcomeLog) -> None:
    form = AnalysisForm(log)
    form.whole.press("figures")
    (file,) = saved(log, "csv")
    assert file.name.startswith("invented-")
    kept = pd.read_csv(file, dtype=dict(COLUMNS), encoding="utf-8-sig")
    pd.testing.assert_frame_equal(kept, figures(form._t, SAMPLE_DAY, form._applications))
    assert {*kept["question"]} == {*QUESTIONS, "stages", "first_answer", "invited"}


def test_a_folder_that_cannot_be_written_to_is_told_of(log: OutcomeLog) -> None:
    (log.path.parent / "analysis").write_text("in the way", encoding="utf-8")
    form = AnalysisForm(log)
    form.whole.press("page")
    assert "No copy could be saved next to your log" in said(form)
    assert form.whole.paths == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_stands_on_a_page_that_is_not_run(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    form = AnalysisForm(sample_log())
    assert repr(form) == "AnalysisForm(33 interviews; progressed)"
    assert text("analysis.progressed.question") in text_of(static_html(form))
    assert [label for _, _, label in form.whole.actions][-1] == text("analysis.form.numbers")
    assert "<script" not in html_below(form.view)


@pytest.mark.parametrize("way", ["png", "svg", "csv"])
def test_what_cannot_be_answered_is_not_saved_and_that_is_said(log: OutcomeLog, way: str) -> None:
    form = AnalysisForm(tally(sample_log(), by=["band", "used", "outcome"]))
    form.controls["question"].value = "waiting"
    form.shown.press(way)
    assert said(form).startswith("This can’t be answered here.")
    assert form.shown.paths == ()
    assert not saved(log, way)


def test_what_is_saved_of_the_invented_log_says_so(log: OutcomeLog) -> None:
    form = AnalysisForm(log)
    form.whole.press("page")
    (page,) = saved(log, "html")
    assert SAMPLE in page.read_text(encoding="utf-8")
    form.shown.press("csv")
    assert all("invented" in path.name for path in [page, *saved(log, "csv")])
    save(cl.LogForm(log=log), ACME)
    form.whole.press("page")
    assert SAMPLE not in form.whole.paths[0].read_text(encoding="utf-8")
    assert "invented" not in form.whole.paths[0].name


def test_a_log_that_is_gone_does_not_turn_into_the_invented_one(log: OutcomeLog) -> None:
    save(cl.LogForm(log=log), ACME)
    form = AnalysisForm(log)
    log.path.rename(log.path.with_name("elsewhere.sqlite"))
    form.refresh()
    assert "isn’t there any more" in form.trouble
    assert SAMPLE not in shown(form)
    assert "counted here: 1" in shown(form)


def test_a_look_at_a_comparison_that_was_fixed_beforehand_is_counted_and_told(log: OutcomeLog) -> None:
    log.add_interview(log.add_application("Acme"), "2026-11-20", used="mild", assessment=cl.Assessment(felt=3))
    log.fix_comparison("used", "bold", "mild", looks=2)
    form = cl.AnalysisForm(log)
    assert log.look_at("used", "standing", "mild") == 0
    assert log.registrations()["kind"].tolist() == ["comparison"]  # it was not shown yet
    form.controls["question"].value = "compared"
    assert "Looks so far: 1, of 2 planned." in form._answer.value
    form.refresh()
    assert log.registrations()["kind"].tolist() == ["comparison", "look"]
    assert "planned this comparison" not in cl.AnalysisForm(cl.tally(log))._answer.value


def test_looks_at_what_nobody_planned_are_counted_by_day_and_the_warning_says_how_many(tmp_path: Path) -> None:
    for day in (20, 21, 22):
        log = OutcomeLog(tmp_path / "log.sqlite", clock=partial(dt.datetime, 2026, 11, day, 12, tzinfo=dt.UTC))
        if day == 20:
            save(cl.LogForm(log=log), ACME)
        form = AnalysisForm(log)
        form.controls["question"].value = "compared"
        form.refresh()
    assert form.analysis.results[0].keywords["looked"] == 3
    assert "Looked at 3 times so far" in str(form.analysis.results[0](room()).caveats)
    assert form.plan._asked.layout.display == "none"  # it would be no plan any more


def test_a_comparison_can_be_planned_before_it_is_seen_and_not_afterwards(log: OutcomeLog) -> None:
    assert AnalysisForm(log).plan._asked.layout.display == "none"  # an invented person plans nothing
    save(cl.LogForm(log=log), ACME)
    form = AnalysisForm(log)
    assert form.plan._asked.layout.display is None
    form.plan.one.value, form.plan.looks.value = "standing", "4"
    form.plan.button.click()
    assert log.comparisons == (("used", "standing", "mild", 4),)
    assert form.plan._asked.layout.display == "none"
    assert "Looks: 4." in form.plan._status.value
    form.controls["question"].value = "compared"
    assert "Looks so far: 1, of 4 planned." in shown(form)


def test_a_slider_moves_the_comparison_by_how_often_the_rating_is_right(log: OutcomeLog) -> None:
    form = AnalysisForm(room())
    assert form.rating_right.layout.display == "none"
    form.controls["question"].value = "compared"
    assert form.rating_right.layout.display is None
    assert form.rating_right.label
    before = shown(form)
    form.rating_right.value = 70
    assert "is right in only 70 of 100 interviews" in shown(form)
    form.rating_right.value = 100
    assert shown(form) == before
    with pytest.raises(TraitError, match="is not from 50 to 100"):
        form.rating_right.value = 40


def test_a_comparison_that_was_fixed_beforehand_comes_first_with_its_looks(log: OutcomeLog) -> None:
    save(cl.LogForm(log=log), ACME)
    log.fix_comparison("used", "bold", "mild", looks=3)
    form = AnalysisForm(log)
    form.controls["question"].value = "compared"
    first, *others = form.analysis.results
    assert first(room()).table["used"].tolist() == ["bold"]
    assert text("results.adjusted.looks", looks=3) in first(room()).caveats
    assert len(others) == 2
