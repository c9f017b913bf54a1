"""The advice card: it says all of an advice, in its order, as well-formed HTML that no sentence can break."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from answers import assessments
from driving import WORDS, tags_of, text_of
from hypothesis import given, settings

from closing_lib.advice import card
from closing_lib.advice.card import advice_card, in_a_line
from closing_lib.advice.closing_steps import Step
from closing_lib.advice.recommendation import Change, recommend
from closing_lib.advice.response import respond
from closing_lib.assessment import Assessment
from closing_lib.content import text
from closing_lib.forms.respond.response_form import guide_card
from closing_lib.models import Reason, Response, Settled, Tactic

SEEN = {
    **dict.fromkeys(["overran", "introduced"], True),
    **dict.fromkeys(["sold_the_job", "asked_availability", "cut_off", "no_interest"], False),
}
ANSWERS = {
    Tactic.BOLD: Assessment(signs=SEEN, felt=4, confidence=5, risk=5),
    Tactic.MILD: Assessment(signs=SEEN, felt=4, confidence=5, risk=3),
    Tactic.STANDING: Assessment(wants_answer=True),
    Tactic.CONFIRM: Assessment(already=Settled.OFFER),
}
each_tactic = pytest.mark.parametrize("tactic", Tactic)
AWKWARD = '<b>&amp; "it\'s" {now}</b>'


def written(assessment: Assessment) -> str:
    return advice_card(recommend(assessment))


def part(html: str, title: str) -> str:
    """Give one part of a card, from its title to the next."""
    return html.partition(f"<h3>{text(f'forms.card.{title}')}</h3>")[2].partition("<h3>")[0].partition("<details>")[0]


def items(html: str) -> list[str]:
    return [text_of(item) for item in re.findall(r"<li>(.*?)</li>", html)]


@each_tactic
class TestEachTactic:
    def test_the_words_stand_first_and_as_they_are(self, tactic: Tactic) -> None:
        html = written(ANSWERS[tactic])
        words = WORDS.get(tactic, text("tactics.confirm.offer.words"))
        (said,) = re.findall(r'<blockquote class="ck-words">(.*?)</blockquote>', html)
        assert text_of(said) == f"“{words}”"
        assert html.index("<blockquote") < html.index("<h3>")
        assert text_of(html.partition("<h2>")[2].partition("</h2>")[0]) == text(f"tactics.{tactic}.headline")

    def test_every_reason_step_and_caution_is_there_in_its_order_with_its_source(self, tactic: Tactic) -> None:
        advice = recommend(ANSWERS[tactic])
        html = written(ANSWERS[tactic])
        assert items(part(html, "because")) == [f"{reason.text} {reason.source}" for reason in advice.reasons]
        assert items(part(html, "in_this_order")) == [f"{step.text} {step.source}" for step in advice.steps]
        sides = [text("forms.card.too_pushy_side"), text("forms.card.too_timid_side")]
        named = [f"{side} {one.text} {one.source}" for side, one in zip(sides, advice.cautions, strict=False)]
        rest = [f"{one.text} {one.source}" for one in advice.cautions[2:]]
        assert items(part(html, "beware")) == named + rest
        how_read = html.rpartition("<summary>")[2]
        assert items(how_read) == [f"{reason.text} {reason.source}" for reason in advice.reading.reasons]

    def test_of_the_steps_the_ask_alone_stands_out(self, tactic: Tactic) -> None:
        (strong,) = re.findall("<strong>(.*?)</strong>", part(written(ANSWERS[tactic]), "in_this_order"))
        (ask,) = [step.text for step in recommend(ANSWERS[tactic]).steps if step.id == "ask"]
        assert text_of(strong) == ask

    def test_the_place_on_the_line_is_said_in_words_too(self, tactic: Tactic) -> None:
        html = written(ANSWERS[tactic])
        place = text(f"tactics.{tactic}.place")
        assert f'role="img" aria-label="{text("forms.card.place_label", place=place)}"' in html
        assert place in text_of(html)

    def test_a_screen_reader_hears_the_headline_and_the_words(self, tactic: Tactic) -> None:
        advice = recommend(ANSWERS[tactic])
        said = in_a_line(advice)
        assert text(f"tactics.{tactic}.headline") in said
        assert advice.words in said


def test_the_line_runs_from_timid_to_pushy() -> None:
    places = {
        tactic: int(re.search(r"left:(\d+)%", written(answers))[1])  # type: ignore[index]
        for tactic, answers in ANSWERS.items()
    }
    assert 0 < places[Tactic.MILD] < places[Tactic.STANDING] < places[Tactic.BOLD] < 100


class TestWhatWouldChangeIt:
    def test_names_every_change_with_what_it_leads_to(self) -> None:
        lines = items(part(written(ANSWERS[Tactic.BOLD]), "would_change"))
        mild = text("tactics.mild.name")
        assert lines[:3] == [
            f"Confidence at 3 or less {mild}",
            f"Risk at 3 or less {mild}",
            f"“How it felt” at 2 or less {mild}",
        ]
        assert f"If you’re through to the next round {text('tactics.confirm.name')}" in lines

    def test_counts_from_the_middle_where_a_rating_was_not_answered(self) -> None:
        answers = Assessment(signs={**SEEN, "ended_early": True, "long_answers": True}, confidence=5, risk=5)
        assert Change("felt", 4, Tactic.BOLD) in recommend(answers).changes
        assert "“How it felt” at 4 or more the bold question" in items(part(written(answers), "would_change"))

    def test_puts_the_signs_that_do_the_same_into_one_line(self) -> None:
        lines = items(part(written(ANSWERS[Tactic.BOLD]), "would_change"))
        (unseen,) = [line for line in lines if line.startswith("If you couldn’t tell about one of these:")]
        assert "it ran over because they kept talking; they introduced you to other people" in unseen

    def test_names_a_single_sign_without_a_choice(self) -> None:
        answers = Assessment(signs={"overran": True}, felt=5, confidence=5, risk=5)
        advice = replace(recommend(answers), changes=(Change("signs.introduced", True, Tactic.BOLD),))
        (line,) = items(part(advice_card(advice), "would_change"))
        assert line == "If you saw this: they introduced you to other people the bold question"

    def test_says_so_where_no_single_answer_would(self) -> None:
        answers = ANSWERS[Tactic.BOLD]
        html = advice_card(replace(recommend(answers), changes=()))
        assert text("forms.card.no_change") in text_of(part(html, "would_change"))

    def test_says_so_where_the_bold_question_is_further_away(self) -> None:
        far = text("forms.card.bold_far")
        assert far in text_of(written(Assessment()))
        assert far not in text_of(written(ANSWERS[Tactic.MILD]))  # one answer away
        assert far not in text_of(written(ANSWERS[Tactic.BOLD]))
        assert far not in text_of(written(ANSWERS[Tactic.CONFIRM]))  # it is not to be asked at all

    @pytest.mark.parametrize(
        ("answers", "reason"),
        [({"decides": False}, "bold.carries"), ({"round": "screen"}, "bold.screening")],
    )
    def test_says_what_rules_the_bold_question_out(self, answers: dict[str, Any], reason: str) -> None:
        html = written(Assessment(**answers))
        assert text(f"advice.because.{reason}") in text_of(html)
        assert text("forms.card.bold_far") not in text_of(html)


@pytest.mark.parametrize("settled", Settled)
def test_what_is_settled_stands_in_place_of_how_it_went(settled: Settled) -> None:
    html = written(replace(ANSWERS[Tactic.BOLD], already=settled))
    assert text_of(html.partition("<h2>")[0]) == text(f"forms.card.settled_{settled}")


def test_a_doubt_stands_above_the_question() -> None:
    html = written(replace(ANSWERS[Tactic.BOLD], open_concern=True))
    assert "Have I answered that?" in html.partition("<h2>")[0]


class TestHowSure:
    @pytest.mark.parametrize(
        ("certainty", "level"),
        [(0.0, "low"), (0.2999, "low"), (0.3, "middle"), (0.5999, "middle"), (0.6, "high"), (1.0, "high")],
    )
    def test_is_said_in_words(self, certainty: float, level: str) -> None:
        answers = ANSWERS[Tactic.BOLD]
        advice = recommend(answers)
        html = advice_card(replace(advice, reading=replace(advice.reading, certainty=certainty)))
        assert text(f"reading.certainty.{level}") in text_of(html.partition("</p>")[0] + "</p>")

    def test_is_said_with_how_many_signs_point_up(self) -> None:
        html = written(Assessment(signs={**SEEN, "cut_off": True}))
        assert "answers that point to “it went well”: 3 of 6" in text_of(html)
        assert text("forms.card.nothing_seen") in text_of(written(Assessment()))


def test_a_cell_shows_it_and_text_says_the_words() -> None:
    advice = recommend(ANSWERS[Tactic.BOLD])
    assert advice._repr_html_() == f'<div class="ck">{advice_card(advice)}</div>'
    assert repr(advice) == f"bold: {advice.words}"


class TestMarkup:
    @settings(max_examples=60, deadline=None)
    @given(assessments)
    def test_is_well_formed_with_its_headings_in_order_whatever_is_answered(self, assessment: Assessment) -> None:
        html = written(assessment)
        assert text_of(html)
        assert re.findall(r"<h(\d)", html) == ["2", "3", "3", "3", "3", "3"]
        assert "{" not in text_of(html)

    def test_everything_in_an_advice_is_escaped(self) -> None:
        answers = ANSWERS[Tactic.BOLD]
        plain = recommend(answers)
        told = (Reason(AWKWARD, AWKWARD),)
        advice = replace(
            plain,
            words=AWKWARD,
            reasons=told,
            cautions=told * 3,
            steps=(Step("ask", AWKWARD, AWKWARD), Step("listen", AWKWARD, AWKWARD)),
            reading=replace(plain.reading, reasons=told),
        )
        html = advice_card(advice)
        assert "<b []>" not in tags_of(html)
        assert text_of(html).count(AWKWARD) == 1 + 2 + 6 + 4 + 2
        assert AWKWARD in in_a_line(advice)

    @pytest.mark.parametrize("where", ["headline", "place", "name"])
    def test_a_coach_may_write_any_character(self, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
        edit(monkeypatch, f"tactics.mild.{where}")
        answers = ANSWERS[Tactic.BOLD if where == "name" else Tactic.MILD]
        html = written(answers)
        assert "<b []>" not in tags_of(html)
        assert AWKWARD in text_of(html)

    def test_a_coach_may_write_any_character_in_what_is_spoken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        edit(monkeypatch, "tactics.mild.headline")
        assert AWKWARD in in_a_line(recommend(ANSWERS[Tactic.MILD]))


def edit(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """Let one sentence of the content be the awkward one, as if a coach had written it so."""
    monkeypatch.setattr(card, "text", lambda asked, /, **values: AWKWARD if asked == key else text(asked, **values))


@pytest.mark.parametrize("response", Response)
def test_the_guide_says_all_of_it_in_its_order(response: Response) -> None:
    guide = respond(response)
    html = guide_card(guide)
    said = [text_of(line) for line in re.findall(r"<blockquote.*?>(.*?)</blockquote>", html)]
    assert said == list(guide.say)
    assert items(html) == [*guide.do, *guide.avoid, *(f"{reason.text} {reason.source}" for reason in guide.reasons)]
    assert html.startswith('<div role="status">')
    assert guide.name in text_of(html)


def test_everything_in_a_guide_is_escaped() -> None:
    guide = replace(respond("offered"), name=AWKWARD, say=(AWKWARD,), do=(AWKWARD,), avoid=(AWKWARD,))
    html = guide_card(replace(guide, reasons=(Reason(AWKWARD, AWKWARD),)))
    assert "<b []>" not in tags_of(html)
    assert text_of(html).count(AWKWARD) == 6
