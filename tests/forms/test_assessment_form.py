"""The form of the last five minutes: the card moves with every answer, and what is hidden does not count."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from answers import assessments
from driving import (
    BOLD,
    BOLD_WORDS,
    MILD_WORDS,
    STANDING_WORDS,
    again,
    card,
    fill,
    html_below,
    is_shown,
    other_values,
    static_html,
    text_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st

import closing_lib as cl
from closing_lib.content import signs, text
from closing_lib.forms.close.assessment_form import RATINGS
from closing_lib.models import Format
from closing_lib.records import OutcomeLog

SEEN = {True: "yes", False: "no", None: "unknown"}
PLACES = {sign.id: sign.formats for sign in signs()}
SOMEWHERE = [sign.id for sign in signs() if len(sign.formats) < len(Format)]
OTHERS = ("round", "decides", "comes_next", "open_concern", "scripted", "short_of_time", "wants_answer")
NEXT_STEP = ("next_steps_named", "next_steps_vague")  # asked together
ASKED = [name for name in PLACES if name not in NEXT_STEP]
CHANGEABLE = [*ASKED, *RATINGS, "format", "comes_next", "open_concern", "wants_answer"]
COMES_NEXT = {  # what was said about what comes next, and how it is answered
    (None, None, None): "unknown",
    (False, None, None): "nothing",
    (None, True, None): "vague",
    (True, False, None): "told",
    (True, False, "next_step"): "through",
    (None, None, "offer"): "offer",
}


@pytest.fixture
def form(log: OutcomeLog) -> cl.AssessmentForm:
    return cl.AssessmentForm(log)


def spoken(form: cl.AssessmentForm) -> str:
    assert form.line.is_spoken
    return form.line.said


class TestTheCardMoves:
    def test_from_bold_to_mild_by_one_answer_which_it_had_named(self, form: cl.AssessmentForm) -> None:
        fill(form, BOLD)
        assert form.advice.tactic is cl.Tactic.BOLD
        assert BOLD_WORDS in card(form)
        assert BOLD_WORDS in spoken(form)
        assert "Risk at 3 or less the mild question" in card(form)
        form.controls["risk"].value = "3"
        assert form.advice.tactic is cl.Tactic.MILD
        assert MILD_WORDS in card(form)
        assert MILD_WORDS in spoken(form)
        assert BOLD_WORDS not in card(form)
        assert BOLD_WORDS not in spoken(form)
        assert "Risk at 4 or more the bold question" in card(form)

    def test_from_mild_to_where_do_i_stand_when_the_wait_is_too_long(self, form: cl.AssessmentForm) -> None:
        assert MILD_WORDS in card(form)
        form.controls["wants_answer"].value = "yes"
        assert STANDING_WORDS in card(form)

    @pytest.mark.parametrize("settled", cl.Settled)
    def test_to_a_confirmation_once_they_have_settled_it(self, form: cl.AssessmentForm, settled: cl.Settled) -> None:
        fill(form, {**BOLD, "comes_next": {"next_step": "through"}.get(settled, settled)})
        words = {"next_step": "tactics.confirm.next_step_told.words", "offer": "tactics.confirm.offer.words"}
        assert text(words[settled]) in card(form)
        assert BOLD_WORDS not in card(form)

    @pytest.mark.parametrize("name", CHANGEABLE)
    def test_with_every_answer_to_every_question(self, form: cl.AssessmentForm, name: str) -> None:
        fill(form, BOLD)
        cards = {form._card.value}
        for number, value in enumerate(other_values(form.controls[name]), start=2):
            form.controls[name].value = value
            cards.add(form._card.value)
            assert len(cards) == number, value

    def test_and_a_listener_is_told_each_time(self, form: cl.AssessmentForm) -> None:
        told: list[cl.Tactic] = []
        form.when_answered(lambda: told.append(form.advice.tactic))
        fill(form, BOLD)
        assert told[-1] is cl.Tactic.BOLD
        assert len(told) == len(BOLD)


class TestTheAdvice:
    def test_is_that_of_the_logic_for_all_answers(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        form = cl.AssessmentForm(OutcomeLog(tmp_path_factory.mktemp("data") / "log.sqlite"))
        form.name = ""  # nothing is to be kept: that each answer is, other tests show

        @settings(max_examples=40, deadline=None)
        @given(assessments, st.sampled_from(sorted(COMES_NEXT, key=str)))
        def follows(given: cl.Assessment, said: tuple[bool | None, bool | None, str | None]) -> None:
            signs = {**given.signs, **dict(zip(NEXT_STEP, said[:2], strict=True))}
            assessment = replace(given, signs=signs, already=said[2])  # type: ignore[arg-type]
            fill(form, {name: SEEN[assessment.signs.get(name)] for name in ASKED})
            fill(form, {name: str(getattr(assessment, name)) for name in ("confidence", "risk")})
            felt = "unknown" if assessment.felt is None else str(assessment.felt)
            fill(form, {"felt": felt, "comes_next": COMES_NEXT[said], "format": assessment.format})
            fill(form, {"round": assessment.round or "", "decides": SEEN[assessment.decides]})
            fill(form, {name: SEEN[getattr(assessment, name)] for name in OTHERS[3:]})
            seen = {name: seen for name, seen in assessment.signs.items() if assessment.format in PLACES[name]}
            assert form.assessment == cl.Assessment(**{**assessment.to_dict(), "signs": seen})
            assert form.advice == cl.recommend(form.assessment)
            assert form.advice.words in card(form)

        follows()

    @pytest.mark.parametrize(
        "answers",
        [
            {},
            {"wants_answer": "yes"},
            BOLD,
            {**BOLD, "risk": "3"},
            {**BOLD, "comes_next": "offer"},
            {**BOLD, "overran": "no"},
        ],
        ids=["nothing", "standing", "bold", "mild", "confirm", "one sign"],
    )
    def test_every_change_that_the_card_names_leads_where_it_says(
        self, form: cl.AssessmentForm, answers: dict[str, str]
    ) -> None:
        fill(form, answers)
        assert_changes_lead_where_they_say(form)

    def test_every_change_that_the_card_names_can_be_made_on_the_phone(self, form: cl.AssessmentForm) -> None:
        fill(form, {**BOLD, "format": "phone"})
        assert_changes_lead_where_they_say(form)


def names(form: cl.AssessmentForm, change: cl.Change) -> bool:
    """Whether the card names the sign of a change; a change of another answer needs no looking for."""
    listed = form._card.value.partition('<ul class="ck-changes">')[2].partition("</ul>")[0]
    again = {f"signs.{sign.id}": sign.again for sign in signs()}
    return escape(again.get(change.field, "")) in listed


FIELD = {"already": "comes_next", "signs.next_steps_named": "comes_next"}


def answer_of(form: cl.AssessmentForm, change: cl.Change) -> str:
    """Give what is to be chosen in the form for a change."""
    if change.field == "already":
        before = "told" if form.assessment.signs.get("next_steps_named") else "unknown"
        return {"next_step": "through", "offer": "offer"}.get(change.to, before)
    if change.field == "signs.next_steps_named":
        return {True: "told", False: "nothing", None: "unknown"}[change.to]
    if change.field == "round":
        return change.to or ""
    return {True: "yes", False: "no", None: "unknown"}.get(change.to, str(change.to))


def assert_changes_lead_where_they_say(form: cl.AssessmentForm) -> None:
    """Make each change in the form itself, see the tactic, and take it back."""
    for change in form.advice.changes:
        if change.field == "signs.next_steps_vague":
            continue
        control = form.controls[FIELD.get(change.field, change.field.removeprefix("signs."))]
        if not is_shown(form, control):
            assert not names(form, change), change
            continue
        assert names(form, change), change
        before = control.value
        control.value = answer_of(form, change)
        assert form.advice.tactic is change.tactic, change
        control.value = before


class TestWhatIsHidden:
    @pytest.mark.parametrize("format", Format)
    def test_only_the_signs_of_the_format_are_asked(self, form: cl.AssessmentForm, format: Format) -> None:
        form.controls["format"].value = format
        for name in ASKED:
            assert is_shown(form, form.controls[name]) == (format in PLACES[name]), name
        assert all(is_shown(form, form.controls[name]) for name in (*RATINGS, "format", *OTHERS))

    @pytest.mark.parametrize("name", SOMEWHERE)
    def test_does_not_count_while_it_is_hidden_and_comes_back(self, form: cl.AssessmentForm, name: str) -> None:
        fill(form, {"format": "in_person", name: "yes"})
        with_it = form.advice.reading
        assert form.assessment.signs == {name: True}
        form.controls["format"].value = "phone"
        assert form.assessment.signs == {}
        assert form.advice.reading.score != with_it.score
        assert "0 of 15" in repr(form)
        form.controls["format"].value = "in_person"
        assert form.assessment.signs == {name: True}
        assert form.advice.reading == with_it
        assert form.controls[name].value == "yes"

    def test_can_turn_the_advice(self, form: cl.AssessmentForm) -> None:
        fill(form, {**BOLD, "felt": "4", "looked_away": "yes"})
        assert form.advice.tactic is cl.Tactic.MILD
        form.controls["format"].value = "phone"
        assert form.advice.tactic is cl.Tactic.BOLD
        form.controls["format"].value = "video"
        assert form.advice.tactic is cl.Tactic.MILD

    def test_is_hidden_after_a_restart_too(self, form: cl.AssessmentForm, log: OutcomeLog) -> None:
        fill(form, {"handshake": "yes", "format": "phone"})
        restarted = cl.AssessmentForm(again(log))
        assert not is_shown(restarted, restarted.controls["handshake"])
        assert restarted.assessment.signs == {}
        restarted.controls["format"].value = "panel"
        assert restarted.assessment.signs == {"handshake": True}

    def test_on_the_phone_there_is_no_hand_to_shake(self, form: cl.AssessmentForm) -> None:
        assert "Shake hands" in card(form)
        form.controls["format"].value = "phone"
        assert "Shake hands" not in card(form)


class TestWhatIsNotAnswered:
    def test_is_taken_as_the_middle_and_said_so(self, form: cl.AssessmentForm) -> None:
        assert (form.assessment.felt, form.assessment.confidence, form.assessment.risk) == (None, 3, 3)
        for done, name in enumerate(RATINGS):
            labels = [form.fields[other].label for other in RATINGS[done:]]
            assert text("forms.assessment.taken_as_middle", fields="; ".join(labels)) in card(form)
            form.controls[name].value = "3"
        assert text("forms.assessment.taken_as_middle").partition(":")[0] not in card(form)

    def test_can_t_tell_is_an_answer_to_how_it_felt(self, form: cl.AssessmentForm, log: OutcomeLog) -> None:
        label = form.fields["felt"].label
        assert label in form.missing(RATINGS)
        form.controls["felt"].value = "unknown"
        assert form.assessment.felt is None
        assert label not in form.missing(RATINGS)
        assert label not in cl.AssessmentForm(again(log)).missing(RATINGS)


def test_the_page_shows_the_advice_even_where_it_is_not_run(form: cl.AssessmentForm) -> None:
    fill(form, BOLD)
    assert card(form) in text_of(static_html(form))


def test_the_card_stands_beside_the_questions_and_is_spoken_apart(form: cl.AssessmentForm) -> None:
    assert html_below(form.view).count(form._card.value) == 1
    assert (
        form.line.said
        == "Ask the mild question. “Is there anything else I can answer for you to make a hiring decision?”"
    )
    assert "role=" not in form._card.value.replace('role="img"', "")


def test_the_whole_assessment_works_on_the_person_s_own_log(own_data: Path) -> None:
    fill(cl.AssessmentForm(), BOLD)
    assert cl.AssessmentForm().advice.tactic is cl.Tactic.BOLD
    assert (own_data / "closing_log.sqlite").is_file()
