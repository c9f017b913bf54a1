"""The closing card as text: whole to paste, and its essentials in a QR code that another program reads back."""

from __future__ import annotations

import io

import numpy as np
import pytest
import segno
import zxingcpp
from PIL import Image
from test_closing_files import HOSTILE, filled_with

import closing_lib as cl
from closing_lib.advice.preparation import MOST_QUESTIONS
from closing_lib.content import text
from closing_lib.documents.closing_text import MOST_BYTES, closing_text, phone_text
from closing_lib.documents.phone_code import phone_code

QUESTIONS = (
    "Who would I work with most closely on your tenant app?",
    "What would a good first year look like in this job?",
    "Which problem would you want me to look at first?",
)
NAMES = ("Fußball & Söhne GmbH", "Analista de operaciones")


def read_by_another(said: str) -> str:
    """Draw a text as `phone_code` does, as a picture, and read it with another library than the one that wrote it."""
    picture = io.BytesIO()
    segno.make_qr(said, error="l", encoding="utf-8").save(picture, kind="png", scale=3, border=4)
    (found,) = zxingcpp.read_barcodes(np.asarray(Image.open(picture).convert("L")))
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    return str(found.text)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("interviewer", ["hiring_manager", "recruiter"])
def test_three_questions_and_the_whole_rule_fit_into_the_code(
    monkeypatch: pytest.MonkeyPatch, language: str, interviewer: str
) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    card = cl.closing_card(QUESTIONS, interviewer=interviewer, company=NAMES[0], role=NAMES[1])
    taken = phone_text(card)
    assert taken.left_out == ()
    assert len(taken.text.encode()) <= MOST_BYTES
    assert all(one in taken.text for one in (*QUESTIONS, *NAMES))
    assert all(f"{ask.brief}: {ask.words}" in taken.text for ask in card.asks)
    assert read_by_another(taken.text) == taken.text


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_whatever_was_typed_the_code_holds_the_words_to_say_and_what_has_no_room_is_named(typed: str) -> None:
    card = filled_with(typed)
    taken = phone_text(card)
    assert len(taken.text.encode(errors="replace")) <= MOST_BYTES
    assert all(ask.words in taken.text for ask in card.asks)
    rest = [one for number, one in enumerate(card.questions, start=1) if number not in taken.left_out]
    assert taken.text.count(card.questions[0]) >= len(rest)
    assert phone_code(taken.text, "<b>").count("<svg") == 1


def test_a_question_that_has_no_room_is_left_out_and_a_shorter_one_after_it_is_not() -> None:
    long = "Why " * 69 + "?"
    card = cl.closing_card([long, QUESTIONS[0], QUESTIONS[1]], company="x" * 80, role="x" * 80)
    assert phone_text(card, 1100).left_out == (1,)
    assert phone_text(card, 5000).left_out == ()


def test_the_code_is_black_on_white_and_is_named() -> None:
    drawn = phone_code("Ask when they will decide.", "What <it> is")
    assert 'fill="#fff"' in drawn
    assert 'stroke="#000"' in drawn
    assert 'role="img" aria-label="What &lt;it&gt; is"' in drawn


@pytest.mark.parametrize("questions", [(), QUESTIONS])
def test_the_whole_text_has_all_that_stands_on_the_card(questions: tuple[str, ...]) -> None:
    assert len(QUESTIONS) == MOST_QUESTIONS
    card = cl.closing_card(questions, cl.Pitch(skills="I plan."), company="Acme")
    written = closing_text(card)
    steps = [step.text for step in (*card.then, *card.leave)]
    assert all(one in written for one in (*questions, *steps, *card.moves, *card.short, "Skills I plan.", "Acme"))
    assert all(f"{ask.when}:\n“{ask.words}”" in written for ask in card.asks)
    assert (text("preparation.card.no_questions") in written) is not bool(questions)
