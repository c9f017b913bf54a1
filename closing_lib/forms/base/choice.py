"""The kit's own widget: a question with one answer out of a few, as real radio buttons with a visible legend."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

_HERE = Path(__file__).parent


class Choice(anywidget.AnyWidget):
    """A group of radio buttons drawn as a row, which the keyboard and a screen reader know as what it is.

    ipywidgets' own radio buttons have no group role, and its sliders no accessible name.

    Parameters
    ----------
    label : str
        The question, shown as the group's legend.
    options : list of [str, str]
        Each answer's value and its text.
    value : str
        The chosen answer's value; ``""`` where none is chosen.
    disabled : bool
        Whether it can be answered.
    notes : dict of str to str
        What stands beside an answer, by its value; a screen reader says it with the answer.
    unavailable : list of str
        The values that cannot be chosen now; why is their note.

    Raises
    ------
    traitlets.TraitError
        If the value is none of the options.
    """

    _esm = _HERE / "choice.js"

    label = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.List(traitlets.Unicode(), minlen=2, maxlen=2)).tag(sync=True)
    value = traitlets.Unicode().tag(sync=True)
    disabled = traitlets.Bool(default_value=False).tag(sync=True)
    notes = traitlets.Dict(value_trait=traitlets.Unicode(), key_trait=traitlets.Unicode()).tag(sync=True)
    unavailable = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @traitlets.validate("value")
    def _known(self, proposal: traitlets.Bunch) -> str:
        known = ["", *(value for value, _ in self.options)]
        if proposal["value"] not in known:
            raise traitlets.TraitError(f"{self.label}: {proposal['value']!r} is no answer; choose one of {known[1:]}.")
        return str(proposal["value"])
