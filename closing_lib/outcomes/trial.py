"""The trial's data: what was drawn and what came of it as a file to pool, and many of them as one tally."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import pandas as pd

from closing_lib.arguments import InvalidAnswer, refused, shown, validate_call
from closing_lib.content import text
from closing_lib.content.trial import trial_plan
from closing_lib.files import from_home
from closing_lib.models import Pair
from closing_lib.outcomes.counting.frames import count_frame
from closing_lib.outcomes.given import as_tally
from closing_lib.outcomes.tally import tally
from closing_lib.records import DrawRow, OutcomeLog
from closing_lib.records.file_names import shown as named
from closing_lib.records.saving import save

TRIAL_KEYS = ("person", "round", "used", "drawn", "drawn_from", "outcome")
_VERSION = "protocol"


def _source(name: str, given: object) -> OutcomeLog | pd.DataFrame:
    if isinstance(given, OutcomeLog):
        return given
    if not isinstance(given, pd.DataFrame):
        raise refused(name, given, "give a log, or a tally that knows its people")
    return as_tally(name, given)


@validate_call
def save_trial(source: Annotated[OutcomeLog | pd.DataFrame, _source], path: str | os.PathLike[str]) -> str:
    """Write what was drawn, and what came of it, into a file that can be pooled; and say what it tells.

    It holds the version of the protocol, and for each interview that was drawn for: whose it is, as a random number;
    its round; what was drawn, and from which pair; what was asked; and what came of it. No company, no name, no day. A
    draw whose interview is still to come, or was never logged, is in it without an outcome.

    The source is a log; or a tally of several people, who are known by their numbers. The path ends in ``.csv``; a file
    that is there is replaced. ValueError if nothing was drawn, the tally does not know its people, or the file cannot
    be written.
    """
    target = from_home(path)
    if target.suffix.lower() != ".csv":
        raise ValueError(f"The trial cannot be written to {shown(target.name)}; give a name that ends in .csv.")
    found, versions = _of_log(source) if isinstance(source, OutcomeLog) else _of_tally(source)
    if found.empty:
        raise InvalidAnswer(text("results.randomised.none"))
    written = found.assign(**{_VERSION: versions})[[_VERSION, *TRIAL_KEYS, "n"]]
    save(target, written.to_csv(index=False, lineterminator="\n").encode())
    held = int(found.loc[found["outcome"].notna(), "n"].sum())
    return text("many_files.trial_saved", name=target.name, n=int(found["n"].sum()), held=held)


@validate_call
def read_trials(paths: Iterable[os.PathLike[str] | str]) -> pd.DataFrame:
    """Pool files that `save_trial` wrote into one tally, for `randomised`; each person counts once.

    Where several files are of one person, that with the most draws counts: it is the latest. ValueError if one is no
    file of the trial, or of a protocol that is not known.
    """
    people: dict[int, pd.DataFrame] = {}
    for path in paths:
        found = _read(from_home(path))
        for person in found["person"].unique().tolist():
            rows, known = found[found["person"] == person], people.get(person)
            if known is None or known["n"].sum() < rows["n"].sum():
                people[person] = rows
    if not people:
        raise ValueError("There are no files of the trial; give at least one.")
    return count_frame(pd.concat(people.values(), ignore_index=True), TRIAL_KEYS)


def _of_log(log: OutcomeLog) -> tuple[pd.DataFrame, str]:
    person, draws = log.person, log.rows(DrawRow)
    held = tally(log, by=[name for name in TRIAL_KEYS if name != "person"])
    waiting = [_waiting(row) for row in draws if row.interview is None]
    rows = pd.concat([held[held["drawn"].notna()], pd.DataFrame(waiting, columns=held.columns)], ignore_index=True)
    typed = as_tally("source", rows.assign(person=person))
    return count_frame(typed, TRIAL_KEYS), " ".join(sorted({row.protocol for row in draws}))


def _waiting(row: DrawRow) -> dict[str, object]:
    pair = Pair.MILD_STANDING if row.standing else Pair.MILD_BOLD
    return {"round": str(row.round), "drawn": str(row.drawn[pair]), "drawn_from": str(pair), "n": 1}


def _of_tally(t: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    if missing := [name for name in TRIAL_KEYS if name not in t]:
        raise InvalidAnswer(text("many_files.lacks_column", column=missing[0]))
    drawn = t[t["drawn"].notna()]
    return count_frame(drawn[[*TRIAL_KEYS, "n"]], TRIAL_KEYS), trial_plan().version


def _read(path: Path) -> pd.DataFrame:
    try:
        found = pd.read_csv(path, dtype={_VERSION: "str"})
    except (OSError, ValueError) as error:
        raise InvalidAnswer(text("many_files.no_trial", name=named(path.name))) from error
    if [*found.columns] != [_VERSION, *TRIAL_KEYS, "n"] or found.empty or found["person"].isna().any():
        raise InvalidAnswer(text("many_files.no_trial", name=named(path.name)))
    if any(version != trial_plan().version for version in found[_VERSION]):
        raise InvalidAnswer(text("many_files.other_protocol", name=named(path.name), version=trial_plan().version))
    return as_tally(path.name, found)
