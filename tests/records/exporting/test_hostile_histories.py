"""Histories that somebody made to cost minutes: each refused at once, in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

import closing_lib as cl
from closing_lib.records import LogError

HEAD = "record,application,company,role,day,kind,note\n"


@pytest.mark.parametrize("line", ["event,1,A,R,{},rejected,x", "event,{},A,R,2026-11-02,rejected,x"])
def test_a_day_or_a_number_of_very_many_digits_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "history.csv"
    path.write_text(f"{HEAD}{line.format('9' * 900_000)}\n", encoding="utf-8")
    with pytest.raises(LogError, match="is no history of this kit"):
        cl.read_history(path)


def test_what_a_line_has_beyond_the_headings_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(f"{HEAD}event,1,A,R,2026-11-02,rejected,x{',' * 100_000}\n", encoding="utf-8")
    assert cl.read_history(path).events()["kind"].tolist() == ["rejected"]  # it took 20 s
