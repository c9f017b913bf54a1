"""Draws: balanced, not foreseen, the same when asked again, and as they were for good."""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import closing_lib as cl
from closing_lib.content.trial import trial_plan
from closing_lib.models import Asked, Band, Pair, Round, Tactic
from closing_lib.records import DrawRow, InterviewRow, LogError, OutcomeLog
from closing_lib.records.backup import export_bytes
from closing_lib.records.draws import DIRECT, MILD, Drawn, follows, next_arm

VERSION = trial_plan().version
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
WELL = cl.Assessment(signs={"overran": True, "asked_availability": True, "sold_the_job": True})
_TURNED = """application, interview, round, standing, bold, 1 - direct, block, number, protocol, made_at, intake
    FROM draw"""
_STOPPED = "registration, 'stop', item, looks, made_at, intake FROM registration"
NUMBERS = st.lists(st.integers(0, 2**48 - 1), min_size=1, max_size=60)


def sequence(numbers: list[int]) -> Iterator[Drawn]:
    held = ""
    for number in numbers:
        drawn = next_arm(held, number)
        yield drawn
        held = drawn.block + drawn.arm


@pytest.fixture
def agreed(path: Path) -> OutcomeLog:
    """Open a log whose owner has agreed, with five applications."""
    log = OutcomeLog(path, clock=lambda: NOON)
    log.give_consent(VERSION)
    for name in "ABCDE":
        log.add_application(name)
    return log


class TestTheArms:
    @given(NUMBERS)
    def test_are_even_after_each_block_of_two_or_four(self, numbers: list[int]) -> None:
        arms = [*sequence(numbers)]
        starts = [at for at, drawn in enumerate(arms) if not drawn.block]
        for start, end in itertools.pairwise(starts):
            block = [drawn.arm for drawn in arms[start:end]]
            assert len(block) in (2, 4)
            assert block.count(MILD) == block.count(DIRECT)
        counts = itertools.accumulate(1 if drawn.arm == DIRECT else -1 for drawn in arms)
        assert all(abs(ahead) <= 2 for ahead in counts)

    @given(NUMBERS)
    def test_can_be_worked_out_again_from_their_numbers(self, numbers: list[int]) -> None:
        for number, drawn in zip(numbers, sequence(numbers), strict=True):
            assert next_arm(drawn.block, number) == drawn

    def test_come_as_from_blocks_of_two_and_four_at_random(self) -> None:
        """The chance of each run of four arms is that of blocks whose size is chosen with a fair coin."""
        wanted = dict.fromkeys(map("".join, itertools.product("md", repeat=4)), 0.0)
        twos = ("md", "dm")
        fours = [one for one in map("".join, itertools.product("md", repeat=4)) if one.count("m") == 2]
        for four in fours:
            wanted[four] += 1 / 2 / len(fours)
        for first, second in itertools.product(twos, twos):
            wanted[first + second] += 1 / 2 / 4 / 2
        for first in twos:  # a block of two, then half of a block of four
            for four in fours:
                wanted[first + four[:2]] += 1 / 2 / 2 / 2 / len(fours)
        assert sum(wanted.values()) == pytest.approx(1)
        assert _chances(4) == pytest.approx({run: chance for run, chance in wanted.items() if chance})

    def test_nobody_who_knows_all_before_can_be_sure_of_more_than_the_end_of_a_block(self) -> None:
        """At a random place of a long run, the best guess is right in fewer than four of five."""
        held, right, length = {"": 1.0}, 0.0, 60
        for _ in range(length):
            after: dict[str, float] = {}
            for state, weight in held.items():
                chances = _next(state)
                share = sum(chance for drawn, chance in chances.items() if drawn.arm == DIRECT)
                right += weight * max(share, 1 - share)
                for drawn, chance in chances.items():
                    after[drawn.block + drawn.arm] = after.get(drawn.block + drawn.arm, 0) + weight * chance
            held = after
        assert right / length < 0.8


@cache
def _next(state: str) -> dict[Drawn, float]:
    """Give the chance of each next arm, by trying many evenly spread numbers."""
    grid = [int((at + 0.5) / 60 * 2**24) for at in range(60)]
    found: dict[Drawn, float] = {}
    for ends, chance in itertools.product(grid, grid):
        drawn = next_arm(state, ends * 2**24 + chance)
        found[drawn] = found.get(drawn, 0) + 1 / 3600
    return found


def _chances(length: int) -> dict[str, float]:
    runs = {("", ""): 1.0}
    for _ in range(length):
        after: dict[tuple[str, str], float] = {}
        for (state, run), weight in runs.items():
            for drawn, chance in _next(state).items():
                key = drawn.block + drawn.arm, run + drawn.arm
                after[key] = after.get(key, 0) + weight * chance
        runs = after
    found: dict[str, float] = {}
    for (_, run), weight in runs.items():
        found[run] = found.get(run, 0) + weight
    return found


class TestADraw:
    def test_is_the_same_when_asked_again_until_the_interview_is_logged(self, agreed: OutcomeLog) -> None:
        first = agreed.draw(1, "first")
        assert all(agreed.draw(1, "first") == first for _ in range(30))
        assert agreed.draw(1, "final").draw != first.draw
        agreed.add_interview(1, "2026-11-21", round="first")
        assert agreed.draw(1, "first").draw == 3

    def test_becomes_the_interview_s_that_it_was_made_for(self, agreed: OutcomeLog) -> None:
        made = agreed.draw(1, "first", standing=True, bold=False)
        other = agreed.add_interview(2, "2026-11-21", round="first")
        earlier = agreed.add_interview(1, "2026-11-19", round="first")
        wrong = agreed.add_interview(1, "2026-11-21", round="final")
        undated = agreed.add_interview(1, round="first")
        for number in (other, earlier, wrong, undated):
            assert agreed.row(InterviewRow, number).drawn is None
        interview = agreed.add_interview(1, "2026-11-20", round="first")
        row = agreed.row(InterviewRow, interview)
        assert (row.drawn_from, row.drawn_at) == (Pair.MILD_STANDING, NOON)
        assert row.drawn is (Tactic.STANDING if made.direct else Tactic.MILD)
        assert agreed.row(DrawRow, made.draw).interview == interview

    def test_is_taken_up_when_the_round_is_corrected(self, agreed: OutcomeLog) -> None:
        agreed.draw(1, "first")
        interview = agreed.add_interview(1, "2026-11-21", round="screen")
        agreed.update_interview(interview, round="first")
        assert agreed.row(InterviewRow, interview).drawn
        agreed.update_interview(interview, round="final")
        assert agreed.row(InterviewRow, interview).drawn

    @pytest.mark.parametrize("hindsight", [False, True])
    @pytest.mark.parametrize("pairs", [(True, True), (True, False), (False, True)])
    @pytest.mark.parametrize("assessment", [None, cl.Assessment(), WELL])
    def test_of_both_pairs_counts_for_that_which_the_interview_came_to(
        self, agreed: OutcomeLog, assessment: cl.Assessment | None, pairs: tuple[bool, bool], hindsight: bool
    ) -> None:
        made = agreed.draw(1, "first", standing=pairs[0], bold=pairs[1])
        if hindsight:
            agreed.add_event(1, "offer", "2026-11-25")
        number = agreed.add_interview(1, "2026-11-21", round="first", assessment=assessment)
        row = agreed.row(InterviewRow, number)
        is_well = row.band is Band.WELL and not row.hindsight
        from_bold = pairs == (False, True) or (pairs[1] and is_well)
        assert row.drawn_from is (Pair.MILD_BOLD if from_bold else Pair.MILD_STANDING)
        assert row.drawn is (Tactic.MILD if not made.direct else Tactic.BOLD if from_bold else Tactic.STANDING)

    def test_the_table_says_the_same(self, agreed: OutcomeLog) -> None:
        agreed.draw(1, "first")
        agreed.add_interview(1, "2026-11-21", round="first")
        agreed.add_interview(2, "2026-11-21", round="first")
        table, (row, other) = agreed.interviews(), agreed.rows(InterviewRow)
        assert table["drawn"].tolist()[0] == row.drawn
        assert table["drawn_from"].tolist()[0] == row.drawn_from
        assert table.loc[1, ["drawn", "drawn_from", "drawn_at"]].isna().all()
        assert other.drawn_at is None

    def test_needs_consent_and_something_to_draw_from(self, log: OutcomeLog) -> None:
        log.add_application("A")
        with pytest.raises(LogError, match="before you’ve agreed"):
            log.draw(1, "first")
        log.give_consent(VERSION)
        with pytest.raises(ValueError, match="nothing to draw from"):
            log.draw(1, "first", standing=False, bold=False)
        with pytest.raises(LogError, match="application 7"):
            log.draw(7, "first")
        with pytest.raises(ValueError, match="Round 'second' is not known"):
            log.draw(1, "second")
        assert log.rows(DrawRow) == ()

    def test_stopping_keeps_what_was_drawn_and_draws_no_more(self, agreed: OutcomeLog) -> None:
        before = agreed.draw(1, "first")
        agreed.stop_consent()
        assert agreed.consented_to is None
        assert agreed.draw(1, "first") == before  # it was made already
        with pytest.raises(LogError, match="before you’ve agreed"):
            agreed.draw(2, "first")
        assert agreed.row(InterviewRow, agreed.add_interview(1, "2026-11-21", round="first")).drawn
        agreed.give_consent("a later one")
        assert (agreed.consented_to, agreed.draw(2, "first").protocol) == ("a later one",) * 2
        agreed.stop_consent()
        agreed.stop_consent()
        assert agreed.registrations()["kind"].tolist() == ["consent", "stop", "consent", "stop"]

    def test_one_sequence_a_round(self, agreed: OutcomeLog) -> None:
        for application, which in itertools.product(range(1, 6), Round):
            agreed.draw(application, which)
        rows = agreed.rows(DrawRow)
        assert follows(rows)
        for which in Round:
            mine = [row for row in rows if row.round is which]
            for one, after in itertools.pairwise(mine):
                assert after.block in (None, (one.block or "") + (DIRECT if one.direct else MILD))

    def test_what_was_changed_from_outside_does_not_follow(self, agreed: OutcomeLog) -> None:
        agreed.draw(1, "first")
        (row,) = agreed.rows(DrawRow)
        assert follows([row])
        assert not follows([DrawRow(**{**vars(row), "direct": not row.direct})])

    def test_leaves_nothing_to_foresee_in_the_file(self, agreed: OutcomeLog) -> None:
        """Two copies of one file draw differently: nothing in it settles what comes."""
        seen = set()
        for at in range(12):
            with closing(sqlite3.connect(agreed.path)) as db:
                copy = agreed.path.with_name(f"{at}.sqlite")
                with closing(sqlite3.connect(copy)) as other:
                    db.backup(other)
            seen.add(OutcomeLog(copy).draw(1, "first").direct)
        assert seen == {False, True}


class TestItStays:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE draw SET direct = 1 - direct",
            "UPDATE draw SET made_at = '2026-01-01T00:00:00.000Z'",
            "UPDATE draw SET interview = NULL",
            "UPDATE draw SET interview = 2, number = 5 WHERE draw = 2",
            "DELETE FROM draw",
            f"INSERT OR REPLACE INTO draw SELECT draw, {_TURNED}",
            f"INSERT OR REPLACE INTO draw SELECT draw + 9, {_TURNED}",
            "UPDATE registration SET item = '2'",
            "DELETE FROM registration",
            f"INSERT OR REPLACE INTO registration SELECT {_STOPPED}",
        ],
    )
    def test_whatever_program_tries(self, agreed: OutcomeLog, statement: str) -> None:
        agreed.draw(1, "first")
        agreed.add_interview(1, "2026-11-21", round="first")
        agreed.draw(2, "first")
        before = agreed.rows(DrawRow), agreed.registrations().to_dict()
        with closing(sqlite3.connect(agreed.path)) as db:
            db.execute("PRAGMA foreign_keys = ON")
            with pytest.raises(sqlite3.IntegrityError, match="stays"):
                db.execute(statement)
        assert (agreed.rows(DrawRow), agreed.registrations().to_dict()) == before

    def test_and_waits_again_when_its_interview_is_deleted(self, agreed: OutcomeLog) -> None:
        """Else who doesn't like what was drawn deletes the interview, and draws anew."""
        made = agreed.draw(1, "first")
        interview = agreed.add_interview(1, "2026-11-21", round="first")
        held = agreed.rows(DrawRow)
        agreed.draw(1, "first")
        agreed.delete_interview(interview)
        assert [row.interview for row in agreed.rows(DrawRow)] == [None, None]
        assert agreed.draw(1, "first") == made
        agreed.undo()
        assert agreed.rows(DrawRow)[:1] == held
        agreed.undo()  # of the interview
        again = agreed.add_interview(1, "2026-11-22", round="first")
        assert agreed.row(DrawRow, made.draw).interview == again
        agreed.bring_back(agreed.deleted()[0].number)
        assert agreed.row(DrawRow, made.draw).interview == again

    @pytest.mark.parametrize("undone", [False, True])
    def test_without_a_trace_of_the_company_when_its_application_is_deleted(
        self, agreed: OutcomeLog, tmp_path: Path, undone: bool
    ) -> None:
        agreed.draw(1, "first")
        with agreed.transaction():
            number = agreed.add_application("Acme")
            made = agreed.draw(number, "first")
        (agreed.undo if undone else lambda: agreed.delete_application(number))()
        left = agreed.row(DrawRow, made.draw)
        assert left == DrawRow(**{**vars(made), "application": None})
        assert follows(agreed.rows(DrawRow))
        assert agreed.draw(2, "first").block in (None, (made.block or "") + (DIRECT if made.direct else MILD))
        cl.outcomes.save_trial(agreed, tmp_path / "trial.csv")
        assert cl.outcomes.read_trials([tmp_path / "trial.csv"])["n"].sum() == 3
        for ending in ("csv", "xlsx", "parquet"):
            back = OutcomeLog(tmp_path / f"{ending}.sqlite")
            assert cl.import_csv(export_bytes(agreed, ending), into=back).skipped == ()
            assert back.rows(DrawRow) == agreed.rows(DrawRow)
        agreed.bring_back(agreed.deleted()[0].number)
        assert agreed.row(DrawRow, made.draw) == made

    def test_in_a_file_and_back_with_its_interview(self, agreed: OutcomeLog, tmp_path: Path) -> None:
        agreed.draw(1, "first")
        agreed.add_interview(1, "2026-11-21", round="first", used=Asked.MILD)
        agreed.draw(2, "final", bold=False)
        back = OutcomeLog(tmp_path / "back.sqlite")
        report = cl.import_csv(export_bytes(agreed, "csv"), into=back)
        assert (report.draws, report.registrations, report.skipped) == (2, 1, ())
        assert back.rows(DrawRow) == agreed.rows(DrawRow)
        assert (back.person, back.consented_to) == (agreed.person, VERSION)
        assert back.draw(2, "final") == agreed.draw(2, "final")
        assert report.number is not None
        back.undo_import(report.number)
        assert back.rows(DrawRow) == ()
        assert back.consented_to is None

    def test_a_log_that_has_drawn_for_an_interview_keeps_its_own(self, agreed: OutcomeLog, tmp_path: Path) -> None:
        other = OutcomeLog(tmp_path / "other.sqlite", clock=lambda: NOON + dt.timedelta(hours=1))
        exported = export_bytes(agreed, "csv")
        cl.import_csv(exported, into=other)
        for log in (agreed, other):
            log.draw(1, "first")
            log.draw(2, "first")
            log.add_interview(1, "2026-11-21", round="first")
        before = other.rows(DrawRow)
        report = cl.import_csv(export_bytes(agreed, "csv"), into=other)
        assert [row.reason for row in report.skipped if "drawn" in row.reason] == [
            "The kit has already drawn for this interview."
        ] * 2
        assert other.rows(DrawRow) == before


class TestThePerson:
    def test_is_a_random_number_that_stays(self, path: Path, tmp_path: Path) -> None:
        known = {OutcomeLog(tmp_path / f"{at}.sqlite").person for at in range(20)}
        assert len(known) == 20
        assert all(0 < person < 2**53 for person in known)
        assert OutcomeLog(path).person == OutcomeLog(path).person

    def test_of_a_log_with_something_in_it_stays_whatever_comes(self, agreed: OutcomeLog, tmp_path: Path) -> None:
        other = OutcomeLog(tmp_path / "other.sqlite")
        other.add_application("Mine")
        own = other.person
        cl.import_csv(export_bytes(agreed, "csv"), into=other)
        assert other.person == own != agreed.person


class TestComparisons:
    def test_looks_at_one_that_was_fixed_are_counted_one_a_day(self, path: Path) -> None:
        days = itertools.chain([0, 0, 0, 0.1, 0.2, 1], itertools.repeat(3))
        log = OutcomeLog(path, clock=lambda: NOON + dt.timedelta(days=next(days)))
        assert log.look_at("used", "bold", "mild") == 0
        log.fix_comparison("used", "bold", "mild", looks=2)
        assert [log.look_at("used", "bold", "mild") for _ in range(3)] == [1, 1, 1]
        looked = [log.look_at("used", "bold", "mild") for _ in range(4)]
        assert looked[-1] == len(log.registrations()) - 1 >= 2
        assert log.look_at("used", "standing", "mild") == 0

    def test_what_was_planned_holds(self, log: OutcomeLog) -> None:
        log.fix_comparison("used", "bold", "mild", looks=2)
        with pytest.raises(LogError, match="You’ve planned the comparison used:bold:mild before"):
            log.fix_comparison("used", "bold", "mild", looks=9)
        with pytest.raises(ValueError, match="plan at least one"):
            log.fix_comparison("used", "standing", "mild", looks=0)
        with pytest.raises(ValueError, match="a column and two of its words"):
            log.fix_comparison("used", "bold:", "mild")
        assert log.registrations()["looks"].tolist() == [2]
        assert log.comparisons == (("used", "bold", "mild", 2),)
