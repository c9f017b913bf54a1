"""SciPy, loaded once something is worked out: it takes most of a second, and forms are shown before that."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_PARTS = ("optimize", "signal", "special", "stats")


def __getattr__(name: str) -> Any:
    if name not in _PARTS:  # such as what tools ask of every module
        raise AttributeError(f"{__name__} has no {name}; it has {', '.join(_PARTS)}.")
    globals()[name] = found = import_module(f"scipy.{name}")
    return found
