"""Processes of Dask count to the same integers, also when one of them is killed, or the person interrupts."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psutil
import pytest
from distributed import Client, LocalCluster
from many import many_cases, many_files
from other_user import as_another_user

from closing_lib.outcomes import add, tally
from closing_lib.records import sample_log

ROWS, FILES = 600_000, 12  # so that each file is a task that takes a while
BY = ["band", "used", "outcome", "weeks"]


def own_processes() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [one for one in children if "spawn_main" in "".join(one.cmdline())]


def test_a_process_of_our_own_that_is_killed_while_it_counts_changes_nothing(tmp_path: Path) -> None:
    files = many_files(tmp_path / "cases", ROWS // 2, 6)
    killed: list[int] = []

    def kill(done: int, total: int) -> None:
        if not killed and done < total:
            killed.extend(one.pid for one in own_processes()[:1])
            os.kill(killed[0], signal.SIGKILL)

    t = tally(files, by=["band", "used"], engine="dask", progress=kill)
    assert len(killed) == 1
    pd.testing.assert_frame_equal(t, tally(files, by=["band", "used"]))
    assert own_processes() == []


def test_processes_that_are_killed_again_and_again_end_it_with_a_sentence(tmp_path: Path) -> None:
    files = many_files(tmp_path / "cases", 100, 2)
    is_over = threading.Event()

    def kill_all() -> None:
        while not is_over.wait(0.02):
            for one in own_processes():
                one.kill()

    killer = threading.Thread(target=kill_all)
    killer.start()
    try:
        with pytest.raises(
            RuntimeError, match=r"outside the kit stopped the counting again and again, .* Nothing was counted"
        ):
            tally(files, engine="dask")
    finally:
        is_over.set()
        killer.join()
    pd.testing.assert_frame_equal(tally(files, engine="dask"), tally(files))  # and the next call works


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """Start three worker processes, in a cluster as a careers service would have it."""
    with (
        LocalCluster(
            n_workers=3,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster) as one,
    ):
        yield one


class Killer:
    """Kills one worker, the first time that something is counted while another one is still at work."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.killed: list[int] = []
        self.lost: set[str] = set()

    def __call__(self, done: int, total: int) -> None:
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        pids = self._client.run(os.getpid) if not self.killed and done < total else {}
        for address in workers.keys() & pids.keys():
            os.kill(pids[address], signal.SIGSTOP)  # from here on it finishes nothing
            self.lost = {str(key) for key in self._client.processing()[address]}
            if self.lost:
                os.kill(pids[address], signal.SIGKILL)
                self.killed.append(pids[address])
                return
            os.kill(pids[address], signal.SIGCONT)


def test_a_worker_killed_while_it_counts_changes_nothing(client: Client, tmp_path: Path) -> None:
    files = many_files(tmp_path / "cases", ROWS, FILES)
    killer = Killer(client)
    t = tally(files, by=BY, engine="dask", progress=killer)
    assert len(killer.killed) == 1
    assert killer.lost  # it was at work on these
    assert not psutil.pid_exists(killer.killed[0]) or psutil.Process(killer.killed[0]).status() == "zombie"
    one = tally(many_cases(ROWS), by=BY)
    pd.testing.assert_frame_equal(t, one.assign(n=one["n"] * FILES))
    assert t["n"].sum() == ROWS * FILES


def test_many_kinds_of_files_are_counted_as_by_pandas(client: Client, tmp_path: Path) -> None:
    found = many_cases(3000)
    parts = [found.iloc[place : place + 100] for place in range(0, 3000, 100)]
    for number, part in enumerate(parts):
        if number % 3:
            part.to_parquet(tmp_path / f"{number}.parquet", row_group_size=9)
        else:
            tally(part).to_csv(tmp_path / f"{number}.csv", index=False)
    log = sample_log(tmp_path / "log.sqlite")
    files = [tmp_path / "*.parquet", tmp_path / "*.csv", log.path]
    told: list[tuple[int, int]] = []
    t = tally(files, engine="dask", progress=lambda *so_far: told.append(so_far))
    pd.testing.assert_frame_equal(t, tally(files))
    pd.testing.assert_frame_equal(t, add([tally(found), tally(log)]))
    assert told[-1][0] == told[-1][1]


def test_a_file_that_cannot_be_counted_is_named(client: Client, tmp_path: Path) -> None:
    many_cases(100).to_parquet(tmp_path / "good.parquet")
    pd.DataFrame({"band": ["great"]}).to_parquet(tmp_path / "second.parquet")
    with pytest.raises(
        ValueError, match=r"second\.parquet: band 'great' is not known; choose one of poor, unsure, well"
    ):
        tally(str(tmp_path / "*.parquet"), by=["band"], engine="dask")


SCRIPT = """
import json, os, sys, threading
import psutil
import closing_lib as cl

FILES, ENGINE = sys.argv[1:]

def going(done, total):
    if not hasattr(going, "children"):
        going.children = [one.pid for one in psutil.Process().children(recursive=True)]
        listening = [at.laddr.port for pid in [os.getpid(), *going.children]
                     for at in psutil.Process(pid).net_connections() if at.status == "LISTEN"]
        print(json.dumps([going.children, listening]), flush=True)

try:
    cl.tally(FILES, engine=ENGINE, progress=going)
    print("not interrupted", flush=True)
except KeyboardInterrupt:
    workers = [one for one in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(one.cmdline())]
    print(json.dumps([len(workers), threading.active_count(), os.listdir(os.environ["TMPDIR"])]), flush=True)
    print(cl.tally(FILES.replace("*", "1"), by=["used"], engine=ENGINE)["n"].sum(), flush=True)
"""


@pytest.mark.parametrize(("engine", "everyone"), [("pandas", False), ("dask", True)])
def test_an_interruption_leaves_nothing_behind_and_the_next_call_works(
    tmp_path: Path, engine: str, everyone: bool
) -> None:
    files = many_files(tmp_path / "cases", ROWS, 300)  # far more than is counted before the interruption comes
    (tmp_path / "script.py").write_text(SCRIPT)  # which has no main guard
    (tmp_path / "tmp").mkdir()
    told = subprocess.Popen(
        [sys.executable, tmp_path / "script.py", files, engine],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with told as script:
        assert script.stdout is not None
        children, listening = json.loads(script.stdout.readline())
        assert listening == []
        assert len(children) >= (2 if engine == "dask" else 0)
        processes = [psutil.Process(pid) for pid in children]
        os.killpg(script.pid, signal.SIGINT) if everyone else script.send_signal(signal.SIGINT)  # as a terminal does
        workers, threads, left = json.loads(script.stdout.readline())
        assert (workers, left) == (0, [])
        assert threads == 1 or engine == "dask"  # distributed keeps threads that wait for the next call
        assert int(script.stdout.readline()) == ROWS
    assert script.returncode == 0
    assert not psutil.wait_procs(processes, timeout=10)[1]
    assert not [*(tmp_path / "tmp").iterdir()]


def test_nobody_else_can_run_anything_in_its_processes_and_they_end_when_it_is_killed(tmp_path: Path) -> None:
    files = many_files(tmp_path / "cases", ROWS, 300)
    (tmp_path / "script.py").write_text(SCRIPT)
    with subprocess.Popen(
        [sys.executable, tmp_path / "script.py", files, "dask"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as script:
        assert script.stdout is not None
        children, listening = json.loads(script.stdout.readline())
        processes = [psutil.Process(pid) for pid in children]
        inside = [f"/proc/{pid}/fd/{number}" for pid in (script.pid, *children) for number in range(64)]
        attempts = as_another_user("run_by_dask", listening), as_another_user("read", inside)
        script.kill()
        assert attempts == ([], [])
        assert listening == []
        assert len(processes) >= 2
        assert psutil.wait_procs(processes, timeout=10)[1] == []


def test_a_client_that_was_closed_is_not_waited_for(tmp_path: Path) -> None:
    files = many_files(tmp_path / "cases", 100, 2)
    with LocalCluster(n_workers=0, processes=False, dashboard_address=None) as cluster:
        one = Client(cluster)
        one.close()
        with one.as_current():
            pd.testing.assert_frame_equal(tally(files, engine="dask"), tally(files))
