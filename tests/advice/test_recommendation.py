"""The recommendation keeps its promises for every possible answer."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from answers import RATINGS, assessments, open_assessments, promising, worse_and_better
from hypothesis import given, settings
from hypothesis import strategies as st

import closing_lib as cl
from closing_lib.advice.recommendation import can_be_drawn, choose
from closing_lib.assessment import Assessment
from closing_lib.content import signs, text
from closing_lib.models import Band, Format, Pair, Round, Settled, Tactic

DIRECTNESS = {Tactic.MILD: 0, Tactic.STANDING: 1, Tactic.BOLD: 2}
STRONG = [sign.id for sign in signs() if not sign.weak]
GOOD = [sign.id for sign in signs() if sign.good]
WARNINGS = ("cut_off", "next_steps_vague", "no_interest")
WENT_WELL = {sign.id: sign.good for sign in signs()}
WENT_POORLY = {sign.id: not sign.good for sign in signs()}
BOLD = Assessment(signs=WENT_WELL, felt=5, confidence=5, risk=5)


def directness(assessment: Assessment) -> int:
    return DIRECTNESS[cl.recommend(assessment).tactic]


def with_answer(assessment: Assessment, field: str, to: object) -> Assessment:
    if field.startswith("signs."):
        return replace(assessment, signs={**assessment.signs, field.removeprefix("signs."): to})
    return replace(assessment, **{field: to})  # type: ignore[arg-type]


def everything_said(advice: cl.Advice) -> str:
    return "\n".join([advice.words, advice.short, *advice.others, *(step.text for step in advice.steps)])


def expected(band: Band, one: Assessment) -> Tactic:
    """Apply the rule as the domain words it, in other words than the kit's."""
    if one.already:
        return Tactic.CONFIRM
    may_be_bold = (
        band is Band.WELL
        and min(one.confidence, one.risk) >= 4
        and one.decides is not False
        and one.round is not Round.SCREEN
        and not one.open_concern
        and not any(one.signs.get(name) for name in WARNINGS)
        and 2 * len([name for name in STRONG if name in one.signs]) >= len(STRONG)
    )
    if may_be_bold:
        return Tactic.BOLD
    return Tactic.STANDING if band is not Band.WELL and one.wants_answer else Tactic.MILD


class TestTheRule:
    @settings(max_examples=120)
    @given(st.one_of(assessments, promising))
    def test_is_the_domain_s_for_everyone(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        assert advice.tactic is expected(advice.reading.band, assessment)
        assert advice.reading == cl.assess(assessment)

    @given(assessments, st.sampled_from(Band))
    def test_follows_from_the_band_whatever_led_to_it(self, assessment: Assessment, band: Band) -> None:
        assert choose(band, assessment) is expected(band, assessment)

    def test_s11_bold(self) -> None:
        advice = cl.recommend(replace(BOLD, confidence=4, risk=4))
        assert advice.words == "So, is there anything stopping you from offering me the job right now?"
        assert advice.quoted

    def test_s13_mild_by_default(self) -> None:
        advice = cl.recommend(Assessment())
        assert advice.words == "Is there anything else I can answer for you to make a hiring decision?"
        assert advice.quoted

    def test_s14_standing_when_unsure_and_unwilling_to_wait(self) -> None:
        advice = cl.recommend(Assessment(wants_answer=True))
        assert advice.words == "Have I done well enough to advance to the next level of the hiring process?"
        assert advice.quoted

    def test_s12_never_bold_when_it_went_poorly(self) -> None:
        poorly = Assessment(signs=WENT_POORLY, felt=1, confidence=5, risk=5)
        assert cl.recommend(poorly).tactic is Tactic.MILD
        assert cl.recommend(replace(poorly, wants_answer=True)).tactic is Tactic.STANDING

    @pytest.mark.parametrize("already", Settled)
    def test_confirm_what_is_settled(self, already: Settled) -> None:
        advice = cl.recommend(replace(BOLD, already=already))
        assert advice.tactic is Tactic.CONFIRM
        assert advice.words.startswith("Thank you")
        assert "this job" in advice.words
        assert not advice.quoted

    def test_the_slider_alone_never_leads_to_bold(self) -> None:
        assert cl.recommend(Assessment(felt=5, confidence=5, risk=5)).tactic is Tactic.MILD


# What a good coach would say to each: the answers, the tactic, what is said, and what is not.
Case = tuple[dict[str, Any], Tactic, list[str], list[str]]
COACHED: dict[str, Case] = {
    "a recruiter by phone sells the job": (
        {
            "signs": dict.fromkeys(["sold_the_job", "asked_availability", "long_answers"], True),
            "confidence": 5,
            "risk": 5,
            "round": "screen",
            "decides": False,
            "format": "phone",
        },
        Tactic.MILD,
        ["put me forward", "When will you know"],
        ["hiring decision", "offering me"],
    ),
    "through, and the next step named": (
        {"signs": {"next_steps_named": True}, "already": "next_step", "confidence": 5, "risk": 5},
        Tactic.CONFIRM,
        ["Thank you, that’s great", "Have I got that right?"],
        ["what’s the next step", "hiring decision"],
    ),
    "a structured panel shows nothing": (
        {
            "signs": dict.fromkeys(["overran", "introduced", "sold_the_job", "asked_availability"], False),
            "scripted": True,
            "format": "panel",
        },
        Tactic.MILD,
        ["any of you"],
        [],
    ),
    "five good signs, cut off and vague": (
        {
            "signs": dict.fromkeys(
                ["sold_the_job", "asked_availability", "long_answers", "overran", "introduced"], True
            )
            | {"cut_off": True, "next_steps_vague": True},
            "confidence": 5,
            "risk": 5,
        },
        Tactic.MILD,
        ["I want this job"],
        ["offering me"],
    ),
    "two signs, and the rest can't be told": (
        {"signs": {"sold_the_job": True, "overran": True}, "confidence": 4, "risk": 4},
        Tactic.MILD,
        [],
        ["offering me"],
    ),
    "a final panel, unsure, wants an answer": (
        {"round": "final", "format": "panel", "wants_answer": True},
        Tactic.STANDING,
        ["can you see me in this job"],
        ["next level", "next step", "next round"],
    ),
    "a doubt, three good signs, and ready to dare": (
        {
            "signs": {name: name in ("sold_the_job", "overran", "introduced") for name in STRONG},
            "confidence": 5,
            "risk": 5,
            "open_concern": True,
        },
        Tactic.MILD,
        ["Have I answered that?"],
        ["offering me"],
    ),
    "cut off, ended early, curt, wants an answer": (
        {"signs": dict.fromkeys(["cut_off", "ended_early", "curt_answers"], True), "wants_answer": True},
        Tactic.STANDING,
        ["One sentence, no more"],
        ["business card", "your two or three questions"],
    ),
    "the next step told to everyone": (
        {"signs": {"next_steps_named": True}},
        Tactic.MILD,
        ["Check the date you were given", "Check the next step"],
        ["what’s the next step", "When do you expect"],
    ),
    "an offer": ({"already": "offer"}, Tactic.CONFIRM, ["in writing", "I want this job"], ["hiring decision"]),
}


class TestAsACoachWould:
    @pytest.mark.parametrize("case", COACHED)
    def test_advises(self, case: str) -> None:
        answers, tactic, said, unsaid = COACHED[case]
        advice = cl.recommend(Assessment(**answers))
        spoken = everything_said(advice)
        assert advice.tactic is tactic
        assert [words for words in said if words not in spoken] == []
        assert [words for words in unsaid if words in spoken] == []

    def test_four_absent_signs_of_a_scripted_panel_leave_it_unsure(self) -> None:
        answers, *_ = COACHED["a structured panel shows nothing"]
        assert cl.recommend(Assessment(**answers)).reading.band is Band.UNSURE

    def test_s16_the_doubt_comes_first(self) -> None:
        advice = cl.recommend(Assessment(open_concern=True, confidence=5, risk=5))
        assert (advice.steps[0].id, advice.steps[0].source) == ("concern", "S16")
        assert advice.short.startswith("Earlier you mentioned")

    @pytest.mark.parametrize(
        "answers",
        [
            {"decides": False},
            {"round": "screen"},
            {"open_concern": True},
            *({"signs": {**WENT_WELL, name: True}} for name in WARNINGS),
            {"signs": dict.fromkeys(GOOD[:4], True) | {"ended_early": False}},
        ],
        ids=["carries", "screening", "doubt", *WARNINGS, "little judged"],
    )
    def test_bold_is_ruled_out_with_its_reason(self, answers: dict[str, Any]) -> None:
        advice = cl.recommend(replace(BOLD, **answers))
        assert advice.tactic is Tactic.MILD
        told = [one for one in advice.reasons if "bold question" in one.text and one.source != "S13"]
        assert len(told) == 1

    @given(assessments)
    def test_nothing_that_was_told_is_asked_for_again(self, assessment: Assessment) -> None:
        spoken = everything_said(cl.recommend(assessment)).lower()
        if assessment.already or assessment.signs.get("next_steps_named"):
            for asked in ("when do you expect", "by when", "when will you know", "and what’s the next step"):
                assert asked not in spoken
        if assessment.already is Settled.NEXT_STEP and assessment.signs.get("next_steps_named"):
            assert "what’s the next step" not in spoken

    @given(assessments)
    def test_nothing_of_a_next_level_after_the_final_round(self, assessment: Assessment) -> None:
        advice = cl.recommend(replace(assessment, round=Round.FINAL, already=None))
        for words in ("next level", "next round", "moving forward", "going forward", "advance", "meeting next"):
            assert words not in everything_said(advice)

    @given(assessments)
    def test_the_short_close_takes_less_than_a_minute_and_is_chosen_by_itself(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        assert advice.words in advice.short
        assert len(advice.short.split()) < 100  # of 130 that are spoken in a minute
        hurried = assessment.short_of_time or assessment.signs.get("cut_off") or assessment.signs.get("ended_early")
        assert (len(advice.steps) <= 5) is bool(hurried)

    @given(assessments)
    def test_there_are_other_ways_to_say_it_with_what_speaks_for_and_against_each(self, one: Assessment) -> None:
        advice = cl.recommend(one)
        is_settled = advice.tactic is Tactic.CONFIRM
        assert len(advice.others) >= (1 if is_settled else 2)
        assert all(advice.others.values())
        assert advice.words not in advice.others
        assert is_settled or any("any reservations about" in said for said in advice.others)


class TestForEveryAnswer:
    @given(assessments)
    def test_total_and_deterministic(self, assessment: Assessment) -> None:
        assert cl.recommend(assessment) == cl.recommend(assessment)

    @settings(max_examples=120)
    @given(st.one_of(assessments, promising))
    def test_bold_never_where_anything_rules_it_out(self, assessment: Assessment) -> None:
        advice = cl.recommend(assessment)
        if advice.tactic is Tactic.BOLD:
            assert advice.reading.band is Band.WELL
            assert not any(assessment.signs.get(name) for name in WARNINGS)
            assert assessment.round is not Round.SCREEN
            assert assessment.decides is not False
            assert not assessment.open_concern
            assert sum(name in assessment.signs for name in STRONG) >= len(STRONG) / 2

    def test_bold_is_still_reached(self) -> None:
        """Whatever the format and the round, but a screening; and with half of the strong signs judged."""
        for how, which in itertools.product(Format, (None, Round.FIRST, Round.PANEL, Round.FINAL)):
            assert cl.recommend(replace(BOLD, format=how, round=which)).tactic is Tactic.BOLD
        half = dict.fromkeys(["sold_the_job", "overran"], True) | dict.fromkeys(STRONG[6:10], False)
        assert cl.recommend(replace(BOLD, signs=half)).tactic is Tactic.BOLD

    @given(assessments)
    def test_poor_never_without_a_warning_seen(self, assessment: Assessment) -> None:
        if cl.assess(assessment).band is Band.POOR:
            assert any(assessment.signs.get(name) for name in STRONG if name not in GOOD)

    @settings(max_examples=120)
    @given(st.one_of(open_assessments, promising), st.sampled_from(GOOD))
    def test_cannot_tell_in_place_of_a_good_sign_is_never_more_direct(self, one: Assessment, sign: str) -> None:
        """Unless it is no longer clear that it went well: who doesn't want to wait then asks where they stand (S14)."""
        seen, unseen = (cl.recommend(with_answer(one, f"signs.{sign}", value)) for value in (True, None))
        asks_instead = unseen.tactic is Tactic.STANDING and seen.reading.band is Band.WELL is not unseen.reading.band
        assert DIRECTNESS[unseen.tactic] <= DIRECTNESS[seen.tactic] or asks_instead

    @settings(max_examples=120)
    @given(st.one_of(open_assessments, promising), st.sampled_from([sign.id for sign in signs()]), st.integers(0, 1))
    def test_a_better_sign_never_turns_bold_into_anything_else(self, one: Assessment, sign: str, at: int) -> None:
        worse, better = worse_and_better(sign)[1 + at]  # better is what was seen, not what is no longer told
        if cl.recommend(with_answer(one, f"signs.{sign}", worse)).tactic is Tactic.BOLD:
            assert cl.recommend(with_answer(one, f"signs.{sign}", better)).tactic is Tactic.BOLD

    @settings(max_examples=120)
    @given(
        st.one_of(open_assessments, promising),
        st.sampled_from(["confidence", "risk"]),
        st.sampled_from(list(itertools.combinations(RATINGS, 2))),
    )
    def test_more_confidence_or_appetite_for_risk_is_never_less_direct(
        self, assessment: Assessment, field: str, pair: tuple[int, int]
    ) -> None:
        lower, higher = (directness(with_answer(assessment, field, value)) for value in pair)
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
        after = set() if advice.tactic is Tactic.CONFIRM else {"S15", "S16", "S18"}
        assert after <= {caution.source for caution in advice.cautions}


class TestWhatIsDefensible:
    @settings(max_examples=120)
    @given(st.one_of(assessments, promising))
    def test_by_the_domain_s_rule(self, one: Assessment) -> None:
        """The advised one, and the mild one beside a more direct one, unless something else comes first."""
        advice = cl.recommend(one)
        hurried = one.short_of_time or one.signs.get("cut_off") is True or one.signs.get("ended_early") is True
        alone = bool(one.already) or one.open_concern or hurried or advice.tactic is Tactic.MILD
        assert advice.defensible == ((advice.tactic,) if alone else (Tactic.MILD, advice.tactic))

    @settings(max_examples=120)
    @given(st.one_of(assessments, promising))
    def test_the_advised_one_is_among_them_and_none_that_is_ruled_out(self, one: Assessment) -> None:
        advice = cl.recommend(one)
        assert advice.tactic in advice.defensible
        assert len({*advice.defensible}) == len(advice.defensible)
        if Tactic.BOLD in advice.defensible:
            assert expected(advice.reading.band, one) is Tactic.BOLD
        if Tactic.STANDING in advice.defensible:
            assert advice.reading.band is not Band.WELL
            assert one.wants_answer
        if Tactic.CONFIRM in advice.defensible:
            assert advice.defensible == (Tactic.CONFIRM,)

    @given(st.one_of(assessments, promising))
    def test_none_is_more_direct_than_the_advised_one(self, one: Assessment) -> None:
        advice = cl.recommend(one)
        if advice.tactic is not Tactic.CONFIRM:
            assert max(DIRECTNESS[tactic] for tactic in advice.defensible) == DIRECTNESS[advice.tactic]

    @settings(max_examples=120)
    @given(st.one_of(assessments, promising))
    def test_what_turns_out_to_be_defensible_could_be_drawn_before(self, one: Assessment) -> None:
        before = replace(one, signs={}, felt=None, already=None, open_concern=False, short_of_time=False)
        pairs = {Tactic.STANDING: Pair.MILD_STANDING, Tactic.BOLD: Pair.MILD_BOLD}
        for tactic in cl.recommend(one).defensible[1:]:
            assert pairs[tactic] in can_be_drawn(before)

    def test_where_nobody_would_dare_and_all_can_wait_there_is_nothing_to_draw(self) -> None:
        assert can_be_drawn(Assessment()) == ()
        both = Assessment(confidence=4, risk=4, wants_answer=True)
        assert can_be_drawn(both) == (Pair.MILD_STANDING, Pair.MILD_BOLD)
        assert can_be_drawn(replace(both, decides=False)) == (Pair.MILD_STANDING,)
        assert can_be_drawn(replace(both, round=Round.SCREEN)) == (Pair.MILD_STANDING,)


class TestTheSteps:
    @given(assessments)
    def test_s4_to_s10_the_ask_s9_s21_in_their_order(self, assessment: Assessment) -> None:
        advice = cl.recommend(replace(assessment, short_of_time=False, signs={}))
        ask = {"bold": "S11", "mild": "S13", "standing": "S14", "confirm": "S21"}[advice.tactic]
        sources = " ".join(step.source.split(",")[0] for step in advice.steps)
        whole = f"S4 S6 S7 S8 S10 {ask} S15 S9 S21"
        if assessment.already:
            assert sources == "S21 S15 S6 S7 S8 S9 S21"  # what is settled is thanked for first
        else:
            assert sources == (f"S16 {whole}" if assessment.open_concern else whole)

    @given(assessments)
    def test_s21_the_thanks_come_last_however_short_it_is(self, assessment: Assessment) -> None:
        assert cl.recommend(assessment).steps[-1].source == "S21"

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
            "decides": (None, True, False),
            "open_concern": (True, False),
            "scripted": (True, False),
            "short_of_time": (True, False),
            "round": (None, *Round),
        } | {f"signs.{sign.id}": (None, True, False) for sign in signs()}
        for field, values in possible.items():
            others = [with_answer(assessment, field, value) for value in values]
            reached = {expected(cl.assess(other).band, other) for other in others}
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
        seen = {name: name in ("next_steps_named", "sold_the_job", "long_answers") for name in STRONG}
        advice = cl.recommend(Assessment(signs=seen, felt=4, confidence=3, risk=4, format="video"))  # type: ignore[arg-type]
        assert advice.tactic is Tactic.MILD
        assert ("confidence", 4, Tactic.BOLD) in advice.changes
