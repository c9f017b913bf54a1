"""Whatever a person types is shown as they typed it, and never becomes a part of the page.

The same way is gone through every form with a plain word and with an awkward text in its place. What is shown must then
be the same elements, and the same text but for that word.
"""

from __future__ import annotations

from collections.abc import Iterator

import ipywidgets
import pytest
from driving import fill, html_below, pick, save, static_html, tags_of, text_of, walk

import closing_lib as cl
from closing_lib.advice.wording import one_line
from closing_lib.documents.names import people_named
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.view import View
from closing_lib.records import ApplicationRow, EventRow, InterviewRow, OutcomeLog

PLAIN = "Qwyx"
AWKWARD = {
    "all that breaks pages": "".join(
        [
            "<script>alert(1)</script><img src=x onerror=alert(1)></p></div></style><h1>Big <!-- no end ",
            "\" onmouseover=\"alert(1) ' onclick='alert(1) Barnes & Noble &amp; &lt;Sons&gt; &#60; ",
            "{company} {0} {} {role!r} {fields.__class__} {{}} %s %(what)s $x < y$ [a](javascript:alert(1)) ",
            "👩‍🚀 🇨🇭 Ünïcödé \u202eevil\u202c שלום مرحبا \\u003cb\\u003e one\ntwo\r\nthree\tfour ",
            "long " * 1999 + "<i>ends",
        ]
    ),
    "words of the kit": "Choose one",
}
TYPED = (ipywidgets.Text, ipywidgets.Textarea)  # a Combobox is a Text


def type_everywhere(form: Form, typed: str, kind: str = "") -> int:
    """Type the text into every control of a form that takes text."""
    texts = [name for name, one in form.controls.items() if isinstance(one, TYPED) and name.startswith(kind)]
    fill(form, dict.fromkeys(texts, typed))
    assert texts
    return len(texts)


def ways(log: OutcomeLog, typed: str) -> Iterator[tuple[str, list[Form | View]]]:
    """Go through all forms, and stop wherever they show something else."""
    assessment, events, changes = cl.AssessmentForm(log), cl.EventForm(log), cl.ChangeForm(log)
    assessed, alone = cl.LogForm(assessment), cl.LogForm(log=log)
    page: list[Form | View] = [assessment, assessed, alone, events, changes, cl.ResponseForm(log)]
    page += [cl.StartView(log), cl.DueView(log), cl.ProspectsView(log), cl.OutcomesView(log)]
    fill(assessment, {"round": "first", **dict.fromkeys(["felt", "confidence", "risk"], "4")})
    assert type_everywhere(assessed, typed) == 4
    yield "typed", page
    save(assessed)
    yield "saved with an assessment", page
    assert type_everywhere(alone, typed) == 4
    yield "typed for the same application", page
    save(alone)
    yield "saved for the same application", page
    fill(events, {"application": 1, "kind": "advanced"})
    assert type_everywhere(events, typed) == 1
    save(events)
    yield "saved an event", page
    for kind, texts in {"application": 2, "interview": 2, "event": 1}.items():
        pick(changes, kind)
        assert type_everywhere(changes, typed, kind) == texts
        changes.delete_button.click()
        yield f"asked whether to delete the {kind}", page
        save(changes)
        yield f"changed the {kind}", page
    for kind in ("event", "interview", "application"):
        pick(changes, kind)
        changes.delete_button.click()
        changes.confirm_button.click()
        yield f"deleted the {kind}", page


def everything_shown(log: OutcomeLog, typed: str) -> dict[str, tuple[list[str], str]]:
    """Give for each stop the elements and the text of all HTML on the page, live and kept with it."""
    found = {}
    for stop, page in ways(log, typed):
        htmls = [html for one in page for html in (html_below(one.view), static_html(one))]
        found[stop] = [tag for html in htmls for tag in tags_of(html)], "\n".join(map(text_of, htmls))
    return found


@pytest.fixture(scope="module")
def plainly(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], str]]:
    """Give what is shown where a plain word is typed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLOSING_TODAY", "2026-11-22")
        return everything_shown(OutcomeLog(tmp_path_factory.mktemp("plain") / "log.sqlite"), PLAIN)


@pytest.mark.parametrize("typed", AWKWARD.values(), ids=AWKWARD)
def test_shows_what_was_typed_and_nothing_else(
    log: OutcomeLog, plainly: dict[str, tuple[list[str], str]], typed: str
) -> None:
    for stop, (tags, words) in everything_shown(log, typed).items():
        plain_tags, plain_words = plainly[stop]
        assert tags == plain_tags, stop
        assert words == with_people(plain_words, typed).replace(PLAIN, typed), stop


def with_people(words: str, typed: str) -> str:
    """Put those who were met into the sentences that name each of them, whom the kit tells apart."""
    people = people_named(typed)
    words = words.replace(f"Next: thank {PLAIN}.", f"Next: thank {', then '.join(people)}.")
    return words.replace(f"letter to {PLAIN}", f"letter to {', '.join(people)}")


def test_what_was_typed_is_shown_at_every_stop_where_a_row_is_named(plainly: dict[str, tuple[list[str], str]]) -> None:
    silent = {stop for stop, (_, words) in plainly.items() if PLAIN not in words}
    assert silent == {"typed"}


@pytest.mark.parametrize("typed", AWKWARD.values(), ids=AWKWARD)
def test_keeps_what_was_typed_as_it_is(log: OutcomeLog, typed: str) -> None:
    interviews, events = cl.LogForm(log=log), cl.EventForm(log)
    type_everywhere(interviews, typed)
    assert cl.LogForm(log=log).answers == interviews.answers
    save(interviews)
    type_everywhere(events, typed)
    save(events, {"application": 1, "kind": "offer"})
    (application,), (interview,) = log.rows(ApplicationRow), log.rows(InterviewRow)
    assert (application.company, application.role) == (typed, typed)
    assert (interview.interviewers, interview.note) == (typed, typed)
    assert [row.note for row in log.rows(EventRow) if row.event] == [typed]


def test_the_reply_to_a_concern_takes_words_as_words(log: OutcomeLog) -> None:
    form = cl.ConcernForm(log)
    assert type_everywhere(form, PLAIN) == 3
    plain = html_below(form.view), static_html(form)
    typed = AWKWARD["all that breaks pages"].partition("long ")[0]  # a long case is remarked upon
    type_everywhere(form, typed)
    for before, after in zip(plain, (html_below(form.view), static_html(form)), strict=True):
        assert tags_of(after) == tags_of(before)
        assert text_of(after) == text_of(before).replace(PLAIN, one_line(typed))


@pytest.mark.parametrize("make", [cl.PrepareForm, cl.FollowUpForm], ids=lambda make: make.__name__)
def test_what_is_prepared_and_written_takes_words_as_words(log: OutcomeLog, make: type[Form]) -> None:
    def shown(typed: str) -> tuple[list[str], list[str]]:
        fill(form, dict.fromkeys(texts, typed))
        htmls = [html_below(one.view) for one in (form, nudges)] + [static_html(one) for one in (form, nudges)]
        return [tag for html in htmls for tag in tags_of(html)], [" ".join(text_of(html).split()) for html in htmls]

    log.add_interview(log.add_application("Acme", "Analyst"), "2026-11-02", interviewers="Mr Lid")
    form, nudges = make(log), cl.NudgesView(log)
    others = ("people", "fact", "project", "task", "own_1", "own_2", "own_3")  # split at commas, or remarked upon
    texts = [name for name, one in form.controls.items() if isinstance(one, TYPED) and name not in others]
    plain_tags, plain_words = shown(f"{PLAIN}.")  # without its mark it would be a note, and asked for as a sentence
    typed = AWKWARD["all that breaks pages"].partition("{company}")[0] + "."  # a long pitch is remarked upon
    tags, words = shown(typed)
    assert tags == plain_tags
    assert words != plain_words
    assert any("<script>alert(1)</script><img src=x onerror=alert(1)>" in one for one in words)


def test_no_label_button_or_list_is_read_as_html(log: OutcomeLog) -> None:
    _, page = next(ways(log, "<b>"))
    for one in page:
        for widget in walk(one.view):
            for trait in ("description_allow_html", "tooltip"):
                assert not getattr(widget, trait, None)
            assert not isinstance(widget, ipywidgets.HTMLMath)
            assert not isinstance(widget, ipywidgets.HTML) or not widget.description
