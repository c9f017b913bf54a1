"""What JupyterLab's page is told of the kit: the titles of its pages, and the words of the bar above them."""

from __future__ import annotations

from closing_lib.content import language, text
from closing_lib.content.loading import names
from closing_lib.content.pages import pages


def told() -> dict[str, object]:
    """Tell it in the language of the kit; the browser reads it from what JupyterLab's page says of itself.

    Examples
    --------
    >>> told()["words"]["quit"]
    'Quit'
    """
    return {
        "language": language(),
        "pages": [{"name": page.name, "title": page.title} for page in pages()],
        "words": {name: text(f"shell.{name}") for name in names("shell")} | {"preparing": text("pages.preparing")},
    }
