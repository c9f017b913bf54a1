"""A text as a QR code, which a phone's camera reads without any server; drawn as SVG."""

from __future__ import annotations

from html import escape

from closing_lib.arguments import validate_call


@validate_call
def phone_code(said: str, label: str) -> str:
    """Draw a text as a QR code, black on white whatever the theme, as an HTML element.

    Parameters
    ----------
    said : str
        What the phone gets.
    label : str
        What a screen reader says of it.

    Raises
    ------
    ValueError
        If it takes more than 2,953 bytes.

    Examples
    --------
    >>> phone_code("Ask when they will decide.", "The card").count("<svg")
    1
    """
    import segno  # noqa: PLC0415  # only needed here

    made = segno.make_qr(said.encode(errors="replace").decode(), error="l", encoding="utf-8")
    drawn = made.svg_inline(omitsize=True, dark="#000", light="#fff", border=4)
    return f'<div class="ck-code" role="img" aria-label="{escape(label)}">{drawn}</div>'
