"""Call every public function with wrong arguments, and look for what must not happen.

    .venv/bin/python benchmarks/wrong_arguments.py [CALLS] [--seed N]

Each call gives the right value, or is refused by the kit itself with a ValueError or TypeError in one sentence. It
never fails in the depth of a library, never hangs, and never gives an answer to what is no sound question: `ABOUT`
says, apart from the library, what each argument may hold. The tests make some 1,500 of these calls; a new public
function is among them by itself, and a new kind of argument is asked for.
"""

from __future__ import annotations

import argparse
import datetime as dt
import decimal
import enum
import fractions
import functools
import inspect
import itertools
import math
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

import closing_lib as cl
from closing_lib import outcomes, records
from closing_lib.practice.record import KeptTry

LIBRARY = str(Path(cl.__file__).parent)
MEMORY = 4 << 30  # bytes that all of it may take
# One call may take so many seconds of the processor, or, should it only wait, so many of the clock.
_CLOCKS = ((signal.SIGPROF, signal.ITIMER_PROF, 10), (signal.SIGALRM, signal.ITIMER_REAL, 120))
DAY = dt.date(2026, 11, 20)
LONG = "a=?utf-8?q?=0D=0A" * 5_000
Test = Callable[[Any], bool]


class About(NamedTuple):
    """What an argument is for: a sound value of it, and what else it may hold."""

    sound: Any  # the value, or what makes it of a log
    takes: Test


# --- What is sound, in words of its own


def _is_missing(value: Any) -> bool:
    return (
        value is None
        or value is pd.NA
        or value is pd.NaT
        or (isinstance(value, (float, np.floating)) and math.isnan(value))
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_truth(value: Any) -> bool:
    return isinstance(value, (bool, np.bool_))


def _is_whole(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and value.dtype.kind == "i"
    return isinstance(value, (int, np.integer)) and not _is_truth(value)


def _is_day(value: Any) -> bool:
    if isinstance(value, str):
        return (
            len(value.strip()) == 10
            and value.strip()[4::3] == "--"
            and not pd.isna(pd.to_datetime(value, errors="coerce"))
        )
    if isinstance(value, (dt.datetime, np.datetime64)):
        stamp = pd.Timestamp(value)
        return stamp is not pd.NaT and stamp.tz is None and stamp == stamp.normalize()
    return isinstance(value, dt.date)


def _within(low: float, high: float) -> Test:
    return lambda value: _is_real(value) and low <= value <= high


def _is_real(value: Any) -> bool:
    real = isinstance(value, (int, float, np.integer, np.floating, fractions.Fraction)) and not _is_truth(value)
    return real and math.isfinite(value)


def _word_of(words: Any) -> Test:
    return lambda value: isinstance(value, str) and value in [*map(str, words)]


def _a(*kinds: type) -> Test:
    return lambda value: isinstance(value, kinds)


def _several(one: Test) -> Test:
    """Tell whether something is a list of what passes a test; what is gone through once is not looked at."""

    def passes(value: Any) -> bool:
        if isinstance(value, (str, bytes, Mapping, pd.DataFrame)) or getattr(value, "ndim", 1) != 1:
            return False
        if isinstance(value, (list, tuple, set, frozenset, pd.Series, np.ndarray, pd.Index)):
            return all(map(one, value))
        return isinstance(value, (range, Iterator))  # what can be gone through once is not looked into

    return passes


def _mapping_of(one: Test) -> Test:
    return lambda value: isinstance(value, Mapping) and all(map(one, value.values()))


def _whole_from(least: int) -> Test:
    return lambda value: _is_whole(value) and value >= least


def _is_path(value: Any) -> bool:
    return isinstance(value, (str, os.PathLike)) and "\0" not in str(value)


def _is_tally(value: Any) -> bool:
    if not isinstance(value, pd.DataFrame) or list(value.columns).count("n") != 1:
        return False
    return all(_whole_from(0)(n) or str(n).isdigit() for n in value["n"])


def _is_counts(value: Any) -> bool:
    try:
        found = np.asarray(value)
    except ValueError:
        return False
    return found.dtype.kind in "iubf" and bool(np.isfinite(found).all()) and bool((found >= 0).all())


def _anything(_value: Any) -> bool:
    return True


TEXT, WHOLE, TRUTH = About("Acme", _is_text), About(3, _is_whole), About(True, _is_truth)
ON, LOG, TALLY = (
    About(DAY, _is_day),
    About(lambda log: log, _a(cl.OutcomeLog)),
    About(lambda _log: MADE["tally"], _is_tally),
)
ROW = About(1, _is_whole)
SHARE, LEVEL = About(0.3, _within(0, 1)), About(0.95, _within(0, 1))


def _texts(value: Any) -> bool:
    return _several(_is_text)(value)


def _choice(kind: type[enum.Enum]) -> About:
    return About(next(iter(kind)), _word_of(kind))


def _of(key: str, *kinds: type) -> About:
    return About(lambda _log: MADE[key], _a(*kinds))


def _listed(key: str, *kinds: type) -> About:
    return About(lambda _log: (MADE[key],), _several(_a(*kinds)))


class Made(dict[str, Any]):
    """Sound things, each made when it is first asked for."""

    def __missing__(self, key: str) -> Any:
        self[key] = MAKE[key]()
        return self[key]


def _tried() -> cl.Try:
    nurse = cl.scenario("ward_nurse")
    answer = cl.draw_answer(nurse, "bold", seed=1)
    return cl.Try(
        nurse, cl.Band.WELL, cl.Asked.BOLD, next(one.id for one in cl.replies() if one.to is answer.response), seed=1
    )


MAKE: Mapping[str, Callable[[], Any]] = {
    "assessment": lambda: cl.Assessment(felt=4),
    "reading": lambda: cl.assess(MADE["assessment"]),
    "advice": lambda: cl.recommend(MADE["assessment"]),
    "reason": lambda: cl.Reason("So it is.", "S1"),
    "step": lambda: MADE["advice"].steps[0],
    "change": lambda: MADE["advice"].changes[0],
    "occasion": lambda: cl.Occasion("Acme", "Analyst", DAY, me="A. Tan"),
    "person": lambda: cl.Person("Ms Lid", topic="the depot", strength="planning", interest="the work"),
    "letter": lambda: cl.nudge(MADE["occasion"], MADE["person"]),
    "planned": lambda: cl.plan(DAY, None, [], DAY)[0],
    "scenario": lambda: cl.scenario("ward_nurse"),
    "moment": lambda: MADE["scenario"].happened[0],
    "tried": _tried,
    "debrief": lambda: cl.debrief(MADE["tried"]),
    "kept_try": lambda: KeptTry.of(MADE["debrief"]),
    "pitch": lambda: cl.Pitch("I plan well."),
    "review": lambda: cl.check_pitch(cl.Pitch("I think I plan well.")),
    "card": lambda: cl.closing_card(["Who works on it?"]),
    "contact": lambda: cl.Contact("Ada Lid"),
    "log": cl.sample_log,
    "tally": lambda: cl.tally(MADE["log"], DAY),
    "report": lambda: cl.activity_report(MADE["log"], "2026-11-01", "2026-11-15"),
    "chart": lambda: outcomes.chart(outcomes.by_band(MADE["tally"])),
    "import_report": lambda: cl.import_csv(b"Company,Status\nAcme,Rejected\n", into=cl.sample_log(), dry_run=True),
    "survival": lambda: outcomes.survival([1, 2, 3], [True, True, False]),
}
MADE = Made()
_TABLES = [[[9, 2], [3, 8]]]
_ANSWERS = {"felt": 4}

# By the name of an argument, or by function and name where it means something else there.
ABOUT: dict[str, About] = {
    **dict.fromkeys(
        [
            "company",
            "role",
            "name",
            "email",
            "title",
            "phone",
            "note",
            "me",
            "topic",
            "strength",
            "interest",
            "omission",
            "repair",
            "doubt",
            "greeting",
            "written_to",
            "news",
            "update",
            "times",
            "why_time",
            "why_decline",
            "why_withdraw",
            "reason",
            "terms",
            "skills",
            "experience",
            "ambition",
            "desire",
            "id",
            "text",
            "why",
            "source",
            "words",
            "short",
            "subject",
            "said",
            "key",
            "clarify",
            "acknowledge",
            "make_the_case",
            "opening",
            "state",
            "concern",
            "behind",
            "employer",
            "again",
            "kind",
            "item",
            "form",
            "sentence",
            "alt",
            "interviewers",
        ],
        TEXT,
    ),
    **dict.fromkeys(["held_on", "promised_on", "applied_on", "on", "as_of", "start", "end", "today", "written_on"], ON),
    **dict.fromkeys(["call_on", "deadline", "answer_by", "starts_on"], ON),
    **dict.fromkeys(
        [
            "wants_answer",
            "decides",
            "open_concern",
            "scripted",
            "short_of_time",
            "quoted",
            "routine",
            "rules_out_bold",
            "good",
            "weak",
            "passed",
            "standing",
            "bold",
            "overwrite",
            "dry_run",
            "with_own",
            "grouped",
            "within_bands",
            "day_first",
        ],
        TRUTH,
    ),
    **dict.fromkeys(["application", "interview", "event", "number"], ROW),
    **dict.fromkeys(
        [
            "pointing_well",
            "pointing_poorly",
            "imported",
            "applications",
            "events",
            "interviews",
            "assessments",
            "attempts",
            "draws",
            "registrations",
            "undated",
            "seconds",
        ],
        About(3, _whole_from(0)),
    ),
    **dict.fromkeys(["felt", "confidence", "risk"], About(3, lambda value: _is_whole(value) and 1 <= value <= 5)),
    **dict.fromkeys(["p1", "p2", "power", "share"], SHARE),
    "p2": About(0.6, _within(0, 1)),
    "level": LEVEL,
    "log": LOG,
    "into": LOG,
    "t": TALLY,
    "tallies": About(lambda _log: [MADE["tally"]], _several(_is_tally)),
    "tactic": _choice(cl.Tactic),
    "asked": About(cl.Asked.BOLD, _word_of(cl.Asked)),
    "band": _choice(cl.Band),
    "judged": _choice(cl.Band),
    "verdict": _choice(cl.Verdict),
    "response": _choice(cl.Response),
    "decided": _choice(cl.Response),
    "to": _choice(cl.Response),
    "format": _choice(cl.Format),
    "interviewer": _choice(cl.Interviewer),
    "move": _choice(cl.Move),
    "round": _choice(cl.Round),
    "directness": _choice(cl.Directness),
    "leaning": _choice(cl.Leaning),
    "already": _choice(cl.Settled),
    "settled": _choice(cl.Settled),
    "category": _choice(cl.Category),
    "used": _choice(cl.Asked),
    "advised": _choice(cl.Tactic),
    "assessment": _of("assessment", cl.Assessment),
    "reading": _of("reading", cl.Reading),
    "advice": _of("advice", cl.Advice),
    "guide": About(lambda _log: cl.respond("concern"), _a(cl.Guide)),
    "occasion": _of("occasion", cl.Occasion),
    "person": _of("person", cl.Person),
    "letter": _of("letter", cl.Letter),
    "scenario": _of("scenario", cl.Scenario),
    "tried": _of("tried", cl.Try),
    "pitch": _of("pitch", cl.Pitch),
    "card": _of("card", cl.ClosingCard),
    "contact": _of("contact", cl.Contact),
    "report": _of("report", cl.ActivityReport),
    "planned": About(lambda _log: [MADE["planned"]], _several(_a(type(MADE["planned"])))),
    "people": About(lambda _log: [MADE["person"]], _several(_a(cl.Person))),
    "tries": About(lambda _log: [MADE["kept_try"]], _several(_a(KeptTry))),
    "latest": About(lambda _log: (MADE["kept_try"],), _several(_a(KeptTry))),
    "reasons": _listed("reason", cl.Reason),
    "cautions": _listed("reason", cl.Reason),
    "then": About(lambda _log: (MADE["step"],), _several(_anything)),
    "leave": About(lambda _log: (MADE["step"],), _several(_anything)),
    "happened": About(lambda _log: MADE["scenario"].happened, _several(_anything)),
    "placed": About(lambda _log: MADE["debrief"].placed, _several(_a(cl.Placed))),
    "asks": About(lambda _log: MADE["card"].asks, _several(_anything)),
    "deeds": About(lambda _log: MADE["report"].deeds, _several(_anything)),
    "others": About({"Why me?": "It is short."}, _mapping_of(_is_text)),
    "moves": About(("Ask.",), _several(_is_text)),
    "changes": About(lambda _log: MADE["advice"].changes, _several(_anything)),
    "weaknesses": About(lambda _log: MADE["review"].weaknesses, _several(_anything)),
    "formats": About((cl.Format.VIDEO,), _several(_word_of(cl.Format))),
    "history": About([(cl.EventKind.NUDGE, DAY)], _several(_anything)),
    "holidays": About((DAY,), _several(_is_day)),
    "stamp": About(
        dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC),
        lambda value: isinstance(value, dt.datetime) and value.tzinfo is not None,
    ),
    "signs": About({"overran": True}, _mapping_of(lambda one: _is_truth(one) or _is_missing(one))),
    "place": About(1, lambda value: _is_whole(value) and -2 <= value <= 2),
    "seed": About(7, lambda value: _is_text(value) or _is_whole(value)),
    "country": About("IE", _is_text),
    "years": About([2026], _several(_is_whole)),
    "year": About(2026, _is_whole),
    "opposite": About("ended_early", _is_text),
    "wanted": About("en", _word_of(["en", "es"])),
    "page": About("01_prepare", _is_text),
    "missing": About((cl.Element.SKILLS,), _several(_word_of(cl.Element))),
    "path": About(lambda log: log.path.with_name("new.sqlite"), _is_path),
    "file": About(b"Company,Status\nAcme,Offer\n", lambda value: isinstance(value, bytes) or _is_path(value)),
    "clock": About(lambda _log: lambda: dt.datetime.now(dt.UTC), callable),
    "ending": About("csv", _is_text),
    "folder": About(lambda log: log.path.parent / "room", _is_path),
    "mapping": About({"Company": "company"}, _mapping_of(lambda one: _is_text(one) or one is None)),
    "statuses": About({"Offer": "offer"}, _mapping_of(lambda one: _is_text(one) or one is None)),
    "progress": About(False, lambda value: _is_truth(value) or callable(value)),
    "sheet": TEXT,
    "detail": About({"hinted": False}, _mapping_of(_anything)),
    **dict.fromkeys(["answers", "before", "now"], About(_ANSWERS, _mapping_of(_anything))),
    "result": About(lambda _log: outcomes.by_band(MADE["tally"]), _a(outcomes.Result)),
    "table": About(lambda _log: MADE["survival"], _a(pd.DataFrame)),
    "engine": About("pandas", _word_of(["pandas"])),
    "cluster": About("tls://127.0.0.1:8786", _is_text),
    "by": About("used", _is_text),
    "against": About("mild", _word_of(cl.Asked)),
    "one": About("bold", _is_text),
    "looks": About(2, _whole_from(1)),
    "looked": About(2, _whole_from(1)),
    "rating_right": About(0.8, _within(0.5, 1)),
    "protocol": About("1", _is_text),
    "defensible": About((cl.Tactic.MILD,), _several(_word_of(cl.Tactic))),
    "method": About("wilson", _word_of(["wilson", "jeffreys"])),
    "rates": About((0.2, 0.4), _several(_within(0, 1))),
    "days": About([7, 14], _several(lambda one: _is_whole(one) and one >= 7)),
    "k": About(3, _whole_from(0)),
    "n": About(5, _whole_from(0)),
    "n1": About(9, _whole_from(1)),
    "n2": About(9, _whole_from(1)),
    "prior_k": About(1.5, _is_real),
    "prior_n": About(3.0, _is_real),
    "prior": About((2.0, 4.0), lambda value: _is_tally(value) or _several(_is_real)(value)),
    "room_counts_these": TRUTH,
    "dpi": About(20.0, _is_real),
    "durations": About([1, 2, 2, 4], _is_counts),
    "other_durations": About([1, 2], _is_counts),
    "observed": About([True, True, False, False], _is_counts),
    "other_observed": About([True, True], _is_counts),
    "cause": About([1, 2, 0, 1], _is_counts),
    "counts": About([1, 1, 2, 1], _is_counts),
    "tables": About(lambda _log: np.array(_TABLES), _is_counts),
    "assessment_form": About(None, lambda value: isinstance(value, cl.AssessmentForm)),
    "value": About("", _anything),
}
OWN: dict[str, About] = {
    "ActivityReport.name": TEXT,
    "OutcomeLog.merge_applications.other": About(2, ROW.takes),
    "OutcomeLog.forget_deleted.days": About(0, _is_whole),
    "Advice.steps": About(lambda _log: (MADE["step"],), _several(_anything)),
    "AnalysisForm.source": About(lambda log: log, lambda value: isinstance(value, cl.OutcomeLog) or _is_tally(value)),
    "Change.field": About("felt", _anything),
    "Change.to": About(5, _anything),
    "Change.tactic": About(cl.Tactic.BOLD, _anything),
    "read_trials.paths": About(lambda log: [log.path.with_name("trial.csv")], _several(_is_path)),
    "save_trial.source": About(lambda log: log, lambda value: isinstance(value, cl.OutcomeLog) or _is_tally(value)),
    "ClosingCard.drawn": TEXT,
    "closing_card.drawn": About(
        {"mild_bold": "bold"}, lambda value: value is None or _mapping_of(_word_of(cl.Tactic))(value)
    ),
    "OutcomeLog.fix_comparison.against": TEXT,
    "OutcomeLog.look_at.against": TEXT,
    "ClosingCard.questions": About(("Who?",), _texts),
    "closing_card.questions": About(("Who?",), _texts),
    "ClosingCard.pitch": About(lambda _log: MADE["card"].pitch, _several(_anything)),
    "Guide.say": About(("So.",), _texts),
    "Guide.do": About(("So.",), _texts),
    "Guide.avoid": About(("So.",), _texts),
    "Letter.kind": _choice(cl.LetterKind),
    "Letter.to": _of("person", cl.Person),
    "Letter.paragraphs": About(("Dear,", "Yours,", "A."), _texts),
    "Letter.missing": About((), _texts),
    "Letter.gaps": About((), _texts),
    "Placed.yours": About(("So.",), _texts),
    "Placed.kit": About(("So.",), _texts),
    "PracticeRecord.tried": About(3, _whole_from(0)),
    "PracticeRecord.sides": About(lambda _log: cl.practice_record([]).sides, _mapping_of(_anything)),
    "PracticeRecord.verdicts": About(lambda _log: cl.practice_record([]).verdicts, _mapping_of(_anything)),
    "Question.interviewers": About((cl.Interviewer.PEER,), _several(_word_of(cl.Interviewer))),
    "Question.rounds": About((cl.Round.SCREEN,), _several(_word_of(cl.Round))),
    "Reading.score": SHARE,
    "Reading.certainty": SHARE,
    "Reason.fields": About(("felt",), _texts),
    "Remark.kind": About("slot", _is_text),
    "Review.words": About(3, _whole_from(0)),
    "Scenario.level": _choice(cl.Level),
    "Try.asked": About(cl.Asked.BOLD, _word_of(cl.Asked)),
    "Try.reply": About(lambda _log: MADE["tried"].reply, _is_text),
    "Try.steps": About(("summary",), _texts),
    "Try.seed": About(1, lambda value: _is_text(value) or _is_whole(value)),
    "Analysis.results": About(lambda _log: (outcomes.by_band,), _several(callable)),
    "adjusted.by": About("used", _word_of(["used", "followed", "thanks"])),
    "calibration.by": About("band", _word_of(["band", "score"])),
    "tally.by": About(["used"], lambda value: _is_text(value) or _texts(value)),
    "tally.log": About(
        lambda log: log,
        lambda value: isinstance(value, (cl.OutcomeLog, pd.DataFrame)) or _is_path(value) or _texts(value),
    ),
    "cases.log": LOG,
    "save_tally.by": About(["used"], lambda value: _is_text(value) or _texts(value)),
    "save_tally.path": About(lambda log: log.path.with_name("t.csv"), _is_path),
    "sentence.t": About(
        lambda _log: MADE["tally"], lambda value: _is_tally(value) or isinstance(value, outcomes.Result)
    ),
    **dict.fromkeys(
        ["stages.t", "first_answer.t", "invited.t", "figures.applications", "analysis_page.applications"],
        About(lambda _log: outcomes.applications(MADE["log"], DAY), _is_tally),
    ),
    "invited.by": About("source", _word_of(["source", "role", "month"])),
    "Analysis.needs": About(("band",), _texts),
    "Result.table": About(lambda _log: MADE["chart"].table, _a(pd.DataFrame)),
    "Result.caveats": About(("Still open: 3.",), _texts),
    "Result.about": About({"by": "used"}, _mapping_of(_anything)),
    "Chart.sentence": TEXT,
    "Chart.picture": About(lambda _log: MADE["chart"].picture, _anything),
    "Chart.cells": About(lambda _log: MADE["chart"].cells, _anything),
    "Chart.table": About(lambda _log: MADE["chart"].table, _a(pd.DataFrame)),
    "export_log.file": About(lambda log: log.path.with_name("e.csv"), _is_path),
    "sample_room.people": About(2, _whole_from(1)),
    "sample_room.seed": About(2, _whole_from(0)),
    "scenario.id": About("ward_nurse", _is_text),
    "letter.others": About(lambda _log: [MADE["person"]], _several(_a(cl.Person))),
    "letter.kind": _choice(cl.LetterKind),
    "letter.asked": About([DAY], _several(lambda one: _is_day(one) or _is_missing(one))),
    "nudge.asked": About([DAY], _several(lambda one: _is_day(one) or _is_missing(one))),
    "read_history.source": About(lambda log: cl.export_log(log, log.path.with_name("h.csv"), overwrite=True), _is_path),
    "OutcomeLog.add_attempt.kind": _choice(cl.AttemptKind),
    "OutcomeLog.add_event.kind": _choice(cl.EventKind),
    "OutcomeLog.row.kind": About(records.ApplicationRow, _a(type)),
    "OutcomeLog.rows.kind": About(records.ApplicationRow, _a(type)),
    "OutcomeLog.correct_assessment.interview": About(1, _is_whole),
    "OutcomeLog.reassess.interview": About(25, _is_whole),
    "LogRank.chi2": About(1.0, _anything),
    "LogRank.p_value": About(0.1, _anything),
    "Shrunk.mean": About(0.1, _anything),
    "Shrunk.low": About(0.1, _anything),
    "Shrunk.high": About(0.1, _anything),
    "import_csv.year": About(2026, _is_whole),
    "import_csv.name": TEXT,
    "import_csv.progress": About(None, callable),
    "import_csv.sheet": About(None, _is_text),
    "power.difference": About(0.2, _within(0, 1)),
    "power.rates": About((0.2, 0.4), _several(_within(0, 1))),
    "debrief.tried": _of("tried", cl.Try),
    "public_holidays.years": About([2026], _several(_is_whole)),
    "ExerciseForm.page": About("01_prepare", _is_text),
    "Stratified.tables": About(lambda _log: np.array(_TABLES), _is_counts),
    "Stratified.counts": About([1], _is_counts),
    "ImportReport.skipped": About((), _several(_anything)),
    "ImportReport.samples": About({}, _mapping_of(_anything)),
    "ImportReport.first": About((), _several(_anything)),
    "ImportReport.sheets": About((), _texts),
    "ImportReport.unknown_statuses": About((), _texts),
    "ImportReport.questions": About((), _texts),
    "ImportReport.remarks": About((), _several(_anything)),
    "ImportReport.number": About(1, _is_whole),
    "analysis_page.t": About(lambda _log: MADE["tally"].iloc[:0], _is_tally),
    "needed.power": About(0.8, _within(0, 1)),
    "OutcomeLog.undo_import.number": ROW,
    "Try.judged": _choice(cl.Band),
    "ClosingCard.short": About(("Thank you.",), _several(_is_text)),
}
_SLOW = ("AnalysisForm", "analysis_page", "RoomForm")  # with what is sound they draw a dozen charts
ALWAYS = {"sample_room": ("people",), "Try": ("seed",)}  # what is given although it need not be
EXTRA = {  # what goes into **changes and **where
    "OutcomeLog.update_application": ("company", "role", "applied_on", "source", "note"),
    "OutcomeLog.update_interview": (
        "application",
        "held_on",
        "round",
        "format",
        "used",
        "response",
        "promised_on",
        "note",
    ),
    "OutcomeLog.update_event": ("on", "note"),
    "OutcomeLog.rows": ("application", "company", "applied_on"),
}


# --- What is strange


class Anew(NamedTuple):
    """What can be gone through once, and is made for each call."""

    make: Callable[[], Any]


def draw(dice: random.Random, times: int) -> list[Any]:
    """Draw strange values."""
    return [one.make() if isinstance(one, Anew) else one for one in dice.sample(strange(), times)]


@functools.cache
def strange() -> list[Any]:
    """Give values that are seldom right."""
    recursive: list[Any] = []
    recursive.append(recursive)
    deep: Any = []
    for _ in range(5_000):
        deep = [deep]
    t = MADE["tally"]
    held = MADE["log"].interviews()["held_on"]
    return [
        None,
        True,
        False,
        0,
        -1,
        -3,
        1,
        2,
        1.0,
        1.5,
        math.nan,
        math.inf,
        -math.inf,
        10**30,
        -(2**70),
        10**5000,
        1e308,
        20261120,
        20261122,
        1 + 2j,
        decimal.Decimal("sNaN"),
        decimal.Decimal(1),
        fractions.Fraction(1, 3),
        np.int64(-3),
        np.int64(2),
        np.float64(2.0),
        np.float32("nan"),
        np.bool_(True),
        np.str_("first"),
        np.datetime64("NaT"),
        np.datetime64("2026-11-20"),
        np.timedelta64(3, "D"),
        "",
        " ",
        "x",
        "first",
        "3/4/2026",
        "20.11.2026",
        "2026-11-22",
        "2026-W47-5",
        "20261122",
        "\0",
        "a\0b",
        "\ud800",
        "\r\nBcc: x",
        "{x}",
        "=?utf-8?q?=0D=0ABcc=3A_x=40y.example?=",
        LONG,
        b"",
        b"x",
        bytearray(b"x"),
        "None",
        "nan",
        [],
        {},
        (),
        set(),
        [None],
        [1, 2],
        (1, 2, 3),
        [-1.5],
        [math.nan],
        [math.inf],
        ["x"],
        [[1, 2], [3]],
        [[math.inf, 1], [2, 3]],
        {"x": 1},
        {"overran": "yes"},
        {1: 2},
        recursive,
        deep,
        range(3),
        range(10**9),
        Anew(lambda: itertools.repeat("x", 3)),
        Anew(lambda: (x for x in "ab")),
        Anew(itertools.count),
        Anew(lambda: itertools.repeat(DAY)),
        object(),
        object,
        print,
        Ellipsis,
        NotImplemented,
        sys,
        lambda: None,
        ValueError("x"),
        cl.OutcomeLog,
        Path("x"),
        Path("/dev/null"),
        DAY,
        dt.date.min,
        dt.date.max,
        dt.datetime.combine(DAY, dt.time(9, 30)),
        dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        dt.time(9),
        dt.timedelta(3),
        pd.Timestamp("2026-11-20"),
        pd.Timestamp("2026-11-20 09:30"),
        pd.Timestamp("2026-11-20", tz="UTC"),
        pd.NaT,
        pd.NA,
        held[0],
        held,
        np.array([]),
        np.array([1.5, math.nan]),
        np.array([[1, 2], [3, 4]]),
        np.array(["x"]),
        np.array(3),
        np.zeros((2, 2, 2, 2)),
        np.array([[[1, -2], [3, 4]]]),
        pd.Series([1, 2]),
        pd.Series([], dtype=object),
        pd.DataFrame(),
        pd.DataFrame({"n": [1]}),
        pd.DataFrame({"a": [1], "b": ["x"]}),
        MADE["log"].interviews(),
        MADE["log"].events(),
        t,
        t.iloc[:0],
        t.assign(n=-1),
        t.assign(n=math.nan),
        t.assign(n=math.inf),
        t.assign(n=1.5),
        t.assign(n="3"),
        t.assign(n=10**17),
        t.assign(weeks=-1),
        t.assign(weeks=math.inf),
        t.assign(score=0.83),
        t.assign(band="great"),
        t.assign(outcome=[[1]] * len(t)),
        t.assign(used=3),
        pd.concat([t, t["n"]], axis=1),
        pd.concat([t, t["used"]], axis=1),
        t.drop(columns="n"),
        t["n"],
        t.assign(weeks="soon"),
        t.assign(n=True),
        outcomes.by_band(t),
        MADE["survival"],
        MADE["log"],
        MADE["assessment"],
        MADE["occasion"],
        cl.Tactic.MILD,
        cl.Round.FIRST,
        cl.Band,
        cl.EventKind.NUDGE,
    ]


# --- What is public


def public() -> dict[str, Callable[..., Any]]:
    """Give everything that can be called by a name of the contract."""
    named = {name: getattr(cl, name) for name in cl.__all__} | {
        name: getattr(outcomes, name) for name in outcomes.__all__
    }
    found = {name: one for name, one in named.items() if callable(one) and not _is_error(one)}
    methods = {f"OutcomeLog.{name}": one for name, one in _vars_of(cl.OutcomeLog).items() if callable(one)}
    return found | methods


def _vars_of(kind: type) -> dict[str, Any]:
    return {name: getattr(kind, name) for name in dir(kind) if not name.startswith("_")}


def _is_error(one: Any) -> bool:
    return isinstance(one, type) and issubclass(one, BaseException)


def arguments(name: str, function: Callable[..., Any]) -> dict[str, inspect.Parameter | None]:
    """Give the names of what a function is given, those of its fields of a row among them."""
    kinds = inspect.signature(function).parameters
    named = {key: one for key, one in kinds.items() if key != "self" and one.kind is not one.VAR_KEYWORD}
    return {**named, **dict.fromkeys(EXTRA.get(name, ()))}


def about(name: str, argument: str) -> About:
    """Give what is known of an argument."""
    found = OWN.get(f"{name}.{argument}") or ABOUT.get(argument)
    if found is None:
        raise LookupError(f"Say in ABOUT what {argument} of {name} may hold, and give a sound value.")
    return found


def sound(name: str, function: Callable[..., Any], log: cl.OutcomeLog) -> dict[str, Any]:
    """Give sound values for all that must be given."""
    if isinstance(function, enum.EnumType):
        return {"value": next(iter(function))}
    given = {}
    for argument, parameter in arguments(name, function).items():
        if argument in ALWAYS.get(name, ()) or (parameter is not None and parameter.default is parameter.empty):
            value = about(name, argument).sound
            given[argument] = value(log) if callable(value) and not isinstance(value, type) else value
    return given


def may_hold(name: str, function: Callable[..., Any], argument: str, value: Any) -> bool:
    """Tell whether a value is a sound one for an argument."""
    if isinstance(function, enum.EnumType):
        return _word_of(function)(value)
    parameter = inspect.signature(function).parameters.get(argument)
    may_be_missing = parameter is None or "None" in str(parameter.annotation)
    return (may_be_missing and (_is_missing(value) or _is_nat(value))) or about(name, argument).takes(value)


def _is_nat(value: Any) -> bool:
    return isinstance(value, np.datetime64) and bool(np.isnat(value))


# --- One call


class Hung(BaseException):
    """A call did not end in time."""


@dataclass
class Told:
    """What came of a call."""

    verdict: str  # "right", "told", "raw", "hang" or "silent"
    why: str = ""


def call(
    name: str, function: Callable[..., Any], given: dict[str, Any], strange_ones: set[str], log: cl.OutcomeLog
) -> Told:
    """Make one call, and judge what comes of it."""
    bound = functools.partial(function, log) if name.startswith("OutcomeLog.") else function
    positional = [
        given[key]
        for key, one in inspect.signature(function).parameters.items()
        if one.kind is one.POSITIONAL_ONLY and key in given
    ]
    by_name = {key: value for key, value in given.items() if key not in _positional(function)}
    try:
        with in_time(), warnings.catch_warnings():
            warnings.simplefilter("error")
            result = bound(*positional, **by_name)
            _look_into(result)
    except Hung:
        return Told("hang", "no answer in time")
    except Exception as error:  # every one of them is judged
        return _judged(error)
    wrong = [key for key in strange_ones if not may_hold(name, function, key, given[key])]
    if wrong:
        return Told("silent", f"{wrong[0]} was taken")
    return Told("silent", "nan in what is said") if _says_nothing(result) else Told("right")


def _positional(function: Callable[..., Any]) -> set[str]:
    return {key for key, one in inspect.signature(function).parameters.items() if one.kind is one.POSITIONAL_ONLY}


def _judged(error: Exception) -> Told:
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1].filename if frames else ""
    said = str(error)
    is_told = (
        isinstance(error, (ValueError, TypeError)) and not isinstance(error, UnicodeError) and last.startswith(LIBRARY)
    )
    where = f"{Path(last).name}:{frames[-1].lineno}"
    if (
        is_told
        and len(said) < 2_000
        and said.endswith((".", "…"))
        and any(mark in said for mark in (";", ":", ",", "give", "write", "must", "choose"))
    ):
        return Told("told", said)
    return Told("raw", f"{type(error).__name__} at {where}: {said[:160]}")


def _look_into(result: Any) -> None:
    """Work out what a result works out when it is asked for."""
    kind = type(result)
    if not isinstance(result, tuple):
        repr(result)
    if is_dataclass(result) and kind.__name__ != "Chart":
        for key in dir(kind):
            if not key.startswith("_") and isinstance(getattr(kind, key), (property, functools.cached_property)):
                getattr(result, key)


def _says_nothing(result: Any) -> bool:
    """Tell whether a number is none, or a text speaks of one that is none."""
    if isinstance(result, tuple) and result and all(isinstance(one, float) for one in result):
        return any(math.isnan(one) for one in result)
    if isinstance(result, outcomes.Result):
        said = [result.sentence, *result.table.get("sentence", [])]
        return any({"nan", "inf", "None", "<NA>", "NaT"} & {*str(one).replace("(", " ").split()} for one in said)
    letters = result if isinstance(result, tuple) else (result,)
    return any(
        isinstance(one, cl.Letter) and {"nan", "NaT", "<NA>"} & {*one.text.replace(".", " ").split()} for one in letters
    )


class in_time:  # noqa: N801  # reads as a verb
    """Let what is inside run for so long, and no longer."""

    def __enter__(self) -> None:
        for which, clock, seconds in _CLOCKS:
            signal.signal(which, self._end)
            signal.setitimer(clock, seconds, 1)  # and again, should it be caught

    def __exit__(self, *_error: object) -> None:
        for _, clock, _ in _CLOCKS:
            signal.setitimer(clock, 0)

    def _end(self, *_signal: object) -> None:
        raise Hung


# --- Many calls


def fresh(folder: Path) -> cl.OutcomeLog:
    """Give a log of its own, as the sample has it."""
    path = folder / "log.sqlite"
    path.write_bytes(MADE["log"].path.read_bytes())
    return cl.OutcomeLog(path)


def one_by_one(
    name: str, function: Callable[..., Any], dice: random.Random, values: int
) -> Iterator[tuple[dict[str, Any], set[str]]]:
    """Give calls with one strange value each: some values for each argument."""
    for argument in arguments(name, function):
        for value in draw(dice, values):
            if name in _SLOW and may_hold(name, function, argument, value):
                continue
            yield {argument: value}, {argument}


def at_random(name: str, function: Callable[..., Any], dice: random.Random) -> tuple[dict[str, Any], set[str]]:
    """Give a call with _several strange values at once."""
    names = [*arguments(name, function)]
    chosen = dice.sample(names, min(len(names), dice.choice([1, 1, 1, 2, 3])))
    return {argument: draw(dice, 1)[0] for argument in chosen}, {*chosen}


def tried(name: str, function: Callable[..., Any], changed: dict[str, Any], wrong: set[str], folder: Path) -> Told:
    """Make a call with sound values for all but what is changed, in a folder of its own."""
    log = fresh(folder)
    return call(name, function, sound(name, function, log) | changed, wrong, log)


def main() -> None:
    """Make many calls, and print the table of what came of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("calls", type=int, nargs="?", default=15_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    dice, verdicts, whys, begun = random.Random(asked.seed), Counter(), Counter(), time.monotonic()  # noqa: S311  # no secret
    callables = {name: one for name, one in public().items() if arguments(name, one) and asked.only in name}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CLOSING_DATA"] = folder
        os.chdir(folder)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        with suppress(KeyboardInterrupt):  # then the table tells of the calls so far
            for turn in range(asked.calls):
                name = [*callables][turn % len(callables)]
                changed, wrong = at_random(name, callables[name], dice)
                told = tried(name, callables[name], changed, wrong, Path(folder))
                verdicts[told.verdict] += 1
                if told.verdict not in ("right", "told"):
                    given = ", ".join(f"{key}={_short(changed[key])}" for key in wrong)
                    whys[f"{told.verdict:7}{name}({given}): {told.why}"] += 1
    for why, times in sorted(whys.items()):
        print(f"{times:5} {why}")
    print(f"{sum(verdicts.values())} calls of {len(callables)} functions in {time.monotonic() - begun:.0f} s")
    for verdict in ("right", "told", "raw", "hang", "silent"):
        print(f"{verdict:8}{verdicts[verdict]:7}")


def _short(value: Any) -> str:
    try:
        return " ".join(repr(value)[:50].split())
    except Exception:  # a number too long to write
        return type(value).__name__


if __name__ == "__main__":
    main()
