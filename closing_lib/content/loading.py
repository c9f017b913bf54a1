"""Read the content files of one language once, check them, and look sentences up by key."""

from __future__ import annotations

import os
import reprlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from closing_lib.arguments import Validated, not_known, validate_call
from closing_lib.models import Format

FOLDER = Path(__file__).parent
# Files of [[blocks]], each with a type of its own.
_OF_BLOCKS = ("signs", "questions", "exercises", "reviews", "scenarios", "replies")
LANGUAGES = tuple(sorted(path.parent.name for path in FOLDER.glob("*/signs.toml")))


class ContentError(ValueError):
    """A content file that cannot be used, with the file and what to mend."""


@dataclass(frozen=True)
class Sign(Validated):
    """Something a candidate can observe in an interview.

    Attributes
    ----------
    id : str
        Its name in `Assessment.signs`; never changes.
    text : str
        How it reads in a form.
    again : str
        How it reads inside a sentence.
    good : bool
        Whether seeing it speaks for an interview that went well.
    weak : bool
        Whether it counts little.
    formats : tuple of Format
        Where it can be seen.
    opposite : str or None
        The sign that cannot be true together with this one.
    routine : bool
        Whether a recruiter does it in every screening, where it counts little.
    rules_out_bold : bool
        Whether the bold question is out of place once it was seen.
    """

    id: str
    text: str
    again: str
    good: bool
    weak: bool = False
    formats: tuple[Format, ...] = tuple(Format)
    opposite: str | None = None
    routine: bool = False
    rules_out_bold: bool = False


def language() -> str:
    """Give the language of all shown text: ``CLOSING_LANG``, else English.

    Raises
    ------
    ContentError
        If the kit has no such language.
    """
    return _known(os.environ.get("CLOSING_LANG") or "en")


@validate_call
def use_language(wanted: str) -> None:
    """Show all texts in a language from now on; each page does so in its first line of code.

    Raises
    ------
    ContentError
        If the kit has no such language.

    Examples
    --------
    >>> use_language("en")
    """
    os.environ["CLOSING_LANG"] = _known(wanted)


def signs() -> tuple[Sign, ...]:
    """Give the observable signs, in the order in which forms show them.

    Examples
    --------
    >>> [sign.id for sign in signs() if sign.weak]
    ['warmth', 'laughter', 'handshake']
    """
    return _signs(language())


def text(key: str, /, **values: object) -> str:
    """Give the sentence of a key, with its ``{placeholders}`` filled in; large whole numbers in groups of three.

    Raises
    ------
    ContentError
        If the language has no such key, or a value for a placeholder is missing.

    Examples
    --------
    >>> text("tactics.mild.words")
    'Is there anything else I can answer for you to make a hiring decision?'
    """
    sentence = _lookup(key)
    if not isinstance(sentence, str):
        raise ContentError(f"{key} in content/{language()} is not one sentence.")
    if not values:
        return sentence
    try:
        return sentence.format_map({name: _legible(value) for name, value in values.items()})
    except KeyError as missing:
        raise ContentError(f"{key} in content/{language()} asks for {missing}, which nothing fills in.") from None


def _legible(value: object) -> object:
    """Write a large whole number in groups, as Babel does, which is no choice here, before anything is installed."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) < 1000:
        return value
    return f"{value:,}".replace(",", text("figures.between_thousands"))


def first_text(*keys: str) -> str:
    """Give the sentence of the first of these keys that the language has: the special wording before the usual one.

    Raises
    ------
    ContentError
        If it has none of them.
    """
    return text(_first(keys))


def first_lines(*keys: str) -> tuple[str, ...]:
    """Give the sentences of the first of these keys that the language has, as `first_text` does.

    Raises
    ------
    ContentError
        If it has none of them.
    """
    return lines(_first(keys))


def _first(keys: tuple[str, ...]) -> str:
    of = language()
    return next((key for key in keys if key in _sentences(of, key.partition(".")[0])), keys[-1])


def lines(key: str) -> tuple[str, ...]:
    """Give the sentences of a key that holds a list of them.

    Raises
    ------
    ContentError
        If the language has no such list.
    """
    found = _lookup(key)
    if not isinstance(found, list):
        raise ContentError(f"{key} in content/{language()} is not a list of sentences.")
    return tuple(found)


def wordings(key: str) -> tuple[str, ...]:
    """Give the sentences of a key that says the same in one way or in several.

    Raises
    ------
    ContentError
        If the language has no such key.
    """
    found = _lookup(key)
    return (found,) if isinstance(found, str) else tuple(found)


def names(stem: str) -> tuple[str, ...]:
    """The names of the sentences in a file, as `text` takes them after the file's own name and a point."""
    return tuple(key.partition(".")[2] for key in _sentences(language(), stem))


def everything(of: str) -> Mapping[str, str | list[str]]:
    """Give all sentences of a language by key (files of blocks apart); for the checks of the content itself."""
    stems = sorted(path.stem for path in (FOLDER / of).glob("*.toml") if path.stem not in _OF_BLOCKS)
    return {key: value for stem in stems for key, value in _sentences(of, stem).items()}


def read_blocks(of: str, stem: str, kind: str) -> list[tuple[str, Mapping[str, object]]]:
    """Give the blocks ``[[kind]]`` of a file, each with the words that say where it stands.

    Raises
    ------
    ContentError
        If there are none, or two have the same id.
    """
    blocks = _read(FOLDER / of / f"{stem}.toml").get(kind)
    if not isinstance(blocks, list):
        raise ContentError(f"{of}/{stem}.toml holds no [[{kind}]].")
    ids = [block.get("id") for block in blocks]
    if twice := {name for name in ids if ids.count(name) > 1}:
        raise ContentError(f"{of}/{stem}.toml has the id {twice.pop()!r} twice; each {kind} needs its own.")
    return [(f"{of}/{stem}.toml, {kind} {number}", block) for number, block in enumerate(blocks, start=1)]


def read_neutral(name: str) -> Mapping[str, object]:
    """Give the tables of a file that holds numbers and no sentences, and is the same in every language."""
    return _read(FOLDER / name)


def _known(wanted: str) -> str:
    if wanted not in LANGUAGES:
        raise ContentError(not_known(f"The kit does not speak {reprlib.repr(wanted)}", wanted, LANGUAGES))
    return wanted


def _lookup(key: str) -> str | list[str]:
    found = _sentences(language(), key.partition(".")[0]).get(key)
    if found is None:
        raise ContentError(f"content/{language()} has no {key!r}.")
    return found


@cache
def _sentences(of: str, stem: str) -> Mapping[str, str | list[str]]:
    """Give the sentences of one file by key; none where there is no such file."""
    path = FOLDER / of / f"{stem}.toml"
    found: dict[str, str | list[str]] = {}
    if path.exists():
        _flatten(stem, _read(path), found)
    return MappingProxyType(found)


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError(
            f"{path.parent.name}/{path.name} is not there; copy it from another language and translate it."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"{path.parent.name}/{path.name} cannot be read: {error}.") from None


def _flatten(prefix: str, table: Mapping[str, object], into: dict[str, str | list[str]]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, Mapping):
            _flatten(key, value, into)
        elif isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            into[key] = value
        else:
            raise ContentError(f"{key} must be a sentence in quotes, or a list of them.")


@cache
def _signs(of: str) -> tuple[Sign, ...]:
    blocks = read_blocks(of, "signs", "sign")
    found = tuple(_sign(block, where) for where, block in blocks)
    ids = [sign.id for sign in found]
    for sign in found:
        if sign.opposite not in (None, *ids):
            raise ContentError(f"{of}/signs.toml: {sign.id} is set against {sign.opposite!r}, which is no sign.")
    return found


def _sign(block: Mapping[str, object], where: str) -> Sign:
    try:
        formats = tuple(Format(name) for name in block.get("formats", tuple(Format)))  # type: ignore[attr-defined]
        return Sign(**{**block, "formats": formats})  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise ContentError(f"{where}: {error}") from None
