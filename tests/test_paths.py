"""What is no file is refused at once; what is written is there whole, and for its owner alone."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from closing_lib.files import (
    make_folder,
    open_to_read,
    passing_folder,
    read_whole,
    replacing,
    require_file,
    write_whole,
)

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files, and rights of another kind")


def not_files(folder: Path) -> list[Path]:
    (folder / "zero").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    return [folder, folder / "zero", folder / "pipe", Path("/dev/null")]


@POSIX
def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    for path in not_files(tmp_path):
        for opened in (open_to_read, require_file, lambda path: read_whole(path, 10)):
            with pytest.raises(OSError, match=r"it’s a (folder|pipe or a device)") as refused:
                opened(path)
            assert refused.value.errno == errno.EINVAL


@POSIX
def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    for path in not_files(tmp_path):
        with pytest.raises(OSError, match="it’s a"):
            write_whole(path, b"new")
        assert not path.is_file()


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"1234")
    assert read_whole(tmp_path / "file", 4) == b"1234"
    with pytest.raises(OSError, match="larger than 0 MB"):
        read_whole(tmp_path / "file", 3)
    with pytest.raises(FileNotFoundError):
        read_whole(tmp_path / "none", 3)


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_write_that_fails_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, overwrite: bool
) -> None:
    def fail(handle: int) -> None:
        raise OSError("no space")

    write_whole(tmp_path / "file", b"old")
    monkeypatch.setattr(os, "fsync", fail)
    for name in ("file", "other"):
        with pytest.raises(OSError, match="no space"):
            write_whole(tmp_path / name, b"new", overwrite=overwrite)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"old"}


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"old", overwrite=False)
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "file", b"new", overwrite=False)
    assert (tmp_path / "file").read_bytes() == b"old"
    write_whole(tmp_path / "file", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"new"}


def test_a_drive_without_links_holds_files_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", fail)
    write_whole(tmp_path / "file", b"new", overwrite=False)
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "file", b"newer", overwrite=False)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"new"}


def test_what_fails_in_between_replaces_nothing(tmp_path: Path) -> None:
    def write_half() -> None:
        with replacing(tmp_path / "file") as beside:
            beside.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert not [*tmp_path.iterdir()]


@POSIX
def test_files_and_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        make_folder(tmp_path / "a" / "b")
        write_whole(tmp_path / "a" / "b" / "c", b"")
        write_whole(tmp_path / "a" / "b" / "d", b"", overwrite=False)
    finally:
        os.umask(before)
    rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a").rglob("*")}
    assert rights == {"b": 0o700, "c": 0o600, "d": 0o600}
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700


def test_a_folder_that_is_there_stays_and_a_file_is_none(tmp_path: Path) -> None:
    make_folder(tmp_path)
    write_whole(tmp_path / "file", b"")
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "file")
    with pytest.raises(OSError, match="file"):
        make_folder(tmp_path / "file" / "below")


# What a page makes for a moment, and then its kernel is stopped.
STOPPED = """
import os, signal, sys
import closing_lib as cl
from closing_lib.files import passing_folder
log, room = cl.sample_log(), cl.sample_room(people=2)
with passing_folder() as folder:
    (folder / "file").write_bytes(b"copy")
    assert cl.tally(f"{room}/*.csv")["n"].sum()
    os.kill(os.getpid(), int(sys.argv[1]))
"""


@POSIX
def test_what_a_killed_process_leaves_does_not_grow(tmp_path: Path) -> None:
    by = signal.SIGKILL
    (made := tmp_path / "made").mkdir()
    for _ in range(2):
        run = [sys.executable, "-c", STOPPED, str(int(by))]
        assert subprocess.run(run, env=os.environ | {"TMPDIR": str(made)}, check=False).returncode == -by
        assert len([*made.iterdir()]) <= 2  # of the last one
        assert {stat.S_IMODE(one.stat().st_mode) for one in made.iterdir()} == {0o700}
    ended = "import closing_lib as cl; log = cl.sample_log()"
    subprocess.run([sys.executable, "-c", ended], env=os.environ | {"TMPDIR": str(made)}, check=True)
    assert not [*made.iterdir()]


@POSIX
def test_the_folder_of_a_process_that_lives_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "closing-kit-link").symlink_to(tmp_path)
    with passing_folder() as folder:
        asks = "from closing_lib.files import passing_folder\nwith passing_folder(): pass"
        subprocess.run([sys.executable, "-c", asks], env=os.environ | {"TMPDIR": str(tmp_path)}, check=True)
        assert folder.is_dir()
    assert [one.name for one in tmp_path.iterdir()] == ["closing-kit-link"]
