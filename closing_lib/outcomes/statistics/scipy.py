"""SciPy, loaded once something is worked out: it takes most of a second, and forms are shown before that."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def __getattr__(name: str) -> Any:
    globals()[name] = found = import_module(f"scipy.{name}")
    return found
