"""The kit's own widget: a number on a scale, as a real range input with a visible label."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

_HERE = Path(__file__).parent


class Slider(anywidget.AnyWidget):
    """A number on a scale, which the keyboard and a screen reader know as what it is; ipywidgets' have no name.

    Parameters
    ----------
    label : str
        What it sets.
    said : str
        What a number stands for, with ``{value}`` in its place.
    value, min, max, step : int
        The number, and those that there are.
    """

    _esm = _HERE / "slider.js"

    label = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode("{value}").tag(sync=True)
    value = traitlets.Int(100).tag(sync=True)
    min = traitlets.Int(0).tag(sync=True)
    max = traitlets.Int(100).tag(sync=True)
    step = traitlets.Int(1).tag(sync=True)

    @traitlets.validate("value")
    def _within(self, proposal: traitlets.Bunch) -> int:
        if not self.min <= proposal["value"] <= self.max:
            raise traitlets.TraitError(f"{self.label}: {proposal['value']} is not from {self.min} to {self.max}.")
        return int(proposal["value"])
