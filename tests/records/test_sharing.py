"""Several threads, processes and notebooks at one file, and what goes wrong around it: never a row lost in silence."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from closing_lib.assessment import Assessment
from closing_lib.records import ApplicationRow, AssessmentRow, InterviewRow, LogError, OutcomeLog, connection, errors

WRITE = """
import sys
from closing_lib.assessment import Assessment
from closing_lib.records import OutcomeLog

log = OutcomeLog(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    with log.transaction():
        application = log.add_application(sys.argv[2], note=str(number))
        log.add_interview(application, "2026-11-20", assessment=Assessment())
    log.save_draft("close", {"by": sys.argv[2]})
"""


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "PATIENCE", 0.2)


@contextmanager
def somebody_else_writing(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        yield


def test_processes_that_write_at_once_lose_no_row(path: Path, start: Callable[..., subprocess.Popen[str]]) -> None:
    processes = [start(WRITE, path, name) for name in ("first", "second", "third")]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    for process in processes:
        process.communicate("\n")
    assert [process.returncode for process in processes] == [0, 0, 0]
    log = OutcomeLog(path)
    assert Counter(row.company for row in log.rows(ApplicationRow)) == {"first": 40, "second": 40, "third": 40}
    assert len(log.rows(InterviewRow)) == len(log.rows(AssessmentRow)) == 120
    assert whole(path)


def test_threads_that_share_one_log_lose_no_row(log: OutcomeLog) -> None:
    def write(name: str) -> None:
        for _ in range(20):
            with log.transaction():
                log.add_interview(log.add_application(name))
            log.applications()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, "abcd"))
    assert Counter(row.company for row in log.rows(ApplicationRow)) == dict.fromkeys("abcd", 20)


def test_a_transaction_of_one_thread_is_not_anothers(log: OutcomeLog) -> None:
    seen = []
    with log.transaction():
        log.add_application("Acme")
        reader = threading.Thread(target=lambda: seen.append(len(log.rows(ApplicationRow))))
        reader.start()
        time.sleep(0.05)
        log.add_application("Umbrella")
    reader.join()
    assert seen in ([0], [2])


def test_opening_a_log_in_one_thread_takes_no_lock_from_another(
    log: OutcomeLog, path: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    # Reading the first bytes of a file and closing it would drop the locks of a transaction that is open on it.
    with log.transaction():
        log.add_application("Acme")
        opener = threading.Thread(target=OutcomeLog, args=[path])
        opener.start()
        time.sleep(0.05)
        other = start("import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')", path)
        other.communicate()
        assert other.returncode != 0
    opener.join()


def _forked(do: Callable[[], object]) -> int:
    child = os.fork()
    if not child:
        try:
            do()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return child


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on Windows")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_forked_processes_write_while_threads_do(log: OutcomeLog, path: Path) -> None:
    stop = threading.Event()

    def keep_writing() -> None:
        while not stop.is_set():
            log.add_application("parent")

    writer = threading.Thread(target=keep_writing)
    writer.start()
    children = [_forked(lambda: log.add_application("child")) for _ in range(5)]
    ended = [os.waitpid(child, 0)[1] for child in children]
    stop.set()
    writer.join()
    assert ended == [0] * 5
    assert Counter(row.company for row in log.rows(ApplicationRow))["child"] == 5
    assert whole(path)


def _add_as_child(log: OutcomeLog) -> None:
    try:
        log.add_application("child")
    except LogError:
        os._exit(7)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on Windows")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_a_child_forked_inside_a_transaction_does_not_go_on_with_it(log: OutcomeLog, path: Path, hasty: None) -> None:
    with log.transaction():
        log.add_application("parent")
        child = multiprocessing.get_context("fork").Process(target=_add_as_child, args=[log])
        child.start()
        child.join()
        assert child.exitcode == 7
    assert [row.company for row in log.rows(ApplicationRow)] == ["parent"]
    assert whole(path)


def test_who_waits_too_long_is_told_what_to_do(log: OutcomeLog, path: Path, hasty: None) -> None:
    with somebody_else_writing(path):
        for call in (lambda: log.add_application("Acme"), log.applications, lambda: OutcomeLog(path)):
            began = time.monotonic()
            with pytest.raises(
                LogError, match=r"^log\.sqlite has been open elsewhere .* Close whatever is using it .*\.$"
            ):
                call()
            assert time.monotonic() - began < 5
    assert log.add_application("Acme") == 1


def test_who_waits_for_another_thread_too_long_is_told_too(log: OutcomeLog, hasty: None) -> None:
    told = []

    def write() -> None:
        with pytest.raises(LogError) as caught:
            log.add_application("late")
        told.append(str(caught.value))

    with log.transaction():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert told[0].startswith("log.sqlite has been open elsewhere")


def test_a_short_wait_is_waited(log: OutcomeLog, path: Path) -> None:
    def hold() -> None:
        with somebody_else_writing(path):
            held.set()
            time.sleep(0.3)

    held = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    assert log.add_application("Acme") == 1
    holder.join()


def test_a_change_of_what_another_notebook_deleted_says_so(log: OutcomeLog, path: Path) -> None:
    application = log.add_application("Acme")
    OutcomeLog(path).delete_application(application)
    with pytest.raises(LogError, match=r"There’s no application 1 in log\.sqlite\. To see .*, use applications\(\)"):
        log.update_application(application, role="Boss")


def _full(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    really = connection.Connection.run

    def run(db: connection.Connection, sql: str, values=()):
        if sql.startswith("PRAGMA foreign_keys = ON"):
            really(db, f"PRAGMA max_page_count = {pages}")
        return really(db, sql, values)

    monkeypatch.setattr(connection.Connection, "run", run)


def test_a_full_disk_saves_nothing_and_says_so(log: OutcomeLog, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log.add_application("Acme")
    _full(monkeypatch, path)
    before = path.read_bytes()
    with pytest.raises(LogError, match=r"^There’s no space left for log\.sqlite, so nothing was saved\. Free up some"):
        log.add_application("Umbrella", note="x" * 100_000)
    assert path.read_bytes() == before
    assert log.add_application("Umbrella") == 2


def test_a_full_disk_inside_a_transaction_leaves_no_part_of_it(
    log: OutcomeLog, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _full(monkeypatch, path)

    def add_and_go_on() -> None:
        with log.transaction():
            log.add_application("Acme")
            with pytest.raises(LogError, match="no space left"):
                log.add_application("Umbrella", note="x" * 100_000)
            log._file._held.connection[1].rollback()  # as SQLite does by itself when the disk, and not a limit, is full
            with pytest.raises(LogError, match="An earlier step"):
                log.add_application("Acme")

    with pytest.raises(
        LogError, match=r"^An earlier step on log\.sqlite failed, so nothing was saved\. Try the whole thing again"
    ):
        add_and_go_on()
    assert log.rows(ApplicationRow) == ()


def test_an_update_and_a_deletion_at_once_leave_one_of_both(log: OutcomeLog, path: Path) -> None:
    def change(number: int) -> str:
        try:
            if number % 2:
                log.delete_interview(1)
            else:
                log.reassess(1, Assessment(felt=3))
        except LogError as error:
            return str(error)
        return ""

    log.add_interview(log.add_application("Acme"), assessment=Assessment())
    with ThreadPoolExecutor(8) as threads:
        told = set(threads.map(change, range(16)))
    assert told == {"", "There’s no interview 1 in log.sqlite. To see what there is, use interviews()."}
    assert not log.rows(AssessmentRow)
    assert whole(path)
