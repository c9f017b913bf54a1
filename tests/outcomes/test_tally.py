"""The tally: each application with an interview counts once, by its last ask and what came of it; no more is told."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closing_lib.assessment import Assessment, assess
from closing_lib.models import Asked, Band, EventKind, Response
from closing_lib.outcomes import by_tactic, funnel, tally
from closing_lib.outcomes.asks import asks
from closing_lib.outcomes.tally import KEYS, OUTCOMES, add
from closing_lib.outcomes.vocabulary import OWN_KEYS, WORDS
from closing_lib.records import OutcomeLog, sample_log
from closing_lib.records.importing.taking_in import import_csv

TODAY = dt.date(2026, 11, 22)
WRITTEN = dt.date(2026, 11, 10)  # of the drawn histories: some answers came before it
BANDS = {
    Band.WELL: Assessment(signs={"overran": True, "introduced": True, "long_answers": True}),
    Band.POOR: Assessment(signs={"cut_off": True, "ended_early": True}),
    Band.UNSURE: Assessment(),
    None: None,
}
Told = Mapping[str, Any]  # an interview, or an event, as a person tells it


def new_log(path: Path, written: str = "2026-11-01") -> OutcomeLog:
    """Make a log in which all is written on one day: before every answer, where nothing else is said."""
    return OutcomeLog(path, clock=lambda: dt.datetime.fromisoformat(f"{written}T12:00:00+00:00"))


@pytest.fixture
def log(tmp_path: Path) -> OutcomeLog:
    return new_log(tmp_path / "log.sqlite")


def tell(log: OutcomeLog, interviews: Iterable[Told], events: Iterable[Told] = ()) -> None:
    """Enter an application with its interviews and events."""
    with log.transaction():
        _tell(log, interviews, events)


def _tell(log: OutcomeLog, interviews: Iterable[Told], events: Iterable[Told]) -> None:
    application = log.add_application("Acme", "Analyst", applied_on="2026-01-02")
    for one in interviews:
        given = {name: value for name, value in one.items() if name != "band"}
        log.add_interview(application, **given, assessment=BANDS[one.get("band")])
    for one in events:
        log.add_event(application, **one)


def november(day: int) -> dt.date:
    return dt.date(2026, 11, day)


def held(day: int | None, used: str | None = None, **given: Any) -> Told:
    return {"held_on": day and november(day), "used": used, **given}


def event(kind: str, day: int | None = None) -> Told:
    return {"kind": kind, "on": day and november(day)}


def only(t: pd.DataFrame) -> dict[str, Any]:
    """Give the one row of a tally, with None for what is missing."""
    assert len(t) == 1
    return {name: None if pd.isna(value) else value for name, value in t.iloc[0].items()}


def counts(t: pd.DataFrame) -> Counter[tuple[Any, ...]]:
    """Give how often each combination of the keys is counted."""
    rows = t.astype("object").where(t.notna(), None)
    return Counter({tuple(row[:-1]): row[-1] for row in rows.itertuples(index=False)})


def rows(t: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    """Give some columns of each row of a tally, in its order, with None for what is missing."""
    found = t[[*names]].astype("object").where(t[[*names]].notna(), None)
    return [*found.itertuples(index=False, name=None)]


def told_of(log: OutcomeLog, *names: str) -> list[tuple[Any, ...]]:
    """Give some columns of each interview, in the order in which they were told, with None for what is missing."""
    return rows(asks(log), *names)


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return tally(sample_log())


class TestTheInterview:
    def test_counts_with_its_own_answer_whatever_came_of_the_next(self, log: OutcomeLog) -> None:
        for _ in range(2):
            tell(
                log,
                [held(2, "mild", round="screen"), held(9, "bold", round="final")],
                [event("advanced", 4), event("rejected", 16)],
            )
        assert rows(tally(log), "round", "used", "outcome", "weeks", "n") == [
            ("screen", "mild", "advanced", 0, 2),
            ("final", "bold", "rejected", 1, 2),
        ]

    def test_that_led_to_another_has_moved_forward_also_where_nobody_wrote_that_down(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "mild", round="screen"), held(16, "bold", round="final")], [event("offer", 20)])
        assert rows(tally(log), "used", "outcome", "weeks") == [("mild", "advanced", 2), ("bold", "offer", 0)]

    def test_is_moved_forward_by_an_invitation_of_the_next_ones_day_which_that_does_not_have_too(
        self, log: OutcomeLog
    ) -> None:
        tell(log, [held(2, "mild", round="screen"), held(16, "bold", round="final")], [event("advanced", 16)])
        assert rows(tally(log), "used", "outcome") == [("mild", "advanced"), ("bold", "open")]

    def test_whose_invitation_was_the_answer_to_the_one_before_is_still_answered_by_the_next(
        self, log: OutcomeLog
    ) -> None:
        tell(log, [held(2, "mild"), held(6, "standing"), held(16, "bold")], [event("advanced", 6)])
        assert rows(tally(log), "used", "outcome") == [("mild", "advanced"), ("standing", "advanced"), ("bold", "open")]

    def test_that_had_its_answer_leaves_one_of_the_next_ones_day_to_that(self, log: OutcomeLog) -> None:
        told = [event("advanced", 5), event("advanced", 16)]
        tell(log, [held(2, "mild", round="screen"), held(16, "bold", round="first")], told)
        assert rows(tally(log), "used", "outcome", "weeks") == [("mild", "advanced", 0), ("bold", "advanced", 0)]

    def test_of_one_day_with_another_is_one_visit_with_one_answer(self, log: OutcomeLog) -> None:
        tell(log, [held(9, "mild", round="first"), held(9, "bold", round="panel")], [event("rejected", 12)])
        assert rows(tally(log), "used", "outcome") == [("mild", "rejected"), ("bold", "rejected")]

    def test_that_was_given_up_and_then_led_to_another_has_moved_forward(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "mild", round="screen"), held(20, "bold", round="final")], [event("no_reply", 16)])
        assert rows(tally(log), "used", "outcome") == [("mild", "advanced"), ("bold", "open")]

    def test_without_a_question_counts_too(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "mild", round="screen"), held(9, round="final")], [event("offer", 12)])
        assert rows(tally(log), "round", "used", "outcome") == [
            ("screen", "mild", "advanced"),
            ("final", None, "offer"),
        ]

    def test_asked_nothing_is_recorded_too(self, log: OutcomeLog) -> None:
        tell(log, [held(9, "nothing")])
        assert only(tally(log))["used"] == "nothing"

    def test_an_application_without_one_is_not_counted(self, log: OutcomeLog) -> None:
        tell(log, [], [event("rejected", 9)])
        assert tally(log).empty

    def test_is_read_as_it_was_assessed_before_a_correction(self, log: OutcomeLog) -> None:
        tell(log, [held(9, "bold", band=Band.WELL)], [event("rejected", 12)])
        log.correct_assessment(1, BANDS[Band.POOR], why="They were only polite.")
        assert only(tally(log))["band"] == "well"

    def test_letters_and_reminders_belong_to_the_one_that_they_followed(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "mild"), held(12, "bold")], [event("thank_you", 3), event("nudge", 21)])
        assert rows(tally(log), "used", "thanks", "nudged", "reminded") == [
            ("mild", "in_time", "no", None),
            ("bold", "none", "yes", 1),
        ]


class TestTheAudit:
    """The examples of the audit, each with its right value."""

    def test_a_question_that_leads_to_another_round_keeps_its_success(self, log: OutcomeLog) -> None:
        """Of 20 screenings closed with the mild question 10 led to a final closed with the bold one, 5 to offers."""
        for number in range(20):
            if number < 10:
                told = [event("advanced", 4), event("offer" if number < 5 else "rejected", 16)]
                tell(log, [held(2, "mild", round="screen"), held(9, "bold", round="final")], told)
            else:
                tell(log, [held(2, "mild", round="screen")], [event("rejected", 4)])
        found = by_tactic(tally(log), within_bands=False).table.set_index("used")
        assert found.loc[["mild", "bold"], ["progressed", "n"]].to_numpy().tolist() == [[10, 20], [5, 10]]

    def test_a_round_that_nobody_had_is_not_passed_and_a_final_without_a_question_is_a_final(
        self, log: OutcomeLog
    ) -> None:
        tell(log, [held(2, "mild", round="screen"), held(9, round="final")], [event("offer", 12)])
        found = funnel(tally(log)).table.set_index("round")
        assert found["held"].to_dict() == {"screen": 1, "first": 0, "panel": 0, "final": 1}
        assert found["further"].to_dict() == {"screen": 1, "first": 0, "panel": 0, "final": 1}


class TestTheOutcome:
    def test_is_what_answered_it_else_open(self, log: OutcomeLog) -> None:
        kinds = [kind for kind in EventKind if kind != "interview"]
        for kind in kinds:
            tell(log, [held(2, "mild")], [event(kind, 16)])
        expected = [(str(kind), 2) if kind.is_outcome else ("open", 2) for kind in kinds]
        assert told_of(log, "outcome", "weeks") == expected

    def test_is_the_first_answer_after_the_ask(self, log: OutcomeLog) -> None:
        tell(log, [held(4, "mild")], [event("offer", 20), event("advanced", 11), event("rejected", 2)])
        row = only(tally(log))
        assert (row["outcome"], row["weeks"]) == ("advanced", 1)

    def test_on_the_day_of_the_interview_is_after_it(self, log: OutcomeLog) -> None:
        tell(log, [held(4, "bold")], [event("offer", 4)])
        assert told_of(log, "outcome", "weeks") == [("offer", 0)]

    def test_no_reply_gives_way_to_an_answer_that_came_after_all(self, log: OutcomeLog) -> None:
        every = ["rejected", "offer", "advanced", "withdrew"]
        for later in every:
            tell(log, [held(1, "mild")], [event("no_reply", 8), event(later, 22)])
        assert told_of(log, "outcome", "weeks") == [(later, 3) for later in every]

    def test_without_a_day_counts_as_after_and_last(self, log: OutcomeLog) -> None:
        for events in ([event("rejected")], [event("rejected"), event("offer", 9)]):
            tell(log, [held(2, "mild")], events)
        assert told_of(log, "outcome", "weeks") == [("rejected", None), ("offer", 1)]

    def test_without_a_day_is_the_last_interviews(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "mild"), held(9, "bold")], [event("rejected")])
        assert rows(tally(log), "used", "outcome", "weeks") == [("mild", "advanced", 1), ("bold", "rejected", None)]

    def test_of_an_interview_without_a_day_is_any_outcome(self, log: OutcomeLog) -> None:
        tell(log, [held(None, "mild")], [event("rejected", 2)])
        assert told_of(log, "outcome", "weeks") == [("rejected", None)]


class TestTheWeeks:
    def test_are_whole(self, log: OutcomeLog) -> None:
        for days in (0, 6, 7, 13, 14):
            tell(log, [held(2, "mild")], [event("rejected", 2 + days)])
        assert told_of(log, "weeks") == [(0,), (0,), (1,), (1,), (2,)]

    def test_run_on_while_it_is_open(self, log: OutcomeLog) -> None:
        tell(log, [held(1, "mild")])
        assert only(tally(log))["weeks"] == 3
        assert only(tally(log, as_of=dt.date(2027, 11, 1)))["weeks"] == 52
        assert only(tally(log, as_of=november(1)))["weeks"] == 0

    def test_of_no_reply_run_on_as_of_any_silence_since_a_late_answer_would_end_it(self, log: OutcomeLog) -> None:
        tell(log, [held(1, "mild")], [event("no_reply", 8)])
        assert told_of(log, "outcome", "weeks") == [("no_reply", 3)]


class TestTheDay:
    def test_what_is_dated_later_has_not_happened_yet(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "mild")], [event("rejected", 16), event("nudge", 12), event("thank_you", 12)])
        before, after = only(tally(log, as_of=november(11))), only(tally(log, as_of=november(16)))
        assert (before["outcome"], before["weeks"], before["nudged"], before["thanks"]) == ("open", 1, "no", "none")
        assert (after["outcome"], after["weeks"], after["nudged"], after["thanks"]) == ("rejected", 2, "yes", "later")

    def test_an_interview_that_is_still_to_come_is_not_counted(self, log: OutcomeLog) -> None:
        tell(log, [held(23, "mild")])
        tell(log, [held(2, "bold"), held(23, "mild", round="final")])
        row = only(tally(log))
        assert (row["used"], row["round"], row["outcome"]) == ("bold", "first", "open")
        later = tally(log, as_of=november(23))
        assert sorted(rows(later, "used", "outcome")) == [("bold", "advanced"), ("mild", "open"), ("mild", "open")]

    def test_an_answer_before_the_interview_is_none_to_it_and_no_wait_is_negative(self, log: OutcomeLog) -> None:
        tell(log, [held(9, "mild")], [event("rejected", 2)])
        assert told_of(log, "outcome", "weeks") == [("open", 1)]


class TestHindsight:
    def test_is_no_reading(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "bold")], [event("offer", 9)])
        log.reassess(1, BANDS[Band.WELL])
        assert log.interviews()["hindsight"].tolist() == [True]
        row = only(tally(log))
        assert (row["band"], row["score"], row["used"], row["outcome"]) == (None, None, "bold", "offer")

    def test_does_not_take_away_what_was_read_before(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "bold", band=Band.WELL)], [event("offer", 9)])
        assert only(tally(log))["band"] == "well"

    @pytest.mark.parametrize(
        ("written", "band"), [("2026-11-08", "well"), ("2026-11-09", "well"), ("2026-11-10", None)]
    )
    def test_compares_days_and_not_the_order_of_typing(self, tmp_path: Path, written: str, band: str | None) -> None:
        log = new_log(tmp_path / "log.sqlite", written)
        tell(log, [held(2, "bold", band=Band.WELL)], [event("offer", 9)])
        assert log.interviews()["hindsight"].tolist() == [False]
        assert only(tally(log))["band"] == band

    @pytest.mark.parametrize(("written", "band"), [("2026-11-09", "well"), ("2026-11-10", None)])
    def test_is_what_was_written_after_a_week_of_silence(self, tmp_path: Path, written: str, band: str | None) -> None:
        """Those with good news by then can't be among the late ones, so that they would say too little."""
        tell(log := new_log(tmp_path / "log.sqlite", written), [held(2, "bold", band=Band.WELL)])
        assert only(tally(log))["band"] == band

    def test_is_what_was_written_after_the_next_interview(self, tmp_path: Path) -> None:
        log = new_log(tmp_path / "log.sqlite", "2026-11-12")
        tell(log, [held(2, "mild", band=Band.WELL, round="screen"), held(9, "bold", band=Band.WELL, round="final")])
        assert rows(tally(log), "used", "band", "outcome") == [("mild", None, "advanced"), ("bold", "well", "open")]


class TestTheTable:
    def test_of_an_empty_log_is_empty_and_of_the_same_types(self, log: OutcomeLog, sample: pd.DataFrame) -> None:
        empty, full = tally(log), sample
        assert len(empty) == 0
        assert list(empty.columns) == list(full.columns) == [*OWN_KEYS, "n"]
        assert list(empty.dtypes) == list(full.dtypes)
        assert by_tactic(empty).table.empty

    def test_has_ordered_words_whole_weeks_and_whole_counts(self, sample: pd.DataFrame) -> None:
        t = sample
        assert (
            WORDS.items() >= {"band": [*Band], "used": [*Asked], "response": [*Response], "outcome": OUTCOMES}.items()
        )
        for name, words in WORDS.items():
            assert list(t[name].cat.categories) == [str(word) for word in words]
            assert t[name].cat.ordered
        assert [str(t[name].dtype) for name in ("weeks", "score", "reminded", "n")] == ["Int64"] * 3 + ["int64"]
        assert (t["n"] > 0).all()

    def test_counts_every_interview_of_the_sample(self, sample: pd.DataFrame) -> None:
        assert sample["n"].sum() == len(sample_log().interviews()) == 33

    def test_is_the_same_each_time_and_in_the_order_of_its_keys(self, sample: pd.DataFrame) -> None:
        one, other = sample, tally(sample_log())
        pd.testing.assert_frame_equal(one, other)
        pd.testing.assert_frame_equal(one, one.sort_values(OWN_KEYS, ignore_index=True))
        assert not one.duplicated(OWN_KEYS).any()

    def test_tells_nothing_by_which_anybody_could_be_known(self) -> None:
        log = sample_log()
        t = tally(log)
        assert not any(pd.api.types.is_datetime64_any_dtype(kind) for kind in t.dtypes)
        told = t.to_csv()
        names = {
            *log.applications()["company"],
            *log.applications()["role"],
            *log.interviews()["interviewers"].dropna(),
        }
        assert not [name for name in names if name in told]
        assert not re.search(r"\d{4}", told)  # no year
        assert t.attrs == {}

    def test_leaves_the_log_as_it_is(self) -> None:
        log = sample_log()
        before = log.path.read_bytes()
        tally(log)
        assert log.path.read_bytes() == before

    def test_waits_up_to_the_day_that_is_fixed(self, sample: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
        log = sample_log()
        pd.testing.assert_frame_equal(sample, tally(log, as_of=TODAY))
        monkeypatch.setenv("CLOSING_TODAY", "2027-11-22")
        assert counts(tally(log)) != counts(sample)


# --- Every possible history, counted a second time by the rule in words

days = st.one_of(st.none(), st.integers(1, 22))
interviews = st.builds(
    held,
    days,
    st.sampled_from([None, None, "mild", "bold", "nothing"]),
    response=st.sampled_from([None, "hesitated", "offered"]),
    band=st.sampled_from([*BANDS]),
    round=st.sampled_from(["screen", "first", "final"]),
    advised=st.sampled_from([None, "mild", "bold"]),
)
events = st.builds(event, st.sampled_from([kind.value for kind in EventKind]), days)
histories = st.lists(st.tuples(st.lists(interviews, max_size=3), st.lists(events, max_size=4)), max_size=6)


def by_the_rule(told_interviews: list[Told], told_events: list[Told]) -> Iterable[tuple[Any, ...]]:
    """Count the interviews of one application as the rule says it, without a table."""
    kept_on = [one["held_on"] for one in told_interviews]
    only_events = {
        one["on"]
        for one in told_events
        if one["kind"] == "interview"
        and not any(None in (one["on"], day) or abs((one["on"] - day).days) <= 1 for day in kept_on)
    }
    every = told_interviews + [only_told(on) for on in sorted(only_events, key=lambda on: on or dt.date.min)]
    days = sorted({one["held_on"] or dt.date.min for one in every})
    used_up: list[int] = []
    answers = {}
    for day, following in zip(days, [*days[1:], None], strict=False):
        answers[day] = answer_by_the_rule(told_events, day, following, used_up)
    for one in every:
        day = one["held_on"] or dt.date.min
        following = next((later for later in days if later > day), None)
        yield line_by_the_rule(one, told_events, following, answers[day])


def answer_by_the_rule(
    told_events: list[Told], day: dt.date, following: dt.date | None, used_up: list[int]
) -> tuple[str, dt.date | None]:
    """Give what came of the interviews of a day, and when."""
    here = [
        (place, one)
        for place, one in enumerate(told_events)
        if EventKind(one["kind"]).is_outcome
        and place not in used_up
        and (one["on"] is None or one["on"] >= day)
        and (following is None or (one["on"] is not None and one["on"] < following))
    ]
    here.sort(key=lambda pair: (pair[1]["kind"] == "no_reply", pair[1]["on"] or dt.date.max))
    if following and not any(one["kind"] != "no_reply" for _, one in here):
        used_up += [
            place for place, one in enumerate(told_events) if one["kind"] == "advanced" and one["on"] == following
        ]
        return "advanced", following
    return (here[0][1]["kind"], here[0][1]["on"]) if here else ("open", None)


def line_by_the_rule(
    one: Told, told_events: list[Told], following: dt.date | None, answer: tuple[str, dt.date | None]
) -> tuple[Any, ...]:
    """Give the line of one interview."""
    outcome, on = answer
    until = on if outcome not in ("no_reply", "open") else TODAY
    weeks = (until - one["held_on"]).days // 7 if until and one["held_on"] else None
    is_fresh = one["held_on"] is None or (WRITTEN - one["held_on"]).days <= 7
    band = one["band"] if is_fresh and (on is None or on >= WRITTEN) else None
    score = None if BANDS[band] is None else round(assess(BANDS[band]).score * 10)
    later = [
        event
        for event in told_events
        if (not (event["on"] and one["held_on"]) or event["on"] >= one["held_on"])
        and (not (event["on"] and following) or event["on"] < following)
        and (not (event["on"] and on) or event["on"] <= on)
    ]
    thanks = thanks_by_the_rule(one, [event["on"] for event in later if event["kind"] == "thank_you"], on or TODAY)
    nudges = [event["on"] for event in later if event["kind"] == "nudge"]
    nudged = None if one["held_on"] is None else "yes" if nudges else "no"
    reminded = min(((nudge - one["held_on"]).days // 7 for nudge in nudges if nudge and one["held_on"]), default=None)
    if one["round"] is None:  # only an event: what does not stand in a list may have been done all the same
        thanks, nudged = None if thanks == "none" else thanks, None if nudged == "no" else nudged
    used, response = one["used"], one["response"]
    return (
        one["round"],
        band,
        used,
        None,
        None,
        response,
        outcome,
        weeks,
        score,
        followed_by_the_rule(one),
        thanks,
        nudged,
        reminded,
    )


def only_told(on: dt.date | None) -> Told:
    return {"held_on": on, **dict.fromkeys(["used", "response", "band", "round", "advised"])}


def followed_by_the_rule(last: Told) -> str | None:
    if last["used"] is None or last["advised"] is None:
        return None
    return "yes" if last["used"] == last["advised"] else "no"


def thanks_by_the_rule(one: Told, sent: list[dt.date | None], answered: dt.date) -> str | None:
    if one["held_on"] is None:
        return None
    if not sent:
        return "none" if (answered - one["held_on"]).days > 1 else None
    days = min(((on - one["held_on"]).days for on in sent if on), default=None)
    if days is None:
        return None
    return "in_time" if days <= 1 else "late" if days <= 6 else "later"


@given(histories)
@settings(deadline=None, max_examples=25)
def test_every_history_is_counted_as_the_rule_says(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[list[Told], list[Told]]]
) -> None:
    log = new_log(tmp_path_factory.mktemp("told") / "log.sqlite", WRITTEN.isoformat())
    with log.transaction():
        for of_interviews, of_events in told:
            _tell(log, of_interviews, of_events)
    expected = Counter(itertools.chain.from_iterable(itertools.starmap(by_the_rule, told)))
    assert counts(tally(log)) == expected


def test_tallies_add(tmp_path: Path) -> None:
    one, other, both = (new_log(tmp_path / f"{name}.sqlite") for name in ("one", "other", "both"))
    told = [
        ([held(2, "mild", band=Band.WELL)], [event("offer", 9)]),
        ([held(3, "bold")], []),
        ([held(2, "mild", band=Band.WELL)], [event("offer", 9)]),
    ]
    for number, (of_interviews, of_events) in enumerate(told):
        tell((one, other)[number % 2], of_interviews, of_events)
        tell(both, of_interviews, of_events)
    added = add([tally(one), tally(other)])
    pd.testing.assert_frame_equal(tally(added, by=OWN_KEYS), tally(both))
    assert added["person"].value_counts().to_dict() == {0: 1, 1: 1}
    assert added.groupby("person")["n"].sum().to_dict() == {0: 2, 1: 1}
    pd.testing.assert_frame_equal(add([added, tally(one)]).query("person < 2"), added)
    pd.testing.assert_frame_equal(add([tally(both)]), tally(both))
    pd.testing.assert_frame_equal(by_tactic(pd.concat([tally(one), tally(other)])).table, by_tactic(tally(both)).table)


class TestFewerColumns:
    def test_count_the_same_applications(self, sample: pd.DataFrame) -> None:
        wanted = ["used", "outcome"]
        small = tally(sample_log(), by=wanted)
        assert list(small.columns) == ["used", "outcome", "n"]
        assert small["n"].sum() == sample["n"].sum()
        whole = sample.groupby(wanted, observed=True, dropna=False)["n"].sum().reset_index()
        pd.testing.assert_frame_equal(small, whole)

    def test_are_what_is_added_where_a_tally_lacks_some(self, sample: pd.DataFrame) -> None:
        small = tally(sample, by=["band", "outcome"])
        pd.testing.assert_frame_equal(
            tally(add([sample, small]), by=["band", "outcome"]), small.assign(n=small["n"] * 2)
        )

    def test_say_which_there_are(self) -> None:
        with pytest.raises(ValueError, match="There is no 'company' to count by; choose among round, band, used"):
            tally(sample_log(), by=["company"])
        with pytest.raises(ValueError, match="nothing to count by"):
            tally(sample_log(), by=[])
        with pytest.raises(ValueError, match="no tallies to add"):
            add([])


class TestCases:
    def test_are_counted_from_a_table_as_from_the_log(self, sample: pd.DataFrame) -> None:
        lines = asks(sample_log())
        assert list(lines.columns) == [name for name in KEYS if name != "person"]
        assert len(lines) == sample["n"].sum()
        pd.testing.assert_frame_equal(tally(lines, by=OWN_KEYS), sample)

    def test_can_be_plain_words_in_some_of_the_columns(self) -> None:
        lines = pd.DataFrame({"used": ["bold", "mild", "bold", None], "outcome": ["offer", "open", "offer", "open"]})
        t = tally(lines)
        assert t["n"].tolist() == [1, 2, 1]
        assert by_tactic(t, within_bands=False).table["n"].tolist() == [0, 2]

    def test_with_unknown_words_are_refused(self) -> None:
        with pytest.raises(ValueError, match="'shy' is not known; choose one of mild, standing"):
            tally(pd.DataFrame({"used": ["shy"], "outcome": ["offer"]}))


class TestTheHabits:
    def test_a_thank_you_is_in_time_within_a_day(self, log: OutcomeLog) -> None:
        expected = {1: "none", 2: "in_time", 3: "in_time", 4: "late", 8: "late", 9: "later", None: None}
        for day in expected:
            tell(log, [held(2, "mild")], [event("thank_you", day)])
        assert told_of(log, "thanks") == [(thanks,) for thanks in expected.values()]

    def test_a_thank_you_after_the_answer_came_too_late_to_count(self, log: OutcomeLog) -> None:
        expected = {(4, 3): None, (6, 4): "none", (4, 4): "late", (3, 3): "in_time"}
        for letter, answer in expected:
            tell(log, [held(2, "mild")], [event("rejected", answer), event("thank_you", letter)])
        assert told_of(log, "thanks") == [(thanks,) for thanks in expected.values()]

    def test_a_thank_you_that_can_still_be_in_time_is_not_missed_yet(self, log: OutcomeLog) -> None:
        tell(log, [held(21, "mild")])
        assert only(tally(log))["thanks"] is None
        assert only(tally(log, as_of=november(23)))["thanks"] == "none"

    def test_a_nudge_counts_until_there_is_an_answer(self, log: OutcomeLog) -> None:
        expected = {1: "no", 9: "yes", 16: "yes", 17: "no", None: "yes"}
        for day in expected:
            tell(log, [held(2, "mild")], [event("rejected", 16), event("nudge", day)])
        assert told_of(log, "nudged") == [(nudged,) for nudged in expected.values()]

    def test_advice_is_followed_where_it_was_asked(self, log: OutcomeLog) -> None:
        expected = {("mild", "mild"): "yes", ("bold", "mild"): "no", ("mild", "nothing"): "no", (None, "mild"): None}
        for advised, used in expected:
            tell(log, [held(2, used, advised=advised)])
        assert told_of(log, "followed") == [(followed,) for followed in expected.values()]


@pytest.mark.parametrize("names", [["band", "N"], ["band", " n"], ["band", "band"]])
def test_columns_that_are_written_otherwise_or_twice_are_refused(names: list[str]) -> None:
    with pytest.raises(ValueError, match=r"A column is called|There are two columns"):
        tally(pd.DataFrame([["well", "well"]], columns=names))


def test_more_applications_than_can_be_added_are_refused() -> None:
    with pytest.raises(ValueError, match="write a whole number from 0 to 1000000000000"):
        add([pd.DataFrame({"band": ["well"], "n": [2**53]})] * 2000)


def test_a_mistyped_year_leaves_its_weeks_out_and_stops_nothing(log: OutcomeLog) -> None:
    log.add_interview(log.add_application("Acme"), held_on="0206-10-01", round="first", used="mild")
    log.add_interview(log.add_application("Octo"), held_on="2026-10-01", round="first", used="mild")
    assert sorted(tally(log, TODAY)["weeks"].isna()) == [False, True]


def test_an_interview_that_is_only_an_event_counts_with_what_is_known_of_it(log: OutcomeLog) -> None:
    tracker = b"Company,Interview,Rejected,Offer\nAcme,2026-09-01,2026-09-20,\nOcto,2026-09-01,,\nFerry,,2026-09-02,\n"
    import_csv(tracker, into=log)
    found = tally(log, dt.date(2026, 10, 1))
    assert found[["outcome", "weeks", "n"]].values.tolist() == [["rejected", 2, 1], ["open", 4, 1]]
    assert found.drop(columns=["outcome", "weeks", "n"]).isna().to_numpy().all()  # no letter in a list is not no letter


def test_an_interview_that_is_kept_and_an_event_of_that_day_or_the_day_beside_counts_once(log: OutcomeLog) -> None:
    application = log.add_application("Acme")
    log.add_interview(application, "2026-09-01", used="mild")
    for on in ("2026-09-01", "2026-09-02", "2026-09-15"):
        log.add_event(application, "interview", on=on)
    found = tally(log, dt.date(2026, 10, 1))
    assert rows(found, "used", "outcome", "weeks", "n") == [("mild", "advanced", 2, 1), (None, "open", 2, 1)]
