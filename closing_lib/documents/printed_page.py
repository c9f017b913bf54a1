"""A page of its own as HTML: it needs nothing else, loads nothing, and prints on A4. No widget is needed."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from closing_lib.content import language


def printed_page(title: str, inner: str) -> str:
    """Put HTML that the kit wrote under its title into a page."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n{inner}\n</main>\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return (Path(__file__).parent / "printed_page.css").read_text(encoding="utf-8")
