"""Files that cannot be imported: one sentence that says what to do, and a log that is as it was, byte for byte."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import closing_lib as cl
from closing_lib.records.importing.workbook import opened

NOBODY = 65534
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
NO_TABLE = "file doesn’t have a table that the kit can read. Save it as CSV or XLSX, and choose that file."
BROKEN = (
    "file is damaged, or isn’t a spreadsheet. Open it in a spreadsheet program, save it as XLSX, and choose that file."
)
OLD = "file is in Excel’s old format, or has a password. Save it as XLSX without a password, and choose that file."
TOO_LARGE = "file has more than 200 million characters. Split it into smaller files."
UNFOLDS = (
    "file is far bigger inside than a list of applications should be. "
    "Copy your rows into a new spreadsheet, and choose that file."
)
TOO_WIDE = "file has more than 500 columns. Delete the ones that aren’t about your applications, and try again."


def archive(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return out.getvalue()


def workbook() -> bytes:
    return (Path(__file__).parent / "corpus" / "workbook.xlsx").read_bytes()


def workbook_of(sheet: bytes) -> bytes:
    """Give the workbook of the corpus with other bytes in the stead of each of its sheets."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    harmed = {name: b"<worksheet>" + sheet if "/sheet" in name else content for name, content in parts.items()}
    return archive(*harmed.items())


def workbook_with(part: str, old: bytes, new: bytes) -> bytes:
    """Give the workbook of the corpus with something else in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert old in parts[part]
    return archive(*(parts | {part: parts[part].replace(old, new)}).items())


def flipped(*places: tuple[bytes, int], bits: int = 0xFF) -> bytes:
    """Give the workbook of the corpus with other bits so far behind each mark."""
    changed = bytearray(workbook())
    for mark, behind in places:
        at = changed.find(mark)
        while at >= 0:
            changed[at + behind] ^= bits
            at = changed.find(mark, at + 4)
    return bytes(changed)


UNREADABLE = {
    "empty": (b"", "file is empty. Choose another file."),
    "blank lines": (b"\n\r\n \n\n"[:3], "file is empty. Choose another file."),
    "a mark alone": (b"\xef\xbb\xbf", "file is empty. Choose another file."),
    "binary": (bytes(range(256)) * 4, NO_TABLE),
    "zeros": (bytes(1000), NO_TABLE),
    "half a character": (b"\xff\xfeC\x00o\x00\x00\xd8A\x00" + b"x\x00" * 9, NO_TABLE),
    "old Excel": (OLE, OLD),
    "PDF": (PDF, NO_TABLE),
    "PDF with a stream": (PDF + b"stream\n" + bytes(range(256)), NO_TABLE),
    "PNG": (PNG, NO_TABLE),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", NO_TABLE),
    "GIF": (b"GIF89a\x01\x00\x01\x00", NO_TABLE),
    "page of the web": (b"<!DOCTYPE html><table><tr><td>Company</td></tr></table>", NO_TABLE),
    "rich text": (b"{\\rtf1 Company,Role\\par Acorn,Clerk}", NO_TABLE),
    "archive": (archive(("tracker.csv", b"Company\nAcorn\n")), BROKEN),
    "empty archive": (b"PK\x03\x04", BROKEN),
    "archive with a password": (flipped((b"PK\x03\x04", 6), (b"PK\x01\x02", 8), bits=1), BROKEN),
    "half a workbook": (workbook()[: len(workbook()) // 2], BROKEN),
    "workbook without its sheets": (archive(("xl/workbook.xml", b"<workbook/>"), ("[Content_Types].xml", b"")), BROKEN),
    "wrong checksum": (flipped((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)), BROKEN),
    "packed in a way of its own": (flipped((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)), BROKEN),
    "packed bytes of another kind": (flipped((b"_rels/.rels", 12)), BROKEN),
    "for a newer program": (flipped((b"PK\x01\x02", 6)), BROKEN),
    "without a workbook": (workbook_with("_rels/.rels", b"officeDocument", b"office"), BROKEN),
    "relation without a target": (workbook_with("_rels/.rels", b" Target=", b" Aim="), BROKEN),
    "sheet that leads nowhere": (workbook_with("xl/workbook.xml", b"r:id=", b"r:od="), BROKEN),
    "sheet without a name": (workbook_with("xl/workbook.xml", b" name=", b" nome="), BROKEN),
    "style without a number": (workbook_with("xl/styles.xml", b"numFmtId=", b"number="), BROKEN),
    "XML that ends too early": (workbook_of(b"<sheetData><row><c>"), BROKEN),
    "XML in a coding of nobody": (
        workbook_with("xl/workbook.xml", b"<workbook", b'<?xml version="1.0" encoding="martian"?><workbook'),
        BROKEN,
    ),
    "line that is no number": (workbook_of(b"<sheetData><row r='x'/></sheetData></worksheet>"), BROKEN),
    "bomb": (workbook_of(b" " * 200_000_000), UNFOLDS),
    "wide": (b",".join(b"Company %d" % number for number in range(10_000)) + b"\nAcorn\n", TOO_WIDE),
    "wide without headings": (b"2026-01-05,Rejected," + b"x," * 9_000 + b"\n", TOO_WIDE),
}


def refused(file: Path | bytes, log: cl.OutcomeLog, name: str | None = None) -> str:
    """Give what is said of a file, when looked at and when taken in, and see that nothing was changed."""
    log.add_application("Mine", "Own", "2026-01-05")
    before = log.path.read_bytes()
    said = []
    for dry_run in (True, False):
        with pytest.raises(cl.LogError) as caught:
            cl.import_csv(file, into=log, name=name, dry_run=dry_run)
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert log.path.read_bytes() == before
    assert "\n" not in said[0]
    assert not (log.path.with_name(f"{log.path.name}-journal")).exists()
    return said[0]


def test_a_mistake_in_the_reading_of_a_workbook_shows_itself() -> None:
    with pytest.raises(KeyError), opened(workbook(), "file") as book:
        [*book.rows("no such sheet")]


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_is_no_table_is_refused_in_one_sentence(kind: str, log: cl.OutcomeLog) -> None:
    data, said = UNREADABLE[kind]
    assert refused(data, log, "file") == said


def test_a_file_that_is_not_there(log: cl.OutcomeLog, tmp_path: Path) -> None:
    said = refused(tmp_path / "tracker.csv", log)
    assert said == "tracker.csv isn’t there. Check the name and the folder."


def test_a_folder(log: cl.OutcomeLog, tmp_path: Path) -> None:
    assert refused(tmp_path, log) == f"{tmp_path.name} is a folder. Choose a file inside it."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among its files")
@pytest.mark.parametrize("kind", ["pipe", "device", "link to a device"])
def test_what_is_not_a_file_is_told_at_once(kind: str, log: cl.OutcomeLog, tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    else:
        path.symlink_to("/dev/zero")
    assert refused(path, log).startswith(f"{path.name} can’t be read (it’s a pipe or a device, not a file). ")


def test_a_mac_of_old_ends_lines_with_a_carriage_return(log: cl.OutcomeLog) -> None:
    report = cl.import_csv(b"Company,Status,Notes\rAcorn,Rejected,a record\rOcto,Applied,\r", into=log)
    assert (report.imported, report.skipped) == (2, ())


def test_an_own_history_that_was_saved_on_a_mac_of_old(log: cl.OutcomeLog) -> None:
    rows = b"application,1,Acorn,Clerk,2026-01-05,\revent,1,Acorn,Clerk,2026-02-01,offer\r"
    report = cl.import_csv(b"record,application,company,role,day,kind\r" + rows, into=log)
    assert (report.imported, report.applications, report.events) == (2, 1, 1)


def test_columns_far_right_in_a_workbook_are_refused_or_told_as_in_csv(log: cl.OutcomeLog) -> None:
    rows = b"<row><c t='str'><v>Company</v></c></row><row><c t='str'><v>Acorn</v></c><c r='SG2'><v>1</v></c></row>"
    wide = workbook_of(b"<sheetData>" + rows + b"</sheetData></worksheet>")
    (row,) = cl.import_csv(wide, into=log, name="file", dry_run=True).skipped
    assert (row.line, row.reason.startswith("It has more cells (501) than there are headings (1).")) == (2, True)
    wider = workbook_of(
        b"<sheetData><row><c t='str'><v>Company</v></c><c r='SG1'><v>1</v></c></row></sheetData></worksheet>"
    )
    assert refused(wider, log, "file") == TOO_WIDE


def test_numbers_and_days_that_no_program_has(log: cl.OutcomeLog) -> None:
    odd = ["1e999", "-0", "1" + "0" * 400, "9" * 5000, "NaN", "-1", "99999999", "0", "60", "1e300", "2958466", ""]
    cells = "".join(f"<row><c><v>{one}</v></c><c s='1'><v>{one}</v></c><c t='d'><v>{one}</v></c></row>" for one in odd)
    head = "<row><c t='str'><v>Company</v></c><c t='str'><v>Applied</v></c><c t='str'><v>Rejected</v></c></row>"
    book = workbook_of(f"<sheetData>{head}{cells}</sheetData></worksheet>".encode())
    report = cl.import_csv(book, into=log, name="file")
    assert report.rows == len(odd) - 1  # the last row holds nothing


def test_a_file_in_what_is_no_folder(log: cl.OutcomeLog, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert refused(tmp_path / "file" / "tracker.csv", log).startswith("tracker.csv ")


def test_a_name_that_no_file_can_have(log: cl.OutcomeLog, tmp_path: Path) -> None:
    assert refused(Path(f"{tmp_path}/a\0b"), log).startswith("a\ufffdb can’t be read (")
    assert refused(tmp_path / ("x" * 300), log).startswith("…xxx")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows knows other rights")
def test_a_file_that_may_not_be_read(log: cl.OutcomeLog, tmp_path: Path) -> None:
    file = tmp_path / "tracker.csv"
    file.write_bytes(b"Company\nAcorn\n")
    file.chmod(0)
    with as_nobody(), pytest.raises(cl.LogError) as caught:
        cl.import_csv(file, into=log)
    assert "check that you’re allowed to open it" in str(caught.value)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Be somebody who may not read everything, where the tests are run by root."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(me)


def test_a_file_of_gigabytes_is_refused_unread(log: cl.OutcomeLog, tmp_path: Path) -> None:
    file = tmp_path / "file"
    with file.open("wb") as out:
        out.truncate(900_000_000)  # a hole: it takes no room
    assert refused(file, log) == TOO_LARGE


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"mapping": {"Firm": "company"}}, "file has no column “Firm”. Choose one of “Company”, “Status”."),
        ({"mapping": {"Status": "colour"}}, "A column can’t be “colour”. Choose one of company, "),
        ({"mapping": {"Company": "company", "Status": "company"}}, "Two columns can’t both be the company. "),
        ({"statuses": {"Limbo": "lost"}}, "A status can’t mean “lost”. Choose one of applied, "),
    ],
)
def test_an_answer_that_fits_nothing(answers: dict[str, dict[str, str]], said: str, log: cl.OutcomeLog) -> None:
    before = log.path.read_bytes()
    with pytest.raises(cl.LogError) as caught:
        cl.import_csv(b"Company,Status\nAcorn,Limbo\n", into=log, name="file", **answers)
    assert str(caught.value).startswith(said)
    assert log.path.read_bytes() == before


def test_a_sheet_that_is_not_there(log: cl.OutcomeLog) -> None:
    with pytest.raises(cl.LogError, match=r"has no sheet 'Last year'\. Choose one of 'Cover', 'Applications'"):
        cl.import_csv(workbook(), into=log, sheet="Last year")
