"""What holds for every sentence of sixty tallies, in each language: nothing missing, no rate that is not there."""

from __future__ import annotations

import math
import os
import re
from functools import cache

import pytest
from test_every_result import RESULTS, TO_A_PERSON
from varied import varied

from closing_lib.content import LANGUAGES
from closing_lib.outcomes import sentence

OTHERS = ("adjusted", "strata", "power", "randomised")  # which are compared, and have tests of their own
NAMES = [name for name, result in RESULTS.items() if not name.startswith(OTHERS)]
_ALL = re.compile(r"(?<![\d.,])100\s?%")
_NONE = re.compile(r"(?<![\d.,])0\s?%")


@cache
def of_all(which: str, language: str) -> str:
    assert os.environ["CLOSING_LANG"] == language
    return sentence(varied()[which])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_says_what_its_row_counts(name: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    for which, t in [*varied().items()][:: 1 if language == "en" else 4]:
        found = RESULTS[name](t)
        for told in [*found.table["sentence"], *found.caveats, found.sentence, of_all(which, language)]:
            words = {*re.split(r"[\s()«»“”;,]+", told.replace("None of them", ""))}
            assert not {"nan", "None", "<NA>", "inf", "{", "}"} & words, (which, told)
            assert not re.search(r"\{|\}|(?<![.,\d])\d{4}|  |\.\.", told), (which, told)
        if which.startswith("a room of"):
            assert not re.search(TO_A_PERSON[language], found.sentence), (which, found.sentence)
        for row in found.table.to_dict("records"):
            _is_true(name, which, row)


def _is_true(name: str, which: str, row: dict[str, object]) -> None:
    told, where = str(row["sentence"]), (which, row["sentence"])
    rate = row.get("rate", row.get("waiting", row.get("incidence")))
    if name in {"brier", "shrunk"}:
        return
    if name == "bounds":
        rate = row["low"]
    if isinstance(rate, float) and math.isnan(rate):
        assert "%" not in told.replace("50%", "").replace("50\u00a0%", "") or name == "calibration by score", where
        return
    first = re.search(r"[\d.,]+\s?%", told)
    if name in ("silence", "asked again") or ("if_open_fail" in row and name != "bounds"):
        counted = int(row.get("n", row.get("silent")))  # type: ignore[call-overload]
        assert counted >= 5, where
    if name == "silence":
        parts = [int(row[one]) for one in ("heard", "no_reply", "open", "withdrew")]  # type: ignore[call-overload]
        assert row["silent"] == sum(parts), where
    if first is not None and name not in {"bounds", "calibration by score"}:
        assert not (_ALL.fullmatch(first[0]) and rate < 1 - 1e-9), where  # type: ignore[operator]
        assert not (_NONE.fullmatch(first[0]) and rate > 1e-9), where  # type: ignore[operator]
