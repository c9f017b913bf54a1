"""The simulated interviewer, the debrief of a try, and the running record."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest

import closing_lib as cl
from closing_lib.advice.recommendation import ruled_out
from closing_lib.advice.words import has_told
from closing_lib.content import LANGUAGES, lines, text
from closing_lib.content.interviewer import ASKABLE, interviewer
from closing_lib.content.loading import everything
from closing_lib.models import Asked, Band, Directness, Leaning, Move, Response, Round, Settled, Side, Tactic, Verdict
from closing_lib.practice.debrief import MOST_REASONS, side_of
from closing_lib.practice.interviewer import _wordings
from closing_lib.practice.line import assessment_of
from closing_lib.practice.record import ENOUGH, LATEST, KeptTry
from closing_lib.practice.tries import STEPS, TOO_MUCH, ask_words, replies_to

NURSE = cl.scenario("ward_nurse")
SCENARIOS = cl.scenarios()
OPEN = [one for one in SCENARIOS if not one.already]
RULED_OUT = [
    one for one in OPEN if cl.assess(assessment_of(one)).band is not Band.WELL or any(ruled_out(assessment_of(one)))
]
THEIRS = [one for one in OPEN if one.decides and one.round is not Round.SCREEN]  # whose decision it is
DIRECTNESS = ("nothing", "mild", "standing", "bold")
DOUBT = cl.scenario("store_manager")  # an interview with a doubt that is still open
each_scenario = pytest.mark.parametrize("one", SCENARIOS, ids=lambda one: one.id)
whole = frozenset(STEPS)
no_doubt = whole - {"concern"}  # what is done where nobody goes back to a doubt


def tried(
    one: cl.Scenario = NURSE,
    *,
    judged: str = "well",
    asked: str = "mild",
    steps: frozenset[str] = whole,
    seed: int | str = 1,
    place: int = 0,
) -> cl.Try:
    """Make a try whose reply falls at a place."""
    offered = replies_to(cl.draw_answer(one, asked, seed))
    reply = next(reply for reply in offered if reply.place == place)
    return cl.Try(one, Band(judged), Asked(asked), reply.id, steps, seed)


def place(move: Move, **choices: object) -> int:
    return cl.debrief(tried(**choices)).places[move]  # type: ignore[arg-type]


# --- The model


@each_scenario
def test_the_chances_add_up_and_are_no_fewer_than_none(one: cl.Scenario) -> None:
    for chances in (cl.decision_chances(one), *(cl.answer_chances(one, asked) for asked in ASKABLE)):
        assert list(chances) == list(Response)
        assert sum(chances.values()) == pytest.approx(1)
        assert min(chances.values()) >= 0


@each_scenario
def test_what_they_decide_is_the_same_whatever_was_asked(one: cl.Scenario) -> None:
    for seed in range(100):
        assert len({cl.draw_answer(one, asked, seed).decided for asked in ASKABLE}) == 1


@each_scenario
def test_over_many_seeds_the_decisions_and_the_answers_come_as_often_as_the_model_says(one: cl.Scenario) -> None:
    n = 1000
    for asked in ("mild", "bold"):
        drawn = [cl.draw_answer(one, asked, seed) for seed in range(n)]
        counted = Counter(answer.response for answer in drawn), Counter(answer.decided for answer in drawn)
        for times, chances in zip(counted, (cl.answer_chances(one, asked), cl.decision_chances(one)), strict=True):
            for response, chance in chances.items():
                within = 5 * (chance * (1 - chance) / n) ** 0.5
                assert times[response] / n == pytest.approx(chance, abs=within), (asked, response)


@each_scenario
def test_an_answer_says_the_decision_or_something_vaguer_and_never_another_one(one: cl.Scenario) -> None:
    for asked in ASKABLE:
        for seed in range(60):
            answer = cl.draw_answer(one, asked, seed)
            assert answer.response in (answer.decided, interviewer().instead[answer.decided])
    vaguer = {decided: heard for decided, heard in interviewer().instead.items() if heard is not decided}
    assert set(vaguer.values()) <= {Response.HESITATED, Response.ENCOURAGED}
    assert vaguer[Response.OFFERED] is Response.ENCOURAGED


@each_scenario
def test_a_question_that_asks_for_a_verdict_gets_a_clearer_answer_and_silence_hardly_any(one: cl.Scenario) -> None:
    def heard_plainly(asked: str) -> int:
        answers = [cl.draw_answer(one, asked, seed) for seed in range(200)]
        return sum(answer.response is answer.decided for answer in answers)

    nothing, mild, standing, bold = (heard_plainly(asked) for asked in DIRECTNESS)
    if one.already:
        assert nothing == mild == standing == bold
    else:
        assert nothing < mild < standing == bold


def test_nobody_offers_who_does_not_decide_nor_in_a_screening() -> None:
    for one in OPEN:
        offered = [cl.decision_chances(one)[Response.OFFERED], cl.answer_chances(one, "bold")[Response.OFFERED]]
        assert (max(offered) == 0) is (one not in THEIRS or one.leaning is Leaning.DOUBTFUL), one.id


def test_the_bold_question_gets_no_more_offers_than_the_one_about_where_you_stand() -> None:
    for one in SCENARIOS:
        assert cl.answer_chances(one, "bold") == cl.answer_chances(one, "standing")


def test_the_same_seed_gives_the_same_answer_and_others_give_others() -> None:
    answers = [cl.draw_answer(NURSE, "mild", seed) for seed in range(50)]
    assert answers == [cl.draw_answer(NURSE, "mild", str(seed)) for seed in range(50)]
    assert len({answer.response for answer in answers}) >= 3
    assert len({answer.words for answer in answers}) >= 5


def test_the_same_seed_gives_the_same_answer_in_another_python() -> None:
    code = (
        "import closing_lib as cl, json;"
        "print(json.dumps([cl.draw_answer(cl.scenario('head_chef'), 'bold', n).response for n in range(40)]))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert json.loads(printed) == [cl.draw_answer(cl.scenario("head_chef"), "bold", n).response for n in range(40)]


def test_the_draw_is_pinned_so_that_a_seed_means_the_same_next_year() -> None:
    drawn = [cl.draw_answer(NURSE, "mild", seed) for seed in ("monday", 1, 6, 9, 10)]
    assert [str(one.decided) for one in drawn] == ["encouraged", "encouraged", "hesitated", "encouraged", "encouraged"]
    assert [str(one.response) for one in drawn] == ["encouraged", "hesitated", "hesitated", "hesitated", "encouraged"]


def test_one_seed_gives_different_interviews_different_luck() -> None:
    alike = [replace(one, leaning=Leaning.OPEN, directness=Directness.DIRECT, already=None) for one in SCENARIOS]
    assert len({cl.draw_answer(one, "mild", "monday").decided for one in alike}) >= 3


def test_s16_a_question_brings_concerns_out_that_silence_leaves_unsaid() -> None:
    for one in OPEN:
        silent = cl.answer_chances(one, "nothing")[Response.CONCERN]
        assert cl.answer_chances(one, "mild")[Response.CONCERN] > 1.5 * silent


@pytest.mark.parametrize("asked", ASKABLE)
def test_the_better_they_think_of_you_the_better_they_answer(asked: Asked) -> None:
    minds = [replace(NURSE, leaning=leaning, decides=True) for leaning in Leaning]
    welcome = [sum(r.rank * chance for r, chance in cl.answer_chances(one, asked).items()) for one in minds]
    assert welcome == sorted(welcome)


def test_people_who_hint_say_less_of_everything_plainly() -> None:
    for leaning in Leaning:
        minds = [replace(NURSE, leaning=leaning, decides=True, directness=how) for how in Directness]
        hint, mixed, plain = (cl.answer_chances(one, "mild") for one in minds)
        assert hint[Response.CONCERN] < mixed[Response.CONCERN] < plain[Response.CONCERN]
        assert hint[Response.HESITATED] > mixed[Response.HESITATED] > plain[Response.HESITATED]
        for response in (Response.DECLINED, Response.OFFERED):
            assert hint[response] <= mixed[response] <= plain[response]
        assert len({tuple(cl.decision_chances(one).items()) for one in minds}) == 1


@pytest.mark.parametrize("response", Response)
def test_every_answer_is_possible_somewhere_and_no_question_makes_one_sure(response: Response) -> None:
    chances = [cl.answer_chances(one, asked)[response] for one in SCENARIOS for asked in ASKABLE]
    assert 0 < max(chances) < 1
    assert any(cl.answer_chances(one, "mild")[response] > 0 for one in OPEN)


@each_scenario
def test_what_they_have_told_already_stays_decided(one: cl.Scenario) -> None:
    told = {Settled.OFFER: Response.OFFERED, Settled.NEXT_STEP: Response.ENCOURAGED}
    if one.already:
        assert cl.decision_chances(one)[told[one.already]] == 1


@each_scenario
def test_whatever_is_drawn_has_words_and_a_concern_is_the_interview_s_own(one: cl.Scenario) -> None:
    for asked in ASKABLE:
        for seed in range(60):
            answer = cl.draw_answer(one, asked, seed)
            assert answer.words.startswith("“")
            assert answer.words.endswith("”")
            assert (one.concern in answer.words) is (answer.response is Response.CONCERN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_that_is_written_can_be_heard(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    written = {tuple(said) for key, said in everything(language).items() if re.match("answers(?!.manner)", key)}
    every = [(one, asked, said) for one in SCENARIOS for asked in ASKABLE for said in Response]
    heard = {_wordings(*each) for each in every if cl.answer_chances(*each[:2])[each[2]]}
    assert written - heard == set()


@pytest.mark.parametrize("response", ["hesitated", "encouraged"])
def test_a_recruiter_who_only_hints_has_words_too(response: str) -> None:
    """No interview has one yet, and anybody may add one."""
    hinting = replace(cl.scenario("call_centre"), directness=Directness.INDIRECT)
    assert _wordings(hinting, Asked.MILD, Response(response)) == lines(f"answers.carries.{response}.indirect")


@each_scenario
def test_a_question_that_is_too_pushy_is_taken_coolly_and_one_that_fits_is_not(one: cl.Scenario) -> None:
    for asked in ASKABLE:
        falls = place(Move.ASK, one=one, asked=asked)
        manners = {cl.draw_answer(one, asked, seed).manner for seed in range(20)}
        assert (manners == {""}) is (falls <= 0 and (asked != "nothing" or one.open_concern))


def test_how_a_question_is_taken_changes_the_tone_and_neither_the_decision_nor_the_answer() -> None:
    fits = cl.scenario("warehouse_lead")
    too_pushy, much_too_pushy = replace(fits, risk=2), replace(fits, open_concern=True)
    manners, welcome = set(), (Response.ENCOURAGED, Response.OFFERED)
    for seed in range(50):
        answers = [cl.draw_answer(one, "bold", seed) for one in (fits, too_pushy, much_too_pushy)]
        assert len({(answer.decided, answer.response) for answer in answers}) == 1
        assert answers[1].words == answers[2].words
        assert (answers[0].words != answers[1].words) is (answers[0].response in welcome), "good news is put coolly"
        assert len({answer.manner for answer in answers}) == 3
        manners |= {answer.manner for answer in answers}
    assert len(manners) == 5


def test_other_words_cannot_be_answered() -> None:
    with pytest.raises(ValueError, match="choose nothing, mild, standing, bold, confirm"):
        cl.draw_answer(NURSE, "other", 1)


# --- The debrief


@each_scenario
def test_what_the_kit_would_do_fits_and_the_rest_does_not(one: cl.Scenario) -> None:
    advised = cl.recommend(assessment_of(one)).tactic
    for asked in ASKABLE:
        told = cl.debrief(tried(one, asked=asked, steps=no_doubt))
        assert (told.places[Move.ASK] == 0) is (asked == advised)
        assert told.advice.tactic is advised


@each_scenario
def test_nothing_is_too_timid_and_more_direct_than_advised_is_too_pushy(one: cl.Scenario) -> None:
    advised = cl.recommend(assessment_of(one)).tactic
    assert place(Move.ASK, one=one, asked="nothing", steps=no_doubt) < 0
    if advised is not Tactic.CONFIRM:
        line = [place(Move.ASK, one=one, asked=asked, steps=no_doubt) for asked in DIRECTNESS]
        assert line == sorted(line)
        assert all(falls > 0 for falls, tactic in zip(line[1:], Tactic, strict=False) if tactic.rank > advised.rank)


@each_scenario
def test_to_confirm_what_they_named_is_never_pushy_and_what_nobody_promised_is(one: cl.Scenario) -> None:
    told = cl.debrief(tried(one, asked="confirm"))
    named = one.already or has_told(assessment_of(one))
    assert (told.places[Move.ASK] > 0) is not named
    assert (text("practise.ask.never_promised") in str(told.placed[0].reasons[0])) is not named


@pytest.mark.parametrize("one", RULED_OUT, ids=lambda one: one.id)
def test_s12_bold_is_much_too_pushy_where_it_is_ruled_out_and_says_why(one: cl.Scenario) -> None:
    told = cl.debrief(tried(one, asked="bold"))
    assert told.places[Move.ASK] == 2
    reasons = told.placed[0].reasons
    assert {*[*ruled_out(assessment_of(one))][: MOST_REASONS - 1]} <= {*reasons}
    assert len(set(reasons)) == len(reasons)


def test_bold_after_a_good_interview_without_the_confidence_is_only_a_little_too_pushy() -> None:
    hotel = cl.scenario("hotel_reception")
    assert place(Move.ASK, one=hotel, asked="bold") == 1
    assert place(Move.ASK, one=replace(hotel, confidence=5, risk=5), asked="bold") == 0


@pytest.mark.parametrize("asked", ASKABLE)
def test_a_doubt_that_is_open_comes_first_whatever_is_asked(asked: Asked) -> None:
    told = cl.debrief(tried(DOUBT, asked=asked, steps=no_doubt))
    assert told.places[Move.CLOSE] == -2
    assert told.placed[1].reasons[0].source == "S16"
    assert place(Move.CLOSE, one=DOUBT, asked=asked) == 0


def test_s16_to_go_back_to_the_doubt_is_a_close_in_itself() -> None:
    assert place(Move.ASK, one=DOUBT, asked="nothing") == 0
    assert place(Move.ASK, one=DOUBT, asked="nothing", steps=no_doubt) == -2
    assert place(Move.ASK, one=DOUBT, asked="bold") == 2
    assert cl.debrief(tried(DOUBT)).placed[0].kit[0] == cl.recommend(assessment_of(DOUBT)).steps[0].text


@each_scenario
def test_a_question_is_offered_in_the_words_that_the_kit_would_use(one: cl.Scenario) -> None:
    advice = cl.recommend(assessment_of(one))
    if advice.tactic is not Tactic.CONFIRM:
        assert ask_words(Asked(advice.tactic), one) == f"“{advice.words}”"


@pytest.mark.parametrize("seed", range(30))
def test_the_answer_that_was_drawn_does_not_move_the_question(seed: int) -> None:
    assert place(Move.ASK, one=NURSE, asked="mild", seed=seed) == 0


@pytest.mark.parametrize(("judged", "verdict"), [("well", "right"), ("unsure", "harsh"), ("poor", "harsh")])
def test_a_reading_is_compared_in_words(judged: str, verdict: str) -> None:
    assert cl.debrief(tried(judged=judged)).verdict == Verdict(verdict)
    assert cl.debrief(tried(cl.scenario("warm_but_early"), judged="well")).verdict is Verdict.HOPEFUL


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        (whole, 0),
        (whole - {"contact"}, -1),
        (whole - {"contact", "thanks", "summary"}, -2),
        (frozenset(), -2),
        (whole | {"pay"}, 1),
        (whole | {"private_number"}, 2),
        (whole | {*TOO_MUCH}, 2),
        (whole - {"contact"} | {"pay"}, 1),
        (frozenset({"pay"}), -2),
    ],
)
def test_the_close_falls_where_what_was_left_out_or_was_too_much_puts_it(steps: frozenset[str], wanted: int) -> None:
    assert place(Move.CLOSE, steps=steps) == wanted


@pytest.mark.parametrize(("step", "source"), [*zip(STEPS, ("S16", "S6", "S7", "S8", "S10", "S9", "S21"), strict=True)])
def test_what_was_left_out_is_named_with_its_source(step: str, source: str) -> None:
    close = cl.debrief(tried(DOUBT, steps=whole - {step})).placed[1]
    assert [reason.source for reason in close.reasons] == [source]


def test_of_many_reasons_the_three_that_weigh_most_are_named() -> None:
    nothing = cl.debrief(tried(DOUBT, steps=frozenset())).placed[1]
    assert nothing.reasons[0].source == "S16", "a doubt left open weighs more than the rest"
    all_of_it = cl.debrief(tried(DOUBT, steps=frozenset(TOO_MUCH))).placed[1]
    assert all_of_it.place > 0
    too_much = [text(f"practise.close.too_much.{name}") for name in TOO_MUCH]
    assert [reason.text for reason in all_of_it.reasons] == too_much, "what was too much comes first where it was"


def test_with_an_offer_in_hand_there_is_no_date_to_ask_for_and_no_case_to_make() -> None:
    electrician = cl.scenario("electrician")
    spare = {"decision_date", "summary"}
    assert place(Move.CLOSE, one=electrician, asked="confirm", steps=whole - spare) == 0
    assert place(Move.CLOSE, one=electrician, asked="confirm", steps=whole) == 0


def test_where_time_is_short_the_short_close_is_all_that_is_wanted() -> None:
    chef, short = cl.scenario("head_chef"), frozenset({"summary", "decision_date", "thanks"})
    assert place(Move.CLOSE, one=chef, steps=short) == 0
    assert place(Move.CLOSE, one=chef, steps=short - {"thanks"}) == -1
    assert place(Move.CLOSE, one=chef, steps=whole) == 0
    assert place(Move.CLOSE, steps=short) < 0


def test_pay_may_be_asked_of_a_recruiter_at_a_screening_and_only_there() -> None:
    recruiter = cl.scenario("agency_recruiter")
    assert place(Move.CLOSE, one=recruiter, steps=whole | {"pay"}) == 0
    assert place(Move.CLOSE, one=recruiter, steps=whole | {"rivals"}) == 1
    assert place(Move.CLOSE, steps=whole | {"pay"}) == 1


@pytest.mark.parametrize("response", Response)
def test_a_reply_falls_where_its_line_says_and_the_kit_s_own_comes_with_it(response: Response) -> None:
    asked = "confirm" if response is Response.OFFERED else "mild"
    scenario = next(
        (one, seed) for one in SCENARIOS for seed in range(200) if cl.draw_answer(one, asked, seed).response is response
    )
    for at in {reply.place for reply in cl.replies() if reply.to is response}:
        told = cl.debrief(tried(scenario[0], asked=asked, seed=scenario[1], place=at))
        assert told.places[Move.REPLY] == at
        assert told.placed[2].kit == cl.respond(response).say
        assert told.placed[2].reasons[1:] == cl.respond(response).reasons[: MOST_REASONS - 1]


@each_scenario
def test_every_choice_has_its_reasons_with_their_numbers(one: cl.Scenario) -> None:
    for asked in ASKABLE:
        for placed in cl.debrief(tried(one, asked=asked, steps=frozenset(TOO_MUCH))).placed:
            assert 1 <= len(placed.reasons) <= MOST_REASONS == 3
            assert placed.kit
            assert all(reason.source.startswith("S") and reason.text for reason in placed.reasons)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"judged": "splendid"}, "Band 'splendid' is not known"),
        ({"asked": "other"}, "cannot be answered"),
        ({"steps": {"sing"}}, "Step 'sing' is not known; choose one of concern, decision_date"),
        ({"reply": "offered_yes"}, "is no reply to “encouraged”; choose one of encouraged_nod"),
    ],
)
def test_a_choice_that_there_was_not_names_those_that_there_were(wrong: dict[str, object], why: str) -> None:
    seed = next(n for n in range(99) if cl.draw_answer(NURSE, "mild", n).response is Response.ENCOURAGED)
    choices = {"judged": "well", "asked": "mild", "reply": "encouraged_nod", "seed": seed}
    assert cl.Try(NURSE, **choices).answer.response is Response.ENCOURAGED  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=why):
        cl.Try(NURSE, **{**choices, **wrong})  # type: ignore[arg-type]


# --- The running record


def kept(**choices: object) -> KeptTry:
    return KeptTry.of(cl.debrief(tried(**choices)))  # type: ignore[arg-type]


def test_a_try_is_kept_and_read_back_whole() -> None:
    one = kept(asked="bold", steps=whole | {"pay"}, seed="monday", judged="poor")
    again = json.loads(json.dumps(one.to_detail()))
    assert KeptTry.from_detail(again) == one
    assert not one.fitted
    assert kept().fitted
    for broken in ({}, {**again, "ask_place": "far"}, {**again, "response": "maybe"}, {"hinted": False}):
        assert KeptTry.from_detail(broken) is None


def test_a_try_kept_on_the_old_line_is_read_as_it_was_given() -> None:
    places = {"ask_place": -1, "close_place": 0, "reply_place": 1}
    old = {"scenario": "ward_nurse", "seed": "7", "judged": "well", "verdict": "right", "asked": "standing"}
    one = KeptTry.from_detail({**old, "response": "declined", "reply": "gone_since", "steps": "thanks", **places})
    assert one is not None
    assert one.places == {Move.ASK: -1, Move.CLOSE: 0, Move.REPLY: 1}
    assert place(Move.ASK, asked="standing") == 1
    assert cl.practice_record([one]).sides[Move.ASK][Side.TIMID] == 1


def test_the_record_counts_each_choice_on_each_side() -> None:
    record = cl.practice_record([kept(), kept(asked="bold"), kept(asked="nothing", judged="poor", steps=frozenset())])
    assert record.tried == 3
    assert record.sides[Move.ASK] == {Side.TIMID: 1, Side.FITS: 1, Side.PUSHY: 1}
    assert record.sides[Move.CLOSE] == {Side.TIMID: 1, Side.FITS: 2, Side.PUSHY: 0}
    assert record.sides[Move.REPLY] == {Side.TIMID: 0, Side.FITS: 3, Side.PUSHY: 0}
    assert record.verdicts == {Verdict.HARSH: 1, Verdict.RIGHT: 2, Verdict.HOPEFUL: 0}


def test_it_says_which_way_a_person_leans_only_from_enough_tries_and_a_clear_majority() -> None:
    few = cl.practice_record([kept(asked="bold")] * (ENOUGH - 1))
    many = cl.practice_record([kept(asked="bold")] * ENOUGH)
    halves = cl.practice_record([kept(asked="bold"), kept(asked="nothing")] * ENOUGH)
    assert [one.leaning(Move.ASK) for one in (few, many, halves)] == [None, Side.PUSHY, None]
    assert many.leaning(Move.REPLY) is Side.FITS


def test_the_latest_come_first() -> None:
    record = cl.practice_record(kept(seed=seed) for seed in range(9))
    assert [one.seed for one in record.latest] == [str(seed) for seed in range(8, 8 - LATEST, -1)]


def test_the_middle_of_the_line_alone_fits() -> None:
    assert [side_of(place) for place in range(-2, 3)] == ["timid", "timid", "fits", "pushy", "pushy"]
