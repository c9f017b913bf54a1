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
from closing_lib.models import Asked, Band, EventKind, Response, Round
from closing_lib.outcomes import by_tactic, tally
from closing_lib.outcomes.asks import cases
from closing_lib.outcomes.tally import KEYS, OUTCOMES, add
from closing_lib.outcomes.vocabulary import WORDS
from closing_lib.records import OutcomeLog, sample_log
from closing_lib.records.importing import import_csv

TODAY = dt.date(2026, 11, 22)
BANDS = {
    Band.WELL: Assessment(signs={"overran": True, "introduced": True, "long_answers": True}),
    Band.POOR: Assessment(signs={"cut_off": True, "ended_early": True}),
    Band.UNSURE: Assessment(),
    None: None,
}
Told = Mapping[str, Any]  # an interview, or an event, as a person tells it


@pytest.fixture
def log(tmp_path: Path) -> OutcomeLog:
    return OutcomeLog(tmp_path / "log.sqlite")


def tell(log: OutcomeLog, interviews: Iterable[Told], events: Iterable[Told] = ()) -> None:
    """Enter an application with its interviews and events."""
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


class TestTheApplication:
    def test_counts_once_however_many_rounds_it_had(self, log: OutcomeLog) -> None:
        tell(
            log,
            [held(2, "standing", round="screen"), held(9, "mild"), held(16, "bold", round="final")],
            [event("offer", 20)],
        )
        assert (only(tally(log))["n"], only(tally(log))["used"]) == (1, "bold")

    def test_counts_by_its_last_interview_at_which_an_ask_was_recorded(self, log: OutcomeLog) -> None:
        asked = held(9, "mild", response="hesitated", band=Band.UNSURE)
        tell(log, [held(16, response="offered", band=Band.WELL), held(2, "bold", band=Band.POOR), asked])
        row = only(tally(log))
        assert (row["band"], row["used"], row["response"]) == ("unsure", "mild", "hesitated")

    def test_counts_by_its_last_interview_where_no_ask_was(self, log: OutcomeLog) -> None:
        tell(log, [held(16, response="offered", band=Band.WELL), held(9, response="declined", band=Band.POOR)])
        row = only(tally(log))
        assert (row["band"], row["used"], row["response"]) == ("well", None, "offered")

    def test_asked_nothing_is_recorded_too(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "bold"), held(9, "nothing")])
        assert only(tally(log))["used"] == "nothing"

    def test_of_two_interviews_on_a_day_counts_the_one_entered_last_and_a_dated_one_before_an_undated(
        self, log: OutcomeLog
    ) -> None:
        tell(log, [held(9, "bold"), held(9, "mild"), held(None, "standing")])
        assert only(tally(log))["used"] == "mild"

    def test_without_an_interview_is_not_counted(self, log: OutcomeLog) -> None:
        tell(log, [], [event("rejected", 9)])
        assert tally(log).empty

    def test_is_read_as_it_was_assessed_before_a_correction(self, log: OutcomeLog) -> None:
        tell(log, [held(9, "bold", band=Band.WELL)], [event("rejected", 12)])
        log.correct_assessment(1, BANDS[Band.POOR], why="They were only polite.")
        assert only(tally(log))["band"] == "well"


class TestTheOutcome:
    @pytest.mark.parametrize("kind", EventKind)
    def test_is_what_answered_it_else_open(self, log: OutcomeLog, kind: EventKind) -> None:
        tell(log, [held(2, "mild")], [event(kind, 16)])
        row = only(tally(log))
        assert (row["outcome"], row["weeks"]) == ((kind, 2) if kind.is_outcome else ("open", 2))

    def test_is_the_first_answer_after_the_ask(self, log: OutcomeLog) -> None:
        tell(log, [held(4, "mild")], [event("offer", 20), event("advanced", 11), event("rejected", 2)])
        row = only(tally(log))
        assert (row["outcome"], row["weeks"]) == ("advanced", 1)

    def test_on_the_day_of_the_interview_is_after_it(self, log: OutcomeLog) -> None:
        tell(log, [held(4, "bold")], [event("offer", 4)])
        assert (only(tally(log))["outcome"], only(tally(log))["weeks"]) == ("offer", 0)

    def test_is_open_again_after_the_next_ask(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "mild"), held(10, "bold")], [event("advanced", 5)])
        assert only(tally(log))["outcome"] == "open"

    def test_a_later_interview_without_an_ask_changes_nothing(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "mild"), held(16)], [event("advanced", 9)])
        assert (only(tally(log))["used"], only(tally(log))["outcome"]) == ("mild", "advanced")

    @pytest.mark.parametrize("later", ["rejected", "offer", "advanced", "withdrew"])
    def test_no_reply_gives_way_to_an_answer_that_came_after_all(self, log: OutcomeLog, later: str) -> None:
        tell(log, [held(1, "mild")], [event("no_reply", 8), event(later, 22)])
        assert (only(tally(log))["outcome"], only(tally(log))["weeks"]) == (later, 3)

    @pytest.mark.parametrize(
        ("events", "outcome"), [((event("rejected"),), "rejected"), ((event("rejected"), event("offer", 9)), "offer")]
    )
    def test_without_a_day_counts_as_after_and_last(
        self, log: OutcomeLog, events: tuple[Told, ...], outcome: str
    ) -> None:
        tell(log, [held(2, "mild")], [*events])
        row = only(tally(log))
        assert (row["outcome"], row["weeks"]) == (outcome, None if outcome == "rejected" else 1)

    def test_of_an_interview_without_a_day_is_any_outcome(self, log: OutcomeLog) -> None:
        tell(log, [held(None, "mild")], [event("rejected", 2)])
        assert (only(tally(log))["outcome"], only(tally(log))["weeks"]) == ("rejected", None)


class TestTheWeeks:
    @pytest.mark.parametrize(("days", "weeks"), [(0, 0), (6, 0), (7, 1), (13, 1), (14, 2)])
    def test_are_whole(self, log: OutcomeLog, days: int, weeks: int) -> None:
        tell(log, [held(2, "mild")], [event("rejected", 2 + days)])
        assert only(tally(log))["weeks"] == weeks

    def test_run_on_while_it_is_open(self, log: OutcomeLog) -> None:
        tell(log, [held(1, "mild")])
        assert only(tally(log))["weeks"] == 3
        assert only(tally(log, as_of=dt.date(2027, 11, 1)))["weeks"] == 52
        assert only(tally(log, as_of=november(1)))["weeks"] == 0

    def test_of_no_reply_run_on_as_of_any_silence_since_a_late_answer_would_end_it(self, log: OutcomeLog) -> None:
        tell(log, [held(1, "mild")], [event("no_reply", 8)])
        assert (only(tally(log))["outcome"], only(tally(log))["weeks"]) == ("no_reply", 3)


class TestTheDay:
    def test_what_is_dated_later_has_not_happened_yet(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "mild")], [event("rejected", 16), event("nudge", 12), event("thank_you", 12)])
        before, after = only(tally(log, as_of=november(11))), only(tally(log, as_of=november(16)))
        assert (before["outcome"], before["weeks"], before["nudged"], before["thanks"]) == ("open", 1, "no", "none")
        assert (after["outcome"], after["weeks"], after["nudged"], after["thanks"]) == ("rejected", 2, "yes", "late")

    def test_an_interview_that_is_still_to_come_is_not_counted(self, log: OutcomeLog) -> None:
        tell(log, [held(23, "mild")])
        tell(log, [held(2, "bold"), held(23, "mild", round="final")])
        row = only(tally(log))
        assert (row["used"], row["reached"], row["outcome"]) == ("bold", "first", "open")
        assert tally(log, as_of=november(23))["n"].sum() == 2

    def test_an_answer_before_the_interview_is_none_to_it_and_no_wait_is_negative(self, log: OutcomeLog) -> None:
        tell(log, [held(9, "mild")], [event("rejected", 2)])
        assert (only(tally(log))["outcome"], only(tally(log))["weeks"]) == ("open", 1)


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


class TestTheTable:
    def test_of_an_empty_log_is_empty_and_of_the_same_types(self, log: OutcomeLog) -> None:
        empty, full = tally(log), tally(sample_log())
        assert len(empty) == 0
        assert list(empty.columns) == list(full.columns) == [*KEYS, "n"]
        assert list(empty.dtypes) == list(full.dtypes)
        assert by_tactic(empty).table.empty

    def test_has_ordered_words_whole_weeks_and_whole_counts(self) -> None:
        t = tally(sample_log())
        assert (
            WORDS.items() >= {"band": [*Band], "used": [*Asked], "response": [*Response], "outcome": OUTCOMES}.items()
        )
        for name, words in WORDS.items():
            assert list(t[name].cat.categories) == [str(word) for word in words]
            assert t[name].cat.ordered
        assert [str(t[name].dtype) for name in ("weeks", "score", "n")] == ["Int64", "Int64", "int64"]
        assert (t["n"] > 0).all()

    def test_counts_every_application_of_the_sample_that_had_an_interview(self) -> None:
        log = sample_log()
        assert tally(log)["n"].sum() == log.interviews()["application"].nunique()

    def test_is_the_same_each_time_and_in_the_order_of_its_keys(self) -> None:
        one, other = tally(sample_log()), tally(sample_log())
        pd.testing.assert_frame_equal(one, other)
        pd.testing.assert_frame_equal(one, one.sort_values(KEYS, ignore_index=True))
        assert not one.duplicated(KEYS).any()

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

    def test_waits_up_to_the_day_that_is_fixed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        fixed = tally(sample_log())
        pd.testing.assert_frame_equal(fixed, tally(sample_log(), as_of=TODAY))
        monkeypatch.setenv("CLOSING_TODAY", "2027-11-22")
        assert counts(tally(sample_log())) != counts(fixed)


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


def by_the_rule(told_interviews: list[Told], told_events: list[Told]) -> tuple[Any, ...]:
    """Count one application as the rule says it, without a table."""
    is_told = not told_interviews
    told_interviews = told_interviews or [only_told(one) for one in told_events if one["kind"] == "interview"]
    asked = [one for one in told_interviews if one["used"]] or told_interviews
    last = max(enumerate(asked), key=lambda pair: (pair[1]["held_on"] or dt.date.min, pair[0]))[1]

    def is_after(one: Told) -> bool:
        return not (one["on"] and last["held_on"]) or one["on"] >= last["held_on"]

    def is_later(one: Told) -> bool:
        return bool(one["held_on"] and last["held_on"]) and one["held_on"] > last["held_on"]

    in_time = sorted(told_events, key=lambda one: one["on"] or dt.date.max)
    answers = [one for one in in_time if EventKind(one["kind"]).is_outcome and is_after(one)]
    first = next((one for one in answers if one["kind"] != "no_reply"), answers[0] if answers else None)
    until = first["on"] if first and first["kind"] != "no_reply" else TODAY
    weeks = (until - last["held_on"]).days // 7 if until and last["held_on"] else None
    answers_of = BANDS[last["band"]]
    score = None if answers_of is None else round(assess(answers_of).score * 10)
    so_far = [one for one in told_interviews if not is_later(one)]
    reached = None if is_told else max((one["round"] for one in so_far), key=[*map(str, Round)].index)
    if any(one["kind"] == "offer" for one in told_events):
        reached = "offer"
    told = last["band"], last["used"], last["response"], first["kind"] if first else "open", weeks, score, reached
    later = [one for one in told_events if is_after(one)]
    thanks, nudged = thanks_by_the_rule(last, later, first), nudged_by_the_rule(last, later, first)
    if is_told:  # what does not stand in a list may have been done all the same
        thanks, nudged = None if thanks == "none" else thanks, None if nudged == "no" else nudged
    return *told, followed_by_the_rule(last), thanks, nudged


def only_told(one: Told) -> Told:
    return {"held_on": one["on"], **dict.fromkeys(["used", "response", "band", "round", "advised"])}


def followed_by_the_rule(last: Told) -> str | None:
    if last["used"] is None or last["advised"] is None:
        return None
    return "yes" if last["used"] == last["advised"] else "no"


def thanks_by_the_rule(last: Told, later: list[Told], first: Told | None) -> str | None:
    answered = (first["on"] if first else None) or TODAY
    sent = [one["on"] for one in later if one["kind"] == "thank_you" and (one["on"] or dt.date.min) <= answered]
    if last["held_on"] is None or (sent and not any(sent)):
        return None
    if not sent:
        return "none" if (answered - last["held_on"]).days > 1 else None
    return "in_time" if (min(filter(None, sent)) - last["held_on"]).days <= 1 else "late"


def nudged_by_the_rule(last: Told, later: list[Told], first: Told | None) -> str | None:
    if last["held_on"] is None:
        return None
    answered = (first["on"] if first else None) or dt.date.max
    return "yes" if any(one["kind"] == "nudge" and (one["on"] or dt.date.min) <= answered for one in later) else "no"


@given(histories)
@settings(deadline=None, max_examples=40)
def test_every_history_is_counted_as_the_rule_says(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[list[Told], list[Told]]]
) -> None:
    log = OutcomeLog(tmp_path_factory.mktemp("told") / "log.sqlite")
    with log.transaction():
        for of_interviews, of_events in told:
            tell(log, of_interviews, of_events)
    counted = tally(log)
    with_one = [one for one in told if one[0] or any(happened["kind"] == "interview" for happened in one[1])]
    assert counts(counted) == Counter(itertools.starmap(by_the_rule, with_one))
    assert counted["n"].sum() == len(with_one)


def test_tallies_add(tmp_path: Path) -> None:
    one, other, both = (OutcomeLog(tmp_path / f"{name}.sqlite") for name in ("one", "other", "both"))
    told = [
        ([held(2, "mild", band=Band.WELL)], [event("offer", 9)]),
        ([held(3, "bold")], []),
        ([held(2, "mild", band=Band.WELL)], [event("offer", 9)]),
    ]
    for number, (of_interviews, of_events) in enumerate(told):
        tell((one, other)[number % 2], of_interviews, of_events)
        tell(both, of_interviews, of_events)
    pd.testing.assert_frame_equal(add([tally(one), tally(other)]), tally(both))
    pd.testing.assert_frame_equal(add([tally(both)]), tally(both))
    pd.testing.assert_frame_equal(by_tactic(pd.concat([tally(one), tally(other)])).table, by_tactic(tally(both)).table)


class TestFewerColumns:
    def test_count_the_same_applications(self) -> None:
        log, wanted = sample_log(), ["used", "outcome"]
        small = tally(log, by=wanted)
        assert list(small.columns) == ["used", "outcome", "n"]
        assert small["n"].sum() == tally(log)["n"].sum()
        whole = tally(log).groupby(wanted, observed=True, dropna=False)["n"].sum().reset_index()
        pd.testing.assert_frame_equal(small, whole)

    def test_are_what_is_added_where_a_tally_lacks_some(self) -> None:
        log = sample_log()
        small = tally(log, by=["band", "outcome"])
        pd.testing.assert_frame_equal(add([tally(log), small]), small.assign(n=small["n"] * 2))

    def test_say_which_there_are(self) -> None:
        with pytest.raises(ValueError, match="There is no 'company' to count by; choose among band, used"):
            tally(sample_log(), by=["company"])
        with pytest.raises(ValueError, match="nothing to count by"):
            tally(sample_log(), by=[])
        with pytest.raises(ValueError, match="no tallies to add"):
            add([])


class TestCases:
    def test_are_counted_from_a_table_as_from_the_log(self) -> None:
        log = sample_log()
        lines = cases(log)
        assert list(lines.columns) == KEYS
        assert len(lines) == tally(log)["n"].sum()
        pd.testing.assert_frame_equal(tally(lines), tally(log))

    def test_can_be_plain_words_in_some_of_the_columns(self) -> None:
        lines = pd.DataFrame({"used": ["bold", "mild", "bold", None], "outcome": ["offer", "open", "offer", "open"]})
        t = tally(lines)
        assert t["n"].tolist() == [1, 2, 1]
        assert by_tactic(t, within_bands=False).table["n"].tolist() == [0, 2]

    def test_with_unknown_words_are_refused(self) -> None:
        with pytest.raises(ValueError, match="'shy' is not known; choose one of mild, standing"):
            tally(pd.DataFrame({"used": ["shy"], "outcome": ["offer"]}))


class TestTheFurthest:
    def test_is_the_highest_round_whatever_came_last(self, log: OutcomeLog) -> None:
        tell(log, [held(9, "mild", round="first"), held(2, round="panel"), held(1, round="screen")])
        assert only(tally(log))["reached"] == "panel"

    def test_is_that_of_the_interview_that_counts_where_a_later_one_has_no_ask(self, log: OutcomeLog) -> None:
        tell(
            log,
            [held(2, "mild", round="screen"), held(9, round="final")],
            [event("advanced", 4), event("rejected", 12)],
        )
        row = only(tally(log))
        assert (row["reached"], row["outcome"]) == ("screen", "advanced")  # not: further than the final round

    def test_is_the_offer_where_there_was_one(self, log: OutcomeLog) -> None:
        tell(log, [held(2, "mild", round="screen")], [event("advanced", 4), event("offer", 9)])
        row = only(tally(log))
        assert (row["reached"], row["outcome"]) == ("offer", "advanced")


class TestTheHabits:
    @pytest.mark.parametrize(
        ("day", "thanks"), [(1, "none"), (2, "in_time"), (3, "in_time"), (4, "late"), (None, None)]
    )
    def test_a_thank_you_is_in_time_within_a_day(self, log: OutcomeLog, day: int | None, thanks: str | None) -> None:
        tell(log, [held(2, "mild")], [event("thank_you", day)])
        assert only(tally(log))["thanks"] == thanks

    @pytest.mark.parametrize(
        ("letter", "answer", "thanks"), [(4, 3, None), (6, 4, "none"), (4, 4, "late"), (3, 3, "in_time")]
    )
    def test_a_thank_you_after_the_answer_came_too_late_to_count(
        self, log: OutcomeLog, letter: int, answer: int, thanks: str | None
    ) -> None:
        tell(log, [held(2, "mild")], [event("rejected", answer), event("thank_you", letter)])
        assert only(tally(log))["thanks"] == thanks

    def test_a_thank_you_that_can_still_be_in_time_is_not_missed_yet(self, log: OutcomeLog) -> None:
        tell(log, [held(21, "mild")])
        assert only(tally(log))["thanks"] is None
        assert only(tally(log, as_of=november(23)))["thanks"] == "none"

    @pytest.mark.parametrize(("day", "nudged"), [(1, "no"), (9, "yes"), (16, "yes"), (17, "no"), (None, "yes")])
    def test_a_nudge_counts_until_there_is_an_answer(self, log: OutcomeLog, day: int | None, nudged: str) -> None:
        tell(log, [held(2, "mild")], [event("rejected", 16), event("nudge", day)])
        assert only(tally(log))["nudged"] == nudged

    @pytest.mark.parametrize(
        ("advised", "used", "followed"),
        [("mild", "mild", "yes"), ("bold", "mild", "no"), ("mild", "nothing", "no"), (None, "mild", None)],
    )
    def test_advice_is_followed_where_it_was_asked(
        self, log: OutcomeLog, advised: str | None, used: str, followed: str | None
    ) -> None:
        tell(log, [held(2, used, advised=advised)])
        assert only(tally(log))["followed"] == followed


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


def test_an_interview_that_is_kept_and_an_event_too_counts_once(log: OutcomeLog) -> None:
    application = log.add_application("Acme")
    log.add_interview(application, "2026-09-01", used="mild")
    log.add_event(application, "interview", on="2026-09-15")
    found = tally(log, dt.date(2026, 10, 1))
    assert found[["used", "weeks", "n"]].values.tolist() == [["mild", 4, 1]]
