"""Wrong arguments to the public functions: the right value, or one sentence that says what to give; nothing else."""

from __future__ import annotations

import datetime as dt
import functools
import math
import random
import re
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import closing_lib as cl
from closing_lib import outcomes
from closing_lib.records import ApplicationRow

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import wrong_arguments as wrong

DAY = dt.date(2026, 11, 20)
VALUES = 3  # strange values for each argument
CALLABLES = wrong.public()


@functools.cache
def tally() -> pd.DataFrame:
    return cl.tally(cl.sample_log(), DAY)


class TestDays:
    @pytest.mark.parametrize(
        "wrong_day", [20261120, "3/4/2026", "20.11.2026", 1.5, math.inf, True, ["2026-11-20"], dt.time(9), DAY - DAY]
    )
    @pytest.mark.parametrize(
        ("name", "call"),
        [
            ("held_on", lambda day: cl.Occasion("Acme", "Analyst", day)),
            ("promised_on", lambda day: cl.Occasion("Acme", promised_on=day)),
            ("as_of", lambda day: cl.tally(cl.sample_log(), day)),
            ("as_of", lambda day: outcomes.asks(cl.sample_log(), day)),
            ("today", lambda day: cl.due(DAY, None, [], day)),
            ("held_on", lambda day: cl.plan(day, None, [], DAY)),
            ("start", lambda day: cl.activity_report(cl.sample_log(), day)),
            ("applied_on", lambda day: cl.sample_log().add_application("Acme", applied_on=day)),
            ("on", lambda day: cl.sample_log().update_event(1, on=day)),
            ("asked", lambda day: cl.nudge(cl.Occasion("Acme"), cl.Person(), [day])),
        ],
    )
    def test_that_are_none_are_told_how_to_write_one(
        self, name: str, call: Callable[[Any], object], wrong_day: object
    ) -> None:
        with pytest.raises(ValueError, match=rf"^{name}.* is .*; write the date as YYYY-MM-DD\.$"):
            call(wrong_day)

    @pytest.mark.parametrize(
        "held",
        [
            DAY,
            "2026-11-20",
            pd.Timestamp("2026-11-20"),
            np.datetime64("2026-11-20"),
            dt.datetime.combine(DAY, dt.time()),
        ],
    )
    def test_may_be_written_or_come_from_a_table(self, held: Any) -> None:
        assert cl.Occasion("Acme", held_on=held).held_on == DAY
        assert type(cl.Occasion("Acme", held_on=held).held_on) is dt.date
        assert cl.due(held, None, [], held) == cl.due(DAY, None, [], DAY)
        pd.testing.assert_frame_equal(cl.tally(cl.sample_log(), held), tally())

    def test_with_a_time_of_day_are_not_cut_in_silence(self) -> None:
        with pytest.raises(ValueError, match=r"^held_on is .*, with a time of day; give the date alone"):
            cl.Occasion("Acme", held_on=pd.Timestamp("2026-11-20 09:30"))  # type: ignore[arg-type]

    def test_of_every_interview_of_the_log_are_taken_as_they_come(self) -> None:
        log = cl.sample_log()
        rows = log.interviews().merge(log.applications(), on="application")
        for row in rows.itertuples():
            of = cl.Occasion(row.company, row.role, row.held_on, row.promised_on, row.format)
            assert of.promised_on is None or type(of.promised_on) is dt.date
            assert "NaT" not in cl.nudge(of, cl.Person("Ms Lid"), asked=[row.promised_on]).text
            if of.held_on:
                history = [*log.events()[["kind", "on"]].itertuples(index=False, name=None)]
                assert cl.due(row.held_on, row.promised_on, history, DAY)
            log.update_interview(row.interview, held_on=row.held_on, promised_on=row.promised_on, format=row.format)
        assert log.interviews().equals(cl.sample_log().interviews())


@pytest.mark.parametrize("nothing", [None, pd.NaT, pd.NA, math.nan, np.float32("nan"), np.datetime64("NaT")])
def test_what_is_missing_in_a_table_is_none(nothing: Any) -> None:
    assert cl.Occasion("Acme", nothing, nothing, nothing, nothing) == cl.Occasion("Acme")
    assert cl.Assessment(signs={"overran": nothing}, felt=nothing, already=nothing) == cl.Assessment()
    assert cl.public_holidays(nothing, [2026]) == frozenset()


class TestCounts:
    @pytest.mark.parametrize("n", [-1, 1.5, math.nan, math.inf, "two", True, 10**30])
    @pytest.mark.parametrize("result", [one for found in outcomes.ANALYSES for one in found.results])
    def test_that_are_none_have_no_result(self, result: Callable[[pd.DataFrame], object], n: Any) -> None:
        t = tally()
        with pytest.raises(ValueError, match=r"^n .*(whole number from 0|how many interviews)"):
            result(t.assign(n=pd.Series([n] * len(t))))

    @pytest.mark.parametrize("given", [lambda: tally()["n"], dict, lambda: [tally()], lambda: None, lambda: 5])
    @pytest.mark.parametrize("result", [one for found in outcomes.ANALYSES for one in found.results])
    def test_of_what_is_no_tally_say_how_to_make_one(
        self, result: Callable[[Any], object], given: Callable[[], object]
    ) -> None:
        with pytest.raises(ValueError, match=r"^t is .*; it must be a tally, such as cl\.tally\(log\) gives\.$"):
            result(given())

    @pytest.mark.parametrize("table", [cl.sample_log().interviews, cl.sample_log().events, pd.DataFrame])
    def test_of_another_table_say_how_to_make_one(self, table: Callable[[], pd.DataFrame]) -> None:
        for result in (outcomes.by_tactic, outcomes.sentence, outcomes.time_to_answer, outcomes.discipline):
            with pytest.raises(ValueError, match=r"This is no tally, .*; make one of it with tally\(\.\.\.\) first"):
                result(table())

    @pytest.mark.parametrize(
        ("column", "value"),
        [("weeks", -1), ("weeks", math.inf), ("score", 0.83), ("band", "great"), ("used", 3), ("outcome", [1])],
    )
    def test_by_what_cannot_be_counted_name_it(self, column: str, value: Any) -> None:
        t = tally()
        with pytest.raises(ValueError, match=rf"^{column} .*(choose one of|write a whole number from 0)"):
            outcomes.silence(t.assign(**{column: pd.Series([value] * len(t))}))

    def test_in_a_column_that_is_there_twice_are_refused(self) -> None:
        t = tally()
        for name in ("n", "used"):
            with pytest.raises(ValueError, match="two columns"):
                outcomes.by_tactic(pd.concat([t, t[name]], axis=1))

    @pytest.mark.parametrize("k", [math.nan, math.inf, 1.5, "1", None, True, 10**30])
    def test_of_a_rate_are_whole_numbers(self, k: Any) -> None:
        for call in (
            lambda: outcomes.rate_interval(k, 5),
            lambda: outcomes.shrink(1, k, 1, 2),
            lambda: outcomes.fisher_power(0.2, 0.4, k),
        ):
            with pytest.raises(ValueError, match="whole numbers"):
                call()


class TestWhatIsFollowed:
    @pytest.mark.parametrize("wrong_one", [math.nan, math.inf, -math.inf, -1])
    def test_for_no_time_has_no_curve(self, wrong_one: float) -> None:
        for call in (outcomes.survival, outcomes.cumulative_incidence):
            with pytest.raises(ValueError, match="missing or below 0"):
                call([1, wrong_one], [1, 0])
        with pytest.raises(ValueError, match="missing or below 0"):
            outcomes.log_rank([1, 2], [1, 1], [1, wrong_one], [1, 0])

    @pytest.mark.parametrize("observed", [["yes", "no"], [0.5, 1], [math.nan, 1], [2, 0], [None, True], "ab", 5])
    def test_ended_or_did_not(self, observed: Any) -> None:
        with pytest.raises(ValueError, match=r"observed is .*; give True or False for each line"):
            outcomes.survival([1, 2], observed)


class TestSentences:
    @pytest.mark.parametrize("wrong_one", [[], None, "yes", 3, cl.Band, pd.DataFrame()])
    def test_name_what_must_be_given(self, wrong_one: Any) -> None:
        for call in (cl.recommend, cl.assess):
            with pytest.raises(ValueError, match=r"^assessment is .*; it must be an Assessment\.$"):
                call(wrong_one)

    @pytest.mark.parametrize(
        ("call", "written"),
        [
            (lambda: outcomes.by_tactic(cl.sample_log()), "a tally: write cl.tally(log)."),
            (lambda: outcomes.adjusted("logs/*.parquet"), "a tally: write cl.tally('logs/*.parquet')."),
            (lambda: outcomes.chart(tally()), "a result: write cl.outcomes.by_tactic(t)."),
            (lambda: outcomes.chart(cl.sample_log()), "a result: write cl.outcomes.by_tactic(cl.tally(log))."),
            (lambda: cl.recommend({"felt": 4}), "an Assessment: write cl.Assessment(**assessment)."),
            (lambda: cl.assess({"overran": True}), "an Assessment: write cl.Assessment(signs=assessment)."),
            (lambda: cl.assess(cl.Assessment), "an Assessment: write cl.Assessment(...)."),
            (lambda: cl.recommend(cl.recommend(cl.Assessment())), "an Assessment: write advice.assessment."),
            (lambda: cl.activity_report("my_log.sqlite"), "an OutcomeLog: write cl.OutcomeLog('my_log.sqlite')."),
            (lambda: cl.AnalysisForm("my_log.sqlite"), "a DataFrame: write cl.OutcomeLog('my_log.sqlite')."),
            (lambda: cl.activity_page(cl.sample_log()), "an ActivityReport: write cl.activity_report(log)."),
            (lambda: cl.closing_card("Who decides?"), "a list: write ['Who decides?']."),
            (lambda: cl.closing_card([], "I plan shifts."), "a Pitch: write cl.Pitch(skills='I plan shifts.')."),
            (lambda: cl.closing_pdf(cl.Pitch()), "a ClosingCard: write cl.closing_card(pitch=card)."),
            (lambda: cl.thank_you_letters({"company": "Acme"}, []), "an Occasion: write cl.Occasion(**occasion)."),
            (lambda: cl.thank_you_letters(cl.Occasion("Acme"), cl.Person()), "a list: write [people]."),
            (lambda: cl.mail_draft([cl.reply_to_no(cl.Occasion("Acme"), cl.Person())]), "a Letter: write letter[0]."),
        ],
    )
    def test_say_how_one_kind_is_made_of_another(self, call: Callable[[], object], written: str) -> None:
        with pytest.raises(ValueError, match=rf"; it must be .*{re.escape(written)}$"):
            call()

    @pytest.mark.parametrize(
        ("call", "meant"),
        [
            (lambda: cl.Assessment(signs={"next_step_named": True}), "next_steps_named"),
            (lambda: cl.Round("Pannel"), "panel"),
            (lambda: cl.sample_log().add_event(1, "ofer"), "offer"),
            (lambda: outcomes.bounds(tally(), by="use"), "used"),
            (lambda: cl.tally(cl.sample_log(), by="rounds"), "round"),
            (lambda: cl.scenario("ward nurse"), "ward_nurse"),
            (lambda: cl.recomend, "recommend"),
        ],
    )
    def test_name_the_word_that_is_spelt_much_like_it(self, call: Callable[[], object], meant: str) -> None:
        with pytest.raises((ValueError, AttributeError), match=rf"; did you mean {meant}\? Else choose one of "):
            call()

    def test_are_short_whatever_was_given(self) -> None:
        for long in (
            "x" * 10**6,
            [1] * 10**6,
            {n: n for n in range(10**5)},
            10**5000,
            pd.DataFrame({"a": range(10**5)}),
        ):
            with pytest.raises(ValueError, match=r"^felt is ") as told:
                cl.Assessment(felt=long)  # type: ignore[arg-type]
            assert len(str(told.value)) < 200
            with pytest.raises(ValueError, match="is not known; choose one of") as told:
                cl.Round(long)
            assert len(str(told.value)) < 300

    def test_say_which_of_many_is_wrong(self) -> None:
        with pytest.raises(
            ValueError, match=r"^people\[1\] is 'Ms Lid'; it must be a Person: write cl\.Person\(name=.*\)\.$"
        ):
            cl.thank_you_letters(cl.Occasion("Acme"), [cl.Person(), "Ms Lid"])  # type: ignore[list-item]

    def test_come_at_once_where_there_is_no_end(self) -> None:
        with pytest.raises(ValueError, match="goes on without an end"):
            cl.closing_card(iter(lambda: "Who?", None))

    def test_come_at_once_where_the_answer_would_take_days(self) -> None:
        with pytest.raises(ValueError, match=r"^people is 20261122; give a whole number of people, up to 100,000\.$"):
            cl.sample_room(people=20261122)

    def test_say_what_a_log_is(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=r"^kind is .*; it must be one of ApplicationRow"):
            cl.sample_log().rows(int)  # type: ignore[type-var]
        with pytest.raises(ValueError, match=r"^path is 5; give the path of a file\.$"):
            cl.OutcomeLog(5)  # type: ignore[arg-type]
        assert cl.OutcomeLog(tmp_path / "new.sqlite").rows(ApplicationRow) == ()

    @pytest.mark.parametrize("name", ["a\0b.sqlite", "\ud800.sqlite"])
    @pytest.mark.parametrize("function", [cl.OutcomeLog, cl.sample_log, cl.sample_room])
    def test_say_which_name_no_file_can_have(self, tmp_path: Path, function: Callable[..., Any], name: str) -> None:
        with pytest.raises(ValueError, match=r"sqlite (can’t be read|couldn’t be saved) \(.*\)\. C"):
            function(f"{tmp_path}/{name}")

    def test_take_a_word_of_an_enum_for_what_it_says(self) -> None:
        class Place(str, Enum):  # noqa: UP042  # its `str` is "Place.ACME"
            ACME = "Acme"

        assert cl.Occasion(Place.ACME).company == "Acme"


# What there has to be before: an import to undo, consent to a draw, a trial that somebody saved, a name for one.
NEEDED = (
    "There’s no import",
    "There’s nothing to bring back",
    "There’s nothing to undo",
    "before you’ve agreed",
    "isn’t a file of the trial",
    "cannot be written to 'new.sqlite'",
)


class TestEveryPublicName:
    def test_can_be_called_with_what_is_sound(self, tmp_path: Path) -> None:
        quick = {name: one for name, one in CALLABLES.items() if not name.endswith(("Form", "View", "_page", "_pdf"))}
        found = {name: wrong.tried(name, one, {}, set(), tmp_path) for name, one in quick.items()}
        named = {
            name: told
            for name, told in found.items()
            if told.verdict != "right" and not any(needed in told.why for needed in NEEDED)
        }
        assert named == {}

    def test_is_tried(self) -> None:
        public = {name for name in (*cl.__all__, *outcomes.__all__) if name in CALLABLES}
        assert {*cl.__all__, *outcomes.__all__} - public == {
            "ANALYSES",
            "APPLICATION_ANALYSES",
            "LockedError",
            "LogError",
            "MIN_N",
            "outcomes",
        }
        assert {"OutcomeLog.add_interview", "OutcomeLog.rows", "OutcomeLog.update_event"} <= CALLABLES.keys()

    @pytest.mark.parametrize("name", [name for name, one in CALLABLES.items() if wrong.arguments(name, one)])
    def test_gives_the_right_value_or_a_sentence(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("CLOSING_DATA", str(tmp_path))
        function, dice = CALLABLES[name], random.Random(name)  # noqa: S311  # no secret
        for changed, strange in wrong.one_by_one(name, function, dice, VALUES):
            told = wrong.tried(name, function, changed, strange, tmp_path)
            assert told.verdict in ("right", "told"), (changed, told)
