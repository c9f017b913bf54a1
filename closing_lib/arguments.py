"""What a function or a field is given, read by its type: the one place that knows what a day, a choice or a number is.

What a table of the log holds is taken as well: a Timestamp at midnight is a day, and NaT, NA or NaN is None where there
may be none. They are known by how they behave, so that pandas is not loaded here.
"""

from __future__ import annotations

import datetime as dt
import difflib
import inspect
import math
import operator
import os
import reprlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from enum import Enum
from functools import cache, partial, wraps
from itertools import islice
from numbers import Real
from types import NoneType, UnionType
from typing import Annotated, Any, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

P = ParamSpec("P")
R = TypeVar("R")
Hint = Any  # the type of an argument or a field: `str`, `dt.date | None`, `Sequence[Person]`, ...
Check = Callable[[str, object], Any]  # gives what a value means, or tells by name what is wrong with it

_LONGEST = 10_000  # bits of a number, beyond which Python does not write it down
MOST = 1_000_000  # things in one list, beyond which it is taken to have no end
_SHOWN = reprlib.Repr()
_SHOWN.maxstring = _SHOWN.maxother = 60
_MISSING = ("NoneType", "NaTType", "NAType")
_SHORT, _ALIKE = 100, 0.7  # letters of what may be misspelt; how much of it must be the same
_NEVER_MISSING = (str, int, bool, dt.date)
_SEVERAL = (tuple, list, set, frozenset, Sequence, Collection, Iterable)


class InvalidAnswer(ValueError):  # no error of the kit's, but what a form says to a person
    """What a person gave cannot be: a day that is none, a file that lacks a column. The message says so to them.

    A plain ValueError is for whoever writes the code; no form passes it off as an answer.
    """


def validated(name: str, value: object, hint: Hint) -> Any:
    """Give what a value means by the type that is asked for.

    Parameters
    ----------
    name : str
        What it was given for, for the message.
    value : object
        What was given.
    hint : type
        What is asked for. In ``Annotated[..., check]``, the check says so.

    Raises
    ------
    ValueError
        If it is nothing of the kind; the message names it and the remedy.

    Examples
    --------
    >>> validated("held_on", "2026-11-20", dt.date | None)
    datetime.date(2026, 11, 20)
    >>> validated("held_on", 20261120, dt.date | None)
    Traceback (most recent call last):
    ValueError: held_on is 20261120; write the date as YYYY-MM-DD.
    """
    return check_of(hint)(name, value)


def validate_call(function: Callable[P, R]) -> Callable[P, R]:
    """Give a function that reads each argument by its type before anything is done with it."""
    checks: dict[str, Check] = {}
    parameters = inspect.signature(function).parameters.values()
    names = [one.name for one in parameters if one.kind is not one.VAR_KEYWORD]
    by_place = {one.name for one in parameters if one.kind is one.POSITIONAL_ONLY}  # a field may have the same name

    @wraps(function)
    def called(*given: P.args, **by_name: P.kwargs) -> R:
        if not checks:  # not before it is called: a type may be defined further down
            checks.update(_checks(function, names))
        args = [checks[name](name, value) for name, value in zip(names, given, strict=False)]
        for name, value in by_name.items():
            if name in checks and name not in by_place:
                by_name[name] = checks[name](name, value)
        return function(*args, *given[len(args) :], **by_name)  # type: ignore[arg-type]  # the same ones, read

    return called


class Validated:
    """What a frozen dataclass stands on to read each of its fields by its type."""

    def __post_init__(self) -> None:
        for name, check in _field_checks(type(self)):  # type: ignore[arg-type]  # a class has a hash
            value = getattr(self, name)
            found = check(name, value)
            if found is not value:
                object.__setattr__(self, name, found)


def _checks(function: Callable[..., object], names: list[str]) -> dict[str, Check]:
    only = type("_", (), {"__annotations__": {k: v for k, v in function.__annotations__.items() if k in names}})
    hints = get_type_hints(only, function.__globals__, include_extras=True)
    return {name: check_of(hints[name]) if name in hints else _as_it_is for name in names}


@cache
def _field_checks(kind: type) -> tuple[tuple[str, Check], ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple((one.name, check_of(hints[one.name])) for one in fields(kind) if one.init)


# --- What a type asks for


@cache
def check_of(hint: Hint) -> Check:
    """Give what reads values of a type."""
    if _origin(hint) is Annotated:
        check: Check = get_args(hint)[1]
        return check
    if _origin(hint) not in (Union, UnionType):
        return _of_one(hint)
    kinds = tuple(kind for kind in get_args(hint) if kind is not NoneType)
    check = _of_several(kinds) if len(kinds) > 1 else check_of(kinds[0])
    return partial(_optional, check) if NoneType in get_args(hint) else check


def _of_one(hint: Hint) -> Check:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return partial(choice, hint)
    if hint in _READERS:
        return _READERS[hint]
    kind: Any = _origin(hint) or hint
    if kind is tuple and get_args(hint)[-1:] != (...,):
        return partial(_row, [check_of(one) for one in get_args(hint)])
    if kind in _SEVERAL:
        return partial(_list, kind, check_of(get_args(hint)[0]))
    if kind is Mapping:
        of_key, of_value = map(check_of, get_args(hint))
        return partial(_mapping, of_key, of_value)
    return partial(_instance, kind) if isinstance(kind, type) and kind not in (Any, object) else _as_it_is


def _of_several(kinds: tuple[Hint, ...]) -> Check:
    """Give what reads one of several types; beside a choice or a day, text stands for how it is written."""
    if {*kinds} == {str, os.PathLike[str]}:
        return path
    for kind in kinds:
        if kind is dt.date or (isinstance(kind, type) and issubclass(kind, Enum)):
            return check_of(kind)
    return partial(_either, kinds)


def _either(kinds: tuple[Hint, ...], name: str, value: object) -> Any:
    for kind in kinds:
        try:
            return check_of(kind)(name, value)
        except ValueError:
            continue
    ways = (way for kind in kinds if (way := instead(kind, name, value)))
    raise refused(name, value, f"it must be {' or '.join(dict.fromkeys(map(_noun, kinds)))}{next(ways, '')}")


def _origin(hint: Hint) -> Any:
    return get_origin(hint)


def _optional(check: Check, name: str, value: object) -> Any:
    return None if value is None or is_missing(value) else check(name, value)


def _as_it_is(_name: str, value: object) -> object:
    return value


def _instance(kind: type, name: str, value: object) -> object:
    if not isinstance(value, kind) or (isinstance(value, type) and kind is not type):
        raise refused(name, value, f"it must be {_noun(kind)}{instead(kind, name, value)}")
    return value


def instead(kind: type | str, name: str, value: object) -> str:
    """Say how the kind that is asked for is made of what was given in its place; nothing where it is not.

    Parameters
    ----------
    kind : type or str
        What is asked for, or its name.
    name, value
        What was given, and for which argument.

    Examples
    --------
    >>> instead("tally", "t", "my_log.sqlite")
    ": write cl.tally('my_log.sqlite')"
    """
    wanted = kind if isinstance(kind, str) else getattr(kind, "__name__", "")
    given, written = type(value).__name__, _WRITTEN.get(type(value).__name__, name)
    if isinstance(value, (str, os.PathLike)):
        given, written = "path", shown(value)
    way = _MADE_OF.get((wanted, given)) or (next(_ways(kind, value), "") if isinstance(kind, type) else "")
    return f": write {way.format(written)}" if way else ""


def _ways(kind: type, value: object) -> Iterator[str]:
    """Give how a value may be meant: the first of several, the class to be called, its fields, or one of them."""
    if isinstance(value, (list, tuple)) and value and isinstance(value[0], kind):
        yield "{}[0]"
    if value is kind:
        yield f"cl.{kind.__name__}(...)"
    if isinstance(value, Mapping) and _can_be_made(kind, value):
        yield f"cl.{kind.__name__}(**{{}})"
    if isinstance(value, (str, Mapping)) and issubclass(kind, Validated):
        names = [one.name for one in fields(kind)]  # type: ignore[arg-type]  # what stands on it is a dataclass
        yield from (f"cl.{kind.__name__}({one}={{}})" for one in names if _can_be_made(kind, {one: value}))


def _can_be_made(kind: type, given: Mapping[Any, Any]) -> bool:
    try:
        return issubclass(kind, Validated) and kind(**given) is not None
    except (ValueError, TypeError, RecursionError):
        return False


# --- Several at once


def _list(kind: type, check: Check, name: str, value: object) -> object:
    given = [*islice(_each(name, value, check), MOST + 1)]
    if len(given) > MOST:
        raise ValueError(f"{name} goes on without an end; give at most {MOST:,}.")
    found = _checked(name, check, given)
    if isinstance(value, kind) and isinstance(value, Collection) and all(map(operator.is_, found, given)):
        return value
    return frozenset(found) if kind is frozenset or isinstance(value, (set, frozenset)) else tuple(found)


def _checked(name: str, check: Check, given: list[object]) -> list[object]:
    try:
        return [check(name, one) for one in given]
    except ValueError:  # then it is worth naming each of them
        return [check(f"{name}[{place}]", one) for place, one in enumerate(given)]


def _row(checks: list[Check], name: str, value: object) -> tuple[object, ...]:
    given = [*islice(_each(name, value), len(checks) + 1)]
    if len(given) != len(checks):
        raise refused(name, value, f"it must be {len(checks)} of them, such as a tuple")
    return tuple(check(f"{name}[{place}]", one) for place, (check, one) in enumerate(zip(checks, given, strict=True)))


def _mapping(of_key: Check, of_value: Check, name: str, value: object) -> object:
    if not isinstance(value, Mapping):
        raise refused(name, value, "it must be a mapping, such as {...}")
    return {of_key(f"a key of {name}", key): of_value(f"{name}[{shown(key)}]", one) for key, one in value.items()}


def _each(name: str, value: object, check: Check | None = None) -> Iterator[object]:
    if not isinstance(value, (str, bytes, bytearray, Mapping, type)) and getattr(value, "ndim", 1) == 1:
        try:
            return iter(value)  # type: ignore[call-overload, no-any-return]  # what cannot be gone through is told so
        except TypeError:
            pass
    is_one = check is not _as_it_is and _passes(check, name, value)
    one = shown(value) if isinstance(value, str) else name
    raise refused(name, value, f"it must be a list{f': write [{one}]' if is_one else ' of them, such as [...]'}")


def _passes(check: Check | None, name: str, value: object) -> bool:
    try:
        return check is not None and check(name, value) is not None
    except (ValueError, TypeError):
        return False


# --- One by one


def choice(kind: type[Enum], _name: str, value: object) -> Enum:
    """Give a word of a closed set; any other is answered with the known ones."""
    return value if type(value) is kind else kind(value)


def text(name: str, value: object) -> str:
    """Give text."""
    if not isinstance(value, str):
        raise refused(name, value, "it must be text")
    return value if type(value) is str else str.__str__(value)  # what an enum calls itself is not what it says


def day(name: str, value: object) -> dt.date:
    """Give a day: a date, as it is written in a table or by hand; never one that would have to be guessed."""
    found = _native(value)
    if isinstance(found, dt.datetime) and not is_missing(found):
        if found.tzinfo or found.time() != dt.time() or getattr(found, "nanosecond", None):
            raise ValueError(
                f"{name} is {shown(value)}, with a time of day; give the date alone, such as {name}.date()."
            )
        return found.date()
    if isinstance(found, dt.date) and not is_missing(found):
        return found
    try:
        written = dt.date.fromisoformat(found.strip()) if isinstance(found, str) else None
    except ValueError:
        written = None
    if written is None or written.isoformat() != found.strip():
        raise refused(name, value, "write the date as YYYY-MM-DD")
    return written


def moment(name: str, value: object) -> dt.datetime:
    """Give a moment: a date with its time and its zone."""
    if not isinstance(value, dt.datetime) or is_missing(value) or value.tzinfo is None:
        raise refused(name, value, "it must be a datetime with its zone, such as datetime.now(UTC)")
    return value


def truth(name: str, value: object) -> bool:
    """Give True or False."""
    if not isinstance(value, bool) and not _is_of_numpy(value, "bool"):
        raise refused(name, value, "it must be True or False")
    return bool(value)


def number(name: str, value: object, remedy: str = "it must be a number") -> float:
    """Give a number; what is missing or without bound is none."""
    return between(name, value, -math.inf, math.inf, remedy)


def between(name: str, value: object, low: float, high: float, remedy: str) -> float:
    """Give a number between two others, neither of them."""
    found = _real(value)
    if not low < found < high:
        raise refused(name, value, remedy)
    return found


def whole(name: str, value: object, least: float = -math.inf, most: float = math.inf, remedy: str = "") -> int:
    """Give a whole number within bounds; one of NumPy is one, and 3.0 is none."""
    found = value if type(value) is int else _whole(value)
    if found is None or found.bit_length() > _LONGEST or not least <= found <= most:
        raise refused(name, value, remedy or "it must be a whole number")
    return found


def count(name: str, value: object) -> int:
    """Give a whole number from 0."""
    return whole(name, value, 0, 10**12, "it must be a whole number from 0")


def share(name: str, value: object, remedy: str = "it must lie between 0 and 1") -> float:
    """Give a number from 0 to 1."""
    found = _real(value)
    if not 0 <= found <= 1:
        raise refused(name, value, remedy)
    return found


def path(name: str, value: object) -> str | os.PathLike[str]:
    """Give the path of a file; whether it is one that a drive can have is told by whoever reads or writes it."""
    if not isinstance(value, str) and not isinstance(value, os.PathLike):
        raise refused(name, value, "give the path of a file")
    return value


# --- What is given


def is_missing(value: object) -> bool:
    """Tell whether a value says that there is none: None, NaN, NaT or NA."""
    if type(value) in _NEVER_MISSING:  # looking whether something is a number takes long
        return False
    return type(value).__name__ in _MISSING or (isinstance(value, Real) and value != value) or _is_nat(value)  # noqa: PLR0124  # only NaN differs from itself


def shown(value: object) -> str:
    """Show a value in a message, in one short line.

    Examples
    --------
    >>> shown("x" * 1000)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxx...xxxxxxxxxxxxxxxxxxxxxxxxxxxx'"
    """
    if getattr(value, "ndim", 0):  # a table is many lines
        return f"a {type(value).__name__}"
    try:
        return " ".join(_SHOWN.repr(value).split())
    except (ValueError, RecursionError):  # a number of thousands of digits
        return f"a very long {type(value).__name__}"


def not_known(said: str, value: object, known: Iterable[object]) -> str:
    """The sentence that says what is not known, which known one is spelt much like it, and which ones there are.

    Examples
    --------
    >>> not_known("Round 'panle' is not known", "panle", ["screen", "panel"])
    "Round 'panle' is not known; did you mean panel? Else choose one of screen, panel."
    """
    words, written = [*map(str, known)], value.strip().lower() if isinstance(value, str) else ""
    near = difflib.get_close_matches(written[:_SHORT], words, 1, _ALIKE)
    meant = f"did you mean {near[0]}? Else " if near else ""
    return f"{said}; {meant}choose one of {', '.join(words)}."


def refused(name: str, value: object, remedy: str) -> ValueError:
    """Give the error that names an argument, what was given for it, and what to give."""
    return ValueError(f"{name} is {shown(value)}; {remedy}.")


def _noun(kind: Hint) -> str:
    if _origin(kind) is Annotated:
        return _noun(get_args(kind)[0])
    found: Any = _origin(kind) or kind
    if found in _NOUNS:
        return _NOUNS[found]
    name = getattr(found, "__name__", str(found))
    return f"{'an' if name[:1] in 'AEIOU' else 'a'} {name}"


def _native(value: object) -> Any:
    """Give a day of NumPy as one of Python."""
    if _is_of_numpy(value, "datetime64"):
        return value.astype("datetime64[us]").item()  # type: ignore[attr-defined]
    return value


def _is_nat(value: object) -> bool:
    return _is_of_numpy(value, "datetime64") and _native(value) is None


def _is_of_numpy(value: object, name: str) -> bool:
    return type(value).__module__ == "numpy" and type(value).__name__.rstrip("_") == name


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]  # what is none says so
    except TypeError:
        return None


def _real(value: object) -> float:
    """Give a number; NaN for what is none."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf
    except TypeError:  # a span of time of NumPy passes for a number
        return math.nan


Count = Annotated[int, count]
Share = Annotated[float, share]
_READERS: Mapping[Any, Check] = {
    str: text,
    bool: truth,
    int: whole,
    float: number,
    dt.date: day,
    dt.datetime: moment,
    os.PathLike[str]: path,
}
_NOUNS = {
    str: "text",
    bytes: "bytes",
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    os.PathLike: "a path",
}
# What is often given in the place of another kind, and what makes that of it: by names, since no kind is known here.
_MADE_OF = {
    ("tally", "OutcomeLog"): "cl.tally({})",
    ("tally", "path"): "cl.tally({})",
    ("Result", "OutcomeLog"): "cl.outcomes.by_tactic(cl.tally({}))",
    ("Result", "DataFrame"): "cl.outcomes.by_tactic({})",
    ("OutcomeLog", "path"): "cl.OutcomeLog({})",
    ("ActivityReport", "OutcomeLog"): "cl.activity_report({})",
    ("ClosingCard", "Pitch"): "cl.closing_card(pitch={})",
    ("Assessment", "Advice"): "{}.assessment",
    ("Scenario", "path"): "cl.scenario({})",
}
_WRITTEN = {"OutcomeLog": "log", "DataFrame": "t", "Advice": "advice"}  # as the pages call them
