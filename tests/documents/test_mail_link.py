"""A letter as a link for the mail program: what another parser reads back is the letter, to the one person."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from strange import INJECTIONS

from closing_lib.documents.letter import Letter, Occasion, Person
from closing_lib.documents.letter_page import letter_page
from closing_lib.documents.letters import nudge
from closing_lib.documents.mail_link import MOST, mail_link


def written(typed: str = "Acme", email: str = "lid@example.com") -> Letter:
    return nudge(Occasion(typed, "Analyst", me="Alex Tan"), Person("Mr Lid", email))


@pytest.mark.parametrize("typed", ["Söhne & Töchter?", "a&bcc=spy@evil.example#x%0A", *INJECTIONS])
def test_the_link_holds_the_letter_and_nothing_that_was_typed_adds_to_it(typed: str) -> None:
    letter = written(typed[:200])
    link = mail_link(letter)
    parts = urlsplit(link.href)
    read = parse_qs(parts.query, strict_parsing=True, keep_blank_values=True)
    assert link.href.isascii()
    assert (parts.scheme, unquote(parts.path), parts.fragment) == ("mailto", "lid@example.com", "")
    assert [*read] == (["subject", "body"] if link.is_whole else ["subject"])
    if link.is_whole:
        expected = letter.text.encode(errors="replace").decode().replace("\n", "\r\n")
        assert read["body"] == [expected]


@pytest.mark.parametrize(
    "email", ["", "Lid <lid@example.com>, all@example.com", "lid@example.com?bcc=spy@evil.example"]
)
def test_what_is_no_address_leads_to_nobody(email: str) -> None:
    assert mail_link(written(email=email)).href.startswith("mailto:?subject=")


def test_a_letter_that_is_too_long_for_a_link_is_left_to_be_pasted() -> None:
    letter = written()
    long = replace(letter, paragraphs=(letter.paragraphs[0], "word " * 500, *letter.paragraphs[-2:]))
    link = mail_link(long)
    assert (link.left_out, link.is_whole) == (long.text, False)
    assert "body=" not in link.href
    assert len(link.href) < MOST


def test_the_page_of_a_letter_has_each_of_its_paragraphs_escaped() -> None:
    page = letter_page(written("<script>x</script> & Sons"))
    assert "<script" not in page
    assert page.count('<p dir="auto">') == len(written().paragraphs) - 1
