"""Charts: the same bytes everywhere, for every eye and none, in each language, and nobody's settings touched."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from lxml import etree, html
from PIL import Image
from test_every_result import RESULTS

from closing_lib import outcomes
from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.outcomes import Chart, chart, tally
from closing_lib.outcomes.charts import page, paper
from closing_lib.outcomes.vocabulary import WORDS
from closing_lib.records import sample_log

DRAW = """
import hashlib, json, sys
import closing_lib as cl
t = cl.tally(cl.sample_log())
found = {}
for name in ("by_tactic", "time_to_answer", "strata"):
    made = cl.outcomes.chart(getattr(cl.outcomes, name)(t))
    written = (made.svg.encode(), made._repr_html_().encode(), made.png(72))
    found[name] = [hashlib.sha256(one).hexdigest() for one in written]
pyplot = "matplotlib.pyplot" in sys.modules
"""
ODD = {"svg.fonttype": "path", "svg.hashsalt": "odd", "font.size": 31, "font.family": "serif", "lines.linewidth": 9,
       "text.usetex": False, "savefig.dpi": 41, "savefig.bbox": "tight", "axes.facecolor": "black"}  # fmt: skip


@pytest.fixture(scope="module")
def t() -> pd.DataFrame:
    found = tally(sample_log())  # as if what was asked had been drawn
    return found.assign(drawn=found["used"].astype("object").where(found["used"].isin(WORDS["drawn"])))


@pytest.fixture(scope="module")
def made(t: pd.DataFrame) -> Chart:
    return chart(outcomes.by_tactic(t))


class TestTheSameEverywhere:
    def test_a_fresh_process_writes_the_same_bytes_whatever_the_person_has_set(self, tmp_path: Path) -> None:
        settings = tmp_path / "matplotlibrc"
        settings.write_text("".join(f"{name}: {value}\n" for name, value in ODD.items()), encoding="utf-8")
        page.drawn.cache_clear()
        exec(DRAW, here := {})  # noqa: S102  # in this process, whose hashes are seeded otherwise
        ran = subprocess.run(
            [sys.executable, "-c", f"{DRAW}print(json.dumps([found, pyplot]))"],
            env=os.environ | {"PYTHONHASHSEED": "2", "MATPLOTLIBRC": str(settings)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(ran.stdout) == [here["found"], False], "pyplot would keep figures, and choose a backend"

    def test_the_settings_stay_as_they_were(self, t: pd.DataFrame) -> None:
        plain = chart(outcomes.by_band(t)).svg
        with mpl.rc_context({"font.size": 31, "lines.linewidth": 9}):
            before = dict(mpl.rcParams)
            assert chart(outcomes.by_band(t)).svg == plain
            assert dict(mpl.rcParams) == before

    def test_no_file_tells_when_or_by_which_version_it_was_made(self, made: Chart) -> None:
        assert not re.search(r"20\d\d-\d\d|<metadata|<!--|[Mm]atplotlib", made.svg)
        assert not {"Software", "Creation Time"} & {*Image.open(io.BytesIO(made.png())).info}

    def test_the_words_are_those_of_the_language_in_which_it_was_made(
        self, t: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        english = chart(outcomes.time_to_answer(t))
        before = english._repr_html_(), english.svg
        monkeypatch.setenv("CLOSING_LANG", "es")
        page.drawn.cache_clear()
        again = Chart(**{name: getattr(english, name) for name in english.__dataclass_fields__})
        assert (again._repr_html_(), again.svg) == before
        spanish = chart(outcomes.time_to_answer(t))
        assert "Cuánto tarda una respuesta" in spanish.svg
        assert ">50\u00a0%<" in spanish.svg
        assert not re.search("still|answer by|Band between", spanish._repr_html_())


class TestOnAPage:
    @pytest.mark.parametrize("name", RESULTS)
    def test_is_an_image_with_words_and_a_table_beside_it(
        self, name: str, t: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            page, "drawn", lambda _, width: f'<svg data-width="{width}"></svg>'
        )  # drawn by the tests of marks
        result = RESULTS[name](t)
        made = chart(result)
        found = html.fragment_fromstring(made._repr_html_())
        (figure,) = found.iter("figure")
        assert figure.get("role") == "img"
        assert figure.get("aria-label") == made.alt
        assert made.alt.startswith(f"{made.title}. {text('charts.how.rows')[:10]}")
        assert made.opening in made.alt
        assert [svg.get("data-width") for svg in figure.iter("svg")] == ["700", "320"]
        assert not [*figure.iter("table")]
        (table,) = found.iter("table")
        head, *rows = table.iter("tr")
        assert all(cell.get("scope") == "col" for cell in head)
        assert [row[0].get("scope") for row in rows] == ["row"] * len(result.table)
        assert [item.text_content() for item in found.iter("li")] == result.table["sentence"].tolist()
        assert result.chart().html == result._repr_html_() == made.html

    @pytest.mark.parametrize("name", RESULTS)
    def test_the_table_says_what_the_result_does(self, name: str, t: pd.DataFrame) -> None:
        made = chart(RESULTS[name](t))
        cells, result = made.cells, made.table
        beside = ("sentence", "high", "naive_high", "saved_high", "odds_high", "if_best")
        columns = [column for column in result if column not in beside]
        assert len(cells.names) == len(columns) == len({*cells.names})
        assert len(cells.rows) == len(result)
        for place, column in enumerate(columns):
            for shown, value in zip((row[place] for row in cells.rows), result[column], strict=True):
                if isinstance(value, float) and pd.isna(value):
                    assert shown == text("charts.missing")
                elif str(result[column].dtype) == "int64":
                    assert int(re.sub(r"\D", "", shown)) == ((value + 1) * 7 if column == "weeks" else value)
                elif column in ("rate", "expected", "waiting", "incidence", "if_open_fail", "chance"):
                    assert shown == percent(value)
                else:
                    assert shown

    def test_an_interval_is_one_cell(self, t: pd.DataFrame) -> None:
        cells = chart(outcomes.by_tactic(t)).cells
        assert [row[5] for row in cells.rows if row[4] != text("charts.missing")] == [
            "12% to 77%",
            "44% to 97%",
            "60% to 98%",
        ]

    def test_asks_nothing_of_anybody_and_has_no_name_twice(self, t: pd.DataFrame) -> None:
        shown = "".join(chart(result(t))._repr_html_() for result in (outcomes.by_tactic, outcomes.time_to_answer))
        assert not re.search(r"<script|@import|url\(|\bsrc=|<link", shown)
        links = re.findall(r'https?://[^"\s]*', shown)
        assert {*links} <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
        assert not re.search(r'id="(figure|axes|row|tick)', shown)

    def test_the_colours_are_those_of_the_theme(self, made: Chart) -> None:
        figure = made._repr_html_().split("<figure")[1].split("</figure>")[0]
        assert not re.search("#[0-9a-f]{6}(?![0-9a-f])", figure.replace('"#m', '"'))
        assert "var(--ck-chart-accent)" in figure

    def test_what_is_foreign_is_written_as_text(self, t: pd.DataFrame) -> None:
        foreign = '<script>alert(1)</script> & $x^2$ "quoted"'
        result = outcomes.by_band(t)
        rows = result.table.assign(sentence=["</li><b>bold</b>"] * len(result.table))
        made = chart(replace(result, table=rows, sentence=foreign))
        found = html.fragment_fromstring(made._repr_html_())
        assert not [*found.iter("script", "b")]
        assert foreign in found.text_content()
        assert foreign in "".join(etree.fromstring(made.svg.encode()).itertext())

    def test_a_notebook_without_pictures_says_it_in_words(self, made: Chart) -> None:
        assert repr(made) == f"{made.title}\n{made.sentence}"


class TestInWords:
    def test_many_rows_begin_with_a_short_sentence_and_few_with_their_own(self, t: pd.DataFrame) -> None:
        many, few = chart(outcomes.by_tactic(t)), chart(outcomes.by_band(t[t["band"] != "well"]))
        beside = [text("outcomes.no_reply", n=1), text("results.rounds_together")]
        of_all = "Of the interviews that are settled, 19 of 27 moved forward. Still open: 5."
        assert many.opening == " ".join([of_all, *beside])
        assert few.opening == few.sentence
        assert text("charts.more_below") in many.alt
        assert text("charts.more_below") not in few.alt

    def test_the_note_names_the_interval_that_was_asked_for(self, t: pd.DataFrame) -> None:
        shown = {method: chart(outcomes.by_band(t, method=method)).note for method in ("wilson", "jeffreys")}
        assert [method.title() in note for method, note in shown.items()] == [True, True]
        assert "Wilson" not in shown["jeffreys"]

    def test_what_is_said_beyond_the_rows_stays(self, t: pd.DataFrame) -> None:
        assert chart(outcomes.by_tactic(t, within_bands=False)).opening.endswith(text("outcomes.beware"))

    def test_the_open_ones_are_in_the_note(self, t: pd.DataFrame) -> None:
        assert "Still open: 5; withdrawn: 1" in chart(outcomes.by_tactic(t)).note


class TestAsAFile:
    @pytest.mark.parametrize(("dpi", "size"), [(72, 756), (144, 1512)])
    def test_png_has_the_size_that_is_asked_for(self, made: Chart, dpi: int, size: int) -> None:
        written = made.png(dpi)
        with Image.open(io.BytesIO(written)) as picture:
            picture.verify()
            height = float(etree.fromstring(made.svg.encode()).get("height"))
            assert (picture.format, picture.width) == ("PNG", size)
            assert abs(picture.height - height * dpi / 72) <= 1

    @pytest.mark.parametrize("dpi", [0, -1, 10_000, float("nan")])
    def test_png_of_no_size_is_refused(self, made: Chart, dpi: float) -> None:
        with pytest.raises(ValueError, match="it must lie above 0 and up to 1200, such as 144"):
            made.png(dpi)

    def test_svg_stands_by_itself_and_says_what_it_shows(self, made: Chart) -> None:
        root = etree.fromstring(made.svg.encode())
        assert root.get("role") == "img"
        assert root.get("viewBox")
        assert "max-width: 100%" in root.get("style")
        names = ["{http://www.w3.org/2000/svg}title", "{http://www.w3.org/2000/svg}desc"]
        assert [root.findtext(name) for name in names] == [made.title, f"{made.alt} {made.sentence}"]
        words = " ".join(one.text for one in root.iter("{http://www.w3.org/2000/svg}text"))
        assert made.title in words
        assert made.opening in words
        assert made.note in words

    def test_is_saved_as_what_the_name_says(self, made: Chart, tmp_path: Path) -> None:
        assert made.save(tmp_path / "chart.svg").read_text(encoding="utf-8") == made.svg
        assert made.save(str(tmp_path / "chart.PNG")).read_bytes() == made.png()
        with pytest.raises(ValueError, match=r"A chart is saved as .svg or .png, and 'chart.pdf' is neither"):
            made.save(tmp_path / "chart.pdf")
        assert not (tmp_path / "chart.pdf").exists()


class TestWhatIsNoResult:
    def test_is_refused(self, t: pd.DataFrame) -> None:
        for other in (t, pd.DataFrame(), outcomes.by_band(t).table, replace(outcomes.by_band(t), kind="by_moon")):
            with pytest.raises(ValueError, match=r"^result is .*; .*cl.outcomes.by_tactic\(t\)"):
                chart(other)

    def test_a_result_stays_as_it_was(self, t: pd.DataFrame) -> None:
        result = outcomes.by_tactic(t)
        before = result.table.copy(deep=True)
        assert chart(result).svg
        pd.testing.assert_frame_equal(result.table, before)


class TestContrast:
    @pytest.mark.parametrize("color", [paper.INK, paper.MUTED, paper.ACCENT])
    def test_on_white(self, color: str) -> None:
        assert contrast(color, paper.WHITE) >= 4.5

    @pytest.mark.parametrize("name", ["muted", "accent"])
    def test_on_dark(self, name: str) -> None:
        dark = (Path(page.__file__).parent / "chart.css").read_text(encoding="utf-8").split("theme-light")[1]
        color, pale = (re.search(rf"--ck-chart-{one}: (#\w+)", dark)[1] for one in (name, "pale"))
        assert contrast(color, "#111111") >= 4.5
        assert contrast(color, pale) >= 3


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours (WCAG 2.2)."""
    lighter, darker = sorted(map(luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
