"""What a person saves is theirs alone: another user of the machine reads nothing of it, and runs nothing."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client import BlockingKernelClient
from other_user import as_another_user
from test_start import Open, opened

from closing_lib.app import serving
from closing_lib.app.installation import Trouble
from closing_lib.forms.follow_up import files
from closing_lib.forms.outcomes import analysis_form
from closing_lib.forms.prepare import prepare_form, trial_part
from closing_lib.forms.room import share_form
from closing_lib.forms.transfer import export_form

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights are another thing on Windows")
WORD = "Zanzibar Works"
SAVE = f"""
import os
from datetime import date
from pathlib import Path
import closing_lib as cl
from closing_lib.forms.base.saved_files import MadeFile, save_file

Path("of_my_own.txt").write_text("{WORD}")
os.umask(0o022)  # from here on it is the library alone that closes what it saves

log = cl.OutcomeLog()
application = log.add_application("{WORD}", "Analyst", applied_on="2026-11-02")
log.add_interview(application, held_on="2026-11-20", used=cl.Tactic.MILD, response=cl.Response.HESITATED)
log.save_draft("prepare", {{"company": "{WORD}"}})

def keep(name, ending, content, into="follow_up"):
    save_file(MadeFile((name,), ending, content), log.path, into)

(letter,) = cl.thank_you_letters(cl.Occasion("{WORD}", "Analyst", date(2026, 11, 20)), [cl.Person("Ms Wick")])
keep("letter", "docx", cl.document(letter, date(2026, 11, 20))), keep("letter", "eml", cl.mail_draft(letter))
card = cl.closing_card([], cl.Pitch(skills="I plan shifts."), "peer", "video")
keep("card", "pdf", cl.closing_pdf(card), into="exports")
for ending in ("csv", "xlsx", "parquet"):
    cl.export_log(log, f"log.{{ending}}")
tally = cl.tally(log)
cl.outcomes.save_tally(tally, "counts.csv"), cl.outcomes.save_tally(tally, "counts.parquet")
chart = cl.outcomes.chart(cl.outcomes.by_tactic(cl.tally(cl.sample_log())))
chart.save("chart.svg"), chart.save("chart.png")
cl.sample_room(people=2, folder="rooms/one")
cl.DueView()
"""


@dataclass(frozen=True)
class Used:
    """A kit in which a person has saved all that can be saved."""

    kit: Open
    runtime: Path
    output: dict[str, Any]


@pytest.fixture(scope="module")
def used() -> Iterator[Used]:
    """Use the kit with a folder that others may look into, as it would be in many a home."""
    before = os.umask(0o022)
    try:
        with tempfile.TemporaryDirectory() as place:
            for folder in (Path(place), data := Path(place, "data"), tmp := Path(place, "tmp")):
                folder.mkdir(exist_ok=True)
                folder.chmod(0o755)
            with opened(data, "--no-browser", TMPDIR=str(tmp), CLOSING_TODAY="2026-11-22") as kit:
                assert kit.ask("/api/kernels", "POST", body='{"name": "python3"}')[0] == 201
                file = Path(kit.processes()[-1].cmdline()[-1])
                yield Used(kit, file.parent, run_in_kernel(file))
    finally:
        os.umask(before)


def run_in_kernel(file: Path) -> dict[str, Any]:
    """Save everything, and give the output that the page would show."""
    client = BlockingKernelClient(connection_file=str(file))
    client.load_connection_file()
    client.start_channels(hb=False)  # which a busy machine is too slow for
    shown: list[dict[str, Any]] = []
    try:
        client.wait_for_ready(timeout=60)
        reply = client.execute_interactive(SAVE, timeout=60, output_hook=shown.append)
    finally:
        client.stop_channels()
    assert reply["content"]["status"] == "ok", reply["content"]
    (output,) = (one["content"] for one in shown if one["msg_type"] == "execute_result")
    return {"output_type": "execute_result", **output}


def test_another_user_reads_and_writes_nothing(used: Used) -> None:
    data, runtime = used.kit.data, used.runtime
    kept = [*data.rglob("*"), runtime, *runtime.rglob("*"), *(data.parent / "tmp").rglob("*")]
    names = {path.name for path in kept}
    assert names >= {"closing_log.sqlite", "letter.docx", "letter.eml", "card.pdf", "log.xlsx", "log.parquet"}
    assert names >= {"counts.csv", "chart.svg", "chart.png", "rooms", "of_my_own.txt", "person_001.csv"}
    assert names >= {"history.sqlite", "running.json", "delivered.json", "nbsignatures.db", serving.OPENING}
    assert "way_back.json" in names
    assert [path for path in runtime.iterdir() if path.is_socket()]
    assert as_another_user("read", map(str, kept)) == []
    assert data.stat().st_mode & 0o777 == 0o755  # which was there before
    assert WORD.encode() in (data / "of_my_own.txt").read_bytes()


def test_another_user_runs_nothing(used: Used) -> None:
    server, kernel = (
        [at.laddr.port for at in one.net_connections() if at.status == psutil.CONN_LISTEN]
        for one in used.kit.processes()[1:]
    )
    assert server == [used.kit.port]
    # Through one port a kernel takes what its own forks print, from those that know 16 random bytes; it gives nothing.
    assert len(kernel) <= 1
    assert as_another_user("reach", server) == []
    assert used.kit.ask("/api/kernels")[0] == 200  # it goes on


def test_neither_the_list_of_processes_nor_the_log_of_the_server_tells_the_word_that_opens_it(used: Used) -> None:
    used.kit.ask(f"/doc/tree/{serving.START_PAGE}?token={used.kit.token}", token="")
    assert used.kit.ask(f"/files/nothing?token={used.kit.token}", token="")[0] == 404
    (log,) = (used.kit.data / ".jupyter").glob("server-*.log")
    deadline = time.monotonic() + 20
    while "/files/nothing?token=" not in log.read_text(encoding="utf-8"):  # it is written after the answer
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert used.kit.token not in log.read_text(encoding="utf-8")
    seen = as_another_user("see", [one.pid for one in used.kit.processes()])
    assert not [one for one in seen if used.kit.token in one]


@pytest.mark.parametrize(("page", "left"), [({"closing_kit": {"page": "00"}}, []), ({}, ["what a person calculated"])])
def test_what_was_typed_does_not_stay_in_a_saved_page(used: Used, page: dict[str, Any], left: list[str]) -> None:
    assert WORD in json.dumps(used.output)
    own = {"output_type": "stream", "name": "stdout", "text": "what a person calculated"}
    cell = {"cell_type": "code", "source": "form", "metadata": {"trusted": True}, "execution_count": 1}
    states = {"application/vnd.jupyter.widget-state+json": {"state": {"a": {"state": {"value": WORD}}}}}
    content = {
        "cells": [{**cell, "id": "one", "outputs": [used.output, own]}, {**cell, "id": "two", "outputs": []}],
        "metadata": {"widgets": states, **page},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    body = json.dumps({"type": "notebook", "format": "json", "content": content})
    assert used.kit.ask("/api/contents/saved.ipynb", "PUT", body=body)[0] in (200, 201)
    assert used.kit.ask("/api/contents/saved.ipynb/checkpoints", "POST")[0] == 201
    for path in (used.kit.data / "saved.ipynb", used.kit.data / ".ipynb_checkpoints" / "saved-checkpoint.ipynb"):
        saved = json.loads(path.read_text(encoding="utf-8"))
        assert WORD not in json.dumps(saved)
        assert ["".join(one["text"]) for one in saved["cells"][0]["outputs"]] == left
        assert as_another_user("read", [str(path)]) == []
    answer = json.loads(used.kit.ask("/api/contents/saved.ipynb")[1])
    assert all(cell["metadata"]["trusted"] for cell in answer["content"]["cells"])  # so that it still runs by itself


class TestTightened:
    def test_what_an_older_version_left_open_is_closed(self, tmp_path: Path) -> None:
        data = tmp_path / "home" / "data" / "mine"
        folders = [data, data / ".jupyter", *(data / name for name in ("exports", "follow_up", "analysis", "shared"))]
        files = [data / "closing_log.sqlite", data / "closing_log.v2.sqlite", data / "02_close.ipynb"]
        for folder in folders:
            folder.mkdir(parents=True)
            folder.chmod(0o755)
        for file in files:
            file.touch()
            file.chmod(0o644)
        serving.keep_private(data, tmp_path / "home")
        assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}

    def test_but_a_folder_that_was_given_keeps_its_rights_and_so_does_what_is_not_the_kits(
        self, tmp_path: Path
    ) -> None:
        data = tmp_path / "given"
        data.mkdir()
        (data / "of_my_own.txt").touch()
        for path in (data, data / "of_my_own.txt"):
            path.chmod(0o755)
        serving.keep_private(data, tmp_path / "home")
        assert {path.stat().st_mode & 0o777 for path in (data, data / "of_my_own.txt")} == {0o755}
        assert (data / ".jupyter").stat().st_mode & 0o777 == 0o700

    @pytest.mark.parametrize("name", ["", ".jupyter"])
    @pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a folder away: run as root")
    def test_a_folder_of_another_person_is_refused(self, tmp_path: Path, name: str) -> None:
        (tmp_path / ".jupyter").mkdir()
        os.chown(tmp_path / name, 65534, -1)
        with pytest.raises(Trouble, match="belongs to someone else on this computer"):
            serving.keep_private(tmp_path, tmp_path / "home")

    def test_every_folder_that_a_form_saves_into_is_known(self) -> None:
        folders = {one.FOLDER for one in (analysis_form, export_form, files, prepare_form, share_form, trial_part)}
        assert folders <= {*serving.SAVED}
