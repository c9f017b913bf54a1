"""One question of a form: every kind of it has a control, reads back what was answered, and can be kept."""

from __future__ import annotations

import datetime as dt
import json

import ipywidgets
import pytest
import traitlets

from closing_lib.forms.base.choice import Choice
from closing_lib.forms.base.fields import Field, Option, dump, load, offer
from closing_lib.forms.base.sheet import still_to_answer

DAY = dt.date(2026, 11, 20)
YES_NO = (Option("yes", "Yes", True), Option("no", "No", False), Option("unknown", "Can’t tell", None))
ROWS = (Option("", "Choose one", None), Option(1, "Acme", 1), Option(2, "Acme", 2))
KINDS = {
    "choice": (Field("q", "Did it?", "choice", YES_NO), Choice, "no", False),
    "column": (Field("q", "Did it?", "column", YES_NO), Choice, "no", False),
    "pick": (Field("q", "Which?", "pick", ROWS), ipywidgets.Dropdown, 2, 2),
    "suggest": (Field("q", "Company", "suggest"), ipywidgets.Combobox, "Acme", "Acme"),
    "text": (Field("q", "Who?", "text"), ipywidgets.Text, "Ms Tilde", "Ms Tilde"),
    "notes": (Field("q", "Notes", "notes"), ipywidgets.Textarea, "one\ntwo", "one\ntwo"),
    "date": (Field("q", "When?", "date"), ipywidgets.DatePicker, DAY, DAY),
}


@pytest.mark.parametrize("kind", KINDS)
class TestEachKind:
    def test_begins_blank_under_its_question(self, kind: str) -> None:
        field, shown, _, _ = KINDS[kind]
        control = field.control()
        assert isinstance(control, shown)
        assert (control.label if shown is Choice else control.description) == field.label
        assert control.value == field.blank()
        assert field.read(control) is None
        assert not field.is_answered(control)

    def test_reads_the_answer(self, kind: str) -> None:
        field, _, held, meant = KINDS[kind]
        control = field.control()
        control.value = held
        assert field.read(control) == meant
        assert field.is_answered(control)

    def test_keeps_the_answer_as_plain_text_and_puts_it_back(self, kind: str) -> None:
        field, _, held, _ = KINDS[kind]
        one, other = field.control(), field.control()
        for value in (held, field.blank()):
            one.value = value
            load(other, json.loads(json.dumps(dump(one))))
            assert other.value == value

    def test_leaves_what_it_cannot_take(self, kind: str) -> None:
        field, _, held, _ = KINDS[kind]
        control = field.control()
        control.value = held
        for misfit in ("2026-13-45", "20.11.2026") if kind == "date" else (["a list"], 2.5, {"a": "mapping"}):
            load(control, misfit)
            assert control.value == held


@pytest.mark.parametrize("kept", [7, True, ["2026-11-20"], {"day": 20}])
def test_a_kept_date_that_is_no_text_is_left_out(kept: object) -> None:
    control = ipywidgets.DatePicker(value=DAY)
    load(control, kept)
    assert control.value == DAY


@pytest.mark.parametrize("kind", ["suggest", "text", "notes"])
def test_blanks_around_a_text_do_not_count(kind: str) -> None:
    field = Field("q", "Company", kind, required=True)
    control = field.control()
    control.value = "  Acme \n"
    assert field.read(control) == "Acme"
    control.value = " \t\n"
    assert field.read(control) is None
    assert not field.is_answered(control)


def test_can_t_tell_is_an_answer() -> None:
    field = Field("q", "Did it?", "choice", YES_NO, required=True)
    control = field.control()
    control.value = "unknown"
    assert field.read(control) is None
    assert field.is_answered(control)


@pytest.mark.parametrize("kind", ["choice", "suggest", "text", "notes", "date"])
def test_a_field_begins_with_its_default(kind: str) -> None:
    default: str | dt.date = {"choice": "no", "date": DAY}.get(kind, "as before")  # type: ignore[assignment]
    field = Field("q", "?", kind, YES_NO if kind == "choice" else (), default=default)
    assert field.control().value == field.blank() == default


def test_an_answer_that_is_none_of_the_choices_is_refused_with_the_choices() -> None:
    control = Field("q", "Did it?", "choice", YES_NO).control()
    with pytest.raises(traitlets.TraitError, match=r"Did it\?: 'maybe' is no answer; choose one of .*yes.*no.*unknown"):
        control.value = "maybe"
    assert control.value == ""


class TestOffering:
    def test_other_things_keeps_what_was_picked(self) -> None:
        control = Field("q", "Which?", "pick", ROWS).control()
        control.value = 2
        offer(control, [ROWS[0], Option(3, "New", 3), ROWS[2], ROWS[1]])
        assert control.value == 2
        assert [key for _, key in control.options] == ["", 3, 2, 1]

    def test_other_things_without_what_was_picked_leaves_none_picked(self) -> None:
        control = Field("q", "Which?", "pick", ROWS).control()
        control.value = 2
        offer(control, ROWS[:2])
        assert control.value == ""

    def test_tells_two_things_of_the_same_name_apart(self) -> None:
        field = Field("q", "Which?", "pick", ROWS)
        control = field.control()
        for number in (1, 2):
            control.value = number
            assert field.read(control) == number

    def test_the_same_things_again_changes_nothing(self) -> None:
        control = Field("q", "Which?", "pick", ROWS).control()
        control.value = 2
        seen: list[object] = []
        control.observe(seen.append)
        offer(control, ROWS)
        assert seen == []


def test_the_page_takes_questions_and_answers_as_text_never_as_markup() -> None:
    script = str(Choice._esm)
    assert "legend.textContent" in script
    assert "innerHTML" not in script


def test_what_is_still_to_answer_has_one_mark_after_each_question() -> None:
    assert still_to_answer(["How was it?", "When", "Which?"]).endswith(": How was it? When; Which?")
