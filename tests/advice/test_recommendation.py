"""The recommendation keeps its promises for every possible answer."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from answers import RATINGS, assessments, open_assessments, worse_and_better
from hypothesis import given, settings
from hypothesis import strategies as st

import closing_lib as cl
from closing_lib.advice.recommendation import choose
from closing_lib.assessment import Assessment
from closing_lib.content import signs, text
from closing_lib.models import Band, Format, Settled, Tactic

BOLDNESS = {Tactic.STANDING: 0, Tactic.MILD: 1, Tactic.BOLD: 2}
WENT_WELL = {sign.id: sign.good for sign in signs()}
WENT_POORLY = {sign.id: not sign.good for sign in signs()}
PEOPLE = [
    Assessment(confidence=confidence, risk=risk, wants_answer=wants, already=already)
    for confidence, risk, wants, already in itertools.product(RATINGS, RATINGS, (False, True), (None, *Settled))
]


def boldness(assessment: Assessment) -> int:
    return BOLDNESS[cl.recommend(assessment).tactic]


def with_answer(assessment: Assessment, field: str, to: object) -> Assessment:
    if field.startswith("signs."):
        return replace(assessment, signs={**assessment.signs, field.removeprefix("signs."): to})
    return replace(assessment, **{field: to})  # type: ignore[arg-type]


class TestTheRule:
    """All 3 bands x 150 people: the tactic depends on nothing else."""

    @pytest.mark.parametrize("band", Band)
    def test_is_the_article_s_for_everyone(self, band: Band) -> None:
        for person in PEOPLE:
            expected = (
                Tactic.CONFIRM
                if person.already
                else Tactic.BOLD
                if band is Band.WELL and person.confidence >= 4 and person.risk >= 4
                else Tactic.STANDING
                if band is not Band.WELL and person.wants_answer
                else Tactic.MILD
            )
            assert choose(band, person) is expected

    @given(assessments)
    def test_s11_s12_s14_the_tactic_follows_from_the_band_and_the_person(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        person = replace(assessment, signs={}, felt=None, format=Format.IN_PERSON)
        assert advice.tactic is choose(advice.reading.band, person)
        assert advice.reading == cl.assess(assessment)

    def test_s11_bold(self) -> None:
        advice = cl.recommend(Assessment(signs=WENT_WELL, felt=5, confidence=4, risk=4))
        assert advice.words == "So, is there anything stopping you from offering me the job right now?"

    def test_s13_mild_by_default(self) -> None:
        advice = cl.recommend(Assessment())
        assert advice.words == "Is there anything else I can answer for you to make a hiring decision?"

    def test_s14_standing_when_unsure_and_unwilling_to_wait(self) -> None:
        advice = cl.recommend(Assessment(wants_answer=True))
        assert advice.words == "Have I done well enough to advance to the next level of the hiring process?"

    def test_s12_never_bold_when_it_went_poorly(self) -> None:
        poorly = Assessment(signs=WENT_POORLY, felt=1, confidence=5, risk=5)
        assert cl.recommend(poorly).tactic is Tactic.MILD
        assert cl.recommend(replace(poorly, wants_answer=True)).tactic is Tactic.STANDING

    @pytest.mark.parametrize("already", Settled)
    def test_confirm_what_is_settled(self, already: Settled) -> None:
        advice = cl.recommend(Assessment(signs=WENT_WELL, confidence=5, risk=5, already=already))
        assert advice.tactic is Tactic.CONFIRM
        assert advice.words.startswith("Thank you")

    def test_the_slider_alone_never_leads_to_bold(self) -> None:
        assert cl.recommend(Assessment(felt=5, confidence=5, risk=5)).tactic is Tactic.MILD


class TestForEveryAnswer:
    @given(assessments)
    def test_total_and_deterministic(self, assessment: Assessment) -> None:
        assert cl.recommend(assessment) == cl.recommend(assessment)

    @given(assessments)
    def test_bold_only_when_it_went_well(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        if advice.tactic is Tactic.BOLD:
            assert advice.reading.band is Band.WELL

    @settings(max_examples=300)
    @given(open_assessments, st.sampled_from([sign.id for sign in signs()]), st.integers(0, 2))
    def test_a_better_sign_is_never_less_bold(self, assessment: Assessment, sign: str, pair: int) -> None:
        worse, better = (
            boldness(with_answer(assessment, f"signs.{sign}", seen)) for seen in worse_and_better(sign)[pair]
        )
        assert worse <= better

    @settings(max_examples=300)
    @given(
        open_assessments,
        st.sampled_from(["felt", "confidence", "risk"]),
        st.sampled_from(list(itertools.combinations(RATINGS, 2))),
    )
    def test_a_higher_rating_is_never_less_bold(
        self, assessment: Assessment, field: str, pair: tuple[int, int]
    ) -> None:
        lower, higher = (boldness(with_answer(assessment, field, value)) for value in pair)
        assert lower <= higher

    @given(assessments)
    def test_every_reason_and_caution_has_its_number(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        for reason in (*advice.reasons, *advice.cautions, *advice.reading.reasons):
            assert reason.source.startswith("S")
            assert 1 <= int(reason.source[1:]) <= 24
            assert reason.text

    @given(assessments)
    def test_the_answers_behind_a_reason_were_given(self, assessment: Assessment) -> None:
        for reason in cl.recommend(assessment).reasons:
            for field in reason.fields:
                if field.startswith("signs."):
                    assert field.removeprefix("signs.") in assessment.signs
                else:
                    assert getattr(assessment, field) is not None

    @given(assessments)
    def test_s1_both_sides_of_the_fine_line(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        assert [caution.source for caution in advice.cautions[:2]] == ["S1", "S1"]
        assert advice.cautions[-1].source == "S22"

    @given(assessments)
    def test_s3_perhaps_the_last_chance_to_show_why_you_fit(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        is_told = [text("advice.because.last_chance")] == [one.text for one in advice.reasons if one.source == "S3"]
        assert is_told is (advice.tactic is not Tactic.CONFIRM)

    @given(assessments)
    def test_s15_s16_s18_after_the_ask(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        expected = set() if advice.tactic is Tactic.CONFIRM else {"S15", "S16", "S18"}
        assert expected <= {caution.source for caution in advice.cautions}


class TestTheSteps:
    @given(assessments)
    def test_s4_to_s10_the_ask_s9_s21_in_their_order(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        ask = {"bold": "S11", "mild": "S13", "standing": "S14", "confirm": "S21"}[advice.tactic]
        sources = " ".join(step.source.split(",")[0] for step in advice.steps)
        assert sources == f"S4 S6 S7 S8 S10 {ask} S15 S9 S21"

    @given(assessments)
    def test_the_ask_holds_the_exact_words(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        assert [step.id for step in advice.steps if advice.words in step.text] == ["ask"]

    @pytest.mark.parametrize("how", Format)
    def test_fit_the_format(self, how: Format) -> None:
        steps = {step.id: step.text for step in cl.recommend(Assessment(format=how)).steps}
        assert ("Shake hands" in steps["farewell"]) == (how in (Format.IN_PERSON, Format.PANEL))
        assert ("Ask for a business card" in steps["contact"]) == (how is Format.IN_PERSON)
        assert ("e-mail" in steps["contact"]) == (how in (Format.VIDEO, Format.PHONE))
        assert ("each of them" in steps["contact"]) == (how is Format.PANEL)

    def test_s10_names_the_four_things(self) -> None:
        for how in Format:
            summary = next(step.text for step in cl.recommend(Assessment(format=how)).steps if step.id == "summary")
            assert all(thing in summary for thing in ("skills", "experience", "ambition", "desire"))


class TestWhatWouldChangeIt:
    @given(assessments)
    def test_every_listed_change_changes_the_tactic(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        for field, to, tactic in advice.changes:
            changed = cl.recommend(with_answer(assessment, field, to))
            assert changed.tactic is tactic is not advice.tactic

    @settings(max_examples=60)
    @given(assessments)
    def test_no_change_of_a_single_answer_is_left_out(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        listed = {(field, tactic) for field, _, tactic in advice.changes}
        possible: dict[str, tuple[object, ...]] = {
            "felt": RATINGS,
            "confidence": RATINGS,
            "risk": RATINGS,
            "wants_answer": (True, False),
            "already": (None, *Settled),
        } | {f"signs.{sign.id}": (None, True, False) for sign in signs()}
        for field, values in possible.items():
            reached = {cl.recommend(with_answer(assessment, field, value)).tactic for value in values}
            assert {(field, tactic) for tactic in reached - {advice.tactic}} <= listed

    @settings(max_examples=60)
    @given(assessments)
    def test_no_smaller_change_of_the_same_rating_would_do(self, assessment: Assessment) -> None:
        for field, to, tactic in cl.recommend(assessment).changes:
            if field in ("confidence", "risk"):
                now = getattr(assessment, field)
                for nearer in RATINGS:
                    if abs(nearer - now) < abs(to - now):
                        assert cl.recommend(with_answer(assessment, field, nearer)).tactic is not tactic

    def test_the_picture_s_example(self) -> None:
        seen = {"next_steps_named": True, "sold_the_job": True, "long_answers": True, "cut_off": False}
        advice = cl.recommend(Assessment(signs=seen, felt=4, confidence=3, risk=4, format="video"))  # type: ignore[arg-type]
        assert advice.tactic is Tactic.MILD
        assert ("confidence", 4, Tactic.BOLD) in advice.changes
