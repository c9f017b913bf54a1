# ruff: noqa: E501, PLW0108  # a line for each file, in a table
"""Files of less than 1 MB that are made to cost minutes or gigabytes, and a process that measures what each costs.

python hostile.py          reads the names of files, one a line, and tells for each: seconds, MB, what was said
"""

from __future__ import annotations

import importlib
import io
import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import closing_lib as cl

LIBRARIES = ("pandas", "openpyxl.styles.numbers", "openpyxl.utils.datetime", "pyarrow.csv", "pyarrow.compute")
CORPUS = Path(__file__).with_name("corpus")
SECONDS = 20  # of the processor, after which a file is given up
HEAD = b"Company,Role,Applied,Status,Notes,History\n"
OWN = b"record,application,company,role,day,kind"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def text(cell: bytes, said: bytes) -> bytes:
    """Give a cell with a text of its own."""
    return b"<c r='%s' t='inlineStr'><is><t>%s</t></is></c>" % (cell, said)


HEADINGS = b"<row r='1'>" + text(b"A1", b"Company") + text(b"B1", b"Status") + b"</row>"
OWN_HEADINGS = (
    b"<row r='1'>" + b"".join(text(b"%c1" % (65 + at), one) for at, one in enumerate(OWN.split(b","))) + b"</row>"
)


def book(rows: bytes, before: bytes = b"", shared: bytes | None = None) -> bytes:
    """Give the workbook of the corpus with other rows on its second sheet, and with shared texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(CORPUS / "workbook.xlsx") as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "xl/worksheets/sheet2.xml":
                content = before + b"<worksheet xmlns='%s'><sheetData>%s</sheetData></worksheet>" % (_MAIN, rows)
            if name == "xl/_rels/workbook.xml.rels" and shared is not None:
                one = f'<Relationship Type="{_RELATED}/sharedStrings" Target="texts.xml" Id="rId9"/></Relationships>'
                content = content.replace(b"</Relationships>", one.encode())
            new.writestr(name, content)
        if shared is not None:
            new.writestr("xl/texts.xml", b"<sst xmlns='%s'>%s</sst>" % (_MAIN, shared))
    return out.getvalue()


def word(number: int, length: int) -> bytes:
    """Give a word of letters, a different one for each number."""
    return bytes(97 + number // 26**power % 26 for power in range(length))


def _rows(first: int, last: int, cell: bytes) -> bytes:
    return b"".join(b"<row r='%d'>%s</row>" % (line, cell % line) for line in range(first, last))


_DEFINED = b"<!DOCTYPE a [<!ENTITY a0 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (one, b"&a%d;" % (one - 1) * 10) for one in range(1, 10)
)

FILES: dict[str, Callable[[], bytes]] = {
    "histories of blanks": lambda: HEAD + b"".join(b"A,,,,,x%d%sx\n" % (one, b" " * 19_000) for one in range(5)),
    "blanks before a step": lambda: HEAD + b"A,,,,,2026-01-05 %sx%s\n" % (b" " * 9_000, b" " * 9_000) * 50,
    "histories of commas": lambda: HEAD + b"".join(b'A,,,,,"%d %s"\n' % (one, b"a," * 9_000) for one in range(47)),
    "statuses, all different": lambda: b"Company,Status\n" + b"".join(b"a,re%s\n" % word(one * 7919, 7) for one in range(35_000)),
    "statuses of arrows": lambda: HEAD
    + b"".join(b"A,,,%s,,\n" % b"->".join(word(7919 * (one + 180 * row), 8) for one in range(180)) for row in range(300)),
    "490 statuses and short rows": lambda: b"Company" + b",Status" * 490 + b"\n" + b"a\n" * 400_000,
    "490 notes and short rows": lambda: b"Company" + b",Zz" * 490 + b"\n" + b"a\n" * 400_000,
    "480 stages": lambda: b"Company" + b",Interview" * 480 + b"\n" + b"".join(b"%d%s\n" % (one, b",1" * 480) for one in range(900)),
    "an own history with short rows": lambda: OWN + b",a" * 200_000 + b"\n" + b"x\n" * 200_000,
    "a letter of 18": lambda: ("Company,Role\n" + "ﷺ" * 300_000).encode(),
    "marks over a letter": lambda: ("Company,a" + "\u0301\u0327" * 200_000 + "\nAcme,x").encode(),
    "marks over statuses": lambda: ("Company,Status\n" + "".join(f"a,{one}" + "\u0301\u0327" * 995 + "\n" for one in range(200))).encode(),
    "a line of separators": lambda: b"," * 500_000,
    "one long cell": lambda: HEAD + b"A,,,," + b"x" * 900_000 + b",\n",
    "blank lines": lambda: b"Company\nx\n" + b"\n" * 900_000,
    "empty cells": lambda: book(HEADINGS + (b"<row>" + b"<c/>" * 500 + b"</row>") * 9_000),
    "cells far right": lambda: book(HEADINGS + _rows(2, 60_000, b"<c r='SF%d'/>")),
    "texts far right": lambda: book(HEADINGS + _rows(2, 40_000, text(b"SF%d", b"a"))),
    "a history far right": lambda: book(OWN_HEADINGS + _rows(2, 40_000, text(b"SF%d", b"a"))),
    "rows that hold nothing": lambda: book(HEADINGS + b"<row/>" * 1_000_000),
    "a history far below": lambda: book(OWN_HEADINGS + b"<row r='1048576'>" + text(b"A1048576", b"x") + b"</row>"),
    "one text in many cells": lambda: book(HEADINGS + _rows(2, 20_000, b"<c r='A%d' t='s'><v>0</v></c>"), shared=b"<si><t>" + b"x" * 30_000 + b"</t></si>"),
    "many shared texts": lambda: book(HEADINGS, shared=b"<si/>" * 1_000_000),
    "a text of 150 MB": lambda: book(HEADINGS + b"<row r='2'>" + text(b"A2", b"x" * 150_000_000) + b"</row>"),
    "elements inside each other": lambda: book(HEADINGS + b"<row r='2'><c><is>" + b"<r>" * 3_000_000),
    "entities": lambda: book(b"<row><c t='inlineStr'><is><t>&a9;</t></is></c></row>", _DEFINED + b"]>"),
}  # fmt: skip


def measure(name: str) -> None:
    """Import a file into a new log, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        log = cl.OutcomeLog(Path(folder, "log.sqlite"))
        file = Path(folder, "file")
        file.write_bytes(FILES[name]())
        os.waitpid(os.fork() or _import(file, log), 0)


def _import(file: Path, log: cl.OutcomeLog) -> int:
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # so that the most is counted from here
    before, began = _megabytes("VmRSS"), time.process_time()
    try:
        said = str(cl.import_csv(file, into=log, name="file"))
    except cl.LogError as error:
        said = str(error)
    print(f"{time.process_time() - began:.2f}\t{_megabytes('VmHWM') - before}\t{said}", flush=True)
    os._exit(0)


def _megabytes(which: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(which))


if __name__ == "__main__":
    for library in LIBRARIES:
        importlib.import_module(library)
    for line in sys.stdin:
        measure(line.strip())
        print("done", flush=True)
