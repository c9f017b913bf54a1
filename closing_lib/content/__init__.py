"""Every sentence a coach would edit, loaded from ``content/<language>/*.toml`` and checked.

A file's name and its tables make the key: ``[mild]`` with ``name = "…"`` in ``tactics.toml`` is
``text("tactics.mild.name")``.
"""

from closing_lib.content.loading import (
    LANGUAGES,
    ContentError,
    Sign,
    first_text,
    language,
    lines,
    signs,
    text,
    use_language,
)
from closing_lib.content.questions import EarlyTopic, Question, early_topics, questions

__all__ = [
    "LANGUAGES",
    "ContentError",
    "EarlyTopic",
    "Question",
    "Sign",
    "early_topics",
    "first_text",
    "language",
    "lines",
    "questions",
    "signs",
    "text",
    "use_language",
]
