"""How a test uses a form without a browser: answer it, read what it shows, open it again as after a restart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser

import ipywidgets

from closing_lib.forms.base.choice import Choice
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.view import View
from closing_lib.forms.close.assessment_form import AssessmentForm
from closing_lib.forms.follow_up.follow_up_form import FollowUpForm
from closing_lib.forms.outcomes.change_form import ChangeForm
from closing_lib.forms.outcomes.event_form import EventForm
from closing_lib.forms.outcomes.log_form import LogForm
from closing_lib.forms.outcomes.record_form import RecordForm
from closing_lib.forms.practise.practise_form import PractiseForm
from closing_lib.forms.practise.round import Stage
from closing_lib.forms.prepare.prepare_form import PrepareForm
from closing_lib.forms.respond.concern_form import ConcernForm
from closing_lib.forms.respond.response_form import ResponseForm
from closing_lib.forms.study.exercise_form import ExerciseForm
from closing_lib.models import Tactic
from closing_lib.records import OutcomeLog

FORMS: Mapping[str, Callable[[OutcomeLog | None], Form]] = {
    "preparation": PrepareForm,
    "assessment": AssessmentForm,
    "assessed_interview": lambda log: LogForm(AssessmentForm(log), log),
    "interview": lambda log: LogForm(log=log),
    "event": EventForm,
    "response": ResponseForm,
    "concern": ConcernForm,
    "follow_up": FollowUpForm,
    "exercises_01_prepare": lambda log: ExerciseForm("01_prepare", log),
    "exercises_02_close": lambda log: ExerciseForm("02_close", log),
    "practise": PractiseForm,
    "change": ChangeForm,
}
BOLD = {
    "round": "first",
    **dict.fromkeys(["overran", "introduced"], "yes"),
    **dict.fromkeys(["sold_the_job", "asked_availability", "cut_off", "no_interest"], "no"),
    "felt": "4",
    "confidence": "5",
    "risk": "5",
}
BOLD_WORDS = "So, is there anything stopping you from offering me the job right now?"
MILD_WORDS = "Is there anything else I can answer for you to make a hiring decision?"
STANDING_WORDS = "Have I done well enough to advance to the next level of the hiring process?"
WORDS = {Tactic.BOLD: BOLD_WORDS, Tactic.MILD: MILD_WORDS, Tactic.STANDING: STANDING_WORDS}
ACME = {"company": "Acme", "role": "Analyst"}
TODAY = dt.date(2026, 11, 22)


# --- Answering


def fill(form: Form, answers: Mapping[str, object]) -> None:
    """Answer some questions of a form."""
    for name, value in answers.items():
        form.controls[name].value = value


def save(form: RecordForm, answers: Mapping[str, object] | None = None) -> str:
    """Answer, press Save, and give what the form says then."""
    fill(form, answers or {})
    assert not form.save_button.disabled, status(form)
    form.save_button.click()
    return status(form)


def other_values(control: ipywidgets.DOMWidget) -> list[object]:
    """Give what a person could give to a control in place of what it has; all of it, where it has a list."""
    if isinstance(control, Choice):
        return [value for value, _ in control.options if value != control.value]
    if isinstance(control, ipywidgets.Dropdown):
        return [value for _, value in control.options if value not in ("", control.value)]
    if isinstance(control, ipywidgets.DatePicker):
        after_the_interviews = (dt.date(2026, 11, 21), dt.date(2026, 11, 22))  # and not to come
        return [day for day in after_the_interviews if day != control.value][:1]
    return ["Something, else"]  # to the names of people, two of them


def with_one_application(log: OutcomeLog) -> int:
    """Put an application with an interview and an event into a log."""
    application = log.add_application("Acme", "Analyst")
    log.add_interview(application, "2026-11-20")
    log.add_event(application, "thank_you", on="2026-11-21")
    return application


def with_two_interviews(log: OutcomeLog) -> None:
    """Put one interview more into a log, with the names of those who were there."""
    first = with_one_application(log)
    log.add_interview(first, "2026-11-21", interviewers="Mr Lid, Ms Spout")


def hear(form: PractiseForm, **choices: str) -> None:
    """Choose something where nothing is chosen, and go on until the answer is heard."""
    interview = {"scenario": choices.pop("scenario")} if "scenario" in choices else {}  # another one begins afresh
    fill(form, {**interview, "judged": "well", "asked": "mild", **choices})
    go_on_to(form, Stage.REPLY)


def go_on_to(form: PractiseForm, stage: Stage) -> None:
    """Press the button until a stage of the round is there."""
    while form.round.stage is not stage:
        before = form.round.stage
        form.next_button.click()
        assert form.round.stage is not before, before


def pick(form: ChangeForm, kind: str) -> str:
    """Pick the first row of a kind, and give its key."""
    key = next(key for _, key in form.controls["record"].options if key.startswith(f"{kind}:"))
    form.controls["record"].value = key
    return str(key)


def again(log: OutcomeLog) -> OutcomeLog:
    """Open the same file once more, as another kernel would."""
    return OutcomeLog(log.path)


# --- Reading what is shown


def walk(widget: ipywidgets.Widget) -> Iterator[ipywidgets.Widget]:
    """Give a widget and all that is inside it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walk(child)


def html_below(widget: ipywidgets.Widget) -> str:
    """Give all HTML that a widget shows, in its order, without the style sheet."""
    values = (inner.value for inner in walk(widget) if isinstance(inner, ipywidgets.HTML))
    return "\n".join(value for value in values if not value.startswith("<style>"))


def is_shown(form: Form, widget: ipywidgets.Widget) -> bool:
    """Whether a widget is on the page of a form, with nothing around it hidden."""

    def below(parent: ipywidgets.Widget) -> bool:
        if parent.layout.display == "none":
            return False
        return parent is widget or any(below(child) for child in getattr(parent, "children", ()))

    return below(form.view)


def shown(form: Form) -> str:
    """Give all text that a form shows."""
    return text_of(html_below(form.view))


def status(form: RecordForm) -> str:
    """Give the sentence below the buttons."""
    return text_of(form._status.value)


def card(form: AssessmentForm | ResponseForm) -> str:
    """Give the text of the card."""
    return text_of(form._card.value)


def sheet(view: View) -> str:
    """Give the text of a view."""
    return text_of(html_below(view.view))


def static_html(shown: Form | View) -> str:
    """Give the HTML that stands on a page that is read and not run, without the style sheet."""
    whole = shown._repr_mimebundle_()["text/html"]
    before, _, rest = whole.partition("<style>")
    return before + rest.partition("</style>")[2]


_VOID = ("br", "hr", "img", "meta", "wbr")  # elements that are whole without an end


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"<{tag} {attrs}>")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"</{tag}>")
        assert self.open.pop() == tag, f"</{tag}> closes what it did not open"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"<!-- {data}")


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, f"{reader.open} is never closed"
    return reader


def text_of(html: str) -> str:
    """Give the text that a reader sees; fail where the HTML is not well formed."""
    return "".join(_read(html).texts)


def tags_of(html: str) -> list[str]:
    """Give the elements with their attributes, without the text between them."""
    return _read(html).tags
