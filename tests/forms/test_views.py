"""What the log shows: an invented log until there is an own one, then the own one, as it is at this moment."""

from __future__ import annotations

import datetime as dt
import gc
import re
from pathlib import Path

import pytest
from driving import ACME, TODAY, again, html_below, save, sheet, static_html, tags_of, text_of

import closing_lib as cl
from closing_lib.casework.due import due_table
from closing_lib.content import text
from closing_lib.forms.outcomes.views import log_table
from closing_lib.models import Asked, EventKind, Response, Round
from closing_lib.outcomes import sentence
from closing_lib.records import OutcomeLog

VIEWS = {"DueView": cl.DueView, "OutcomesView": cl.OutcomesView}
each_view = pytest.mark.parametrize("make", VIEWS.values(), ids=VIEWS)
SAMPLE = text("outcomes.view.sample")


def cells(html: str) -> list[list[str]]:
    """Give the rows of the last table, without its headings."""
    body = html.rpartition("<tbody>")[2]
    return [[text_of(cell) for cell in re.findall("<td>(.*?)</td>", row)] for row in re.findall("<tr>(.*?)</tr>", body)]


def day(number: int) -> str:
    return f"2026-11-{number:02}"


@each_view
class TestEachView:
    def test_shows_an_invented_log_and_says_so_until_there_is_an_interview(
        self, log: OutcomeLog, make: type[cl.DueView]
    ) -> None:
        view = make(log)
        assert SAMPLE in sheet(view)
        assert "Kettledrum Fish Market" in sheet(view)
        application = log.add_application("Acme")
        view.refresh()
        assert SAMPLE in sheet(view)
        log.add_interview(application, day(20))
        view.refresh()
        assert SAMPLE not in sheet(view)
        assert "Kettledrum Fish Market" not in sheet(view)
        assert "Acme" in sheet(view)

    def test_follows_the_forms_of_its_page(self, log: OutcomeLog, make: type[cl.DueView]) -> None:
        view = make(log)
        save(cl.LogForm(log=log), ACME)
        assert "Acme, Analyst" in sheet(view)
        events = cl.EventForm(log)
        save(events, {"application": 1, "kind": "nudge"})
        assert "27 Nov 2026" in sheet(view)

    def test_of_a_log_that_is_damaged_says_so_and_leaves_it_alone(self, own_data: Path, make: type[cl.DueView]) -> None:
        own_data.mkdir()
        damaged = own_data / "closing_log.sqlite"
        damaged.write_bytes(b"no log at all" * 100)
        view = make()
        assert text("forms.common.log_trouble", error="") in sheet(view)
        assert "closing_log.sqlite" in sheet(view)
        assert str(own_data) not in sheet(view)
        assert damaged.read_bytes() == b"no log at all" * 100

    def test_of_a_log_that_is_deleted_meanwhile_says_so_and_recovers(
        self, log: OutcomeLog, make: type[cl.DueView]
    ) -> None:
        save(cl.LogForm(log=log), ACME)
        view = make(log)
        before, content = sheet(view), log.path.read_bytes()
        log.path.unlink()
        view.refresh()
        assert "isn’t there any more" in sheet(view)
        assert not log.path.exists()
        log.path.write_bytes(content)
        view.refresh()
        assert sheet(view) == before

    def test_says_what_it_is_in_one_word_that_stays_the_same(self, log: OutcomeLog, make: type[cl.DueView]) -> None:
        one, other = make(log), make(again(log))
        assert repr(one) == repr(other) == f"{make.__name__}()"
        bundle = one._repr_mimebundle_()
        assert bundle["text/plain"] == f"{make.__name__}()"
        assert bundle["text/html"] == other._repr_mimebundle_()["text/html"]
        assert str(log.path.parent) not in bundle["text/html"]

    def test_is_read_the_same_on_a_page_that_is_not_run(self, log: OutcomeLog, make: type[cl.DueView]) -> None:
        view = make(log)
        assert text_of(static_html(view)) == text_of(html_below(view.view))
        assert tags_of(static_html(view))[2:-2] == tags_of(html_below(view.view))

    def test_bears_a_year_that_was_mistyped(self, log: OutcomeLog, make: type[cl.DueView]) -> None:
        log.add_interview(log.add_application("Acme"), dt.date(9999, 12, 31))
        assert "9999" in sheet(make(log))


class TestWhatIsDue:
    def test_of_the_invented_person_is_due_around_today(self, log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
        usual = cells(cl.DueView(log)._sheet.value)
        monkeypatch.setenv("CLOSING_TODAY", "2028-03-12")  # a Sunday too
        later = cells(cl.DueView(log)._sheet.value)
        assert [row[1:] for row in later] == [row[1:] for row in usual]
        assert all("2028" in row[0] for row in later)

    def test_stands_with_the_most_urgent_first_and_says_what_is_overdue(self, log: OutcomeLog) -> None:
        for company, held in {"Late": 13, "Soon": 20, "Now": 21}.items():
            log.add_interview(log.add_application(company), day(held))
        overdue, today = text("outcomes.view.overdue"), text("outcomes.view.today")
        thank, nudge = text("outcomes.due.thank_you"), text("outcomes.due.nudge")
        assert cells(due_table(log, TODAY + dt.timedelta(1)))[0] == [f"20 Nov 2026 {overdue}", nudge, "Late"]
        assert cells(due_table(log, TODAY)) == [
            [f"21 Nov 2026 {overdue}", thank, "Soon"],
            [f"22 Nov 2026 {today}", thank, "Now"],
            ["23 Nov 2026", nudge, "Late"],  # today is a Sunday, and nobody is asked on one
            ["27 Nov 2026", nudge, "Soon"],
            ["27 Nov 2026", nudge, "Now"],
        ]

    def test_follows_the_promise_the_last_interview_and_what_was_done(self, log: OutcomeLog) -> None:
        application = log.add_application("Acme", "Analyst")
        log.add_interview(application, day(2), promised_on=day(4))
        log.add_interview(application, day(18), "final", promised_on=day(25))
        log.add_event(application, "thank_you", on=day(19))
        assert cells(due_table(log, TODAY)) == [["27 Nov 2026", text("outcomes.due.nudge"), "Acme, Analyst"]]

    @pytest.mark.parametrize("kind", EventKind)
    def test_is_nothing_once_an_outcome_came_after_the_interview(self, log: OutcomeLog, kind: EventKind) -> None:
        application = log.add_application("Acme")
        log.add_interview(application, day(18))
        log.add_event(application, kind, on=day(20))
        assert (due_table(log, TODAY) == f'<p class="">{text("outcomes.view.empty_due")}</p>') == kind.is_outcome

    def test_goes_on_after_an_answer_that_led_to_the_next_interview(self, log: OutcomeLog) -> None:
        application = log.add_application("Acme")
        log.add_interview(application, day(2))
        log.add_event(application, "advanced", on=day(5))
        log.add_interview(application, day(20), "final")
        assert [row[1] for row in cells(due_table(log, TODAY))] == [
            text(f"outcomes.due.{kind}") for kind in ("thank_you", "nudge")
        ]

    def test_is_nothing_once_there_is_an_outcome_of_an_unknown_day(self, log: OutcomeLog) -> None:
        application = log.add_application("Acme")
        log.add_interview(application, day(18))
        log.add_event(application, "rejected")
        assert text("outcomes.view.empty_due") in due_table(log, TODAY)

    def test_is_nothing_for_an_interview_without_a_day(self, log: OutcomeLog) -> None:
        log.add_interview(log.add_application("Acme"))
        assert text("outcomes.view.empty_due") in due_table(log, TODAY)


class TestTheLog:
    def test_stands_with_the_newest_first_and_each_word_in_plain_language(self, log: OutcomeLog) -> None:
        acme = log.add_application("Acme", "Analyst")
        good = cl.Assessment(signs={"overran": True, "introduced": True, "long_answers": True})
        log.add_interview(acme, day(4), used="bold", response="encouraged", assessment=good)
        log.add_interview(acme, day(18), "final")
        log.add_event(acme, "advanced", on=day(9))
        beta = log.add_application("Beta")
        log.add_interview(beta, day(12), "screen", used="nothing")
        log.add_event(beta, "rejected")
        log.add_interview(log.add_application("Gamma"))
        well, bold, nothing = text("outcomes.band.well"), text("tactics.bold.short"), text("tactics.nothing.short")
        encouraged = text("log_forms.interview.response_options.encouraged")
        assert cells(log_table(log)) == [
            ["18 Nov 2026", "Acme, Analyst", "Final", "–", "–", "–", "interviewed 18 Nov 2026"],
            ["12 Nov 2026", "Beta", "Screening", "–", nothing, "–", "rejected"],
            ["4 Nov 2026", "Acme, Analyst", "First", well, bold, encouraged, "interviewed 18 Nov 2026"],
            ["–", "Gamma", "First", "–", "–", "–", "–"],
        ]

    @pytest.mark.parametrize("word", [*Round, *Asked, *Response, *EventKind])
    def test_has_a_word_for_everything_that_can_be_in_it(self, log: OutcomeLog, word: str) -> None:
        acme = log.add_application("Acme")
        given = {Round: "round", Asked: "used", Response: "response"}.get(type(word))
        log.add_interview(acme, day(4), **({given: word} if given else {}))
        if isinstance(word, EventKind):
            log.add_event(acme, word, on=day(5))
        (row,) = cells(log_table(log))
        assert all(row)
        assert "_" not in "".join(row)

    def test_is_all_there_with_what_progressed_and_what_is_due(self) -> None:
        sample = cl.sample_log()
        shown = sheet(cl.OutcomesView(sample))
        assert SAMPLE not in shown
        assert sentence(cl.tally(sample)) in shown
        never_met = {*sample.applications()["application"]} - {*sample.interviews()["application"]}
        assert len(cells(log_table(sample))) == len(sample.interviews()) + len(never_met)
        for title in ("title", "due_title", "log_title"):
            assert text(f"outcomes.view.{title}") in shown


def test_a_list_that_was_taken_in_stands_in_the_log_though_no_interview_is_kept(log: OutcomeLog) -> None:
    cl.import_csv(b"Company,Role,Applied,Status\nAcme,Analyst,2026-11-02,Rejected\nBirch,,2026-11-04,\n", into=log)
    view = cl.OutcomesView(log)
    assert SAMPLE not in sheet(view)
    assert text("outcomes.view.no_interview") in sheet(view)
    assert [(row[1], row[-1]) for row in cells(log_table(log))] == [
        ("Birch", "applied 4 Nov 2026"),
        ("Acme, Analyst", "rejected"),
    ]


def test_the_headings_stand_in_order(log: OutcomeLog) -> None:
    assert re.findall(r"<h(\d)", html_below(cl.OutcomesView(log).view)) == ["2", "2", "2"]


def test_a_view_looks_at_the_person_s_own_log(own_data: Path) -> None:
    view = cl.DueView()
    save(cl.LogForm(), ACME)
    assert "Acme, Analyst" in sheet(view)


def test_a_view_that_is_gone_is_not_refreshed(log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    refreshed: list[object] = []
    monkeypatch.setattr(cl.DueView, "write", lambda self, _log, _day: refreshed.append(id(self)) or "")
    kept, dropped = cl.DueView(log), cl.DueView(log)
    gone = id(dropped)
    dropped.view.close()
    del dropped
    gc.collect()
    refreshed.clear()
    save(cl.LogForm(log=log), ACME)
    assert id(kept) in refreshed
    assert gone not in refreshed


def test_a_view_of_which_only_the_widget_is_on_the_page_is_refreshed(log: OutcomeLog) -> None:
    widget = cl.DueView(log).view
    gc.collect()
    save(cl.LogForm(log=log), ACME)
    assert "Acme, Analyst" in text_of(html_below(widget))


class TestARowIsClicked:
    """What the browser says of a click is a message with the row's key; that it is sent, a browser test shows."""

    @pytest.fixture
    def view(self, log: OutcomeLog) -> cl.OutcomesView:
        application = log.add_application('A "quoted" <b>Co</b>', "Analyst", applied_on=day(2))
        log.add_interview(application, day(18), "final")
        log.add_event(application, "rejected", on=day(20))
        log.add_application("Beta")
        return cl.OutcomesView(log)

    def test_each_row_has_a_button_that_says_which_it_is(self, view: cl.OutcomesView) -> None:
        buttons = re.findall('<button[^>]* data-ck-row="(.*?)"[^>]*>(.*?)</button>', view._sheet.value)
        assert {key: text_of(said) for key, said in buttons} == {
            "interview:1": 'Change: A "quoted" <b>Co</b>, Analyst · Final · 18 Nov 2026',
            "event:1": "Change: rejected · 20 Nov 2026",
            "application:2": "Change: Beta",
        }
        assert text("outcomes.view.change_hint") in sheet(view)

    def test_it_is_opened_in_the_form_of_the_page(self, view: cl.OutcomesView, log: OutcomeLog) -> None:
        form = cl.ChangeForm(log)
        view.rows._handle_custom_msg({"row": "event:1"}, [])
        assert form.controls["record"].value == "event:1"
        assert form.answers["event.kind"] == "rejected"
        view.rows._handle_custom_msg({"row": "event:7"}, [])  # one that is gone
        assert form.controls["record"].value == "event:1"
        assert len(view.view.children) == len(cl.OutcomesView(log).view.children)

    def test_it_is_opened_below_where_the_page_has_none(self, view: cl.OutcomesView, log: OutcomeLog) -> None:
        view.rows._handle_custom_msg({"row": "interview:1"}, [])
        view.rows._handle_custom_msg({"row": "application:2"}, [])
        form = view.view.children[-1].children[1]
        assert "Beta" in text_of(html_below(view.view))
        assert "ck-change" in form._dom_classes
        assert len(view.view.children) == len(cl.OutcomesView(log).view.children) + 1

    def test_what_is_due_leads_to_its_form(self, view: cl.OutcomesView, log: OutcomeLog) -> None:
        log.add_interview(log.add_application("Gamma"), day(20))
        view.refresh()
        due, _, rest = view._sheet.value.partition(text("outcomes.view.log_title"))
        assert re.findall('href="(.*?)"', due) == ["04_follow_up.ipynb#thank_you:2", "04_follow_up.ipynb#nudge:2"]
        assert rest.count('data-ck-row="interview:2"') == 1

    def test_the_invented_person_s_rows_are_nobody_s_to_change(self, log: OutcomeLog) -> None:
        shown = cl.OutcomesView(log)._sheet.value
        assert "<button" not in shown
        assert "<a" not in shown
