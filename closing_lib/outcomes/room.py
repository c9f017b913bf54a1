"""A room of people who do not exist, each with a tally to share: what a careers service would have on its desk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd

from closing_lib.arguments import InvalidAnswer, count, validate_call, whole
from closing_lib.content import text
from closing_lib.content.loading import read_neutral
from closing_lib.files import from_home, make_folder, read_whole
from closing_lib.models import Asked
from closing_lib.outcomes.sharing import as_csv
from closing_lib.outcomes.tally import tally
from closing_lib.outcomes.vocabulary import OPEN, OWN_KEYS, WORDS, Followed, Nudged, Thanks
from closing_lib.records.file_names import shown
from closing_lib.records.log import default_path
from closing_lib.records.saving import save

Number = Annotated[int, count]
People = Annotated[int, partial(whole, most=100_000, remedy="give a whole number of people, up to 100,000")]
FILE = "room.toml"
_TWO_WEEKS = 2

Draw = np.random.Generator
Model = Mapping[str, Any]


@validate_call
def sample_room(folder: str | os.PathLike[str] | None = None, people: People = 200, seed: Number = 1) -> Path:
    """Write the tallies of a room of invented people, as each of them would share it: one CSV file a person.

    The people are drawn from the model in ``content/room.toml``, which holds all its numbers. Bold questions follow
    good interviews there, and do nothing beyond that.

    Parameters
    ----------
    folder : path-like or None
        Where to write them; made if it is not there. None: the folder ``sample_room`` beside the person's own log,
        where they stay for the next time.
    people : int
        How many.
    seed : int
        The same seed gives the same room.

    Returns
    -------
    pathlib.Path
        The folder, with ``person_001.csv`` and so on.

    Raises
    ------
    ValueError
        If there is nobody, or a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in sorted(sample_room(folder, people=3).iterdir())]
    ['person_001.csv', 'person_002.csv', 'person_003.csv']
    """
    if people < 1:
        raise ValueError(f"There are no rooms of {people} people; ask for one at least.")
    kept = default_path().parent / "sample_room" / f"{people}-{seed}"
    into = kept if folder is None else from_home(folder)
    try:
        make_folder(into)
    except (OSError, ValueError) as error:  # the second for a character that no name can have
        why = getattr(error, "strerror", None) or error
        raise InvalidAnswer(text("files.not_written", name=shown(into.name), error=why)) from error
    for number, t in enumerate(room_tallies(people, seed), start=1):
        path, content = into / f"person_{number:03}.csv", as_csv(t)
        if not _holds(path, content):
            save(path, content)
    return into


def room_tallies(people: int, seed: int = 1) -> Iterator[pd.DataFrame]:
    """Draw the tally of each of the people of a room, all counted at once: that is quicker than one by one."""
    each = (person_asks(np.random.default_rng([seed, number])).assign(person=number) for number in range(people))
    t = tally(pd.concat(each, ignore_index=True), by=["person", *OWN_KEYS])
    return (own.drop(columns="person").reset_index(drop=True) for _, own in t.groupby("person", sort=True))


def person_asks(draw: Draw) -> pd.DataFrame:
    """Draw the asks of one person, one line an interview; who moves forward has the next round of that application."""
    model: Model = read_neutral(FILE)
    low, high = model["applications"]
    level, taste = draw.normal(0, model["level"]), draw.normal(0, model["taste"])
    rounds = _drawn(draw, model["begins"], int(draw.integers(low, high + 1)))
    parts = []
    while len(rounds):
        parts.append(_interviews(draw, model, rounds, (level, taste)))
        came = parts[-1].loc[parts[-1]["outcome"] == "advanced", "round"]
        rounds = came.map(model["next"]).to_numpy()
    return pd.concat(parts, ignore_index=True)[OWN_KEYS]


def _interviews(draw: Draw, model: Model, rounds: np.ndarray, person: tuple[float, float]) -> pd.DataFrame:
    """Draw one interview for each of some rounds, of a person with a level and a taste for the bold question."""
    n = len(rounds)
    band = _drawn(draw, model["band"], n)
    used = _used(draw, model, band, person[1])
    found = pd.DataFrame({"round": rounds, "band": band, "used": used, "drawn": None, "drawn_from": None})
    found["outcome"], found["weeks"] = _outcomes(draw, model, found, person[0])
    found["response"] = [draw.choice(WORDS["response"], p=model["response"][one]) for one in band]
    found["score"] = [int(draw.choice(model["score"][one])) for one in band]
    found["followed"] = _drawn(draw, model["followed"], n, list(Followed))
    found["thanks"] = _drawn(draw, model["thanks"], n, list(Thanks))
    patience = draw.random(n)
    asked = pd.Series(np.where(patience < model["nudged"]["early"], 1, _TWO_WEEKS))
    is_nudged = (patience < model["nudged"]["later"]) & (asked <= found["weeks"])  # by those who are silent then
    found["nudged"] = np.where(is_nudged, str(Nudged.YES), str(Nudged.NO))
    found["reminded"] = asked.where(is_nudged)
    return found


def _used(draw: Draw, model: Model, band: np.ndarray, taste: float) -> np.ndarray:
    often = _chances([model["bold"][one] for one in band], taste)
    others = _drawn(draw, model["used"], len(band))
    return np.where(draw.random(len(band)) < often, str(Asked.BOLD), others)


def _outcomes(draw: Draw, model: Model, asked: pd.DataFrame, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Draw what comes of each, and after how many weeks; open where it was not followed for that long."""
    n = len(asked)
    shift = level + np.log([model["odds"][one] for one in asked["used"]])
    is_good = draw.random(n) < _chances([model["progresses"][one] for one in asked["band"]], shift)
    good = np.where(asked["round"].isin([*model["next"]]), _drawn(draw, model["good"], n), "offer")
    ends = np.where(is_good, good, _drawn(draw, model["bad"], n))
    answer = draw.exponential(model["weeks"]["answer"], size=n)
    watched = draw.uniform(0, model["weeks"]["watched"], size=n)
    return np.where(answer < watched, ends, OPEN), np.minimum(answer, watched).astype(int)


def _chances(usual: Sequence[float], shift: Any) -> np.ndarray:
    """Shift chances on the scale of log odds."""
    odds = np.array(usual) / (1 - np.array(usual)) * np.exp(shift)
    return np.asarray(odds / (1 + odds))


def _drawn(draw: Draw, shares: Mapping[str, float], n: int, words: Sequence[str] | None = None) -> np.ndarray:
    names = [str(word) for word in words or shares]
    return draw.choice(names, size=n, p=[shares[name] for name in names])


def _holds(path: Path, content: bytes) -> bool:
    try:
        return read_whole(path, len(content)) == content
    except OSError:
        return False
