"""Workers of Dask count to the same integers, also when one of them is killed; an interruption leaves nothing."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dask
import pandas as pd
import psutil
import pytest
from distributed import Client, LocalCluster, get_client
from distributed.security import Security
from many import many_cases, many_files

from closing_lib.outcomes import add, tally
from closing_lib.outcomes.vocabulary import OWN_KEYS
from closing_lib.records import sample_log

ROWS, FILES = 300_000, 60  # far more than is counted before an interruption comes
TASKS, SOME = 12, 100_000  # each a file that takes a while
BY = ["band", "used", "outcome", "weeks"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Make a certificate that is its own authority, and name it as Dask's configuration does."""
    folder = tmp_path_factory.mktemp("certificate")
    made, key = str(folder / "own.pem"), str(folder / "own.key")
    run = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*run, "-keyout", key, "-out", made], check=True, capture_output=True)
    both = {
        f"distributed.comm.tls.{who}.{what}": value
        for who in ("client", "scheduler", "worker")
        for what, value in (("cert", made), ("key", key))
    }
    return {**both, "distributed.comm.tls.ca-file": made}


@pytest.fixture(scope="module")
def cluster(certificate: dict[str, str]) -> Iterator[LocalCluster]:
    """Start two worker processes behind TLS, as a careers service would have it: the cluster of all tests here."""
    with (
        dask.config.set(certificate),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            protocol="tls",
            host="tls://127.0.0.1",
            security=Security(),
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        ) as one,
    ):
        yield one


@pytest.fixture
def client(cluster: LocalCluster) -> Iterator[Client]:
    with Client(cluster) as one:
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


# Dask leaves the socket of a worker that is gone open.
@pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning")
def test_a_worker_killed_while_it_counts_changes_nothing(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("closing_lib.outcomes.counting.count.FILES", 1)
    files = many_files(tmp_path / "cases", SOME, TASKS)
    killer = Killer(client)
    t = tally(files, by=BY, engine="dask", progress=killer)
    assert len(killer.killed) == 1
    assert killer.lost  # it was at work on these
    assert not psutil.pid_exists(killer.killed[0]) or psutil.Process(killer.killed[0]).status() == "zombie"
    one = tally(many_cases(SOME), by=BY)
    pd.testing.assert_frame_equal(t, one.assign(n=one["n"] * TASKS))
    assert t["n"].sum() == SOME * TASKS


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
    assert t["person"].nunique() == 31
    same = add([tally(found), tally(log)])
    pd.testing.assert_frame_equal(tally(t, by=OWN_KEYS), tally(same, by=OWN_KEYS))
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

FILES = sys.argv[1]

def going(done, total):
    if not hasattr(going, "children"):
        going.children = [one.pid for one in psutil.Process().children(recursive=True)]
        listening = [at.laddr.port for at in psutil.Process().net_connections() if at.status == "LISTEN"]
        print(json.dumps([going.children, listening]), flush=True)

try:
    cl.tally(FILES, by=["band", "used", "outcome", "weeks"], progress=going)
    print("not interrupted", flush=True)
except KeyboardInterrupt:
    print(json.dumps([threading.active_count(), os.listdir(os.environ["TMPDIR"])]), flush=True)
    print(cl.tally(FILES.replace("*", "1"), by=["used"])["n"].sum(), flush=True)
"""


@pytest.fixture(scope="module")
def very_many(tmp_path_factory: pytest.TempPathFactory) -> str:
    return many_files(tmp_path_factory.mktemp("many") / "cases", ROWS, FILES)


@pytest.mark.parametrize("everyone", [False, True])
def test_an_interruption_leaves_nothing_behind_and_the_next_call_works(
    tmp_path: Path, very_many: str, everyone: bool
) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)  # which has no main guard
    (tmp_path / "tmp").mkdir()
    told = subprocess.Popen(
        [sys.executable, tmp_path / "script.py", very_many],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with told as script:
        assert script.stdout is not None
        assert json.loads(script.stdout.readline()) == [[], []]  # no other process, and no port
        os.killpg(script.pid, signal.SIGINT) if everyone else script.send_signal(signal.SIGINT)  # as a terminal does
        assert json.loads(script.stdout.readline()) == [1, []]
        assert int(script.stdout.readline()) == ROWS
    assert script.returncode == 0
    assert not [*(tmp_path / "tmp").iterdir()]


class TestWithoutACluster:
    def test_this_process_counts(self, tmp_path: Path) -> None:
        files = many_files(tmp_path / "cases", 100, 2)
        pd.testing.assert_frame_equal(tally(files, engine="dask"), tally(files))

    def test_a_client_that_was_closed_is_not_waited_for(self, tmp_path: Path) -> None:
        files = many_files(tmp_path / "cases", 100, 2)
        with LocalCluster(n_workers=0, processes=False, dashboard_address="127.0.0.1:0") as cluster:
            one = Client(cluster)
            one.close()
            with one.as_current():
                pd.testing.assert_frame_equal(tally(files, engine="dask"), tally(files))

    @pytest.mark.parametrize("address", ["tcp://10.0.0.1:8786", "10.0.0.1:8786", "inproc://x", ""])
    def test_an_address_without_tls_is_never_connected_to(self, tmp_path: Path, address: str) -> None:
        with pytest.raises(ValueError, match=r"has no TLS, so nobody can be sure .* begins with tls://"):
            tally(tmp_path / "a.csv", engine="dask", cluster=address)

    def test_an_address_without_certificates_or_that_nobody_answers_is_one_sentence(self, tmp_path: Path) -> None:
        with dask.config.set({"distributed.comm.timeouts.connect": "200ms"}):
            for address in ("tls://127.0.0.1:9", "tls://"):
                (tmp_path / "a.csv").write_text("used\nbold\n")
                with pytest.raises(ValueError, match=r"can’t be reached .*distributed\.comm\.tls"):
                    tally(tmp_path / "a.csv", engine="dask", cluster=address)


def test_a_cluster_behind_tls_is_reached_by_its_address_and_its_certificates(
    cluster: LocalCluster, certificate: dict[str, str], tmp_path: Path
) -> None:
    files, before = many_files(tmp_path / "cases", 100, 3), get_client_or_none()
    assert cluster.scheduler_address.startswith("tls://")
    with dask.config.set(certificate):
        t = tally(files, engine="dask", cluster=cluster.scheduler_address)
    pd.testing.assert_frame_equal(t, tally(files))
    assert get_client_or_none() is before


def get_client_or_none() -> Client | None:
    try:
        return get_client()
    except ValueError:
        return None


def test_workers_whose_clocks_are_a_day_apart_count_up_to_the_same_day(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("closing_lib.outcomes.counting.count.FILES", 1)  # so that each has some
    for number in range(3):
        log = sample_log(tmp_path / f"{number}.sqlite")
        log.add_interview(log.add_application("Acme"), held_on="2026-11-08", used="mild")
    files = str(tmp_path / "*.sqlite")
    client.wait_for_workers(2)
    days = ["2026-11-22", "2026-11-21"]  # two weeks after the interview, and a day less
    for address, day in zip(sorted(client.scheduler_info(n_workers=-1)["workers"]), days, strict=True):
        client.run(exec, f"import os; os.environ['CLOSING_TODAY'] = '{day}'", workers=[address])
    assert sorted(client.run(eval, "__import__('os').environ['CLOSING_TODAY']").values()) == sorted(days)
    for as_of in (None, dt.date(2026, 11, 22)):
        pd.testing.assert_frame_equal(tally(files, as_of, engine="dask"), tally(files, as_of))
