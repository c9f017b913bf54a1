"""Tables of results: each rate stands beside its count, its interval is drawn where it is, and a few have none."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd
import pytest
from driving import tags_of, text_of

from closing_lib.content import text
from closing_lib.documents.markup import shown, table
from closing_lib.forms.base.tables import tactics_table
from closing_lib.models import Asked, Band, Response
from closing_lib.outcomes import rate_interval
from closing_lib.outcomes.tally import OUTCOMES

AWKWARD = '<b>"it\'s" & {now}</b>'


def counted(*rows: tuple[str | None, str, str, int]) -> pd.DataFrame:
    """Give the tally of rows of band, what was asked, outcome and n."""
    t = pd.DataFrame(rows, columns=["band", "used", "outcome", "n"]).assign(response=None, weeks=1)
    words = {"band": list(Band), "used": list(Asked), "response": list(Response), "outcome": OUTCOMES}
    return t.astype(
        {name: pd.CategoricalDtype([str(word) for word in known], ordered=True) for name, known in words.items()}
    )


def lines(html: str) -> list[list[str]]:
    """Give the rows of a table as texts, the group headings too."""
    rows = re.findall("<tr>(.*?)</tr>", html)
    return [[text_of(cell) for cell in re.findall("<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


class TestAnyTable:
    def test_escapes_its_headings_and_takes_its_cells_as_they_are(self) -> None:
        html = table([AWKWARD, "Two"], [("<em>1</em>", "&lt;")], AWKWARD)
        assert lines(html) == [[AWKWARD, "Two"], ["1", "<"]]
        assert text_of(html).count(AWKWARD) == 2  # the caption and the heading
        assert "<b []>" not in tags_of(html)
        assert "<em []>" in tags_of(html)

    def test_has_a_caption_headings_for_its_columns_and_a_name_for_where_it_scrolls(self) -> None:
        html = table(["One"], [], "What it is")
        assert '<caption class="ck-unseen">What it is</caption>' in html
        assert '<th scope="col">One</th>' in html
        assert 'role="region" aria-label="What it is" tabindex="0"' in html

    @pytest.mark.parametrize(
        ("value", "said"), [(None, "–"), (dt.date(2026, 11, 2), "2 Nov 2026"), (AWKWARD, AWKWARD), (0, "0"), ("", "")]
    )
    def test_a_value_is_shown_escaped_and_a_missing_one_as_a_dash(self, value: object, said: str) -> None:
        assert text_of(f"<p>{shown(value)}</p>") == said
        assert tags_of(f"<p>{shown(value)}</p>") == ["<p []>", "</p>"]


class TestTheTacticsTable:
    def test_stands_by_band_from_the_best_and_by_tactic_from_the_boldest(self) -> None:
        t = counted(
            ("poor", "standing", "rejected", 1),
            ("well", "mild", "offer", 1),
            ("unsure", "nothing", "rejected", 1),
            ("well", "bold", "rejected", 1),
        )
        named = [row[0] for row in lines(tactics_table(t))[1:]]
        band = {name: text(f"outcomes.band.{name}") for name in Band}
        together = text("outcomes.any_tactic")
        assert named == [
            *(band["well"], "bold", "mild", together),
            *(band["unsure"], "asked nothing", together),
            *(band["poor"], "where you stand", together),
            *(text("outcomes.all_bands"), "mild", "where you stand", "bold", "asked nothing"),
        ]

    def test_has_a_row_for_each_band_as_a_whole(self) -> None:
        t = counted(("well", "bold", "offer", 3), ("well", "mild", "offer", 1), ("well", "mild", "rejected", 1))
        together = next(row for row in lines(tactics_table(t)) if row[0] == text("outcomes.any_tactic"))
        assert together == [text("outcomes.any_tactic"), "4 of 5", "80% (38% to 96%)", "0"]

    def test_leaves_nobody_out_who_did_not_assess(self) -> None:
        t = counted(("well", "mild", "offer", 1), (None, "mild", "rejected", 2))
        rows = lines(tactics_table(t))
        assert rows[rows.index([text("outcomes.not_assessed")]) + 1][:2] == ["mild", "0 of 2"]

    def test_shows_count_rate_and_interval_in_words(self) -> None:
        t = counted(("well", "bold", "offer", 4), ("well", "bold", "rejected", 1), ("well", "bold", "open", 3))
        row = lines(tactics_table(t))[2]
        bounds = text("outcomes.bounds", fail="50%", succeed="88%")
        assert row == ["bold", "4 of 5", "80% (38% to 96%)", f"3 ({bounds})"]

    def test_has_no_bounds_where_nothing_is_open(self) -> None:
        row = lines(tactics_table(counted(("well", "bold", "offer", 5))))[2]
        assert row[-1] == "0"

    def test_draws_the_interval_where_it_is(self) -> None:
        t = counted(("well", "mild", "advanced", 3), ("well", "mild", "no_reply", 17))
        low, high = rate_interval(3, 20)
        drawn = re.search(r"left:([\d.]+)%;width:([\d.]+)%.*left:([\d.]+)%", tactics_table(t))
        assert drawn is not None
        left, width, dot = map(float, drawn.groups())
        assert left == pytest.approx(100 * low, abs=0.051)
        assert left + width == pytest.approx(100 * high, abs=0.11)
        assert dot == pytest.approx(15)
        assert 0 < left < dot < left + width < 100

    def test_what_is_drawn_is_hidden_from_a_screen_reader_which_has_the_words(self) -> None:
        html = tactics_table(counted(("well", "bold", "offer", 5)))
        assert '<span class="ck-interval" aria-hidden="true">' in html
        assert "<small>100% (57% to 100%)</small>" in html

    @pytest.mark.parametrize("n", [1, 4])
    def test_has_no_percentage_for_a_few(self, n: int) -> None:
        t = counted(("well", "bold", "offer", n), ("well", "bold", "open", 9), ("well", "bold", "withdrew", 9))
        html = tactics_table(t)
        assert lines(html)[2] == ["bold", f"{n} of {n}", text("outcomes.few", needed=5), "9"]
        assert "ck-interval" not in html

    def test_of_nothing_has_headings_alone(self) -> None:
        html = tactics_table(counted())
        assert len(lines(html)) == 1
        assert len(lines(html)[0]) == 4

    def test_every_row_has_its_heading(self) -> None:
        html = tactics_table(counted(("well", "bold", "offer", 5), ("poor", "mild", "rejected", 2)))
        assert html.count('scope="row"') == 2 + 2 + 2  # each tactic, each band together, each tactic in all bands
        assert html.count('scope="rowgroup" colspan="4"') == 3
        assert text_of(html)
