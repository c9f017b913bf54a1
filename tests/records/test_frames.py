from __future__ import annotations

import pandas as pd
import pytest
from without_triggers import without_triggers

from closing_lib.assessment import Assessment
from closing_lib.content import signs
from closing_lib.models import (
    Asked,
    AttemptKind,
    Band,
    Choice,
    EventKind,
    Format,
    Pair,
    RegistrationKind,
    Response,
    Round,
    Settled,
    Tactic,
)
from closing_lib.records import OutcomeLog

DAY, STAMP = "datetime64[us]", "datetime64[us, UTC]"


def words(kind: type[Choice], *, ordered: bool = True) -> pd.CategoricalDtype:
    return pd.CategoricalDtype([word.value for word in kind], ordered=ordered)


EXPECTED = {
    "applications": {
        "application": "int64",
        "company": "str",
        "role": "str",
        "applied_on": DAY,
        "source": "str",
        "note": "str",
    },
    "interviews": {
        "interview": "int64",
        "application": "int64",
        "held_on": DAY,
        "round": words(Round),
        "format": words(Format, ordered=False),
        "used": words(Asked),
        "response": words(Response),
        "promised_on": DAY,
        "interviewers": "str",
        "advised": words(Tactic),
        "note": "str",
        "band": words(Band),
        "score": "float64",
        "certainty": "float64",
        "answered_at": STAMP,
        "locked_at": STAMP,
        "hindsight": "bool",
        "corrected": "bool",
        "drawn": words(Tactic),
        "drawn_from": words(Pair, ordered=False),
        "drawn_at": STAMP,
    },
    "events": {"application": "int64", "event": "Int64", "kind": words(EventKind), "on": DAY, "note": "str"},
    "assessments": {
        "assessment": "int64",
        "interview": "int64",
        "answered_at": STAMP,
        "band": words(Band),
        "score": "float64",
        "certainty": "float64",
        "edition": "int64",
        "locked_at": STAMP,
        "corrects": "Int64",
        "why": "str",
        "hindsight": "bool",
        "felt": "Int64",
        "confidence": "Int64",
        "risk": "Int64",
        "wants_answer": "boolean",
        "already": words(Settled),
        "format": words(Format, ordered=False),
        "round": words(Round),
        "decides": "boolean",
        "open_concern": "boolean",
        "scripted": "boolean",
        "short_of_time": "boolean",
    }
    | {f"signs.{sign.id}": "boolean" for sign in signs()},
    "draws": {
        "draw": "int64",
        "application": "Int64",
        "interview": "Int64",
        "round": words(Round),
        "standing": "bool",
        "bold": "bool",
        "direct": "bool",
        "block": "str",
        "number": "int64",
        "protocol": "str",
        "made_at": STAMP,
    },
    "registrations": {
        "registration": "int64",
        "kind": words(RegistrationKind, ordered=False),
        "item": "str",
        "looks": "Int64",
        "made_at": STAMP,
    },
    "attempts": {
        "attempt": "int64",
        "kind": words(AttemptKind, ordered=False),
        "item": "str",
        "passed": "bool",
        "made_at": STAMP,
        "detail": "str",
    },
}


def filled(log: OutcomeLog) -> OutcomeLog:
    application = log.add_application("Acme", applied_on="2026-11-02")
    log.add_application("Umbrella", "Analyst", source="friend", note="n")
    assessment = Assessment(signs={"overran": True, "cut_off": False}, felt=None, already="offer", format="phone")
    interview = log.add_interview(
        application, "2026-11-20", assessment=assessment, used="other", promised_on="2026-11-27"
    )
    log.add_interview(application)
    log.add_event(application, "offer", on="2026-11-21")
    log.add_event(application, "withdrew")
    log.correct_assessment(interview, Assessment(felt=5), why="mistyped")
    log.add_attempt("practice", "a_case", passed=False, detail={"said": "Grüße", "turns": 4, "hinted": None})
    return log


@pytest.mark.parametrize("table", EXPECTED)
@pytest.mark.parametrize("fill", [filled, lambda log: log], ids=["filled", "empty"])
def test_columns_and_types_are_the_same_with_and_without_rows(log: OutcomeLog, table: str, fill) -> None:
    found = getattr(fill(log), table)()
    assert found.dtypes.to_dict() == {name: pd.Series(dtype=dtype).dtype for name, dtype in EXPECTED[table].items()}
    assert isinstance(found.index, pd.RangeIndex)


def test_values(log: OutcomeLog) -> None:
    interviews = filled(log).interviews()
    first, second = interviews.to_dict("records")
    assert (first["held_on"], first["promised_on"]) == (pd.Timestamp("2026-11-20"), pd.Timestamp("2026-11-27"))
    assert (first["format"], first["used"], first["corrected"], first["hindsight"]) == ("phone", "other", True, False)
    assert interviews.loc[1, ["held_on", "format", "used", "band", "score", "answered_at"]].isna().all()
    assert (second["round"], second["corrected"], second["hindsight"]) == ("first", False, False)
    assert (interviews["used"] > Asked.MILD).tolist() == [True, False]


def test_answers_stand_in_columns_of_their_own(log: OutcomeLog) -> None:
    assessments = filled(log).assessments()
    assert assessments["felt"].isna().tolist() == [True, False]
    assert assessments["already"].tolist()[0] == "offer"
    assert assessments["signs.overran"].tolist()[0] is True
    assert assessments["signs.cut_off"].tolist()[0] is False
    assert assessments["signs.warmth"].isna().all()
    assert assessments["corrects"].tolist()[1] == 1


def test_a_sign_that_the_kit_no_longer_has_is_still_shown(log: OutcomeLog) -> None:
    filled(log)
    with log._file.writing() as db:
        db.run("UPDATE interview SET note = 'old'")
        with without_triggers(db, "keep_from_change"):
            db.run(
                """UPDATE assessment SET answers = '{"signs": {"applause": true}, "felt": 2}' WHERE assessment = 1"""
            )
    assessments = log.assessments()
    assert assessments["signs.applause"].tolist()[0] is True
    assert assessments["confidence"].isna().tolist() == [True, False]


def test_tables_merge_by_the_number_of_the_application(log: OutcomeLog) -> None:
    filled(log)
    merged = log.interviews().merge(log.applications(), on="application", suffixes=("", "_of_application"))
    assert merged["company"].tolist() == ["Acme", "Acme"]


def test_numbers_from_a_table_lead_back_to_the_row(log: OutcomeLog) -> None:
    events = filled(log).events()
    log.delete_event(events.loc[events["kind"] == "withdrew", "event"].iloc[0])
    assert events["kind"].tolist() == ["applied", "interview", "offer", "withdrew"]
    assert log.events()["kind"].tolist() == ["applied", "interview", "offer"]
