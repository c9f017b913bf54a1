"""The form of the practice: a round in its stages, the debrief, the running record, and the seed that repeats a try."""

from __future__ import annotations

import re

import pytest
from driving import again, fill, go_on_to, hear, is_shown, shown, static_html, tags_of, text_of

import closing_lib as cl
from closing_lib.content import text
from closing_lib.forms.practise.card import place_named, record_card
from closing_lib.forms.practise.fields import OFFERED_STEPS
from closing_lib.forms.practise.round import PractiseRound, Stage, next_scenario
from closing_lib.models import Asked, Band
from closing_lib.practice.tries import STEPS, TOO_MUCH, replies_to
from closing_lib.records import AttemptRow, OutcomeLog

KEPT = {"kind": "practice"}


def reply(form: cl.PractiseForm, place: int = 0) -> str:
    """Choose the reply that falls at a place."""
    assert form.round.answer is not None
    chosen = next(one for one in replies_to(form.round.answer) if one.place == place)
    form.controls["reply"].value = chosen.id
    return chosen.text


def play(form: cl.PractiseForm, place: int = 0, **choices: str) -> None:
    """Play a whole round."""
    hear(form, **choices)
    reply(form, place)
    form.next_button.click()


def tries(log: OutcomeLog) -> list[AttemptRow]:
    return list(log.rows(AttemptRow, **KEPT))


def told(form: cl.PractiseForm) -> str:
    """Give what is to be read, above what is asked."""
    return text_of(form._told.value)


def title(form: cl.PractiseForm) -> str:
    return text_of(form._title.value)


def record_text(form: cl.PractiseForm) -> str:
    return text_of(form._record.value)


# --- The round, without a form


NURSE = cl.scenario("ward_nurse")
NOTHING = dict.fromkeys(["judged", "asked", "reply", *(f"step_{name}" for name in (*STEPS, *TOO_MUCH))])


def test_a_round_goes_on_by_what_is_answered_and_gives_another_one_each_time() -> None:
    before = PractiseRound(NURSE, Stage.JUDGE)
    assert not before.is_answered
    judged = before.holding({**NOTHING, "scenario": "ward_nurse", "judged": Band.WELL})
    assert judged.is_answered
    assert (before.judged, judged.onward().back()) == (None, judged)
    asking = judged.onward().onward().holding({**NOTHING, "scenario": "ward_nurse", "judged": "well", "asked": "mild"})
    assert (asking.stage, asking.answer) == (Stage.ASK, None)
    heard = asking.onward("monday")
    assert heard.answer == cl.draw_answer(NURSE, Asked.MILD, "monday")
    assert not heard.can_go_back
    assert heard.onward().debrief is None, "nothing was replied"


def test_a_round_falls_back_to_what_is_not_answered() -> None:
    far = PractiseRound(NURSE, Stage.DEBRIEF, drawn="monday")
    assert far.holding({**NOTHING, "scenario": "gone since"}) == PractiseRound(NURSE, Stage.JUDGE)
    answered = {**NOTHING, "scenario": "ward_nurse", "judged": "well", "asked": "mild", "reply": "none of those"}
    assert far.holding(answered).stage is Stage.REPLY


def test_the_next_interview_is_one_that_was_not_tried() -> None:
    first, second, third, *_ = listed = cl.scenarios()
    assert next_scenario(first, listed, [second.id]) == third
    assert next_scenario(first, listed, [one.id for one in listed]) == second
    assert next_scenario(first, [first], []) == first


# --- The stages


def test_one_thing_is_on_the_screen_at_a_time_with_its_number(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    asked = {
        "judge": ["judged"],
        "leave": [f"step_{one}" for one in OFFERED_STEPS],
        "ask": ["asked"],
        "reply": ["reply"],
    }
    fill(form, {"judged": "well", "asked": "mild"})
    seen = []
    for stage in Stage:
        if stage is Stage.DEBRIEF:
            reply(form)
        go_on_to(form, stage)
        on_screen = [name for name in form.controls if is_shown(form, form.controls[name])]
        assert on_screen == asked.get(stage, ["format", "level", "scenario", "seed"] if stage is Stage.START else [])
        assert form.next_button.description == text(f"practise.onward.{stage}")
        seen.append(title(form).partition(" ")[2][:6])
    assert seen[1:] == [f"{number} of 6" for number in range(1, 7)]


def test_before_the_first_click_there_is_little_to_read(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    words = f"{title(form)} {told(form)} {form.next_button.description} {text('practise.choose')}"
    assert len(words.split()) <= 24
    assert form._record.value == ""


def test_going_back_keeps_what_was_chosen_and_ends_where_the_answer_is_heard(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    fill(form, {"judged": "well", "asked": "mild", "step_thanks": "yes"})
    go_on_to(form, Stage.ASK)
    for stage in (Stage.LEAVE, Stage.JUDGE, Stage.READ, Stage.START):
        assert is_shown(form, form.back_button)
        form.back_button.click()
        assert form.round.stage is stage
    assert not is_shown(form, form.back_button)
    assert (form.answers["judged"], form.answers["asked"], form.answers["step_thanks"]) == ("well", "mild", True)
    go_on_to(form, Stage.REPLY)
    assert not is_shown(form, form.back_button)
    answer = form.round.answer
    form.go_back()
    assert form.round.answer == answer is not None


def test_after_the_debrief_the_next_interview_begins_or_another_is_chosen(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form)
    form.back_button.click()
    assert (form.round.stage, form.round.scenario.id) == (Stage.START, cl.scenarios()[1].id)
    play(form)
    form.next_button.click()
    assert (form.round.stage, form.round.scenario.id) == (Stage.READ, cl.scenarios()[2].id)


def test_the_story_shows_what_happened_and_keeps_what_they_think_to_itself(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    for one in cl.scenarios():
        form.begin(one)
        page = shown(form)
        assert all(moment.text in page for moment in one.happened)
        assert one.state in page
        assert one.concern not in page
        assert one.behind not in page
        form.next_button.click()
        assert one.opening in text_of(form._again.value), "it can be read again"


def test_a_question_is_offered_in_words_that_fit_whoever_sits_opposite(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)

    def offered(scenario: str) -> dict[str, str]:
        form.controls["scenario"].value = scenario
        return dict(form.controls["asked"].options)

    usual = offered("ward_nurse")
    assert usual["mild"] == f"“{text('tactics.mild.words')}”"
    assert offered("headhunter_call")["mild"] == f"“{text('tactics.mild.carries.words')}”"
    assert offered("panel_silent")["standing"] == f"“{text('tactics.standing.final.words')}”"
    assert offered("council_planner")["mild"] == f"“{text('tactics.mild.board.words')}”"
    assert offered("ward_nurse") == usual
    hear(form, scenario="headhunter_call")
    assert form.controls["asked"].options[1][1] == f"“{text('tactics.mild.carries.words')}”"


def test_a_question_that_is_too_pushy_is_taken_coolly_where_the_answer_is_heard(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    hear(form, asked="bold", seed="monday")
    assert form.round.answer is not None
    assert form.round.answer.manner
    assert form.round.answer.manner in shown(form)
    form.begin(form.round.scenario)
    hear(form, asked="mild", seed="monday")
    assert form.round.answer.manner == ""


def test_each_step_waits_for_its_answer_and_says_so(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    for stage, name, value in ((Stage.JUDGE, "judged", "well"), (Stage.ASK, "asked", "mild")):
        go_on_to(form, stage)
        form.next_button.click()
        assert form.round.stage is stage
        assert text("practise.choose_one") in shown(form)
        fill(form, {name: value})
        assert text("practise.choose_one") not in shown(form)
    form.next_button.click()
    assert form.round.answer is not None
    assert form.round.answer.words in told(form)
    assert form.round.answer.words in text_of(form._announced.value)
    form.next_button.click()
    assert form.round.debrief is None
    assert text("practise.choose_one") in shown(form)


def test_only_replies_to_the_answer_are_offered(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    form.controls["scenario"].value = "store_manager"
    seen = set()
    for seed in range(40):
        form.begin(form.round.scenario)
        hear(form, seed=str(seed), asked="bold")
        assert form.round.answer is not None
        offered = [id for id, _ in form.controls["reply"].options]
        assert offered == [one.id for one in replies_to(form.round.answer)]
        assert form.controls["reply"].value == ""
        seen.add(form.round.answer.response)
    assert len(seen) >= 4


def test_the_debrief_comes_after_the_reply(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    hear(form, asked="bold", seed="monday")
    said = reply(form, -2)
    assert form.round.debrief is None
    assert form.round.scenario.behind not in shown(form)
    assert not is_shown(form, form.again_button)
    form.next_button.click()
    assert form.round.debrief is not None
    debriefed = told(form)
    assert said in debriefed
    assert form.round.scenario.behind in debriefed
    assert form.round.scenario.concern in debriefed
    assert form.round.debrief.advice.words in debriefed
    assert is_shown(form, form.again_button)


def test_s1_the_debrief_shows_each_choice_on_the_line_in_words_with_the_kit_s_and_why(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form, place=-2, asked="bold", seed="monday", step_private_number="yes")
    html, debriefed = form._told.value, told(form)
    placed = form.round.debrief.placed if form.round.debrief else ()
    assert [one.place for one in placed] == [2, 2, -2]
    for one in placed:
        assert f'aria-label="Between too timid and too pushy: {place_named(one.place)}."' in html
        assert place_named(one.place) in debriefed
        assert all(reason.text in debriefed for reason in one.reasons)
    assert debriefed.count("You:") == 4
    assert debriefed.count("The kit:") == 3
    assert len(re.findall(r"\bS\d+", debriefed)) >= 8
    assert place_named(-2) in text_of(form._announced.value)
    form.again_button.click()
    play(form, seed="tuesday")
    assert told(form).count("The kit:") == 1, "it would have asked and replied the same"


def test_the_debrief_says_what_they_had_decided_and_whether_they_said_so(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    seen = set()
    for seed in range(12):
        form.begin(form.round.scenario)
        play(form, seed=str(seed))
        assert form.round.answer is not None
        is_plain = form.round.answer.response is form.round.answer.decided
        seen.add(is_plain)
        said = f"{text('practise.debrief.decided', decided=text(f'practise.decided.{form.round.answer.decided}'))} "
        assert said + text(f"practise.debrief.{'plain' if is_plain else 'not_plain'}") in told(form)
    assert seen == {True, False}
    play(form, scenario="bus_driver")
    assert text("practise.debrief.told") in told(form)


def test_the_model_stands_beside_the_debrief_and_is_said_to_be_invented(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form, scenario="warm_but_early", seed="monday")
    debriefed = told(form)
    assert "The model is made up" in debriefed
    for chance in cl.answer_chances(form.round.scenario, "bold").values():
        assert f"{100 * chance:g}" in debriefed


# --- The seed


def test_a_group_with_one_seed_hears_one_answer(log: OutcomeLog) -> None:
    answers = set()
    for _ in range(3):
        form = cl.PractiseForm(log)
        form.clear()
        hear(form, seed="monday")
        answers.add(form.round.answer)
    assert len(answers) == 1


def test_without_a_seed_each_try_draws_a_new_one_which_repeats_it(log: OutcomeLog) -> None:
    form, drawn = cl.PractiseForm(log), {}
    for _ in range(6):
        form.begin(form.round.scenario)
        hear(form)
        drawn[form.round.drawn] = form.round.answer
        assert form.controls["seed"].value == ""
    assert len(drawn) > 1
    for seed, answer in drawn.items():
        form.begin(form.round.scenario)
        hear(form, seed=seed)
        assert form.round.answer == answer


def test_the_seed_of_a_group_stays_for_its_next_interview(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form, seed="monday")
    form.next_button.click()
    assert form.controls["seed"].value == "monday"
    assert form.controls["judged"].value == ""


# --- Which interview


def test_list_and_suggestion_follow_format_and_level(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    fill(form, {"format": "phone", "level": "entry"})
    fitting = [one for one in cl.scenarios() if (one.format, one.level) == ("phone", "entry")]
    assert [id for _, id in form.controls["scenario"].options] == [one.id for one in fitting]
    assert form.round.scenario in fitting
    assert title(form) == form.round.scenario.title
    assert f"{len(fitting)} of {len(cl.scenarios())}" in shown(form)


def test_looking_for_the_next_one_leaves_the_try_as_it_is(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form, seed="monday", scenario="head_chef")
    before = form.round.answer, form.round.debrief
    for wanted in ("phone", "panel", "any"):
        form.controls["format"].value = wanted
        assert (form.round.scenario.id, form.round.answer, form.round.debrief) == ("head_chef", *before)


def test_the_next_one_leads_through_all_that_were_not_tried_and_then_round_again(log: OutcomeLog) -> None:
    form, seen = cl.PractiseForm(log), []
    form.controls["format"].value = "video"
    fitting = [one.id for one in cl.scenarios() if one.format == "video"]
    for _ in fitting:
        seen.append(form.round.scenario.id)
        play(form)
        form.next_button.click()
    assert sorted(seen) == sorted(fitting)
    assert form.round.scenario.id in fitting
    assert form.round.scenario.id != seen[-1]
    assert text("practise.tried_before") in shown(form)


def test_where_no_other_fits_the_same_one_begins_again(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    fitting = [one for one in cl.scenarios() if (one.format, one.level) == ("panel", "senior")]
    assert len(fitting) == 1, "else take another pair"
    play(form, format="panel", level="senior", scenario=fitting[0].id)
    form.next_button.click()
    assert (form.round.scenario, form.round.stage) == (fitting[0], Stage.READ)


def test_another_interview_begins_afresh(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    fill(form, {"judged": "well", "asked": "mild", "step_thanks": "yes"})
    go_on_to(form, Stage.ASK)
    for _ in range(3):
        form.back_button.click()
    form.controls["scenario"].value = "head_chef"
    assert (form.round.scenario.id, form.round.stage) == ("head_chef", Stage.START)
    assert (form.controls["asked"].value, form.controls["step_thanks"].value) == ("", "no")


# --- The record


def test_a_try_is_kept_in_the_log_and_counted_once(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form, seed="monday", **dict.fromkeys((f"step_{name}" for name in STEPS), "yes"))
    (row,) = tries(log)
    assert (row.item, row.passed) == ("ward_nurse", True)
    assert (row.detail["ask_place"], row.detail["close_place"], row.detail["reply_place"]) == (0, 0, 0)
    assert row.detail["seed"] == "monday"
    form.again_button.click()
    play(form, asked="bold", seed="tuesday")
    assert [row.passed for row in tries(log)] == [True, False]
    assert form.record.tried == 2
    form.again_button.click()
    play(form, asked="bold", seed="tuesday")
    assert form.record.tried == len({str(row.detail) for row in tries(log)}), "the very same one counts once"


def test_the_record_says_when_there_is_not_enough_to_go_by(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    assert record_text(form) == ""
    for n in range(1, 6):
        form.begin(form.round.scenario)
        play(form, asked="bold", seed=str(n))
        is_enough = n >= 5
        assert ("It’s too early to say" in record_text(form)) is not is_enough
        assert (text("practise.record.leans_pushy") in record_text(form)) is is_enough
    assert "Tries so far: 5." in record_text(form)


def test_other_attempts_in_the_log_are_no_tries(log: OutcomeLog) -> None:
    log.add_attempt("exercise", "bold_when", True)
    log.add_attempt("practice", "ward_nurse", True, {"from": "elsewhere"})
    assert cl.PractiseForm(log).record.tried == 0


def test_a_try_goes_on_where_it_was_after_a_restart(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    hear(form)
    answer = form.round.answer
    reply(form)
    other = cl.PractiseForm(again(log))
    assert other.round.answer == answer
    assert other.round.debrief is None
    form.next_button.click()
    third = cl.PractiseForm(again(log))
    assert third.round.debrief == form.round.debrief is not None
    assert [(title(one), told(one), record_text(one)) for one in (third, form)] == [
        (title(form), told(form), record_text(form))
    ] * 2


def test_two_tabs_keep_both_tries_and_the_latest_draft(log: OutcomeLog) -> None:
    here, there = cl.PractiseForm(log), cl.PractiseForm(again(log))
    play(here, seed="monday")
    play(there, scenario="head_chef", asked="standing", seed="tuesday")
    assert [row.item for row in tries(log)] == ["ward_nurse", "head_chef"]
    opened = cl.PractiseForm(again(log))
    assert opened.round.debrief == there.round.debrief
    here.again_button.click()
    assert (here.round.scenario.id, here.record.tried) == ("ward_nurse", 2)


def test_a_half_finished_try_of_an_earlier_kit_goes_on(log: OutcomeLog) -> None:
    kept = {"scenario": "head_chef", "judged": "well", "asked": "bold", "drawn": "monday", "step_thanks": "yes"}
    log.save_draft("practise", kept)
    form = cl.PractiseForm(log)
    assert form.round.answer == cl.draw_answer(cl.scenario("head_chef"), "bold", "monday")
    assert form.round.stage is Stage.REPLY
    log.save_draft("practise", kept | {"drawn": "", "stage": "nonsense"})
    assert cl.PractiseForm(again(log)).round.stage is Stage.START


def test_the_debrief_is_there_even_where_the_log_is_in_trouble(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    hear(form)
    reply(form)
    log.path.write_bytes(b"no log at all " * 100)
    form.next_button.click()
    assert form.round.debrief is not None
    assert form.trouble
    assert form.round.scenario.behind in told(form)


# --- What is typed, and what stays on a page that is not run


@pytest.mark.parametrize("typed", ["<b>x</b>", "</td><script>alert(1)</script>", "{concern} %s", "שלום"])
def test_a_seed_is_shown_as_it_was_typed(log: OutcomeLog, typed: str) -> None:
    form = cl.PractiseForm(log)
    play(form, seed=typed)
    assert typed in record_text(form)
    plain = tags_of(record_card(cl.practice_record([])))
    assert not [tag for tag in tags_of(form._record.value) if "script" in tag or tag.startswith("<b ")]
    assert plain


def test_the_page_that_is_not_run_tells_the_interview_and_not_its_end(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form)
    page = text_of(static_html(form))
    assert form.round.scenario.opening in page
    assert form.round.scenario.behind not in page
