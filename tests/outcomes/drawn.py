"""Charts read back: what stands where in an SVG, by the names of its marks, and its texts with the room they take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from closing_lib.outcomes.charts.paper import SIZE, wide

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = r"-?\d+(?:\.\d+)?"
Point = tuple[float, float]


class Text(NamedTuple):
    """A text with the box that it takes."""

    words: str
    left: float
    right: float
    top: float
    bottom: float

    def overlaps(self, other: Text) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0.5 and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.5


@dataclass(frozen=True, eq=False)
class Drawn:
    """An SVG read back."""

    root: etree._Element

    @classmethod
    def read(cls, svg: str) -> Drawn:
        return cls(etree.fromstring(svg.encode()))

    @property
    def size(self) -> Point:
        _, _, width, height = map(float, self.root.get("viewBox").split())
        return width, height

    @cached_property
    def groups(self) -> dict[str, list[etree._Element]]:
        """What is drawn under each name; one that is there twice has two."""
        found: dict[str, list[etree._Element]] = {}
        for group in self.root.iter(f"{_SVG}g"):
            found.setdefault(group.get("id"), []).append(group)
        return found

    @cached_property
    def names(self) -> list[str]:
        return [name for name, groups in self.groups.items() if name for _ in groups]

    def points(self, name: str) -> list[Point]:
        """Give the corners of what is drawn under a name."""
        (group,) = self.groups[name]
        if uses := [*group.iter(f"{_SVG}use")]:
            return [(float(use.get("x")), float(use.get("y"))) for use in uses]
        (path,) = group.findall(f"{_SVG}path")
        return [(float(x), float(y)) for x, y in re.findall(f"[ML] ({_NUMBER}) ({_NUMBER})", path.get("d"))]

    def shape(self, name: str) -> tuple[str, str]:
        """Give the outline of a mark, and what it is filled with."""
        (group,) = self.groups[name]
        (use,) = group.iter(f"{_SVG}use")
        outlines = {path.get("id"): path.get("d") for path in self.root.iter(f"{_SVG}path") if path.get("id")}
        return outlines[use.get("{http://www.w3.org/1999/xlink}href")[1:]], use.get("style")

    def at(self, value: float, prefix: str = "tick-", *, side: int = 0) -> float:
        """Give where a value stands on an axis, by its ticks; beyond its ends, the end."""
        named = [name for name in self.names if name.startswith(prefix)]
        ticks = {float(name.removeprefix(prefix)): self.points(name)[0][side] for name in named}
        first, last = min(ticks), max(ticks)
        kept = min(max(value, first), last)
        share = (kept - first) / (last - first)
        return ticks[first] + share * (ticks[last] - ticks[first])

    @cached_property
    def texts(self) -> list[Text]:
        return [_text(found) for found in self.root.iter(f"{_SVG}text")]


def _text(found: etree._Element) -> Text:
    style, words = found.get("style"), "".join(found.itertext())
    x, y, width = float(found.get("x")), float(found.get("y")), wide(words, bold="700" in style)
    left = x - width * (1 if "anchor: end" in style else 0.5 if "anchor: middle" in style else 0)
    return Text(words, left, left + width, y - SIZE * 0.76, y + SIZE * 0.24)
