"""The review questions, which come back: read once, checked, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from closing_lib.content.exercises import wrong_sources
from closing_lib.content.loading import ContentError, language, read_blocks


@dataclass(frozen=True)
class ReviewQuestion:
    """One question about a page, with one right answer.

    Attributes
    ----------
    id, page : str
        Its name, which never changes, and the page that it belongs to.
    question, right, why : str
        What is asked, the right answer, and what is said afterwards.
    wrong : tuple of str
        The other answers.
    sources : tuple of str
        The points of the source article that it rests on, ``"S1"`` to ``"S24"``.
    """

    id: str
    page: str
    question: str
    right: str
    wrong: tuple[str, ...]
    why: str
    sources: tuple[str, ...]

    @property
    def answers(self) -> tuple[str, ...]:
        """All answers in the order of the alphabet, which gives nothing away."""
        return tuple(sorted((self.right, *self.wrong), key=str.casefold))


def reviews(page: str | None = None) -> tuple[ReviewQuestion, ...]:
    """List the review questions of a page, or of all pages, in their order.

    Examples
    --------
    >>> reviews("02_close")[3].question
    'Why do you ask for a business card?'
    """
    return tuple(one for one in _reviews(language()) if page in (None, one.page))


@cache
def _reviews(of: str) -> tuple[ReviewQuestion, ...]:
    return tuple(_review(block, where) for where, block in read_blocks(of, "reviews", "review"))


def _review(block: Mapping[str, Any], where: str) -> ReviewQuestion:
    lists = {name: tuple(block.get(name, ())) for name in ("wrong", "sources")}
    try:
        made = ReviewQuestion(**{**block, **lists})
    except TypeError as error:
        raise ContentError(f"{where}: {error}") from None
    if len(set(made.answers)) < max(2, len(made.answers)):
        raise ContentError(f"{where}: its answers must differ; write one right answer, and at least one wrong one.")
    if wrong := wrong_sources(made.sources):
        raise ContentError(f"{where}: {wrong}")
    return made
