"""Every sentence a coach would edit, loaded from ``content/<language>/*.toml`` and checked.

A file's name and its tables make the key: ``[mild]`` with ``name = "…"`` in ``tactics.toml`` is
``text("tactics.mild.name")``.
"""

from closing_lib.content.exercises import Blank, Exercise, ExerciseOption, exercises
from closing_lib.content.loading import (
    LANGUAGES,
    ContentError,
    Sign,
    first_lines,
    first_text,
    language,
    lines,
    signs,
    text,
    use_language,
    wordings,
)
from closing_lib.content.questions import EarlyTopic, Question, early_topics, questions
from closing_lib.content.replies import Reply, replies
from closing_lib.content.reviews import ReviewQuestion, reviews
from closing_lib.content.scenarios import Moment, Scenario, scenario, scenarios

__all__ = [
    "LANGUAGES",
    "Blank",
    "ContentError",
    "EarlyTopic",
    "Exercise",
    "ExerciseOption",
    "Moment",
    "Question",
    "Reply",
    "ReviewQuestion",
    "Scenario",
    "Sign",
    "early_topics",
    "exercises",
    "first_lines",
    "first_text",
    "language",
    "lines",
    "questions",
    "replies",
    "reviews",
    "scenario",
    "scenarios",
    "signs",
    "text",
    "use_language",
    "wordings",
]
