"""What came of it: counts, rates with their intervals, and sentences that say no more than the counts do."""

from closing_lib.outcomes.counts import MIN_N
from closing_lib.outcomes.power import fisher_power, needed
from closing_lib.outcomes.rates import Shrunk, rate_interval, shrink
from closing_lib.outcomes.results import by_advice, by_band, by_tactic, by_thanks, sentence
from closing_lib.outcomes.stratified import Stratified, stratified
from closing_lib.outcomes.survival import LogRank, cumulative_incidence, log_rank, median, survival
from closing_lib.outcomes.tally import add, tally

__all__ = [
    "MIN_N",
    "LogRank",
    "Shrunk",
    "Stratified",
    "add",
    "by_advice",
    "by_band",
    "by_tactic",
    "by_thanks",
    "cumulative_incidence",
    "fisher_power",
    "log_rank",
    "median",
    "needed",
    "rate_interval",
    "sentence",
    "shrink",
    "stratified",
    "survival",
    "tally",
]
