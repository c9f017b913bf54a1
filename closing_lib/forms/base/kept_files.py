"""What a form has saved last: where it is, and a button for each file that hands it to the browser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from closing_lib.content import text
from closing_lib.forms.base.download_button import DownloadButton
from closing_lib.forms.base.saved_files import MadeFile, save_file
from closing_lib.forms.base.sheet import box, html, spoken


class KeptFiles:
    """The part of a form that saves files beside the log, and says so.

    Parameters
    ----------
    folder : str
        The folder beside the log that the files go into.

    Attributes
    ----------
    said : str
        What was done last.
    paths : tuple of Path
        The files that were saved last.
    view : ipywidgets.Box
        The sentence and the buttons, for the form.
    """

    def __init__(self, folder: str) -> None:
        self.said = ""
        self.paths: tuple[Path, ...] = ()
        self._folder = folder
        self._status, self._buttons = html("", "ck-status"), box([], "ck-buttons")
        self.view = box([self._status, self._buttons], "ck-column")
        self._show()

    def keep(self, files: Sequence[MadeFile], beside: Path) -> None:
        """Save files in the folder beside the log, and offer to download them where the kernel runs elsewhere."""
        self.paths = ()
        try:
            self.paths = tuple(save_file(made, beside, into=self._folder) for made in files)
        except OSError as error:
            self.said = text("analysis.form.not_saved", error=error.strerror or type(error).__name__)
        else:
            self.said = text(
                "analysis.form.saved", folder=self._folder, names=", ".join(one.name for one in self.paths)
            )
        self._show()

    def refuse(self, why: str) -> None:
        """Say why nothing could be saved."""
        self.said, self.paths = why, ()
        self._show()

    def forget(self) -> None:
        """Say nothing any more of what was saved: it was something else."""
        self.said, self.paths = "", ()
        self._show()

    def _show(self) -> None:
        self._status.value = spoken(self.said)
        self._buttons.children = tuple(_download(path) for path in self.paths)
        self._buttons.layout.display = None if self.paths else "none"


def _download(path: Path) -> DownloadButton:
    button = DownloadButton(description=text("analysis.form.download", name=path.name), disabled=False)
    button.file = path
    return button
