"""Build the notebooks from the text of their pages, run them, and keep them: with outputs, and nothing of the machine.

.venv/bin/python tests/refresh_notebooks.py               build and run all pages, in all languages
.venv/bin/python tests/refresh_notebooks.py 02_close es   only these pages and languages
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from closing_lib.content import LANGUAGES, language, text, use_language
from closing_lib.content.pages import Page, pages

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
TODAY = "2026-11-22"
LIVE_WIDGET = "application/vnd.jupyter.widget-view+json"  # of a kernel that is gone: the page's HTML is shown instead


def folder(of: str) -> Path:
    """Give the folder of a language's notebooks."""
    return NOTEBOOKS if of == "en" else NOTEBOOKS / of


def built(page: Page) -> NotebookNode:
    """Build the notebook of a page, not run yet: the code of forms folded away, cells safe from a slip of the hand."""
    cells = [(new_code_cell if cell.is_code else new_markdown_cell)(cell.source) for cell in page.cells]
    for place, (cell, of) in enumerate(zip(cells, page.cells, strict=True)):
        cell.id = f"{page.name[:2]}-{place:02}"
        cell.metadata = NotebookNode(deletable=False, editable=False, closing_kit={"part": str(of.part)})
        if of.shows_form:
            cell.metadata.jupyter = {"source_hidden": True}
    return new_notebook(cells=cells, metadata=metadata(page.name))


def metadata(name: str) -> dict[str, object]:
    """Give what a page says of itself to Jupyter, and to the extension that makes a page of it."""
    return {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "closing_kit": {
            "page": name,
            "language": language(),
            "lost": text("pages.lost"),
            "restart": text("pages.restart"),
            "preparing": text("pages.preparing"),
        },
    }


def run(notebook: NotebookNode) -> NotebookNode:
    """Run a notebook in a kernel of its own, with an empty log and on a fixed day."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "CLOSING_DATA": data, "CLOSING_TODAY": TODAY}
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute(env=environment)
    return notebook


def normalised(notebook: NotebookNode, name: str) -> NotebookNode:
    """Give a notebook that was run as it is kept: with no trace of the run but its outputs."""
    notebook.metadata = NotebookNode(metadata(name))
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code, start=1):
        cell.metadata.pop("execution", None)
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


def main(wanted: list[str]) -> None:
    """Build and run the wanted pages and languages, or all."""
    for of in [one for one in LANGUAGES if one in wanted] or LANGUAGES:
        use_language(of)
        folder(of).mkdir(exist_ok=True)
        for page in [one for one in pages() if one.name in wanted] or pages():
            nbformat.write(normalised(run(built(page)), page.name), folder(of) / f"{page.name}.ipynb")
            print(f"built {of} {page.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
