"""Two groups compared within strata: the published numbers, R's rules, and an exact test counted a second time."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.stats.contingency import odds_ratio

import closing_lib as cl
from closing_lib.outcomes import Stratified, stratified
from closing_lib.outcomes.statistics.exact import MOST

# Bickel, Hammel and O'Connell (1975), as R has it: admitted and rejected, men and women, departments A to F.
BERKELEY = [
    [[512, 89], [313, 19]],
    [[353, 17], [207, 8]],
    [[120, 202], [205, 391]],
    [[138, 131], [279, 244]],
    [[53, 94], [138, 299]],
    [[22, 24], [351, 317]],
]
cells = st.integers(0, 6)
tables = st.lists(st.tuples(*[cells] * 4), min_size=1, max_size=3).map(lambda rows: np.reshape(rows, (-1, 2, 2)))


class TestBerkeley:
    found = stratified(BERKELEY)

    def test_the_crude_comparison_is_as_published(self) -> None:
        assert round(self.found.crude_odds_ratio, 3) == 1.841
        assert round(self.found.crude_chi2, 4) == 92.2053

    def test_the_common_odds_ratio_is_as_published(self) -> None:
        assert round(self.found.odds_ratio, 4) == 0.9047
        assert [round(end, 4) for end in self.found.interval] == [0.7719, 1.0603]

    def test_the_corrected_test_is_as_published(self) -> None:
        assert round(self.found.chi2, 4) == 1.4269
        assert round(self.found.p_value, 4) == 0.2323

    def test_the_exact_test_says_the_same_of_so_many(self) -> None:
        assert self.found.p_exact == pytest.approx(self.found.p_value, abs=0.01)
        assert self.found.exact_interval == pytest.approx(self.found.interval, rel=0.005)
        assert not self.found.is_sparse
        assert (self.found.best_p, self.found.best_interval) == (self.found.p_value, self.found.interval)

    def test_it_is_there_by_the_name_of_the_contract(self) -> None:
        assert cl.outcomes.stratified(BERKELEY).odds_ratio == self.found.odds_ratio


class TestR:
    """What R 4.2.2 says of the same counts, to the digits to which R works it out."""

    def test_says_the_same_of_sparse_strata(self) -> None:
        found = stratified([[[3, 0], [1, 4]], [[2, 1], [2, 3]], [[4, 1], [0, 2]]])
        assert found.p_exact == pytest.approx(0.0138483965, rel=1e-8)  # mantelhaen.test(exact = TRUE)
        # R looks for the upper end as 1 over it, and stops at 1.2e-4; the tails below are worked out without a search.
        assert found.exact_interval == pytest.approx((1.259980829, 627.761638256), rel=5e-3)
        low, high = found.exact_interval
        tables = [[[3, 0], [1, 4]], [[2, 1], [2, 3]], [[4, 1], [0, 2]]]
        assert sum(totals(tables, low)[9:]) == pytest.approx(0.025, rel=1e-6)
        assert sum(totals(tables, high)[:10]) == pytest.approx(0.025, rel=1e-6)
        assert found.is_sparse

    def test_says_the_same_of_berkeley(self) -> None:
        found = stratified(BERKELEY)
        assert found.p_exact == pytest.approx(0.2277625, rel=1e-6)  # mantelhaen.test(UCBAdmissions, exact = TRUE)
        assert found.exact_interval == pytest.approx((0.7697140406, 1.0634169928), rel=1e-4)
        assert found.interval == pytest.approx((0.7719074, 1.0603298), rel=1e-7)  # mantelhaen.test(UCBAdmissions)


class TestStrata:
    def test_with_one_group_or_one_ending_say_nothing(self) -> None:
        one_group, one_ending, telling = [[0, 0], [5, 3]], [[4, 0], [9, 0]], [[4, 2], [2, 7]]
        found = stratified([one_group, one_ending, telling])
        assert found.informative.tolist() == [False, False, True]
        assert found.n == 15
        alone = stratified(telling)
        for name in ("odds_ratio", "interval", "chi2", "p_value", "p_exact", "exact_interval"):
            assert getattr(found, name) == getattr(alone, name)
        assert found.crude_odds_ratio != alone.crude_odds_ratio

    @pytest.mark.parametrize("none", [np.zeros((0, 2, 2), int), [[[0, 0], [5, 3]]], [[[4, 0], [9, 0]]]])
    def test_that_all_say_nothing_leave_everything_open(self, none: object) -> None:
        found = stratified(none)
        assert math.isnan(found.odds_ratio)
        assert math.isnan(found.chi2)
        assert (found.p_value, found.p_exact) == (1.0, 1.0)
        assert found.interval == found.exact_interval == (0.0, math.inf)
        assert (found.n, found.is_sparse) == (0, True)

    def test_can_be_one_table(self) -> None:
        assert stratified([[4, 2], [2, 7]]).odds_ratio == stratified([[[4, 2], [2, 7]]]).odds_ratio == 7.0

    def test_without_a_bound_have_the_exact_interval(self) -> None:
        found = stratified([[5, 0], [2, 7]])
        assert found.odds_ratio == math.inf
        assert found.interval == found.exact_interval
        assert found.interval[1] == math.inf

    @given(tables)
    @settings(max_examples=60)
    def test_keep_their_promises_for_all_counts(self, counts: np.ndarray) -> None:
        found = stratified(counts)
        for low, high in (found.interval, found.exact_interval):
            assert 0 <= low <= high
            if not math.isnan(found.odds_ratio):
                assert low * (1 - 1e-6) <= found.odds_ratio <= high * (1 + 1e-6)
        assert 0 <= found.p_value <= 1
        assert 0 < found.p_exact <= 1

    @given(tables)
    @settings(max_examples=40)
    def test_the_other_way_round_say_the_inverse(self, counts: np.ndarray) -> None:
        found, turned = stratified(counts), stratified(counts[:, ::-1])
        assert found.p_exact == pytest.approx(turned.p_exact)
        assert found.p_value == pytest.approx(turned.p_value)
        if not math.isnan(found.odds_ratio):
            assert inverse(found.odds_ratio) == pytest.approx(turned.odds_ratio)
        for ends, others in ((found.interval, turned.interval), (found.exact_interval, turned.exact_interval)):
            assert [inverse(end) for end in reversed(ends)] == pytest.approx(list(others), rel=1e-6)

    @given(tables, st.permutations(range(3)))
    @settings(max_examples=20)
    def test_in_another_order_say_the_same(self, counts: np.ndarray, order: list[int]) -> None:
        turned = counts[[place for place in order if place < len(counts)]]
        assert stratified(counts).p_exact == pytest.approx(stratified(turned).p_exact)
        assert stratified(counts).odds_ratio == pytest.approx(stratified(turned).odds_ratio, nan_ok=True)


def inverse(ratio: float) -> float:
    return 1 / ratio if ratio else math.inf


class TestTheExactTest:
    @given(st.tuples(*[st.integers(0, 9)] * 4).map(lambda row: np.reshape(row, (2, 2))))
    @settings(max_examples=60)
    def test_of_one_table_is_fisher_s(self, table: np.ndarray) -> None:
        found = stratified(table)
        assert found.p_exact == pytest.approx(stats.fisher_exact(table).pvalue)
        if found.informative.all():
            assert found.exact_interval == pytest.approx(tuple(odds_ratio(table).confidence_interval(0.95)), rel=1e-5)

    @given(tables)
    @settings(max_examples=40)
    def test_is_the_one_by_counting_every_table_with_the_same_margins(self, counts: np.ndarray) -> None:
        chances: dict[int, float] = {}
        for choice in itertools.product(*(possible(table) for table in counts)):
            total = sum(first for first, _ in choice)
            chances[total] = chances.get(total, 0.0) + math.prod(chance for _, chance in choice)
        seen = chances[int(counts[:, 0, 0].sum())]
        everything = sum(chances.values())
        p = sum(chance for chance in chances.values() if chance <= seen * (1 + 1e-7)) / everything
        assert stratified(counts).p_exact == pytest.approx(p)

    @pytest.mark.parametrize("truth", [0.3, 1.0, 4.0])
    def test_has_an_interval_that_is_never_too_narrow(self, truth: float) -> None:
        margins = [(5, 4, 4), (3, 6, 5)]  # in each stratum: of one question, of the other, that moved forward
        covered, everything = 0.0, 0.0
        ways = [[(k, ways_of(k, *sizes)) for k in range(min(sizes[0], sizes[2]) + 1)] for sizes in margins]
        for choice in itertools.product(*ways):
            counts = [
                [[k, one - k], [led - k, other - led + k]]
                for (k, _), (one, other, led) in zip(choice, margins, strict=True)
            ]
            if min(np.ravel(counts)) < 0:
                continue
            chance = math.prod(way for _, way in choice) * truth ** sum(k for k, _ in choice)
            low, high = stratified(counts).exact_interval
            everything += chance
            covered += chance * (low <= truth <= high)
        assert covered / everything >= 0.95

    def test_holds_where_chances_are_smaller_than_a_number_can_be(self) -> None:
        found = stratified([[5000, 0], [0, 4900]])
        assert found.p_exact == 0.0
        assert found.exact_interval[0] > 1e6
        assert found.exact_interval[1] == math.inf

    def test_is_left_out_where_there_are_too_many_tables(self) -> None:
        found = stratified([[MOST, MOST], [MOST, MOST]])
        assert math.isnan(found.p_exact)
        assert math.isnan(found.exact_interval[0])
        assert found.best_p == 1.0
        assert found.best_interval[0] < 1 < found.best_interval[1]

    def test_is_asked_for_by_few_counts(self) -> None:
        assert stratified([[9, 10], [10, 10]]).is_sparse
        assert not stratified([[10, 10], [10, 10]]).is_sparse
        assert stratified([[2, 100], [2, 100]]).is_sparse
        sparse = stratified([[2, 100], [2, 100]])
        assert (sparse.best_p, sparse.best_interval) == (sparse.p_exact, sparse.exact_interval)


def totals(tables: list[list[list[int]]], ratio: float) -> list[float]:
    """Give the chance of each sum of the first cells, 0, 1, ..., under an odds ratio."""
    found = np.ones(1)
    for (a, b), (c, d) in tables:
        found = np.convolve(found, [ways_of(k, a + b, c + d, a + c) * ratio**k for k in range(a + b + 1)])
    return (found / found.sum()).tolist()


def possible(table: np.ndarray) -> list[tuple[int, float]]:
    (a, b), (c, d) = table.tolist()
    found = [(k, ways_of(k, a + b, c + d, a + c)) for k in range(a + b + 1)]
    return [(k, ways) for k, ways in found if ways]


def ways_of(k: int, one: int, other: int, led: int) -> float:
    return math.comb(one, k) * math.comb(other, led - k) if 0 <= led - k <= other else 0.0


class TestWhatCannotBe:
    @pytest.mark.parametrize("tables", [[1, 2], [[1, 2, 3]], [[[1, 2]]], 5])
    def test_tables_say_what_shape_they_have(self, tables: object) -> None:
        with pytest.raises(ValueError, match=r"it must be \(K, 2, 2\)"):
            stratified(tables)

    @pytest.mark.parametrize("table", [[[1.5, 2], [3, 4]], [[-1, 2], [3, 4]]])
    def test_tables_hold_whole_counts(self, table: object) -> None:
        with pytest.raises(ValueError, match="give whole numbers from 0"):
            stratified(table)

    def test_levels_say_where_they_lie(self) -> None:
        with pytest.raises(ValueError, match="level is 95"):
            stratified([[1, 2], [3, 4]], level=95)

    def test_a_result_cannot_be_changed(self) -> None:
        with pytest.raises(AttributeError):
            stratified([[1, 2], [3, 4]]).level = 0.5  # type: ignore[misc]
        assert isinstance(stratified([[1, 2], [3, 4]]), Stratified)
