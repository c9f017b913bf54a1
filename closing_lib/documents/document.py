"""A letter as a ``.docx`` file, to go on writing in a word processor or to print."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

from closing_lib.arguments import validate_call
from closing_lib.content.figures import long_day
from closing_lib.documents.letter import Letter

if TYPE_CHECKING:
    from docx.document import Document


@validate_call
def document(letter: Letter, written_on: dt.date) -> bytes:
    """Write a letter as a document; the same letter on the same day gives the same bytes.

    Parameters
    ----------
    letter : Letter
        The letter.
    written_on : datetime.date
        The day that stands above it.
    """
    from docx import Document as new  # noqa: N813, PLC0415  # slow to load, and only needed here
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Cm, Pt  # noqa: PLC0415

    made = new()
    _describe(made, letter, written_on)
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Georgia", Pt(11)
    style.paragraph_format.space_after = Pt(10)
    made.sections[0].page_width, made.sections[0].page_height = Cm(21), Cm(29.7)
    made.add_paragraph(long_day(written_on)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    *body, me = letter.paragraphs
    for paragraph in body:
        made.add_paragraph(paragraph)
    made.paragraphs[-1].paragraph_format.keep_with_next = True
    made.add_paragraph(me)
    return _bytes(made)


def _describe(made: Document, letter: Letter, written_on: dt.date) -> None:
    about = made.core_properties
    about.author = about.last_modified_by = letter.me
    about.title, about.comments = letter.subject, ""
    about.created = about.modified = dt.datetime.combine(written_on, dt.time(), dt.UTC)


def _bytes(made: Document) -> bytes:
    """Pack the document again without the time of day that the packing stamps on each part."""
    packed, again = io.BytesIO(), io.BytesIO()
    made.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return again.getvalue()
