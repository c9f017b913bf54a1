"""Run the kit's notebooks and write them back as they are kept: with outputs, and with nothing of the machine.

.venv/bin/python tests/refresh_notebooks.py            run all of them and write them back
.venv/bin/python tests/refresh_notebooks.py 02_close   only this one
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
TODAY = "2026-11-22"
LIVE_WIDGET = "application/vnd.jupyter.widget-view+json"  # of a kernel that is gone: the page's HTML is shown instead


def run(notebook: NotebookNode) -> NotebookNode:
    """Run a notebook in a kernel of its own, with an empty log and on a fixed day."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CLOSING_DATA": folder, "CLOSING_TODAY": TODAY}
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute(env=environment)
    return notebook


def normalised(notebook: NotebookNode, page: str) -> NotebookNode:
    """Give a notebook as it is kept: code folded away, cells safe from a slip of the hand, no trace of a run."""
    notebook.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"},
        closing_kit={"page": page},
    )
    for place, cell in enumerate(notebook.cells):
        cell.id = f"{page[:2]}-{place:02}"
        cell.metadata = NotebookNode(deletable=False, editable=False)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code, start=1):
        cell.metadata.jupyter = {"source_hidden": True}
        cell.execution_count = count
        cell.outputs = [_normalised_output(output, count) for output in cell.outputs]
    return notebook


def _normalised_output(output: NotebookNode, count: int) -> NotebookNode:
    if output.output_type in ("execute_result", "display_data"):
        output.data.pop(LIVE_WIDGET, None)
        output.metadata = NotebookNode()
    if output.output_type == "execute_result":
        output.execution_count = count
    return output


def main(pages: list[str]) -> None:
    """Refresh the named pages, or all."""
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        if not pages or path.stem in pages:
            notebook = nbformat.read(path, as_version=4)
            nbformat.write(normalised(run(notebook), path.stem), path)
            print(f"refreshed {path.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
