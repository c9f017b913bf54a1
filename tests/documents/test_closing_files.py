"""The closing card as HTML and as PDF: one page, whole, and safe from whatever was typed."""

from __future__ import annotations

import io
from functools import cache
from html.parser import HTMLParser

import pypdf
import pytest

import closing_lib as cl
from closing_lib.advice.preparation import ClosingCard
from closing_lib.documents.closing_pdf import UNKNOWN, lacks
from closing_lib.models import Element

HOSTILE = {
    "line breaks": "One\r\nTwo\n\n\nThree\u2028Four",
    "quotes": "\"double\" 'single' “curly” `back`",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(2)></style></body>",
    "emoji": "😀🚀👩\u200d👩\u200d👧🏳\ufe0f\u200d🌈",
    "half an emoji": "\ud83d half",
    "right to left": "שלום עולם מ־Acme, מרחבא مرحبا بالعالم",
    "turned round": "abc\u202edcba\u202c\u2066x",
    "unseen": "\x00\x07\x1b[31m\ufeff\ufffe",
    "PDF": ") Tj ET {nb} \\( %PDF %%EOF endobj **bold** --under--",
    "10,000 characters": "word " * 2000,
    "10,000 wide ones": "W" * 10_000,
    "10,000 wide emoji": "😀" * 10_000,
    "other scripts": "日本語 한국어 नमस्ते Žižek Łódź ñ",
}


def filled_with(typed: str) -> ClosingCard:
    return cl.closing_card(
        [typed] * 3, cl.Pitch(typed, typed, typed, typed), "executive", "panel", company=typed, role=typed
    )


@cache
def pdf_with(typed: str) -> bytes:
    return cl.closing_pdf(filled_with(typed))


def text_of(pdf: bytes) -> tuple[int, str]:
    """Read a PDF with another library than the one that wrote it: its pages and its text."""
    read = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
    return len(read.pages), " ".join("".join(page.extract_text() for page in read.pages).split())


class Tags(HTMLParser):
    """What a browser would find: the names of the tags, their attributes, the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_whatever_was_typed_the_pdf_has_one_page_and_all_that_stands_on_the_card(typed: str) -> None:
    pages, text = text_of(pdf_with(typed))
    assert pages == 1
    card = filled_with(typed)
    assert all(ask.words in text for ask in card.asks)
    assert all(said in text for said in (*card.moves, *card.short))
    assert card.leave[-1].text in text


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_whatever_was_typed_nothing_runs_below_the_page(typed: str) -> None:
    read = pypdf.PdfReader(io.BytesIO(pdf_with(typed)))
    low: list[float] = []
    read.pages[0].extract_text(visitor_text=lambda said, _cm, tm, *_rest: low.append(tm[5]) if said.strip() else None)
    assert len(low) > 10
    assert min(low) > 30


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_whatever_was_typed_the_html_has_the_tags_of_the_card_and_no_other(typed: str) -> None:
    page = cl.closing_page(filled_with(typed))
    page.encode()
    tags = Tags(page)
    assert tags.names == Tags(cl.closing_page(filled_with("plain"))).names
    assert tags.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class", "dir", "scope"}
    assert filled_with(typed).questions[0] in tags.text


def test_markup_is_shown_as_it_was_typed() -> None:
    assert "<script>alert(1)</script>" in Tags(cl.closing_page(filled_with(HOSTILE["markup"]))).text
    assert "<script>alert(1)</script>" in text_of(pdf_with(HOSTILE["markup"]))[1]


def test_a_typed_nb_is_no_number_of_pages() -> None:
    assert "{nb}" in text_of(cl.closing_pdf(filled_with("See {nb}")))[1]


def test_curly_quotes_and_accents_are_in_the_pdf() -> None:
    typed = "“Žižek’s” Łódź, ñandú, Ελλάδα, Київ"
    assert typed in text_of(cl.closing_pdf(filled_with(typed)))[1]
    assert not lacks(filled_with(typed))


def test_a_character_that_the_font_lacks_leaves_a_visible_mark_and_is_told_of() -> None:
    card = filled_with("日本 here")
    assert lacks(card)
    assert f"{UNKNOWN}{UNKNOWN} here" in text_of(cl.closing_pdf(card))[1]
    assert "日本 here" in cl.closing_page(card)


def test_both_hold_the_whole_card() -> None:
    pitch = cl.Pitch("I plan.", "Six years.", "A depot.", "Here.")
    card = cl.closing_card(["Who works on your tenant app?"], pitch, "peer", "phone")
    expected = [
        *card.questions,
        *(said for _, said in card.pitch),
        *(step.text for step in card.then + card.leave),
        *(part for ask in card.asks for part in (ask.words, ask.when)),
        *card.moves,
        *card.short,
        "A future colleague · Phone",
    ]
    shown = {"html": " ".join(Tags(cl.closing_page(card)).text.split()), "pdf": text_of(cl.closing_pdf(card))[1]}
    assert [(kind, one) for kind, text in shown.items() for one in expected if one not in text] == []


def test_what_is_still_to_write_is_told() -> None:
    card = cl.closing_card()
    assert cl.closing_page(card).count("still to write") == len(Element)
    assert text_of(cl.closing_pdf(card))[1].count("still to write") == len(Element)
    assert "You haven’t chosen a question yet." in cl.closing_page(card)


def test_the_same_card_gives_the_same_files() -> None:
    assert cl.closing_page(filled_with("x")) == cl.closing_page(filled_with("x"))
    assert text_of(cl.closing_pdf(filled_with("x"))) == text_of(cl.closing_pdf(filled_with("x")))
