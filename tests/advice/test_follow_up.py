"""When to thank, to ask again, and to let go (S23, S24)."""

from __future__ import annotations

import datetime as dt

import pytest

from closing_lib.advice.follow_up import Due, business_days_after, due, plan
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
    assert [str(one.due.on) for one in planned] == ["2026-12-15", "2026-12-22", "2026-12-29"]


def test_the_plan_leaves_out_holidays() -> None:
    christmas = {dt.date(2026, 12, 25), dt.date(2027, 1, 1)}
    planned = plan(
        dt.date(2026, 12, 21), None, [(EventKind.THANK_YOU, dt.date(2026, 12, 21))], dt.date(2026, 12, 21), christmas
    )
    assert [str(one.due.on) for one in planned] == ["2026-12-29", "2027-01-06", "2027-01-13"]
