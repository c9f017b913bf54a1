"""What is saved under a name that a person gave: never over a log, for its owner alone, in one sentence what fails."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

import closing_lib as cl
from closing_lib.records import LogError, OutcomeLog, sample_log

Save = Callable[[OutcomeLog, Path], object]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files, and rights of another kind")


@pytest.fixture(scope="module")
def sample() -> OutcomeLog:
    return sample_log()


def export(log: OutcomeLog, path: Path) -> object:
    return cl.export_log(log, path, overwrite=True)


def share(log: OutcomeLog, path: Path) -> object:
    return cl.outcomes.save_tally(cl.tally(log), path)


def draw(log: OutcomeLog, path: Path) -> object:
    return cl.outcomes.chart(cl.outcomes.by_band(cl.tally(log))).save(path)


saves = pytest.mark.parametrize(("save", "ending"), [(export, "csv"), (share, "parquet"), (draw, "svg")])


def linked(path: Path) -> Path:
    (other := path.with_stem("linked")).symlink_to(path)
    return other


def same(path: Path) -> Path:
    (other := path.with_stem("same")).hardlink_to(path)
    return other


def roundabout(path: Path) -> Path:
    return Path(os.path.relpath(path))


def copied(path: Path) -> Path:
    """A backup, which is a log as well."""
    (other := path.with_stem("backup")).write_bytes(path.read_bytes())
    return other


@saves
@pytest.mark.parametrize("at", [Path, linked, same, roundabout, copied])
def test_nothing_is_saved_over_a_log(save: Save, ending: str, at: Callable[[Path], Path], tmp_path: Path) -> None:
    log = sample_log(tmp_path / f"log.{ending}")
    target = at(log.path)
    before = target.read_bytes()
    with pytest.raises(ValueError, match=rf"^{target.name} is a log, and the kit never saves over a log. Choose"):
        save(log, target)
    assert target.read_bytes() == before
    assert len(log.applications()) == 24


def test_the_log_is_no_file_that_may_be_written_over(tmp_path: Path) -> None:
    log = sample_log(tmp_path / "log.csv")
    with pytest.raises(LogError, match=r"^log\.csv is a log"):  # and not: say overwrite=True
        cl.export_log(log, log.path)


def missing(folder: Path, name: str) -> Path:
    return folder / "nowhere" / name


def below_a_file(folder: Path, name: str) -> Path:
    (folder / "file").touch()
    return folder / "file" / name


def a_folder(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


def a_pipe(folder: Path, name: str) -> Path:
    os.mkfifo(folder / name)
    return folder / name


def zero(folder: Path, name: str) -> Path:
    (folder / name).symlink_to("/dev/zero")
    return folder / name


def a_circle(folder: Path, name: str) -> Path:
    (folder / name).symlink_to(folder / name)
    return folder / name / name


def too_long(folder: Path, name: str) -> Path:
    return folder / f"{'x' * 300}.{name}"


def no_name(folder: Path, name: str) -> Path:
    return folder / f"a\0b.{name}"


def half_a_letter(folder: Path, name: str) -> Path:
    return folder / f"\ud800.{name}"


def nobodys_home(_folder: Path, name: str) -> Path:
    return Path("~nobody-of-this-name") / name


PLACES = [missing, below_a_file, a_folder, a_pipe, zero, a_circle, too_long, no_name, half_a_letter, nobodys_home]


@POSIX
@saves
@pytest.mark.parametrize("place", PLACES)
def test_what_cannot_be_written_is_one_sentence(  # noqa: PLR0917  # fixtures
    sample: OutcomeLog,
    save: Save,
    ending: str,
    place: Callable[[Path, str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    target = place(tmp_path, f"mine.{ending}")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ValueError, match=r"^[^\n]* couldn’t be saved \([^\n]+\)\. Choose another folder"):
        save(sample, target)
    assert sorted(tmp_path.rglob("*")) == before


@POSIX
@saves
def test_what_is_saved_in_the_home_is_for_its_owner_alone(
    sample: OutcomeLog, save: Save, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    save(sample, Path("~") / f"mine.{ending}")
    assert stat.S_IMODE((tmp_path / f"mine.{ending}").stat().st_mode) == 0o600
