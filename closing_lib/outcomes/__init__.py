"""What came of it: counts, rates with their intervals, and sentences that say no more than the counts do."""

from closing_lib.outcomes.analysis import ANALYSES, APPLICATION_ANALYSES, Analysis
from closing_lib.outcomes.asks import applications, asks
from closing_lib.outcomes.charts import Chart, chart
from closing_lib.outcomes.figures import figures
from closing_lib.outcomes.questions.compared import Finding, adjusted
from closing_lib.outcomes.questions.counts import MIN_N
from closing_lib.outcomes.questions.expected import shrunk
from closing_lib.outcomes.questions.power import power
from closing_lib.outcomes.questions.randomised import randomised
from closing_lib.outcomes.questions.rates import (
    bounds,
    by_advice,
    by_band,
    by_tactic,
    by_thanks,
    discipline,
    funnel,
    sentence,
)
from closing_lib.outcomes.questions.reading import brier, calibration
from closing_lib.outcomes.questions.stages import invited, stages
from closing_lib.outcomes.questions.strata import Information, strata
from closing_lib.outcomes.questions.waiting import answers_over_time, asked_again, first_answer, silence, time_to_answer
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.sharing import save_tally
from closing_lib.outcomes.statistics.power import fisher_power, needed
from closing_lib.outcomes.statistics.rates import Shrunk, rate_interval, shrink
from closing_lib.outcomes.statistics.stratified import Stratified, stratified
from closing_lib.outcomes.statistics.survival import LogRank, cumulative_incidence, log_rank, median, survival
from closing_lib.outcomes.tally import add, tally
from closing_lib.outcomes.trial import read_trials, save_trial

__all__ = [
    "ANALYSES",
    "APPLICATION_ANALYSES",
    "MIN_N",
    "Analysis",
    "Chart",
    "Finding",
    "Information",
    "LogRank",
    "Result",
    "Shrunk",
    "Stratified",
    "add",
    "adjusted",
    "answers_over_time",
    "applications",
    "asked_again",
    "asks",
    "bounds",
    "brier",
    "by_advice",
    "by_band",
    "by_tactic",
    "by_thanks",
    "calibration",
    "chart",
    "cumulative_incidence",
    "discipline",
    "figures",
    "first_answer",
    "fisher_power",
    "funnel",
    "invited",
    "log_rank",
    "median",
    "needed",
    "power",
    "randomised",
    "rate_interval",
    "read_trials",
    "save_tally",
    "save_trial",
    "sentence",
    "shrink",
    "shrunk",
    "silence",
    "stages",
    "strata",
    "stratified",
    "survival",
    "tally",
    "time_to_answer",
]
