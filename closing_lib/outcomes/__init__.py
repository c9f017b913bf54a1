"""What came of it: counts, rates with their intervals, and sentences that say no more than the counts do."""

from closing_lib.outcomes.results import MIN_N, by_band, by_tactic, sentence
from closing_lib.outcomes.statistics import rate_interval
from closing_lib.outcomes.tally import tally

__all__ = ["MIN_N", "by_band", "by_tactic", "rate_interval", "sentence", "tally"]
