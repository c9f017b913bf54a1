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
from statsmodels.stats.contingency_tables import StratifiedTable

import closing_lib as cl
from closing_lib.outcomes import Stratified, rate_interval, stratified
from closing_lib.outcomes.statistics.exact import MOST, moments
from closing_lib.outcomes.statistics.stratified import agree

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
        assert self.found.best_interval == self.found.interval
        assert self.found.best_p == pytest.approx(0.2162, abs=5e-5)  # of the logarithm over its error, as the interval

    def test_it_is_there_by_the_name_of_the_contract(self) -> None:
        assert cl.outcomes.stratified(BERKELEY).odds_ratio == self.found.odds_ratio


FIGURES = [
    "n", "crude_odds_ratio", "crude_chi2", "odds_ratio", "interval", "chi2", "p_value", "p_exact", "exact_interval",
    "is_sparse", "best_interval", "best_p", "risk_difference", "risk_difference_error", "risk_difference_interval",
    "risk_difference_p", "homogeneity",
]  # fmt: skip


class TestAlike:
    @pytest.mark.parametrize("most", [2, 5, 40])
    def test_strata_are_one_table_with_a_count(self, most: int) -> None:
        rng = np.random.default_rng(most)
        tables, counts = rng.integers(0, most, (12, 2, 2)), rng.integers(1, 4, 12)
        found, each = stratified(tables, counts=counts), stratified(np.repeat(tables, counts, axis=0))
        for name in FIGURES:
            assert getattr(found, name) == pytest.approx(getattr(each, name), rel=1e-9, nan_ok=True), name
        assert found.at(0.5).interval == pytest.approx(each.at(0.5).interval)
        groups = np.arange(12) % 3
        assert agree(tables, groups, counts) == pytest.approx(
            agree(each.tables, np.repeat(groups, counts), each.many), rel=1e-9
        )

    def test_strata_where_nothing_differed_are_counted_too(self) -> None:
        none = [[0, 3], [0, 2]]
        assert stratified([none], counts=[4]).risk_difference_interval == pytest.approx(
            stratified([none] * 4).risk_difference_interval
        )

    @pytest.mark.parametrize("counts", [[1, 2], [0], [1.5], [[1]], ["many"]])
    def test_refuses_counts_that_are_not_those_of_the_tables(self, counts: list[object]) -> None:
        with pytest.raises(ValueError, match="for each"):
            stratified([[[3, 0], [1, 4]]], counts=counts)


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


LEVELS = st.sampled_from([0.8, 0.9, 0.95, 0.99])
larger = st.lists(st.tuples(*[st.integers(0, 30)] * 4), min_size=1, max_size=5).map(
    lambda rows: np.reshape(rows, (-1, 2, 2))
)


class TestOneFamily:
    """A p-value up to 0.05 and an interval of 95% that leaves "no difference" out are the same thing."""

    @given(st.one_of(tables, larger), LEVELS)
    @settings(max_examples=60)
    def test_of_the_odds_ratio_agrees(self, counts: np.ndarray, level: float) -> None:
        found = stratified(counts, level)
        low, high = found.best_interval
        assert (found.best_p <= 1 - level) == (not low <= 1 <= high)

    @given(st.one_of(tables, larger), LEVELS)
    @settings(max_examples=60)
    def test_of_the_difference_agrees(self, counts: np.ndarray, level: float) -> None:
        found = stratified(counts, level)
        low, high = found.risk_difference_interval
        assert (found.risk_difference_p <= 1 - level) == (not low <= 0 <= high)
        if not math.isnan(found.risk_difference):
            assert -1 <= low <= found.risk_difference + 1e-9
            assert found.risk_difference - 1e-9 <= high <= 1

    def test_agrees_where_the_odds_have_no_bound_and_there_are_too_many_tables(self) -> None:
        found = stratified([[[6000, 0], [0, 6000]]])
        assert found.interval[0] > 1
        assert found.best_p < 0.05
        assert found.interval[1] == math.inf

    def test_is_of_the_level_that_is_asked_for(self) -> None:
        found = stratified(BERKELEY).at(0.5)
        assert found.risk_difference_interval[0] > stratified(BERKELEY).risk_difference_interval[0]


class TestStatsmodels:
    @given(st.one_of(larger, larger.map(lambda counts: counts + 6)))
    @settings(max_examples=60)
    def test_says_the_same(self, counts: np.ndarray) -> None:
        found = stratified(counts)
        if not 0 < found.odds_ratio < math.inf:
            return
        theirs = StratifiedTable(list(counts[found.informative].astype(float)))
        assert found.odds_ratio == pytest.approx(theirs.oddsratio_pooled, rel=1e-9)
        assert found.interval == pytest.approx(theirs.oddsratio_pooled_confint(), rel=1e-9)
        rows = counts[found.informative].sum(axis=2)[:, 0]
        expected = (
            rows * counts[found.informative].sum(axis=1)[:, 0] / counts[found.informative].sum(axis=(1, 2))
        ).sum()
        if abs(counts[found.informative, 0, 0].sum() - expected) > 0.5:  # theirs goes on past zero
            assert found.chi2 == pytest.approx(theirs.test_null_odds(correction=True).statistic, rel=1e-9)
            assert found.p_value == pytest.approx(theirs.test_null_odds(correction=True).pvalue, rel=1e-9)
        is_large = not found._fitted[2].any()  # theirs knows no exact distribution, and has nothing at 1
        if is_large and len(found._fitted[2]) > 1 and abs(found.odds_ratio - 1) > 1e-3:
            theirs = theirs.test_equal_odds(adjust=True)
            assert found.homogeneity.statistic == pytest.approx(theirs.statistic, rel=1e-6, abs=1e-6)
            assert found.homogeneity.p_value == pytest.approx(theirs.pvalue, rel=1e-6, abs=1e-6)


class TestHomogeneity:
    def test_of_berkeley_is_as_it_is_known(self) -> None:
        statistic, freedom, p = stratified(BERKELEY).homogeneity
        assert (round(statistic, 2), freedom, round(p, 4)) == (18.83, 5, 0.0021)

    def test_of_effects_that_oppose_each_other_is_refused_where_the_common_odds_ratio_is_exactly_1(self) -> None:
        found = stratified([[[18, 2], [6, 14]], [[2, 18], [14, 6]]])  # as many fewer as more
        assert found.odds_ratio == pytest.approx(1.0)
        statistic, freedom, p = found.homogeneity
        assert freedom == 1
        assert statistic == pytest.approx(30.0)  # in each 18 for 12, or 2 for 8, with a variance of 2.4
        assert p < 1e-6

    @pytest.mark.parametrize(
        "counts", [[[[4, 2], [2, 7]]], [[[5, 0], [2, 7]], [[3, 0], [1, 1]]], np.zeros((0, 2, 2), int)]
    )
    def test_has_nothing_against_it_where_nothing_can_disagree(self, counts: object) -> None:
        assert stratified(counts).homogeneity.p_value == 1.0

    @pytest.mark.parametrize(("strata", "most", "ratio"), [(3, 20, 1.0), (12, 5, 1.0), (12, 5, 3.0), (80, 3, 2.0)])
    def test_is_wrongly_refused_in_about_5_percent_however_small_the_strata(
        self, strata: int, most: int, ratio: float
    ) -> None:
        rng, runs, refused = np.random.default_rng(strata), 400, 0
        for _ in range(runs):
            rate, sizes = rng.uniform(0.2, 0.6, strata), rng.integers(1, most + 1, (strata, 2))
            other = rate * ratio / (1 - rate + rate * ratio)
            k, m = rng.binomial(sizes[:, 0], other), rng.binomial(sizes[:, 1], rate)
            found = stratified(np.stack([np.stack([k, sizes[:, 0] - k], 1), np.stack([m, sizes[:, 1] - m], 1)], 1))
            refused += found.homogeneity.p_value <= 0.05
        assert refused / runs <= 0.06 + 2 * math.sqrt(0.05 * 0.95 / runs)

    def test_of_small_strata_uses_the_moments_of_the_exact_distribution(self) -> None:
        tables = np.array([[[3, 1], [2, 5]], [[1, 4], [3, 3]]])
        mean, variance, fourth = moments(tables, 1.7, np.array([2.0, 2.0]))
        for place, table in enumerate(tables):
            (a, b), (c, d) = table
            theirs = stats.nchypergeom_fisher(a + b + c + d, a + c, a + b, 1.7)
            assert mean[place] == pytest.approx(theirs.mean())
            assert variance[place] == pytest.approx(theirs.var())
            assert fourth[place] == pytest.approx(theirs.expect(lambda k, mu=mean[place]: (k - mu) ** 4))

    def test_says_nothing_of_strata_of_one_with_each_question(self) -> None:
        assert stratified([[[1, 0], [0, 1]]] * 3 + [[[0, 1], [1, 0]]] * 3).homogeneity.p_value > 0.1

    def test_of_the_bands_of_a_room_holds_in_many_small_strata(self) -> None:
        rng = np.random.default_rng(5)
        refused = sum(agree(*together([small(rng, 2.0) for _ in range(3)])).p_value <= 0.05 for _ in range(400))
        assert refused / 400 <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / 400)
        opposed = [small(rng, 4.0), small(rng, 1.0), small(rng, 0.25)]
        assert agree(*together(opposed)).p_value < 0.01

    def test_of_one_comparison_says_nothing(self) -> None:
        assert agree(*together([stratified(BERKELEY)])) == agree(*together([])) == (0.0, 0, 1.0)


def together(comparisons: list[Stratified]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    tables = [np.zeros((0, 2, 2), int), *(one.tables for one in comparisons)]
    groups = np.repeat(np.arange(len(tables)), [len(one) for one in tables])
    return np.concatenate(tables), groups, np.ones(len(groups), int)


def small(rng: np.random.Generator, ratio: float) -> Stratified:
    """Give a comparison within 80 strata of three with each question."""
    rate = rng.uniform(0.2, 0.6, 80)
    other = rate * ratio / (1 - rate + rate * ratio)
    first, second = rng.binomial(3, other), rng.binomial(3, rate)
    return stratified(np.stack([np.stack([first, 3 - first], 1), np.stack([second, 3 - second], 1)], 1))


# Myeloma, two chemotherapies at 21 hospitals: alive of so many, by hospital (Klingenberg, 2014).
MYELOMA = """3 1 4 3  3 8 4 11  2 2 2 3  2 2 2 2  2 0 2 3  1 2 3 3  2 2 2 3  1 4 5 4  2 2 2 3  0 2 2 3  3 3 3 3
2 0 2 2  1 1 4 5  2 2 3 4  2 4 4 6  4 3 12 9  1 2 2 3  3 1 3 4  1 2 4 3  0 0 3 2  2 1 4 5"""


class TestTheDifference:
    found = stratified([[[a, n - a], [b, m - b]] for a, b, n, m in np.reshape([*map(int, MYELOMA.split())], (-1, 4))])

    def test_and_its_error_by_sato_are_as_published(self) -> None:
        assert self.found.risk_difference == pytest.approx(0.057168322, abs=1e-9)
        assert self.found.risk_difference_error == pytest.approx(0.079887623, abs=1e-9)
        ends = self.found.risk_difference + stats.norm.ppf([0.025, 0.975]) * self.found.risk_difference_error
        assert ends == pytest.approx((-0.099408542, 0.213745186), abs=1e-9)

    @given(larger)
    @settings(max_examples=60)
    def test_has_the_ends_that_a_test_with_its_variance_just_accepts(self, counts: np.ndarray) -> None:
        found = stratified(counts)
        difference, lean, apart = found._difference
        for end in found.risk_difference_interval if apart > 0 else ():
            if abs(end) < 1:
                accepted = 1.959963984540054**2 * (end * lean + apart)
                assert (difference - end) ** 2 == pytest.approx(accepted, rel=1e-6, abs=1e-9)

    def test_of_common_outcomes_is_small_where_the_odds_are_ten_times(self) -> None:
        found = stratified([[999, 1], [990, 10]])
        assert found.odds_ratio == pytest.approx(10.1, abs=0.1)
        assert found.risk_difference == pytest.approx(0.009)

    @pytest.mark.parametrize("count", [[[0, 5], [0, 5]], [[5, 0], [5, 0]]])
    def test_of_nothing_that_differs_is_not_taken_for_certain(self, count: object) -> None:
        low, high = stratified(count).risk_difference_interval
        assert high == -low == pytest.approx(rate_interval(0, 5)[1])

    def test_of_groups_that_never_meet_is_missing(self) -> None:
        found = stratified([[[3, 4], [0, 0]], [[0, 0], [2, 2]]])
        assert math.isnan(found.risk_difference)
        assert math.isnan(found.risk_difference_error)
        assert (found.risk_difference_interval, found.risk_difference_p) == ((-1.0, 1.0), 1.0)

    @pytest.mark.parametrize(("first", "second"), [(5, 5), (7, 12), (10, 10), (5, 20), (20, 20), (30, 30)])
    def test_is_claimed_in_hardly_more_than_5_percent_where_there_is_none(self, first: int, second: int) -> None:
        claimed = np.zeros((first + 1, second + 1), dtype=bool)
        for k, m in itertools.product(range(first + 1), range(second + 1)):
            claimed[k, m] = stratified([[k, first - k], [m, second - m]]).risk_difference_p <= 0.05
        rates = np.linspace(0.02, 0.98, 25)[:, None]
        one, other = stats.binom.pmf(range(first + 1), first, rates), stats.binom.pmf(range(second + 1), second, rates)
        false = np.einsum("rk,rm,km->r", one, other, claimed)
        assert false.max() <= 0.053
        assert false.mean() <= 0.045

    @pytest.mark.parametrize(("strata", "ratio"), [(8, 1.0), (8, 4.0), (40, 1.0), (40, 4.0)])
    def test_covers_the_truth_in_93_to_97_percent_and_the_odds_ratio_in_no_fewer(
        self, strata: int, ratio: float
    ) -> None:
        rng, runs, covered, odds = np.random.default_rng(strata), 500, 0, 0
        for _ in range(runs):
            rate = rng.uniform(0.15, 0.7, strata)
            other = rate * ratio / (1 - rate + rate * ratio)
            sizes = rng.integers(1, 8, (strata, 2))
            k, m = rng.binomial(sizes[:, 0], other), rng.binomial(sizes[:, 1], rate)
            found = stratified(np.stack([np.stack([k, sizes[:, 0] - k], 1), np.stack([m, sizes[:, 1] - m], 1)], 1))
            weight = sizes.prod(axis=1) / sizes.sum(axis=1)
            low, high = found.risk_difference_interval
            covered += low <= ((other - rate) * weight).sum() / weight.sum() <= high
            odds += found.best_interval[0] <= ratio <= found.best_interval[1]
        by_chance = 2 * math.sqrt(0.05 * 0.95 / runs)
        assert 0.93 - by_chance <= covered / runs <= 0.97 + by_chance
        assert 0.93 - by_chance <= odds / runs  # the exact one holds it more often


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
        few = stratified([[[3, 0], [1, 4]], [[2, 1], [2, 3]], [[4, 1], [0, 2]]])
        chances = np.array(totals(few.tables.tolist(), 1.0))
        assert few.best_p == pytest.approx(2 * chances[9:].sum())  # so that it agrees with the interval; R's is smaller


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
