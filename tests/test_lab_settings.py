"""The language is remembered where JupyterLab keeps its own, and read back whoever wrote it there."""

from __future__ import annotations

from pathlib import Path

import pytest

from closing_lib.app.lab_settings import SETTING, remember_language, remembered_language


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_remembered_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    remember_language(tmp_path)
    assert remembered_language(tmp_path) == language


@pytest.mark.parametrize(
    ("written", "language"),
    [
        (b'{\n    // Language\n    // The language of the menus\n    "locale": "es_ES"\n}', "es"),
        (b'{"locale":"en"}', "en"),
        (b'{"locale": "default"}', None),
        (b'{"locale": "tlh_KL"}', None),
        (b"{}", None),
        (b"\xff\xfe", None),
    ],
)
def test_what_jupyterlab_writes_is_understood(tmp_path: Path, written: bytes, language: str | None) -> None:
    path = tmp_path / SETTING
    path.parent.mkdir(parents=True)
    path.write_bytes(written)
    assert remembered_language(tmp_path) == language


def test_nothing_is_remembered_at_first(tmp_path: Path) -> None:
    assert remembered_language(tmp_path) is None
