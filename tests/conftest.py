"""What every test can rely on: a fixed day, and an empty folder for the data, never the person's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No test measures time: a busy machine is no finding.
settings.register_profile("kit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kit")


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the kit keep its data in a folder that is made for this test."""
    data = tmp_path / "data"
    monkeypatch.setenv("CLOSING_DATA", str(data))
    monkeypatch.setenv("CLOSING_TODAY", "2026-11-22")
    return data
