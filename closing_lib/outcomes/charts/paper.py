"""The paper that charts are drawn on: matplotlib without pyplot, the same on every machine, in a few quiet colours."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

INK, MUTED, ACCENT, RULE, PALE, WHITE = "#1b1f24", "#57606a", "#0d4f6c", "#d0d7de", "#dce8ee", "#ffffff"
SIZE = 14  # of the text, in units of the width that is drawn for
LEADING = 19  # from line to line
FONTS = "'DejaVu Sans', Verdana, sans-serif"  # those without the first have one that is about as wide
# What colours and fonts are called on a page, where they are those of its theme.
THEME = {INK: "ink", MUTED: "muted", ACCENT: "accent", RULE: "rule", PALE: "pale", WHITE: "paper", FONTS: "font"}
_FAMILY = "DejaVu Sans"  # matplotlib carries it, so texts are measured alike everywhere
_DPI = 72  # one unit is one point of matplotlib's
_TEXT = {"va": "center_baseline", "parse_math": False}
_LINE = {"color": ACCENT, "lw": 1, "clip_on": False, "zorder": 2, "solid_capstyle": "butt"}
_RC: dict[Any, str] = {"svg.fonttype": "none", "svg.hashsalt": "closing kit"}


class Paper:
    """A sheet in units of its own, from the upper left corner; it is cut at a height once that is known."""

    def __init__(self, width: float) -> None:
        from matplotlib.figure import Figure  # noqa: PLC0415  # takes most of a second to load

        self.width, self._left = width, 0.0
        self._figure = Figure(dpi=_DPI, facecolor=WHITE)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def part(self, left: float, width: float) -> Paper:
        """An upright part of the same sheet, from so far to the right."""
        found = copy(self)
        found.width, found._left = width, self._left + left
        return found

    def write(self, x: float, y: float, words: str, *, bold: bool = False, is_clear: bool = False, **look: Any) -> None:
        """Write one line, with its middle at a height; where it is to be clear, with nothing behind it."""
        if is_clear and words:
            look["bbox"] = {"fc": WHITE, "ec": WHITE, "lw": 0, "pad": 2}
        style: dict[str, Any] = {"color": INK, "fontproperties": _font(bold=bold), **_TEXT, **look}
        self._axes.text(self._left + x, y, words, **style)

    def paragraph(self, x: float, y: float, lines: str | Iterable[str], width: float = 0, **look: Any) -> float:
        """Write lines, or a text in as many as it takes, from a height downward, and give the height below them."""
        if isinstance(lines, str):
            lines = wrapped(lines, width, bold=look.get("bold", False))
        for line in lines:
            self.write(x, y + LEADING / 2, line, **look)
            y += LEADING
        return y

    def line(self, xs: Sequence[float], ys: Sequence[float], *, name: str | None = None, **look: Any) -> None:
        """Draw a line through points; what is drawn later lies above."""
        from matplotlib.lines import Line2D  # noqa: PLC0415  # as above

        style: dict[str, Any] = {**_LINE, **look}
        self._axes.add_artist(Line2D([self._left + x for x in xs], [*ys], gid=name, **style))

    def mark(self, x: float, y: float, shape: str, *, name: str, is_open: bool = False, size: float = 9) -> None:
        """Draw a mark, filled or open."""
        fill = WHITE if is_open else ACCENT
        self.line([x], [y], name=name, marker=shape, ms=size, mfc=fill, mec=ACCENT, mew=1.6, ls="")

    def area(self, xs: Sequence[float], ys: Sequence[float], *, name: str, fill: str, edge: str | None = None) -> None:
        """Fill what points enclose."""
        from matplotlib.patches import Polygon  # noqa: PLC0415  # as above

        corners = [(self._left + x, y) for x, y in zip(xs, ys, strict=True)]
        look: dict[str, Any] = {"fc": fill, "ec": edge or fill, "lw": 1.4 if edge else 0, "clip_on": False, "zorder": 2}
        self._axes.add_artist(Polygon(corners, gid=name, **look))

    def cut(self, height: float) -> Any:
        """Cut the sheet at a height, and give the figure."""
        self._figure.set_size_inches(self.width / _DPI, height / _DPI)
        self._axes.set(xlim=(0, self.width), ylim=(height, 0))
        return self._figure


@contextmanager
def own_settings() -> Iterator[None]:
    """Draw by matplotlib's own settings, whatever the person's are, and leave theirs as they were."""
    import matplotlib as mpl  # noqa: PLC0415  # as above

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        yield


def to_svg(figure: Any) -> str:
    """Write a figure as SVG: the same bytes each time, no date, texts as texts."""
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata=dict.fromkeys(["Date", "Creator", "Format", "Type"]))
    svg = written.getvalue()
    found = re.sub(r"<defs>\s*<style[^<]*</style>\s*</defs>", "", svg[svg.index("<svg ") :], count=1)
    found = re.sub(r' width="([\d.]+)pt" height="([\d.]+)pt"', r' width="\1" height="\2"', found, count=1)
    found = re.sub(r"(?<!\s)\s*\n\s*", "\n", found).replace(f"'{_FAMILY}'", FONTS)
    return re.sub(r' transform="rotate\(-0 [^"]*\)"', "", found)


def to_png(figure: Any, dpi: float) -> bytes:
    """Write a figure as PNG, without the version of what wrote it."""
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=dpi, metadata={"Software": None})
    return written.getvalue()


@lru_cache(maxsize=4096)
def wide(words: str, *, bold: bool = False) -> float:
    """How wide a text is, in units."""
    from matplotlib.textpath import TextToPath  # noqa: PLC0415  # as above

    return float(TextToPath().get_text_width_height_descent(words, _font(bold=bold), ismath=False)[0])


def wrapped(words: str, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a text at its blanks into lines that are no wider than a width; a longer word stays whole."""
    lines: list[list[str]] = []
    blank, left = wide(" ", bold=bold), 0.0
    for word in filter(None, words.split(" ")):
        takes = blank + wide(word, bold=bold)
        if takes > left:
            lines.append([])
            left = width + blank
        lines[-1].append(word)
        left -= takes
    return tuple(map(" ".join, lines))


@cache
def _font(*, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415  # as above

    return FontProperties(family=_FAMILY, size=SIZE, weight="bold" if bold else "normal")
