"""Looking again and again at what grows: how often chance finds something at one look of many."""

from __future__ import annotations

import pytest

from closing_lib.outcomes.statistics.multiplicity import claimed_by_chance


@pytest.mark.parametrize(
    ("looks", "chance"), [(1, 0.05), (2, 0.083), (3, 0.107), (4, 0.126), (5, 0.142), (10, 0.193), (20, 0.248)]
)
def test_unplanned_looks_find_as_often_as_published(looks: int, chance: float) -> None:
    assert claimed_by_chance(looks) == pytest.approx(chance, abs=0.0006)  # Armitage, McPherson and Rowe, 1969


def test_what_cannot_be_says_why() -> None:
    with pytest.raises(ValueError, match="give a whole number of looks"):
        claimed_by_chance(51)
