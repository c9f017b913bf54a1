"""What an imported list can answer: how far each application came, how soon it was answered, and which led on."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pandas as pd
import pytest
from drawn import Drawn

import closing_lib as cl
from closing_lib.content import LANGUAGES, text
from closing_lib.outcomes import (
    APPLICATION_ANALYSES,
    applications,
    figures,
    first_answer,
    invited,
    rate_interval,
    stages,
)
from closing_lib.outcomes.charts.draw import NARROW, WIDE
from closing_lib.outcomes.charts.page import drawn
from closing_lib.outcomes.questions.stages import OTHER
from closing_lib.records import OutcomeLog

DAY = dt.date(2026, 11, 22)
SENT = dt.date(2026, 10, 1)


@pytest.fixture
def log(tmp_path: Path) -> OutcomeLog:
    return OutcomeLog(tmp_path / "log.sqlite")


def add(log: OutcomeLog, *events: tuple[str, str | None], role: str = "Analyst", source: str | None = "Board") -> None:
    application = log.add_application("Acme", role, SENT, source)
    for kind, on in events:
        log.add_event(application, kind, on=on)


def lines(log: OutcomeLog) -> list[tuple[object, ...]]:
    found = applications(log, DAY)[["stage", "outcome", "answer", "weeks"]]
    return [tuple(None if pd.isna(one) else one for one in row) for row in found.itertuples(index=False)]


@pytest.mark.parametrize(
    ("events", "line"),
    [
        ([], ("applied", "open", "open", 7)),
        ([("rejected", "2026-10-09")], ("applied", "rejected", "rejected", 1)),
        ([("rejected", None)], ("applied", "rejected", "rejected", None)),
        ([("interview", "2026-10-15"), ("rejected", "2026-10-30")], ("interview", "rejected", "advanced", 2)),
        ([("interview", "2026-10-15"), ("offer", "2026-10-30")], ("offer", "offer", "advanced", 2)),
        ([("offer", "2026-10-30")], ("offer", "offer", "offer", 4)),
        ([("offer", "2026-10-30"), ("withdrew", "2026-11-01")], ("offer", "offer", "offer", 4)),
        ([("advanced", "2026-10-02")], ("interview", "open", "advanced", 0)),
        ([("no_reply", "2026-11-01")], ("applied", "no_reply", "no_reply", 7)),
        ([("no_reply", "2026-11-01"), ("advanced", "2026-11-03")], ("interview", "open", "advanced", 4)),
        ([("withdrew", "2026-10-09")], ("applied", "withdrew", "withdrew", 1)),
        ([("rejected", "2026-12-09")], ("applied", "open", "open", 7)),
    ],
)
def test_each_application_counts_as_far_as_it_came(
    log: OutcomeLog, events: list[tuple[str, str | None]], line: tuple[object, ...]
) -> None:
    add(log, *events)
    assert lines(log) == [line]


def test_stages_count_from_the_application_to_the_offer(log: OutcomeLog) -> None:
    for events in (
        *[[("rejected", "2026-10-09")]] * 4, [("no_reply", "2026-11-01")], [("withdrew", "2026-10-09")], [], [],
        *[[("interview", "2026-10-15"), ("rejected", "2026-10-30")]] * 3, [("interview", "2026-10-15")],
        *[[("interview", "2026-10-15"), ("offer", "2026-10-30")]] * 2,
    ):  # fmt: skip
        add(log, *events)
    applied, interview, offer = stages(applications(log, DAY)).table.to_dict("records")
    assert [applied[name] for name in ("reached", "n", "further", "open", "withdrew")] == [14, 11, 6, 2, 1]
    assert [interview[name] for name in ("reached", "n", "further", "open")] == [6, 5, 2, 1]
    assert (applied["low"], applied["high"]) == rate_interval(6, 11)
    assert (offer["reached"], offer["sentence"]) == (2, "With an offer: 2.")
    assert applied["sentence"].startswith("Applications: 14. Went on to an interview or next step: 6 of the 11")


def test_the_first_answer_counts_those_still_waiting(log: OutcomeLog) -> None:
    for _ in range(5):
        add(log, ("rejected", "2026-10-09"))
        add(log)
    found = first_answer(applications(log, DAY))
    assert found.table[["weeks", "at_risk", "ended", "waiting"]].iloc[0].tolist() == [1, 10, 5, 0.5]
    assert "Applications counted: 10. Still open: 5." in found.sentence


def test_small_groups_are_put_together_and_one_source_is_one_however_it_is_written(log: OutcomeLog) -> None:
    for source in ("Board", "board ", "BOARD", "Board", "Board", "Friend", "Fair", None):
        add(log, ("rejected", "2026-10-09"), source=source)
    found = invited(applications(log, DAY))
    assert found.table[["source", "n"]].to_numpy().tolist() == [["Board", 5], [OTHER, 2]]
    assert found.table["rate"].isna().tolist() == [False, True]
    assert text("results.left_out.other", n=1) in found.caveats
    assert text("results.invited.least", least=5) in found.caveats


def test_a_role_counts_with_each_of_its_words_and_a_month_is_written_as_such(log: OutcomeLog) -> None:
    for role in (*["Data analyst"] * 5, *["Senior data engineer (m/f)"] * 2, "Nurse", "Baker"):
        add(log, ("interview", "2026-10-15"), role=role)
    by_role = invited(applications(log, DAY), by="role").table
    assert by_role[["role", "n"]].to_numpy().tolist() == [["analyst", 5], ["data", 7], [OTHER, 2]]
    assert invited(applications(log, DAY), by="month").table["month"].tolist() == ["2026-10"]
    with pytest.raises(ValueError, match="no groups of applications by 'company'; choose one of role, source, month"):
        invited(applications(log, DAY), by="company")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("of", ["nothing", "one", "foreign", "sample"])
def test_each_is_said_and_drawn_in_each_language(
    log: OutcomeLog, monkeypatch: pytest.MonkeyPatch, language: str, of: str
) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    if of == "one":
        add(log)
    for _ in range(6 if of == "foreign" else 0):
        add(log, ("rejected", "2026-10-09"), role="<b>bold</b> & {who} $x$", source="<script>alert(1)</script>{0}")
    listed = applications(cl.sample_log() if of == "sample" else log, DAY)
    for make in (make for asked in APPLICATION_ANALYSES for make in asked.results):
        found = make(listed)
        made = found.chart()
        assert found.table.columns[-1] == "sentence"
        assert made.opening
        assert made.svg
        assert "<script" not in made.html.replace("<style", "")
        for told in (*found.table["sentence"], found.sentence):
            assert told.endswith(".")
            assert not {"nan", "<NA>"} & {*told.split()}


def test_the_figures_hold_them_too() -> None:
    listed = applications(cl.sample_log(), DAY)
    found = figures(cl.tally(cl.sample_log(), DAY), DAY, listed)
    rates = found[(found["result"] == "stages") & (found["figure"] == "rate")].set_index("stage")
    assert (rates.loc["applied", "k"], rates.loc["applied", "n"]) == (22, 23)
    assert found.loc[found["result"] == "invited", ["source", "role", "month"]].notna().any().all()


def test_another_table_is_answered_by_what_it_lacks() -> None:
    with pytest.raises(ValueError, match="This tally has no column “stage”"):
        stages(cl.tally(cl.sample_log(), DAY))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut_or_lies_on_another(log: OutcomeLog, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    long = "The job board of the regional association of independent hospitals and clinics"
    for number in range(40):
        add(
            log,
            *[("interview", "2026-10-15")][number % 2 :],
            role=f"{long} {number % 3}",
            source=(long, None)[number % 4 == 1],
        )
    listed = applications(log, DAY).assign(n=12_345)
    for make in (make for asked in APPLICATION_ANALYSES for make in asked.results):
        picture = make(listed).chart().picture
        for width in (WIDE, NARROW):
            found = Drawn.read(drawn(picture, width))
            assert all(one.left > -1 and one.right < width + 1 for one in found.texts)
            assert [pair for pair in itertools.combinations(found.texts, 2) if pair[0].overlaps(pair[1])] == []
