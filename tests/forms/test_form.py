"""One wiring for all forms: every control of every form answers, is kept, and is there again after a restart."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import ipywidgets
import pytest
from driving import (
    ACME,
    BOLD,
    FORMS,
    again,
    fill,
    go_on_to,
    html_below,
    is_shown,
    other_values,
    pick,
    save,
    static_html,
    text_of,
    walk,
    with_two_interviews,
)

import closing_lib as cl
from closing_lib.documents.letters import SHAPES, Shape
from closing_lib.forms.base.choice import Choice
from closing_lib.forms.base.form import Form
from closing_lib.forms.practise.round import Stage
from closing_lib.records import ApplicationRow, OutcomeLog

FILLING = ("record", "interview", "people", "person", "format", "level")  # what is picked in them fills the rest in
KEPT = [name for name in FORMS if name != "change"]  # a change that is not saved is none: what is in the log counts


def ready(form: Form, name: str, control: str, log: OutcomeLog) -> Form:
    """Bring a form to where the control is to be answered next."""
    if isinstance(form, cl.ChangeForm | cl.PractiseForm):
        form = FORMS[name](log)  # where they stand is not to be emptied
    else:
        form.clear()
    if isinstance(form, cl.ChangeForm) and control != "record":
        pick(form, control.partition(".")[0])
    if isinstance(form, cl.PractiseForm):
        bring_to(form, control)
    if isinstance(form, cl.ExerciseForm):
        form.go_to([*form.parts].index(control.partition(".")[0]))
    if isinstance(form, cl.PrepareForm) and control.startswith("own_"):
        form.controls[f"ask_{control[-1]}"].value = "own"
    if isinstance(form, cl.FollowUpForm):
        usual = "panel_thanks" if control == "coordinator" else "thank_you"
        form.controls["kind"].value = next((kind for kind, shape in SHAPES.items() if asks(shape, control)), usual)
    return form


def bring_to(form: cl.PractiseForm, control: str) -> None:
    """Go on, with an answer to whatever is asked on the way, until the control is on the screen."""
    while not is_shown(form, form.controls[control]):
        for asked in ("judged", "asked"):
            form.controls[asked].value = form.controls[asked].options[0][0]
        go_on_to(form, tuple(Stage)[form.round.stage.rank + 1])


def asks(shape: Shape, control: str) -> bool:
    """Whether a letter of this shape asks for it."""
    return control in (*shape.needs, *shape.may)


def other_value(form: Form, name: str) -> object:
    return other_values(form.controls[name])[0]


def same_page(one: Form, other: Form) -> bool:
    """Whether two forms hold and show the same."""
    held, again_held = ({name: control.value for name, control in form.controls.items()} for form in (one, other))
    return held == again_held and html_below(one.view) == html_below(other.view)


@pytest.mark.parametrize("name", FORMS)
def test_every_control_is_labelled_changes_its_answer_and_is_kept_in_the_file(log: OutcomeLog, name: str) -> None:
    with_two_interviews(log)
    form = FORMS[name](log)
    for control in [*form.controls]:
        form = ready(form, name, control, log)
        asked = form.controls[control]
        assert is_shown(form, asked), control
        assert (asked.label if isinstance(asked, Choice) else asked.description) == form.fields[control].label != ""
        before = form.answers
        given = other_value(form, control)
        asked.value = given
        changed = {key for key, value in form.answers.items() if value != before[key]}
        assert control in changed
        assert changed == {control} or control in FILLING, control
        if name in KEPT and control in (form.drafted or form.controls):
            kept = again(log).draft(name)
            assert kept is not None
            assert kept[control] == (given if isinstance(given, str | int) else str(given)), control


@pytest.mark.parametrize("name", KEPT)
def test_every_answer_is_there_again_after_a_restart_and_gone_once_the_form_is_cleared(
    log: OutcomeLog, name: str
) -> None:
    with_two_interviews(log)
    form = FORMS[name](log)
    new = form.answers
    for control in form.controls:
        form.controls[control].value = other_value(form, control)
        assert form.answers[control] != new[control]
    assert same_page(FORMS[name](again(log)), form)
    form.clear()
    assert form.answers == new
    assert again(log).draft(name) is None
    assert same_page(FORMS[name](again(log)), form)


@pytest.mark.parametrize("name", FORMS)
def test_every_answer_of_a_question_has_a_meaning_of_its_own(log: OutcomeLog, name: str) -> None:
    form = FORMS[name](log)
    for control, asked in form.controls.items():
        if isinstance(asked, Choice):
            meanings = set()
            for value, label in asked.options:
                assert label.strip()
                asked.value = value
                meanings.add(form.answers[control])
            assert len(meanings) == len(asked.options) >= 2, control


def test_the_drafts_of_all_forms_are_kept_apart(log: OutcomeLog) -> None:
    with_two_interviews(log)
    forms = {name: FORMS[name](log) for name in KEPT}
    for form in forms.values():
        for control in form.controls:
            form.controls[control].value = other_value(form, control)
    assert {name: FORMS[name](again(log)).answers for name in KEPT} == {
        name: form.answers for name, form in forms.items()
    }


@pytest.mark.parametrize("name", KEPT)
def test_a_draft_that_no_longer_fits_is_taken_as_far_as_it_does(log: OutcomeLog, name: str) -> None:
    blank = FORMS[name](log).answers
    for nonsense in ("no such answer", "2026-13-45", None):
        log.save_draft(name, dict.fromkeys([*blank, "taken_out_since"], nonsense))
        form = FORMS[name](log)
        assert form.answers.keys() == blank.keys()
        assert text_of(html_below(form.view))


@pytest.mark.parametrize("name", FORMS)
def test_no_two_questions_that_are_asked_together_read_the_same(log: OutcomeLog, name: str) -> None:
    fields = FORMS[name](log).fields
    asked = [(field.partition(".")[0] if name == "change" else "", one.label) for field, one in fields.items()]
    assert len(set(asked)) == len(asked)


def test_only_the_last_of_many_answers_is_kept(log: OutcomeLog) -> None:
    form = cl.AssessmentForm(log)
    for rating in "12345432":
        form.controls["risk"].value = rating
    assert cl.AssessmentForm(again(log)).answers["risk"] == 2


def test_two_half_filled_forms_in_two_kernels_lose_nothing_on_the_screen(log: OutcomeLog) -> None:
    here, there = cl.AssessmentForm(log), cl.AssessmentForm(again(log))
    here.controls["risk"].value = "5"
    there.controls["risk"].value = "1"
    here.controls["felt"].value = "4"
    assert (here.answers["risk"], there.answers["risk"]) == (5, 1)


# --- How a form says what it is

SAID = {
    "preparation": "PrepareForm(0 of 3 questions, 0 of 4 parts of the pitch)",
    "assessment": "AssessmentForm(0 of 15 signs answered; advice: mild)",
    "assessed_interview": "LogForm(with an assessment)",
    "interview": "LogForm(without an assessment)",
    "event": "EventForm(1 applications)",
    "response": "ResponseForm(no answer chosen)",
    "concern": "ConcernForm(0 of 3 moves in your words)",
    "follow_up": "FollowUpForm(2 interviews)",
    "exercises_01_prepare": "ExerciseForm('01_prepare', 6 exercises)",
    "exercises_02_close": "ExerciseForm('02_close', 8 exercises)",
    "practise": "PractiseForm(ward_nurse; tried so far: 0)",
    "change": "ChangeForm(4 rows)",
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_says_what_it_is_in_a_few_words_that_stay_the_same(log: OutcomeLog, name: str) -> None:
    with_two_interviews(log)
    one, other = FORMS[name](log), FORMS[name](again(log))
    assert repr(one) == repr(other) == SAID[name]
    assert one._repr_mimebundle_()["text/plain"] == SAID[name]
    assert one._repr_mimebundle_()["text/html"] == other._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("name", FORMS)
def test_what_is_kept_with_a_page_holds_no_place_on_this_computer(log: OutcomeLog, name: str) -> None:
    with_two_interviews(log)
    bundle = FORMS[name](log)._repr_mimebundle_()
    for kept in (bundle["text/plain"], bundle["text/html"]):
        assert str(log.path.parent) not in kept
        assert " at 0x" not in kept
        assert "Acme" not in kept


@pytest.mark.parametrize("name", FORMS)
def test_a_page_that_is_not_run_says_how_to_run_it(log: OutcomeLog, name: str) -> None:
    assert "Run All Cells" in text_of(static_html(FORMS[name](log)))


def test_what_a_form_says_follows_the_answers(log: OutcomeLog) -> None:
    assessment, response = cl.AssessmentForm(log), cl.ResponseForm(log)
    fill(assessment, BOLD)
    fill(response, {"response": "concern"})
    assert repr(assessment) == "AssessmentForm(6 of 15 signs answered; advice: bold)"
    assert repr(response) == "ResponseForm(concern)"


@pytest.mark.parametrize("name", FORMS)
def test_the_headings_of_a_form_stand_in_order(log: OutcomeLog, name: str) -> None:
    html = html_below(FORMS[name](log).view)
    levels = [int(html[at + 2]) for at in range(len(html)) if html.startswith(("<h1", "<h2", "<h3", "<h4"), at)]
    assert levels[0] == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))


# --- The form and the person's own log


def test_without_a_log_of_its_own_a_form_uses_the_person_s(own_data: Path) -> None:
    form = cl.LogForm()
    save(form, ACME)
    assert [row.company for row in OutcomeLog(own_data / "closing_log.sqlite").rows(ApplicationRow)] == ["Acme"]


def test_the_log_form_uses_the_log_of_its_assessment(log: OutcomeLog, own_data: Path) -> None:
    form = cl.LogForm(cl.AssessmentForm(log))
    assert form.log is log
    assert not own_data.exists()


def test_a_form_can_be_put_into_other_widgets(log: OutcomeLog) -> None:
    form = cl.AssessmentForm(log)
    around = ipywidgets.VBox([form.view])
    assert all(control in list(walk(around)) for control in form.controls.values())
    assert is_shown(form, form.controls["format"])
