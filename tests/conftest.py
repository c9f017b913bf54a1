"""What every test can rely on: a fixed day, and an empty folder for the data, never the person's own."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# What takes longest begins first, so that no processor is left with it alone at the end; files not named are quick.
LONGEST = (
    "browser/test_page_connection.py",
    "browser/test_journey.py",
    "browser/test_accessibility.py",
    "browser/test_close.py",
    "browser/test_outcomes.py",
    "browser/test_follow_up_page.py",
    "browser/test_practise.py",
    "browser/test_prepare.py",
    "test_start.py",
    "outcomes/test_cluster.py",
    "forms/test_analysis_form.py",
    "documents/test_closing_files.py",
    "forms/test_form.py",
    "forms/test_room_form.py",
    "forms/test_follow_up_form.py",
    "outcomes/test_many_files.py",
    "test_installation.py",
    "outcomes/test_tally.py",
    "records/importing/test_corpus.py",
    "advice/test_recommendation.py",
    "test_wrong_arguments.py",
    "outcomes/test_varied.py",
    "outcomes/test_every_result.py",
    "forms/test_trouble.py",
    "outcomes/test_room.py",
    "outcomes/test_randomised.py",
    "forms/test_escaping.py",
    "test_architecture.py",
    "records/importing/test_cost.py",
    "test_other_users.py",
    "records/test_kills.py",
)
_RANKS = {Path(__file__).parent / name: rank for rank, name in enumerate(LONGEST)}

# No test measures time: a busy machine is no finding. Each run draws other examples; HYPOTHESIS_PROFILE=thorough more.
KIT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=30)
settings.register_profile("kit", KIT)
settings.register_profile("thorough", KIT, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "kit"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest before all others; each keeps the order of its tests."""
    items.sort(key=lambda item: _RANKS.get(item.path, len(_RANKS)))


def pytest_collection_finish() -> None:
    """Let the garbage of a test be looked for among what it made, and not each time among all that is loaded."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Let all of it be looked through again at the end, as what goes away with the process is."""
    gc.unfreeze()


@pytest.fixture(scope="module", autouse=True)
def no_forms_of_others() -> Iterator[None]:
    """Let forms go with the file of tests that made them: ipywidgets keeps each until it is closed.

    What stays of a file is not looked through again: statsmodels collects the garbage at each call.
    """
    yield
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"].Widget.close_all()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the kit keep its data in a folder that is made for this test."""
    data = tmp_path / "data"
    monkeypatch.setenv("CLOSING_DATA", str(data))
    monkeypatch.setenv("CLOSING_TODAY", "2026-11-22")
    return data
