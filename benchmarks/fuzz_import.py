"""Damage the files of the corpus in every way, import them, and look for what must not happen.

    .venv/bin/python benchmarks/fuzz_import.py [SECONDS] [--seed N]

Each file either comes in with a report whose rows add up and whose second import adds nothing, or is refused with one
sentence and leaves the log as it was, byte for byte. Everything runs in a process of its own with bounded memory, and
within a bounded time; a file that broke a rule is printed and kept. The tests run a few hundred.
"""

from __future__ import annotations

import argparse
import dataclasses
import faulthandler
import io
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import closing_lib as cl
from closing_lib.records.backup import export_bytes
from closing_lib.records.importing import Column

CORPUS = Path(__file__).parents[1] / "tests" / "records" / "importing" / "corpus"
MEMORY = 3 << 30  # bytes that the importing process may take
PATIENCE = 120  # seconds for one file, also on a busy machine
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "gb18030", "utf-32", "shift_jis")
ODD = (
    *"\0\r\n\t\x0b\x0c\x1a\x1b\x85\u2028\ufeff\ud800\u202e👻İﷺ'\",;|[](){}→-/.²٣㍿月？&",
    *("\r\n", '"""', "['a'", "[" * 6, "(" * 5, "{'a':", "->", "=>", "=1+1", "sep=", "\\", "\\N", "\\ud800", "---"),
    *(
        "8/82019",
        "0/0/0",
        "99/99/9999",
        "2026-02-30",
        "27-Oct",
        "1e400",
        "NaN",
        "0x10",
        "1_0",
        "13/1/2026",
        "1/13/2026",
    ),
    *("Before", "after", "and", "'None'", "None", "n/a", "null", "Rejected", "Company", "Status", "Applied -> Offer"),
)
Dice = random.Random


# --- Damage


def flip(data: bytes, dice: Dice) -> bytes:
    """Change single bits."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def cut(data: bytes, dice: Dice) -> bytes:
    """Leave a part out, or keep only a part."""
    start, stop = _span(data, dice)
    return data[:start] + data[stop:] if dice.random() < 0.5 else data[start:stop]


def double(data: bytes, dice: Dice) -> bytes:
    """Repeat a part, sometimes very often."""
    start, stop = _span(data, dice)
    often = dice.choice((2, 3, 50)) if stop - start < 2000 else 2
    return data[:stop] + data[start:stop] * often + data[stop:]


def splice(data: bytes, dice: Dice) -> bytes:
    """Put a part of another file in."""
    other = dice.choice(files()).read_bytes()
    (start, stop), (begin, end) = _span(data, dice), _span(other, dice)
    return data[:start] + other[begin:end] + data[stop:]


def insert(data: bytes, dice: Dice) -> bytes:
    """Put in what nobody expects, in any encoding."""
    odd = "".join(dice.choices(ODD, k=dice.choice((1, 1, 3, 30))))
    at = dice.randint(0, len(data))
    return (
        data[:at] + odd.encode(dice.choice(CODECS), errors="surrogatepass" if odd.isascii() else "replace") + data[at:]
    )


def cells(data: bytes, dice: Dice) -> bytes:
    """Change cells of a text, and leave it a table."""
    rows = [line.split(",") for line in data.decode(errors="replace").split("\n")]
    for _ in range(dice.choice((1, 3, 10))):
        row = dice.choice(rows)
        row[dice.randrange(len(row))] = dice.choice((*ODD, dice.choice(dice.choice(rows))))
    return "\n".join(map(",".join, rows)).encode(errors="replace")


def shuffle(data: bytes, dice: Dice) -> bytes:
    """Change the order of lines, or lose some."""
    lines = data.splitlines(keepends=True)
    return b"".join(dice.sample(lines, dice.randint(len(lines) // 2, len(lines))))


def again(data: bytes, dice: Dice) -> bytes:
    """Write a text in another encoding, as if it had been read in a wrong one."""
    return data.decode(dice.choice(CODECS), errors="replace").encode(dice.choice(CODECS), errors="replace")


def parts(data: bytes, dice: Dice) -> bytes:
    """Damage the parts inside a workbook, and pack it again."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            names = packed.namelist()
            harmed = set(dice.sample(names, min(len(names), dice.choice((1, 1, 2, 4)))))
            for name in names:
                part = packed.read(name)
                new.writestr(name, dice.choice(PLAIN)(part, dice) if name in harmed else part)
    except Exception:  # it is damaged already, and could be in any part
        return flip(data, dice)
    return out.getvalue()


PLAIN: tuple[Callable[[bytes, Dice], bytes], ...] = (flip, cut, double, splice, insert)
TEXT = (*PLAIN, cells, cells, cells, shuffle, again)
BOOK = (*PLAIN, parts, parts, parts, parts)


def _span(data: bytes, dice: Dice) -> tuple[int, int]:
    start = dice.randint(0, len(data))
    return start, min(len(data), start + dice.choice((1, 2, 10, 100, 10_000)))


def files() -> list[Path]:
    """Give the files of the corpus."""
    return sorted(path for path in CORPUS.iterdir() if path.suffix not in (".json", ".md"))


def damaged(dice: Dice) -> bytes:
    """Give a damaged file."""
    data = dice.choice(files()).read_bytes()
    if dice.random() < 0.1:
        data = next(path for path in files() if path.suffix == ".xlsx").read_bytes()
    for _ in range(dice.choice((1, 1, 2, 3, 6))):
        data = dice.choice(BOOK if data.startswith(b"PK") else TEXT)(data, dice)
    return data


@cache
def histories() -> tuple[bytes, ...]:
    """Give the sample's history in each format."""
    return tuple(export_bytes(cl.sample_log(), ending) for ending in ("csv", "xlsx", "parquet"))


def damaged_history(dice: Dice) -> bytes:
    """Give a damaged export of the kit's own."""
    data = dice.choice(histories())
    ways = BOOK if data.startswith(b"PK") else PLAIN if data.startswith(b"PAR1") else TEXT
    for _ in range(dice.choice((1, 1, 2, 3))):
        data = dice.choice(ways)(data, dice)
    return data


# --- Large ones, which a quadratic step or a bomb would turn into a hang


def large(scale: int = 1) -> dict[str, bytes]:
    """Give files that are bad because of their size, or so many times smaller."""
    head = b"Company,Role,Applied,Status,Notes,History\n"
    row = b"Acorn,Clerk,2026-01-05,%s,%s,%s\n"
    return {
        "one line of 10 MB": b"Company" + b"x" * (10_000_000 // scale),
        "one cell of 10 MB": head + row % (b"Rejected", b"y" * (10_000_000 // scale), b""),
        "one status of 10 MB": head + row % (b"no " * (3_000_000 // scale), b"", b""),
        "one history of 10 MB": head + row % (b"", b"", b"2024-01-05|APPLIED;" * (500_000 // scale)),
        "one company of 10 MB": head + b"z" * (10_000_000 // scale) + b",,,,,\n",
        "10,000 columns": b",".join(b"Company %d" % number for number in range(10_000))
        + b"\n"
        + b"a," * 9_999
        + b"b\n",
        "10,000 same headings": b"Company" + b",Status" * 9_999 + b"\n" + b"a" + b",Rejected" * 9_999 + b"\n",
        "100,000 commas a line": (b"," * (100_000 // scale) + b"\n") * 50,
        "an open quotation mark": head + b'"' + row % (b"", b"", b"") * (100_000 // scale),
        "many open quotation marks": head + b'a"b,"\n' * (100_000 // scale),
        "nothing but quotation marks": b'"' * (5_000_001 // scale),
        "nothing but line ends": b"\n" * (5_000_000 // scale),
        "a deep list": head + row % (b"", b"", b"[" * 9_000 + b"]" * 9_000),
        "a deep sum": head + row % (b"", b"", b"[" + b"-" * 9_000 + b"1]"),
        "long digits": head + b"Acorn,Clerk,%s,Rejected,,[%s]\n" % (b"9" * 50_000, b"9" * 15_000),
        "50,000 unknown statuses": head
        + b"".join(row % (b"rejectid %d" % n, b"", b"") for n in range(50_000 // scale)),
        "50,000 misspelt ones": head + b"".join(row % (bytes(dice_word(n)), b"", b"") for n in range(50_000 // scale)),
        "50,000 days without a year": b"Company,Applied\n"
        + b"".join(b"A%d,27-Oct\n" % n for n in range(50_000 // scale)),
        "50,000 rows of one application": head
        + b"".join(row % (b"Rejected", b"note %d" % n, b"") for n in range(50_000 // scale)),
        "50,000 events of one application": b"Company,Interview\n"
        + b"".join(
            b"Acorn,%d-%02d-%02d\n" % (1950 + n // 336, n // 28 % 12 + 1, n % 28 + 1) for n in range(20_000 // scale)
        ),
        "arrows": head + row % (b"Applied -> " * (100_000 // scale), b"", b""),
        "letters beyond ASCII": head + row % ("é".encode("cp1252") * (3_000_000 // scale), b"", b""),
        "letters of no encoding": bytes(range(128, 256)) * (20_000 // scale),
        "a bomb of zeros": bomb("xl/worksheets/sheet1.xml", (1_000_000_000 // scale)),
        "a bomb of rows": _sheet(b"<row><c t='inlineStr'><is><t>Company</t></is></c></row>" * (3_000_000 // scale)),
        "a bomb of entities": _sheet(b"<row><c t='inlineStr'><is><t>&a9;</t></is></c></row>", _ENTITIES),
        "a cell at the end": _sheet(
            b"<row r='1048576'><c r='XFD1048576' t='inlineStr'><is><t>Company</t></is></c></row>"
        ),
        "a row far away": _sheet(b"<row r='999999999'><c r='A999999999'><v>1</v></c></row>"),
    }


_ENTITIES = (
    b"<!DOCTYPE a [<!ENTITY a0 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (one, b"&a%d;" % (one - 1) * 10) for one in range(1, 10))
    + b"]>"
)


def dice_word(number: int) -> bytes:
    """Give a word of 12 letters that is near to none."""
    return b"interv" + bytes(97 + number // 26**power % 26 for power in range(6))


def bomb(name: str, size: int) -> bytes:
    """Give an archive that unpacks to many zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open(name, "w", force_zip64=True) as part:
        for _ in range(size // 10_000_000):
            part.write(bytes(10_000_000))
    return out.getvalue()


def _sheet(rows: bytes, before: bytes = b"") -> bytes:
    """Give the workbook of the corpus with other rows."""
    out = io.BytesIO()
    book = next(path for path in files() if path.suffix == ".xlsx")
    with zipfile.ZipFile(book) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in packed.namelist():
            whole = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
            is_sheet = name.startswith("xl/worksheets/sheet")
            new.writestr(name, before + whole + rows + b"</sheetData></worksheet>" if is_sheet else packed.read(name))
    return out.getvalue()


# --- The rules


def broken_rules(data: bytes, log: cl.OutcomeLog, dice: Dice) -> Iterator[str]:
    """Import a file, and tell of each rule that this breaks."""
    before = log.path.read_bytes()
    try:
        shown = cl.import_csv(data, log, dry_run=True, name="f")
    except cl.LogError as error:
        yield from _of_refusal(str(error), log.path.read_bytes() == before)
        return
    if log.path.read_bytes() != before:
        yield "a dry run changed the log"
    yield from _of_imports(data, log, {})
    try:
        yield from _of_imports(data, log, {"mapping": _other_mapping(shown, dice)})
    except cl.LogError as error:  # too many columns about what has happened
        yield from _of_refusal(f"f {error}".replace("f f ", "f "), is_unchanged=len(log.applications()) == 1)


def _of_imports(data: bytes, log: cl.OutcomeLog, said: dict[str, Any]) -> Iterator[str]:
    shown = cl.import_csv(data, log, name="f", dry_run=True, **said)
    done = cl.import_csv(data, log, name="f", **said)
    if dataclasses.replace(done, number=None, dry_run=True) != shown:
        yield "the import did not do what the dry run told"
    yield from _of_report(done, data)
    second = cl.import_csv(data, log, name="f", **said)
    if second.imported or second.rows != done.rows:
        yield "a second import added something, or counted other rows"
    statuses = dict.fromkeys(done.unknown_statuses, "rejected")
    third = cl.import_csv(data, log, name="f", statuses=statuses, day_first=True, year=2026, **said)
    if third.unknown_statuses or third.rows != done.rows or set(third.questions) - {"company"}:
        yield "what was answered was asked again"
    for report in (third, done):
        if report.number is not None:
            log.undo_import(report.number)
    if len(log.applications()) != 1 or len(log.events()) != 2:
        yield "what was undone left something, or took something along"


def broken_bounds(data: bytes, log: cl.OutcomeLog) -> Iterator[str]:
    """Import a large file once, and take it back."""
    before = log.path.read_bytes()
    try:
        done = cl.import_csv(data, log, name="f")
    except cl.LogError as error:
        yield from _of_refusal(str(error), log.path.read_bytes() == before)
        return
    yield from _of_report(done, data)
    if done.number is not None:
        log.undo_import(done.number)


def _other_mapping(shown: cl.ImportReport, dice: Dice) -> dict[str, str | None]:
    """Give any meaning to each column, one of those that there can be only one of to one."""
    free = list(Column)
    mapping: dict[str, str | None] = {}
    for heading in list(shown.mapping)[:20]:
        column = dice.choice((*free, None))
        mapping[heading] = column and str(column)
        if column and column.is_single:
            free.remove(column)
    if mapping and "company" not in mapping.values():
        mapping[dice.choice(list(mapping))] = "company"
    return mapping


def _of_refusal(said: str, is_unchanged: bool) -> Iterator[str]:
    if not is_unchanged:
        yield "a refused file changed the log"
    if not said.startswith("f ") or not said.endswith(".") or "\n" in said or len(said) > 300:
        yield f"a refusal is not one sentence: {said[:300]!r}"


def _of_report(report: cl.ImportReport, data: bytes) -> Iterator[str]:
    lines = [row.line for row in report.skipped]
    if lines != sorted(lines) or len(set(lines)) < len(lines):
        yield "a line is skipped twice"
    if any(line < 1 for line in lines) or not all(row.reason for row in report.skipped):
        yield "a skipped row has no line or no reason"
    if not data.startswith((b"PK", b"PAR1")) and report.rows > data.count(b"\n") + data.count(b"\r") + 1:
        yield "there are more rows than lines"


# --- The run


def work(folder: Path, seconds: float, count: int, seed: int, scale: int) -> None:
    """Import one file after another, each written down before, so that also a crash can be looked into."""
    _bound_memory()
    for name, data in large(scale).items():
        _one(folder, data, name, broken_bounds)
    end = time.monotonic() + seconds
    for number in itertools.count() if seconds else range(count):
        if seconds and time.monotonic() > end:
            break
        dice = random.Random(f"{seed} {number}")  # noqa: S311  # nothing secret
        if number % 4 == 3:
            _one(folder, damaged_history(dice), f"seed {seed}, history {number}", broken_bounds)
            continue
        _one(folder, damaged(dice), f"seed {seed}, file {number}", partial(broken_rules, dice=dice))


def _one(folder: Path, data: bytes, name: str, rules: Callable[[bytes, cl.OutcomeLog], Iterator[str]]) -> None:
    current = folder / "current"
    current.write_bytes(data)
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    began = time.process_time()
    try:
        found = [*rules(data, _log(folder))]
    except Exception as error:  # whatever it is, it must not happen
        found = [f"{type(error).__name__}: {str(error)[:200]}"]
    faulthandler.cancel_dump_traceback_later()
    for fault in found:
        kept = Path(tempfile.mkdtemp(prefix="fuzz_import_")) / "file"
        kept.write_bytes(data)
        print(f"FAULT {name}: {fault} ({kept})", flush=True)
    print(f"DONE {time.process_time() - began:.3f} {name}", flush=True)


def _log(folder: Path) -> cl.OutcomeLog:
    path = folder / "log.sqlite"
    if not path.exists():
        log = cl.OutcomeLog(path)
        log.add_event(log.add_application("Mine", "Own", "2026-01-05"), "thank_you", note="kept")
    return cl.OutcomeLog(path)


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(arguments: list[str]) -> Counter[str]:
    """Let another process do the work, and count what it tells."""
    found: Counter[str] = Counter()
    slowest = (0.0, "nothing")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--work", folder, *arguments]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as worker:
            for line in worker.stdout or ():
                if line.startswith("DONE "):
                    found["files"] += 1
                    _, took, name = line.strip().split(" ", 2)
                    slowest = max(slowest, (float(took), name))
                else:
                    found["faults"] += 1
                    print(line, end="")
        if worker.returncode:
            kept = Path(tempfile.mkdtemp(prefix="fuzz_import_")) / "file"
            kept.write_bytes(Path(folder, "current").read_bytes())
            found["faults"] += 1
            print(f"FAULT the process ended with {worker.returncode} ({kept})")
    print(f"The slowest took {slowest[0]:.1f} processor seconds: {slowest[1]}")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run, and end with one line that tells what was found; give 1 if a rule was broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seconds", nargs="?", type=float, default=600)
    parser.add_argument("--files", type=int, default=0, help="so many damaged files, instead of a time")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scale", type=int, default=1, help="make the large files so many times smaller")
    parser.add_argument("--work", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.work:
        work(Path(asked.work), 0 if asked.files else asked.seconds, asked.files, asked.seed, asked.scale)
        return 0
    found = run(sys.argv[1:] if arguments is None else arguments)
    print(f"{found['files']} damaged files: {found['faults']} broken rules.")
    return int(bool(found["faults"]))


if __name__ == "__main__":
    sys.exit(main())
