"""The person's own copy of the pages follows the kit, and nothing of theirs is ever lost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from closing_lib.app import workspace
from closing_lib.app.workspace import MANIFEST, Refreshed, is_of_the_kit, refresh

NOTHING = Refreshed()
OFFERED = Refreshed(beside=(("page.ipynb", "page (new).ipynb"),))


def notebook(*sources: str, **more: object) -> str:
    cells = [{"cell_type": "code", "source": source, "outputs": [], "metadata": {}} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more)


def after_running(text: str) -> str:
    """Give a notebook as Jupyter saves it once it has run: outputs, counts, metadata, and sources cut into lines."""
    content = json.loads(text)
    for number, cell in enumerate(content["cells"]):
        cell |= {
            "execution_count": number,
            "metadata": {"trusted": True},
            "source": cell["source"].splitlines(keepends=True),
        }
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "done"}]
    return json.dumps(content, indent=1)


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    write(folder / "page.ipynb", notebook("one"))
    return folder


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ipynb"))}


class TestDelivery:
    def test_brings_what_is_not_there_and_then_nothing(self, kit: Path, mine: Path) -> None:
        assert refresh(kit, mine) == Refreshed(delivered=("page.ipynb",))
        assert texts(mine) == texts(kit)
        assert refresh(kit, mine) == NOTHING

    def test_pages_of_other_languages_and_hidden_ones_stay(self, kit: Path, mine: Path) -> None:
        write(kit / "es" / "page.ipynb", notebook("página"))
        write(kit / ".ipynb_checkpoints" / "page-checkpoint.ipynb", notebook("old"))
        assert refresh(kit, mine).delivered == ("page.ipynb",)
        assert not (mine / "es").exists()
        assert not (mine / ".ipynb_checkpoints").exists()

    def test_a_page_that_was_deleted_or_renamed_comes_back_fresh(self, kit: Path, mine: Path) -> None:
        refresh(kit, mine)
        write(mine / "page.ipynb", notebook("mine"))
        (mine / "page.ipynb").rename(mine / "page for Acme.ipynb")
        assert refresh(kit, mine).delivered == ("page.ipynb",)
        assert texts(mine) == {"page.ipynb": notebook("one"), "page for Acme.ipynb": notebook("mine")}

    def test_a_page_that_the_kit_no_longer_has_stays(self, kit: Path, mine: Path) -> None:
        refresh(kit, mine)
        (kit / "page.ipynb").unlink()
        assert refresh(kit, mine) == NOTHING
        assert texts(mine) == {"page.ipynb": notebook("one")}

    def test_a_page_of_the_persons_own_is_left_alone(self, kit: Path, mine: Path) -> None:
        write(mine / "own.ipynb", notebook("own"))
        refresh(kit, mine)
        assert texts(mine)["own.ipynb"] == notebook("own")

    def test_what_is_written_is_signed_before_it_counts_as_delivered(self, kit: Path, mine: Path) -> None:
        def interrupted(pages: list[Path]) -> None:
            raise KeyboardInterrupt

        signed: list[Path] = []
        with pytest.raises(KeyboardInterrupt):
            refresh(kit, mine, sign=interrupted)
        refresh(kit, mine, sign=signed.extend)
        refresh(kit, mine, sign=signed.extend)
        assert signed == [mine / "page.ipynb"]


class TestUpdate:
    def test_a_page_that_only_ran_follows_the_kit(self, kit: Path, mine: Path) -> None:
        refresh(kit, mine)
        write(mine / "page.ipynb", after_running(notebook("one")))
        assert refresh(kit, mine) == NOTHING
        write(kit / "page.ipynb", notebook("two"))
        assert refresh(kit, mine).delivered == ("page.ipynb",)
        assert texts(mine) == {"page.ipynb": notebook("two")}

    def test_so_it_does_when_only_the_kits_outputs_or_metadata_changed(self, kit: Path, mine: Path) -> None:
        refresh(kit, mine)
        write(kit / "page.ipynb", notebook("one", metadata={"closing_kit": {"page": "page"}}))
        assert refresh(kit, mine).delivered == ("page.ipynb",)
        assert texts(mine) == texts(kit)

    def test_a_touched_page_stays_and_gets_the_new_version_beside_it_once(self, kit: Path, mine: Path) -> None:
        refresh(kit, mine)
        write(mine / "page.ipynb", notebook("one", "mine"))
        assert refresh(kit, mine) == NOTHING
        write(kit / "page.ipynb", notebook("two"))
        assert refresh(kit, mine) == OFFERED
        assert texts(mine) == {"page.ipynb": notebook("one", "mine"), "page (new).ipynb": notebook("two")}
        (mine / "page (new).ipynb").unlink()
        assert refresh(kit, mine) == NOTHING

    def test_the_version_beside_follows_the_kit_until_it_is_touched_too(self, kit: Path, mine: Path) -> None:
        refresh(kit, mine)
        write(mine / "page.ipynb", notebook("mine"))
        for version in ("two", "three"):
            write(kit / "page.ipynb", notebook(version))
            assert refresh(kit, mine) == OFFERED
        write(mine / "page (new).ipynb", notebook("mine too"))
        for version in ("four", "five"):
            write(kit / "page.ipynb", notebook(version))
            assert refresh(kit, mine).beside == (("page.ipynb", "page (new 2).ipynb"),)
        assert texts(mine) == {
            "page.ipynb": notebook("mine"),
            "page (new).ipynb": notebook("mine too"),
            "page (new 2).ipynb": notebook("five"),
        }

    def test_taking_the_new_version_over_ends_it(self, kit: Path, mine: Path) -> None:
        refresh(kit, mine)
        write(mine / "page.ipynb", notebook("mine"))
        write(kit / "page.ipynb", notebook("two"))
        refresh(kit, mine)
        (mine / "page (new).ipynb").replace(mine / "page.ipynb")
        write(kit / "page.ipynb", notebook("three"))
        assert refresh(kit, mine).delivered == ("page.ipynb",)

    @pytest.mark.parametrize(
        "change",
        [
            lambda cells: cells[0].update(source="other"),
            lambda cells: cells[0].update(cell_type="markdown"),
            lambda cells: cells.append({"cell_type": "markdown", "source": "a note"}),
            lambda cells: cells.reverse(),
            lambda cells: cells.pop(),
        ],
        ids=["a source", "a type", "one more", "the order", "one less"],
    )
    def test_each_change_to_the_cells_is_a_touch(
        self, kit: Path, mine: Path, change: Callable[[list[dict[str, object]]], object]
    ) -> None:
        write(kit / "page.ipynb", notebook("one", "two"))
        refresh(kit, mine)
        content = json.loads(notebook("one", "two"))
        change(content["cells"])
        write(mine / "page.ipynb", json.dumps(content))
        write(kit / "page.ipynb", notebook("three"))
        assert refresh(kit, mine) == OFFERED
        assert json.loads(texts(mine)["page.ipynb"]) == content


class TestOwnCells:
    """What a person added at the end of a page goes along when the page follows the kit."""

    def add(self, page: Path) -> None:
        content = json.loads(page.read_text(encoding="utf-8"))
        own = {"cell_type": "code", "source": "6 * 7", "outputs": [], "metadata": {workspace.OWN_CELL: True}}
        write(page, json.dumps(content | {"cells": [*content["cells"], own]}))

    def sources(self, page: Path) -> list[str]:
        return [cell["source"] for cell in json.loads(page.read_text(encoding="utf-8"))["cells"]]

    def test_go_along_with_each_new_version_and_are_signed_with_it(self, kit: Path, mine: Path) -> None:
        refresh(kit, mine)
        self.add(mine / "page.ipynb")
        assert refresh(kit, mine) == NOTHING
        signed: list[Path] = []
        for version in ("two", "drei ü"):
            write(kit / "page.ipynb", notebook(version))
            done = refresh(kit, mine, sign=signed.extend, is_trusted=lambda page: page == mine / "page.ipynb")
            assert done == Refreshed(delivered=("page.ipynb",))
            assert self.sources(mine / "page.ipynb") == [version, "6 * 7"]
        assert signed == [mine / "page.ipynb"] * 2

    def test_that_jupyter_does_not_trust_are_never_signed(self, kit: Path, mine: Path) -> None:
        refresh(kit, mine)
        self.add(mine / "page.ipynb")
        write(kit / "page.ipynb", notebook("two"))
        signed: list[Path] = []
        assert refresh(kit, mine, sign=signed.extend, is_trusted=lambda _: False) == OFFERED
        assert signed == [mine / "page (new).ipynb"]
        assert self.sources(mine / "page.ipynb") == ["one", "6 * 7"]

    def test_on_a_second_copy_stay_on_it(self, kit: Path, mine: Path) -> None:
        refresh(kit, mine)
        write(mine / "page.ipynb", notebook("mine"))
        write(kit / "page.ipynb", notebook("two"))
        refresh(kit, mine)
        self.add(mine / "page (new).ipynb")
        write(kit / "page.ipynb", notebook("three"))
        assert refresh(kit, mine).beside == (("page.ipynb", "page (new 2).ipynb"),)
        assert self.sources(mine / "page (new).ipynb") == ["two", "6 * 7"]


class TestDamage:
    @pytest.mark.parametrize(
        "manifest", ["", "{", "[]", '{"format": 2, "delivered": {}}', '{"format": 1, "delivered": [1]}']
    )
    def test_without_a_sound_manifest_all_that_differs_is_the_persons(
        self, kit: Path, mine: Path, manifest: str
    ) -> None:
        refresh(kit, mine)
        write(mine / "page.ipynb", notebook("perhaps mine"))
        write(mine / MANIFEST, manifest)
        assert refresh(kit, mine) == OFFERED
        assert texts(mine)["page.ipynb"] == notebook("perhaps mine")
        assert refresh(kit, mine) == NOTHING

    @pytest.mark.parametrize(
        "damaged", ["", "{", "[]", '{"cells": 1}', '{"cells": [{"cell_type": "code", "source": null}]}']
    )
    def test_a_page_that_cannot_be_read_stays_with_a_fresh_one_beside(
        self, kit: Path, mine: Path, damaged: str
    ) -> None:
        refresh(kit, mine)
        write(mine / "page.ipynb", damaged)
        assert refresh(kit, mine) == OFFERED
        assert texts(mine) == {"page.ipynb": damaged, "page (new).ipynb": notebook("one")}
        assert refresh(kit, mine) == NOTHING

    def test_a_folder_in_the_place_of_a_page_stays_too(self, kit: Path, mine: Path) -> None:
        (mine / "page.ipynb").mkdir(parents=True)
        assert refresh(kit, mine) == OFFERED

    def test_a_stop_before_the_end_leaves_whole_files_and_the_next_refresh_goes_on(
        self, kit: Path, mine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(kit / "second.ipynb", notebook("second"))
        replace, left = Path.replace, [1]

        def replace_once(path: Path, target: Path) -> Path:
            if not left:
                raise OSError("the disk is full")
            left.pop()
            return replace(path, target)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", replace_once)
            with pytest.raises(OSError, match="the disk is full"):
                refresh(kit, mine)
        assert [path.name for path in mine.iterdir()] == ["page.ipynb"]
        refresh(kit, mine)
        assert texts(mine) == texts(kit)
        assert refresh(kit, mine) == NOTHING


class TestTarget:
    @pytest.mark.parametrize(
        "folder", [".", "notebooks", "data", "data/sample", "closing_lib/app/lab", "data/mine/../../tests"]
    )
    def test_a_folder_of_the_kit_is_refused(self, tmp_path: Path, folder: str) -> None:
        assert is_of_the_kit(tmp_path / folder, tmp_path)

    @pytest.mark.parametrize(
        "folder", ["checkout/data/mine", "checkout/data/mine/2026", "elsewhere", "checkout-2/notebooks", "."]
    )
    def test_any_other_is_allowed(self, tmp_path: Path, folder: str) -> None:
        assert not is_of_the_kit(tmp_path / folder, tmp_path / "checkout")

    @pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
    def test_a_link_to_a_folder_of_the_kit_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "checkout" / "notebooks").mkdir(parents=True)
        (tmp_path / "link").symlink_to(tmp_path / "checkout" / "notebooks")
        assert is_of_the_kit(tmp_path / "link", tmp_path / "checkout")

    def test_the_folder_that_is_allowed_is_one_that_git_ignores(self) -> None:
        ignored = Path(__file__).parents[1].joinpath(".gitignore").read_text(encoding="utf-8").splitlines()
        assert f"/{workspace.OWN.as_posix()}/" in ignored
