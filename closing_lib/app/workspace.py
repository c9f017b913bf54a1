"""The person's own copy of the notebooks: delivering and refreshing it. Standard library only.

The person works in a copy, outside version control and beside their log. The rules, in the order they are tried in:

- A page that is not there is delivered. So a page deleted by mistake comes back at the next start, and deleting or
  renaming one is the way to a fresh copy. A page that the kit no longer has stays: nothing is ever deleted.
- A page that the person has not touched follows the kit.
- A page that the person has touched stays as it is. When the kit has a newer one, that is put beside it, under a name
  such as "02_close (new).ipynb"; once deleted, this second copy comes back only with the next newer version.
- Cells that the person added at the end of a page, with the button there, are theirs and no change to the page: they go
  along when it follows the kit. A page with such cells that Jupyter does not trust, since somebody else may have
  written them, counts as touched.
- A page that cannot be read stays as it is too, with a fresh one beside it.

"Touched" is judged on the types and the sources of the cells. Running a page changes its outputs, its counts and its
metadata; that is not yet work that could be lost.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from closing_lib.files import make_folder, write_whole

OWN = Path("data", "mine")  # the one folder of a checkout where a person's files may lie: git ignores it
MANIFEST = Path(".jupyter", "delivered.json")
FORMAT = 1
OWN_CELL = "closing_kit_own"  # says in a cell's metadata that the person added it


@dataclass(frozen=True)
class Version:
    """One version of a page: ``cells`` tells whether a person changed it, ``file`` whether the kit did.

    ``own`` are the cells that a person added.
    """

    cells: str
    file: str
    is_damaged: bool = field(default=False, compare=False)
    own: tuple[Any, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Refreshed:
    """What one refresh did, as names of files in the target.

    Attributes
    ----------
    delivered
        Written anew or brought up to date.
    beside
        Touched pages that stay as they are, with the name of the kit's new version beside each.
    """

    delivered: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


def refresh(
    source: Path,
    target: Path,
    sign: Callable[[list[Path]], object] = lambda _: None,
    is_trusted: Callable[[Path], bool] = lambda _: False,
) -> Refreshed:
    """Bring the person's copy of the pages up to date, and lose nothing of theirs.

    Parameters
    ----------
    source
        The kit's folder of pages in one language. Only read; hidden files and all folders are left out.
    target
        The person's folder; made if it is not there.
    sign
        Called with the files just written, before they count as delivered: what has to be done to a page that comes
        from the kit, such as telling Jupyter to trust it.
    is_trusted
        Called with a page that has cells of the person's own: whether it may be signed again with them.

    Returns
    -------
    Refreshed
        The files written.

    Raises
    ------
    OSError
        When the target cannot be written. What was written before that is whole; the next refresh goes on from there.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kit, mine = Path(folder, "kit"), Path(folder, "mine")
    ...     kit.mkdir()
    ...     _ = (kit / "page.ipynb").write_text('{"cells": []}')
    ...     refresh(kit, mine), refresh(kit, mine)
    (Refreshed(delivered=('page.ipynb',), beside=()), Refreshed(delivered=(), beside=()))
    """
    make_folder(target)
    given = _read_manifest(target)
    now = dict(given)
    written: list[tuple[str, str]] = []
    for name in _names(source):
        content = (source / name).read_bytes()
        now[name] = _version(content)
        where = _place(target, name, now[name], given)
        there = where and _look(target / where)
        if where and there and there.own and not is_trusted(target / where):
            where, there = _second_place(target, name, now[name], given), None
        if where is not None:
            write_whole(target / where, _with(there.own if there else (), content))
            now[where] = now[name]
            written.append((name, where))
    if written:
        sign([target / where for _, where in written])
    if now != given:
        _write_manifest(target, now)
    return Refreshed(
        delivered=tuple(name for name, where in written if where == name),
        beside=tuple((name, where) for name, where in written if where != name),
    )


def is_of_the_kit(target: Path, checkout: Path) -> bool:
    """Tell whether a person's files would lie among the kit's own, where git could pick them up.

    Parameters
    ----------
    target
        The folder that the person chose; it need not exist.
    checkout
        The kit's folder.
    """
    return _is_inside(target, checkout) and not _is_inside(target, checkout / OWN)


def _place(target: Path, name: str, kit: Version, given: Mapping[str, Version]) -> str | None:
    """Decide where the kit's version of a page is to be written; None for nowhere."""
    mine, last = _look(target / name), given.get(name)
    if mine is None:
        return name
    if mine.file == kit.file or (last is not None and mine.cells == last.cells):
        return name if kit != last else None
    is_known = last is not None and last.cells == kit.cells
    if mine.cells == kit.cells or (is_known and not mine.is_damaged):
        return None
    return _second_place(target, name, kit, given)


def _second_place(target: Path, name: str, kit: Version, given: Mapping[str, Version]) -> str | None:
    """Take the first second name that is free or holds an untouched page; None when the kit's version is there."""
    found = ((second, _look(target / second)) for second in _second_names(name))
    second, there = next((s, v) for s, v in found if v is None or (v.cells in _ours(s, kit, given) and not v.own))
    return None if there is not None and there.cells == kit.cells else second


def _second_names(name: str) -> Iterator[str]:
    page = PurePosixPath(name)
    for mark in itertools.chain(["new"], (f"new {number}" for number in itertools.count(2))):
        yield str(page.with_name(f"{page.stem} ({mark}){page.suffix}"))


def _ours(second: str, kit: Version, given: Mapping[str, Version]) -> set[str]:
    return {kit.cells, given.get(second, kit).cells}


def _names(source: Path) -> list[str]:
    return sorted(path.name for path in source.glob("*.ipynb") if path.is_file() and not path.name.startswith("."))


def _look(path: Path) -> Version | None:
    """Tell which version is there, None for no file. What cannot even be read counts as damaged."""
    try:
        return _version(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError:
        return Version(cells="", file="", is_damaged=True)


def _version(content: bytes) -> Version:
    whole = hashlib.sha256(content).hexdigest()
    try:
        every = json.loads(content)["cells"]
        own = tuple(cell for cell in every if cell.get("metadata", {}).get(OWN_CELL))
        cells = [(cell["cell_type"], "".join(cell["source"])) for cell in every if cell not in own]
    except (ValueError, KeyError, TypeError, AttributeError):
        return Version(cells=whole, file=whole, is_damaged=True)
    return Version(hashlib.sha256(json.dumps(cells).encode()).hexdigest(), whole, own=own)


def _with(own: tuple[Any, ...], content: bytes) -> bytes:
    """Put the person's own cells at the end of the kit's version of a page."""
    if not own:
        return content
    page = json.loads(content)
    return json.dumps(page | {"cells": [*page["cells"], *own]}, ensure_ascii=False, indent=1).encode()


def _read_manifest(target: Path) -> dict[str, Version]:
    """Read what was delivered so far; nothing where the manifest is damaged: then each page that differs is touched."""
    try:
        content = json.loads((target / MANIFEST).read_bytes())
        entries = content["delivered"] if content["format"] == FORMAT else {}
        return {str(name): Version(cells=entry["cells"], file=entry["file"]) for name, entry in entries.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write_manifest(target: Path, given: Mapping[str, Version]) -> None:
    entries = {name: {"cells": version.cells, "file": version.file} for name, version in sorted(given.items())}
    make_folder((target / MANIFEST).parent)
    write_whole(target / MANIFEST, json.dumps({"format": FORMAT, "delivered": entries}, indent=1).encode())


def _is_inside(path: Path, folder: Path) -> bool:
    """Tell whether a path is a folder or lies in it, also through links and where upper and lower case are the same."""
    resolved, root = path.resolve(), folder.resolve()
    above = (part for part in (resolved, *resolved.parents) if part.exists())
    return resolved.is_relative_to(root) or (root.exists() and any(part.samefile(root) for part in above))
