"""When to thank, to ask again, and to let go (S23, S24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closing_lib.advice.follow_up import Due, business_days_after, day_to_ask, due, plan
from closing_lib.advice.public_holidays import public_holidays
from closing_lib.models import EventKind

FRIDAY = dt.date(2026, 11, 20)
THANKED = (EventKind.THANK_YOU, FRIDAY)


def next_step(promised_on: dt.date | None, *history: tuple[EventKind, dt.date]) -> Due:
    return due(FRIDAY, promised_on, [THANKED, *history], FRIDAY)[-1]


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-20", 5, "2026-11-27"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-18", 2, "2026-11-20"),
    ],
)
def test_business_days_pass_over_weekends(start: str, number: int, expected: str) -> None:
    assert business_days_after(dt.date.fromisoformat(start), number) == dt.date.fromisoformat(expected)


def test_business_days_pass_over_holidays() -> None:
    assert business_days_after(FRIDAY, 1, {dt.date(2026, 11, 23)}) == dt.date(2026, 11, 24)


def test_s23_thanks_are_due_within_a_day_until_they_are_sent() -> None:
    unsent = due(FRIDAY, None, [], FRIDAY)
    assert unsent[0] == Due(EventKind.THANK_YOU, dt.date(2026, 11, 21), "S23")
    assert [one.kind for one in due(FRIDAY, None, [THANKED], FRIDAY)] == [EventKind.NUDGE]


def test_thanks_for_an_earlier_round_do_not_count() -> None:
    earlier = (EventKind.THANK_YOU, FRIDAY - dt.timedelta(days=9))
    assert due(FRIDAY, None, [earlier], FRIDAY)[0].kind is EventKind.THANK_YOU


def test_thanks_that_come_too_late_are_let_go() -> None:
    assert [one.kind for one in due(FRIDAY, None, [], FRIDAY + dt.timedelta(days=8))] == [EventKind.NUDGE]


def test_s24_the_promised_date_plus_two_business_days() -> None:
    assert next_step(dt.date(2026, 11, 26)).on == dt.date(2026, 11, 30)


def test_s24_five_business_days_where_nothing_was_promised() -> None:
    assert next_step(None).on == dt.date(2026, 11, 27)


def test_s24_a_second_time_after_five_more_and_then_no_reply() -> None:
    first = (EventKind.NUDGE, dt.date(2026, 11, 30))
    second = (EventKind.NUDGE, dt.date(2026, 12, 7))
    assert next_step(None, first) == Due(EventKind.NUDGE, dt.date(2026, 12, 7), "S24")
    assert next_step(None, first, second) == Due(EventKind.NO_REPLY, dt.date(2026, 12, 14), "S17")


def test_s24_the_plan_holds_every_step_until_it_counts_as_no_reply() -> None:
    planned = plan(FRIDAY, dt.date(2026, 11, 26), [], FRIDAY)
    assert [(one.step, str(one.due.on)) for one in planned] == [
        ("thank_you", "2026-11-21"),
        ("nudge_1", "2026-11-30"),
        ("nudge_2", "2026-12-07"),
        ("no_reply", "2026-12-14"),
    ]


def test_a_step_keeps_its_name_when_those_before_it_are_done() -> None:
    asked = (EventKind.NUDGE, dt.date(2026, 11, 30))
    planned = plan(FRIDAY, None, [THANKED, asked], dt.date(2026, 12, 1))
    assert [(one.step, str(one.due.on)) for one in planned] == [("nudge_2", "2026-12-07"), ("no_reply", "2026-12-14")]


def test_the_plan_begins_today_where_something_is_overdue_and_never_on_a_day_off() -> None:
    sunday = dt.date(2026, 12, 13)
    planned = plan(FRIDAY, None, [THANKED], sunday, {dt.date(2026, 12, 14)})
    assert [str(one.due.on) for one in planned] == ["2026-12-15", "2026-12-22", "2026-12-30"]


@pytest.mark.parametrize("christmas", [(), {dt.date(2026, 12, 25), dt.date(2027, 1, 1)}])
def test_the_plan_leaves_out_holidays(christmas: Collection[dt.date]) -> None:
    planned = plan(
        dt.date(2026, 12, 21), None, [(EventKind.THANK_YOU, dt.date(2026, 12, 21))], dt.date(2026, 12, 21), christmas
    )
    assert [str(one.due.on) for one in planned] == ["2026-12-29", "2027-01-06", "2027-01-13"]


near = st.dates(dt.date(2024, 11, 1), dt.date(2032, 2, 1))
winter = st.builds(
    lambda year, days: dt.date(year, 12, 1) + dt.timedelta(days), st.integers(2024, 2032), st.integers(0, 50)
)
days = winter | near


@given(days, st.none() | days, st.lists(days, max_size=3), days, st.sampled_from([None, "ES", "IE", "IL", "JP", "US"]))
def test_no_nudge_falls_on_christmas_or_new_year_or_a_weekend(
    held_on: dt.date, promised_on: dt.date | None, asked: list[dt.date], today: dt.date, country: str | None
) -> None:
    """Whether a country is chosen or not, and whether it has these days off."""
    off = public_holidays(country, range(held_on.year - 1, held_on.year + 12))
    history = [(EventKind.NUDGE, day) for day in asked]
    planned = [one.due for one in plan(held_on, promised_on, history, today, off) if one.step != "thank_you"]
    now = [one for one in due(held_on, promised_on, history, today, off) if one.kind is not EventKind.THANK_YOU]
    for one in (*planned, *now):
        assert (one.on.month, one.on.day) not in ((12, 25), (1, 1))
        assert one.on.weekday() < 5
        assert one.on not in off


@given(days, st.none() | days, st.lists(days, max_size=3), days)
def test_what_is_due_and_the_plan_name_the_same_day(
    held_on: dt.date, promised_on: dt.date | None, asked: list[dt.date], today: dt.date
) -> None:
    history = [(EventKind.NUDGE, day) for day in asked]
    *_, now = due(held_on, promised_on, history, today)
    first = next(one.due for one in plan(held_on, promised_on, history, today) if one.step != "thank_you")
    assert first.on == max(now.on, today)
    assert now.kind is first.kind or len(asked) > 2
    assert now.on >= today or day_to_ask(today, today) == today, "what is overdue can be done today"


@pytest.mark.parametrize(
    ("today", "on"), [("12-24", "12-24"), ("12-25", "12-28"), ("12-26", "12-28"), ("12-28", "12-24")]
)
def test_nothing_is_overdue_on_christmas_day(today: str, on: str) -> None:
    held_on, thanked = dt.date(2026, 12, 17), (EventKind.THANK_YOU, dt.date(2026, 12, 17))
    assert str(due(held_on, None, [thanked], dt.date.fromisoformat(f"2026-{today}"))[0].on) == f"2026-{on}"


def test_no_business_day_of_fifty_years_is_christmas_or_new_year() -> None:
    day, seen = dt.date(2020, 1, 1), set()
    while day.year < 2070:
        day = business_days_after(day, 1)
        seen.add((day.month, day.day))
    assert {(12, 25), (1, 1)} & seen == set()
    assert {(12, 24), (12, 26), (12, 31), (1, 2)} <= seen


# --- However little sense the days make, it comes to an end


class Days:
    """Holidays that count how often they are asked, and no more often than they may be."""

    def __init__(self, most: int, *, is_off: bool = False) -> None:
        self.left, self.is_off = most, is_off

    def __contains__(self, _day: object) -> bool:
        self.left -= 1
        assert self.left >= 0, "too many days were looked at"
        return self.is_off

    def __iter__(self) -> Iterator[dt.date]:
        return iter(())

    def __len__(self) -> int:
        return 0


BEFORE = dt.date(2026, 11, 27)
SUNDAY = dt.date(2026, 12, 20)


def test_a_promise_for_a_day_before_the_interview_is_as_none() -> None:
    asked_on = dt.date(2026, 11, 29)
    planned = plan(SUNDAY, BEFORE, [], asked_on, Days(100))
    assert [(one.step, str(one.due.on)) for one in planned] == [
        ("thank_you", "2026-12-21"),
        ("nudge_1", "2026-12-28"),
        ("nudge_2", "2027-01-05"),
        ("no_reply", "2027-01-12"),
    ]
    assert planned == plan(SUNDAY, None, [], asked_on)
    assert due(SUNDAY, BEFORE, [], asked_on) == due(SUNDAY, None, [], asked_on)


def test_a_promise_for_the_very_day_of_the_interview_holds() -> None:
    assert next_step(FRIDAY).on == dt.date(2026, 11, 24)


def test_where_every_day_is_off_it_looks_no_further_than_a_year_for_each() -> None:
    planned = plan(FRIDAY, None, [], FRIDAY, Days(20 * 366, is_off=True))
    assert [one.step for one in planned] == ["thank_you", "nudge_1", "nudge_2", "no_reply"]


@pytest.mark.parametrize("day", [dt.date.min, dt.date(1582, 10, 10), dt.date.max - dt.timedelta(days=1), dt.date.max])
def test_there_is_a_plan_at_either_end_of_the_calendar(day: dt.date) -> None:
    for held_on, promised_on, today in (
        (day, None, FRIDAY),
        (day, day, day),
        (FRIDAY, day, FRIDAY),
        (FRIDAY, None, day),
    ):
        planned = plan(held_on, promised_on, [(EventKind.NUDGE, day)], today, Days(5_000))
        assert planned[-1].step == "no_reply"
        assert all(one.due.on >= today for one in planned)
    assert business_days_after(dt.date.max, 10**12, Days(100)) == dt.date.max


any_day = st.one_of(st.dates(), st.dates(FRIDAY - dt.timedelta(days=40), FRIDAY + dt.timedelta(days=40)))
histories = st.lists(st.tuples(st.sampled_from(EventKind), any_day), max_size=6)


@given(any_day, st.none() | any_day, histories, any_day, st.frozensets(any_day, max_size=9))
def test_every_plan_has_at_most_four_steps_and_ends_without_a_reply(
    held_on: dt.date,
    promised_on: dt.date | None,
    history: list[tuple[EventKind, dt.date]],
    today: dt.date,
    off: frozenset[dt.date],
) -> None:
    if promised_on and promised_on < held_on:  # what used to go on for ever
        off = Days(5_000)  # type: ignore[assignment]
    planned = plan(held_on, promised_on, history, today, off)
    steps = ["thank_you", "nudge_1", "nudge_2", "no_reply"]
    places = [steps.index(one.step) for one in planned]
    assert places == sorted(set(places))
    assert places[-1] == 3
    days = [one.due.on for one in planned if one.step != "thank_you"]
    assert days == sorted(days)
    assert days[0] >= today
