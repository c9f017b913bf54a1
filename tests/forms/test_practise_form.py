"""The form of the practice: a round in its stages, the debrief, the running record, and the seed that repeats a try."""

from __future__ import annotations

import re

import pytest
from driving import again, fill, hear, html_below, is_shown, shown, static_html, tags_of, text_of

import closing_lib as cl
from closing_lib.content import LANGUAGES, text
from closing_lib.forms.practise.card import place_named, record_card
from closing_lib.practice.tries import STEPS, replies_to
from closing_lib.records import AttemptRow, OutcomeLog

KEPT = {"kind": "practice"}


def reply(form: cl.PractiseForm, place: int = 0) -> str:
    """Choose the reply that falls at a place."""
    assert form.answer is not None
    chosen = next(one for one in replies_to(form.answer) if one.place == place)
    form.controls["reply"].value = chosen.id
    return chosen.text


def play(form: cl.PractiseForm, place: int = 0, **choices: str) -> None:
    """Play a whole round."""
    hear(form, **choices)
    reply(form, place)
    form.tell_button.click()


def tries(log: OutcomeLog) -> list[AttemptRow]:
    return list(log.rows(AttemptRow, **KEPT))


def debrief_text(form: cl.PractiseForm) -> str:
    return text_of(form._debrief.value)


def record_text(form: cl.PractiseForm) -> str:
    return text_of(form._record.value)


# --- The stages


def test_the_story_shows_what_happened_and_keeps_what_they_think_to_itself(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    for one in cl.scenarios():
        form.controls["scenario"].value = one.id
        page = shown(form)
        assert all(moment.text in page for moment in one.happened)
        assert one.state in page
        assert one.concern not in page
        assert one.behind not in page


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
    assert form.answer is not None
    assert form.answer.manner
    assert form.answer.manner in shown(form)
    form.try_again()
    hear(form, asked="mild", seed="monday")
    assert form.answer.manner == ""


def test_the_answer_is_heard_only_after_judging_and_asking(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    assert form.hear_button.disabled
    assert text("practise.judged") in shown(form)
    form.hear_button.click()
    assert form.answer is None
    fill(form, {"judged": "well"})
    assert form.hear_button.disabled
    fill(form, {"asked": "mild"})
    assert not form.hear_button.disabled
    assert not is_shown(form, form.controls["reply"])
    form.hear_button.click()
    assert form.answer is not None
    assert form.answer.words in shown(form)
    assert is_shown(form, form.controls["reply"])
    assert is_shown(form, form.controls["drawn"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_still_to_answer_has_one_mark_after_each_question(
    log: OutcomeLog, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    form = cl.PractiseForm(log)
    said = form._still_to_do()
    assert said.endswith(f"{text('practise.judged')} {text('practise.asked')}")
    assert not re.search(r"[?.!][;.,]", said)


def test_what_was_asked_stays_asked(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    hear(form, seed="monday")
    assert form.controls["drawn"].value == "monday"
    assert all(form.controls[name].disabled for name in ("judged", "asked", "step_thanks", "seed", "drawn"))
    before = form.answer
    form.hear_button.click()
    assert form.answer == before


def test_only_replies_to_the_answer_are_offered(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    form.controls["scenario"].value = "store_manager"
    seen = set()
    for seed in range(40):
        form.try_again()
        hear(form, seed=str(seed), asked="bold")
        assert form.answer is not None
        offered = [id for id, _ in form.controls["reply"].options]
        assert offered == [one.id for one in replies_to(form.answer)]
        assert form.controls["reply"].value == ""
        assert form.tell_button.disabled
        seen.add(form.answer.response)
    assert len(seen) >= 4


def test_the_debrief_comes_after_the_reply(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    hear(form, seed="monday")
    form.tell_button.click()
    said = reply(form)
    assert form.debrief is None
    assert debrief_text(form) == ""
    assert not is_shown(form, form.again_button)
    form.tell_button.click()
    assert form.debrief is not None
    told = debrief_text(form)
    assert said in told
    assert form.scenario.behind in told
    assert form.scenario.concern in told
    assert form.debrief.advice.words in told
    assert is_shown(form, form.again_button)
    assert form.controls["reply"].disabled


def test_s1_the_debrief_shows_each_choice_on_the_line_in_words_with_the_kit_s_and_why(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form, place=-2, asked="bold", seed="monday", step_private_number="yes")
    html, told = form._debrief.value, debrief_text(form)
    places = [one.place for one in form.debrief.placed] if form.debrief else []
    assert places == [2, 2, -2]
    for place in places:
        assert f'aria-label="Between too timid and too pushy: {place_named(place)}."' in html
        assert told.count(place_named(place)) >= 1
    assert told.count("The kit:") == told.count("You:") == told.count("Why:") == 3
    assert len(re.findall(r"\bS\d+", told)) >= 8
    assert place_named(-2) in shown(form)


def test_the_debrief_says_what_they_had_decided_and_whether_they_said_so(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    seen = set()
    for seed in range(12):
        form.try_again()
        play(form, seed=str(seed))
        assert form.answer is not None
        is_plain = form.answer.response is form.answer.decided
        seen.add(is_plain)
        said = f"{text('practise.debrief.decided', decided=text(f'practise.decided.{form.answer.decided}'))} "
        assert said + text(f"practise.debrief.{'plain' if is_plain else 'not_plain'}") in debrief_text(form)
    assert seen == {True, False}
    play(form, scenario="bus_driver")
    assert text("practise.debrief.told") in debrief_text(form)


def test_the_model_stands_beside_the_debrief_and_is_said_to_be_invented(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form, scenario="warm_but_early", seed="monday")
    told = debrief_text(form)
    assert "The model is made up" in told
    for chance in cl.answer_chances(form.scenario, "bold").values():
        assert f"{100 * chance:g}" in told


# --- The seed


def test_a_group_with_one_seed_hears_one_answer(log: OutcomeLog) -> None:
    answers = set()
    for _ in range(3):
        form = cl.PractiseForm(log)
        form.clear()
        hear(form, seed="monday")
        answers.add(form.answer)
    assert len(answers) == 1


def test_without_a_seed_each_try_draws_a_new_one_which_repeats_it(log: OutcomeLog) -> None:
    form, drawn = cl.PractiseForm(log), {}
    for _ in range(6):
        form.try_again()
        hear(form)
        drawn[form.controls["drawn"].value] = form.answer
        assert form.controls["seed"].value == ""
    assert len(drawn) > 1
    for seed, answer in drawn.items():
        form.try_again()
        hear(form, seed=seed)
        assert form.answer == answer


def test_the_seed_of_a_group_stays_for_its_next_interview(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form, seed="monday")
    form.another_button.click()
    assert form.controls["seed"].value == "monday"
    assert form.controls["judged"].value == ""


# --- Which interview


def test_the_list_follows_format_and_level_and_keeps_the_one_that_is_tried(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    fill(form, {"format": "phone", "level": "entry"})
    offered = {id for _, id in form.controls["scenario"].options}
    fitting = {one.id for one in cl.scenarios() if (one.format, one.level) == ("phone", "entry")}
    assert offered == fitting | {"ward_nurse"}
    assert f"{len(fitting)} of {len(cl.scenarios())}" in shown(form)


def test_looking_for_the_next_one_leaves_the_try_as_it_is(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form, seed="monday", scenario="head_chef")
    before = form.answer, form.debrief
    for wanted in ("phone", "panel", "any"):
        form.controls["format"].value = wanted
        assert (form.scenario.id, form.answer, form.debrief) == ("head_chef", *before)


def test_another_one_leads_through_all_that_were_not_tried_and_then_round_again(log: OutcomeLog) -> None:
    form, seen = cl.PractiseForm(log), []
    form.controls["format"].value = "video"
    fitting = [one.id for one in cl.scenarios() if one.format == "video"]
    for _ in fitting:
        form.another_button.click()
        seen.append(form.scenario.id)
        play(form)
    assert sorted(seen) == sorted(fitting)
    form.another_button.click()
    assert form.scenario.id in fitting
    assert form.scenario.id != seen[-1]
    assert text("practise.tried_before") in shown(form)


def test_another_one_where_no_other_fits_stays(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    fill(form, {"format": "panel", "level": "senior", "scenario": "panel_silent"})
    form.another_button.click()
    assert form.scenario.id == "panel_silent"


def test_another_interview_begins_afresh(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form, step_thanks="yes")
    form.controls["scenario"].value = "head_chef"
    assert form.answer is None
    assert form.debrief is None
    assert debrief_text(form) == ""
    assert (form.controls["asked"].value, form.controls["step_thanks"].value) == ("", "no")
    assert not form.controls["asked"].disabled


# --- The record


def test_a_try_is_kept_in_the_log_and_counted_once(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    play(form, seed="monday", **dict.fromkeys((f"step_{name}" for name in STEPS), "yes"))
    form.tell_button.click()
    (row,) = tries(log)
    assert (row.item, row.passed) == ("ward_nurse", True)
    assert (row.detail["ask_place"], row.detail["close_place"], row.detail["reply_place"]) == (0, 0, 0)
    assert row.detail["seed"] == "monday"
    form.again_button.click()
    play(form, asked="bold", seed="tuesday")
    assert [row.passed for row in tries(log)] == [True, False]
    assert form.record.tried == 2


def test_the_record_says_when_there_is_not_enough_to_go_by(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    assert text("practise.record.none") in record_text(form)
    for n in range(1, 6):
        form.try_again()
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
    answer = form.answer
    reply(form)
    other = cl.PractiseForm(again(log))
    assert other.answer == answer
    assert other.debrief is None
    form.tell_button.click()
    third = cl.PractiseForm(again(log))
    assert third.debrief == form.debrief is not None
    assert html_below(third.view) == html_below(form.view)


def test_the_debrief_is_there_even_where_the_log_is_in_trouble(log: OutcomeLog) -> None:
    form = cl.PractiseForm(log)
    hear(form)
    reply(form)
    log.path.write_bytes(b"no log at all " * 100)
    form.tell_button.click()
    assert form.debrief is not None
    assert form.trouble
    assert form.scenario.behind in debrief_text(form)


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
    assert form.scenario.opening in page
    assert form.scenario.behind not in page
