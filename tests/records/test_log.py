from __future__ import annotations

import datetime as dt
import operator
import os
import pickle
import sqlite3
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import closing_lib as cl
from closing_lib.models import Asked, EventKind, Format, Round, Tactic
from closing_lib.records import (
    ApplicationRow,
    AssessmentRow,
    EventRow,
    InterviewRow,
    LogError,
    OutcomeLog,
    default_path,
)

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
A_FEW = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def test_the_contract(path: Path) -> None:
    with cl.OutcomeLog(str(path)) as log:
        app = log.add_application(company="Acme", role="Analyst", applied_on="2026-11-02")
        iv = log.add_interview(
            app,
            held_on="2026-11-20",
            round="first",
            assessment=cl.Assessment(felt=4, format="video"),
            used=cl.Tactic.MILD,
            response=cl.Response.HESITATED,
        )
        log.add_event(app, "offer", on="2026-12-01")
    again = cl.OutcomeLog(path)
    assert again.applications()["company"].tolist() == ["Acme"]
    assert again.interviews().loc[0, ["interview", "used", "response", "band", "format"]].tolist() == [
        iv, "mild", "hesitated", "unsure", "video",
    ]  # fmt: skip
    assert again.events()["kind"].tolist() == ["applied", "interview", "offer"]


def test_every_field_comes_back(log: OutcomeLog) -> None:
    day = dt.date(2026, 11, 20)
    app = log.add_application("Acme", "Analyst", day, "friend", "a note")
    iv = log.add_interview(
        app,
        day,
        "panel",
        format="phone",
        used="other",
        response="concern",
        promised_on=day,
        advised="bold",
        interviewers="Ms X",
        note="n",
    )
    event = log.add_event(app, "nudge", day, "by mail")
    assert log.row(ApplicationRow, app) == ApplicationRow(app, "Acme", "Analyst", day, "friend", "a note")
    assert log.row(EventRow, event) == EventRow(app, event, EventKind.NUDGE, day, "by mail")
    row = log.row(InterviewRow, iv)
    assert (row.held_on, row.round, row.format, row.used, row.advised) == (
        day,
        Round.PANEL,
        Format.PHONE,
        Asked.OTHER,
        Tactic.BOLD,
    )
    assert (row.interviewers, row.note, row.band, row.answered_at, row.hindsight) == ("Ms X", "n", None, None, False)


@given(company=ANY_TEXT.filter(lambda text: text.replace("\0", "").strip()), note=ANY_TEXT)
@A_FEW
def test_any_text_comes_back(log: OutcomeLog, company: str, note: str) -> None:
    row = log.row(ApplicationRow, log.add_application(company, note=note))
    assert (row.company, row.note) == (company.replace("\0", "").strip(), note.replace("\0", "").strip() or None)


@pytest.mark.parametrize(
    "text", ["🦊" * 10_000, "Robert'); DROP TABLE application;--", '"', "a\nb\tc", "ﷺ\u202e", "100 % #? &amp;"]
)
def test_hard_texts_come_back_in_tables(log: OutcomeLog, text: str) -> None:
    log.add_application(text, note=text)
    assert log.applications().loc[0, ["company", "note"]].tolist() == [text, text]


def test_changes_and_deletions(log: OutcomeLog) -> None:
    app, other = log.add_application("Acme"), log.add_application("Umbrella")
    iv = log.add_interview(app, "2026-11-20", assessment=cl.Assessment())
    event = log.add_event(app, "nudge")
    log.update_application(app, role="Boss", note=None)
    log.update_interview(iv, response="encouraged", application=other)
    log.update_event(event, on="2026-11-21", kind="thank_you")
    assert log.row(ApplicationRow, app).role == "Boss"
    assert log.row(InterviewRow, iv).application == other
    assert log.row(EventRow, event).kind is EventKind.THANK_YOU
    log.delete_event(event)
    log.delete_interview(iv)
    log.delete_application(app)
    assert [row.company for row in log.rows(ApplicationRow)] == ["Umbrella"]
    assert not any(log.rows(kind) for kind in (InterviewRow, EventRow, AssessmentRow))


def test_an_application_goes_with_all_that_belongs_to_it(log: OutcomeLog) -> None:
    app = log.add_application("Acme", applied_on="2026-11-02")
    iv = log.add_interview(app, "2026-11-20", assessment=cl.Assessment(felt=4))
    log.add_event(app, "rejected", on="2026-11-21")
    log.correct_assessment(iv, cl.Assessment(felt=1), why="mistyped")
    log.delete_application(app)
    assert not any(log.rows(kind) for kind in (ApplicationRow, InterviewRow, EventRow, AssessmentRow))


def test_a_number_is_never_given_again(log: OutcomeLog) -> None:
    first = log.add_application("Acme")
    log.delete_application(first)
    assert log.add_application("Umbrella") > first


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda log: log.add_interview(9),
            r"^There’s no application 9 in log\.sqlite\. To see .*, use applications\(\)",
        ),
        (lambda log: log.add_event(9, "offer"), "There’s no application 9"),
        (lambda log: log.update_application(9, role="x"), "There’s no application 9"),
        (lambda log: log.update_interview(1, application=9), "There’s no application 9"),
        (lambda log: log.delete_event(9), "There’s no event 9"),
        (lambda log: log.row(InterviewRow, 9), "There’s no interview 9"),
        (lambda log: log.reassess(9, cl.Assessment()), "There’s no interview 9"),
        (lambda log: log.update_application(1, compny="x"), "application has no 'compny'; did you mean company"),
        (lambda log: log.update_interview(1, band="well"), "interview has no 'band'"),
        (lambda log: log.rows(EventRow, colour=1), "event has no 'colour'"),
        (lambda log: log.update_interview(1, round=None), "round is empty"),
        (lambda log: log.add_application("  "), "company is empty"),
        (lambda log: log.add_interview(1, held_on="tomorrow"), "held_on is 'tomorrow'; write the date as YYYY-MM-DD"),
        (lambda log: log.add_event(1, "hired"), "EventKind 'hired' is not known; choose one of applied,"),
        (lambda log: log.add_interview(1, assessment={"felt": 4}), "it must be an Assessment"),
    ],
)
def test_a_wrong_call_says_what_is_right_and_changes_nothing(log: OutcomeLog, path: Path, call, message: str) -> None:
    log.add_interview(log.add_application("Acme"))
    before = path.read_bytes()
    with pytest.raises(ValueError, match=message):
        call(log)
    assert path.read_bytes() == before


def _add_both(log: OutcomeLog, held_on: str) -> None:
    with log.transaction():
        log.add_interview(log.add_application("Acme"), held_on)


def test_a_transaction_is_saved_whole_or_not_at_all(log: OutcomeLog, path: Path) -> None:
    with log.transaction() as same:
        assert same is log
        app = log.add_application("Acme")
        log.add_interview(app, "2026-11-20")
        assert len(log.rows(InterviewRow)) == 1
    with pytest.raises(ValueError, match="held_on"):
        _add_both(log, "never")
    assert [row.company for row in OutcomeLog(path).rows(ApplicationRow)] == ["Acme"]


def test_a_step_that_fails_inside_a_transaction_undoes_only_itself(log: OutcomeLog) -> None:
    with log.transaction():
        log.add_application("Acme")
        with pytest.raises(ValueError, match="held_on"):
            log.add_interview(log.add_application("Kept"), "never")
        with pytest.raises(ValueError, match="held_on"):
            _add_both(log, "never")
        log.add_application("Umbrella")
    assert [row.company for row in log.rows(ApplicationRow)] == ["Acme", "Kept", "Umbrella"]


def test_interrupting_a_transaction_undoes_it(log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(log, "add_interview", interrupt)
        with pytest.raises(KeyboardInterrupt):
            _add_both(log, "2026-11-20")
    assert not log.rows(ApplicationRow)
    assert log.add_application("Umbrella")


def test_drafts(log: OutcomeLog, path: Path) -> None:
    assert log.draft("close") is None
    log.save_draft("close", {"felt": 3})
    log.save_draft("close", {"felt": 4, "signs": {"overran": None}, "text": "\ud800'\0"})
    log.save_draft("event", {})
    assert OutcomeLog(path).draft("close") == {"felt": 4, "signs": {"overran": None}, "text": "\ud800'\0"}
    log.clear_draft("close")
    log.clear_draft("close")
    assert (log.draft("close"), log.draft("event")) == (None, {})
    with pytest.raises(ValueError, match=r"A draft of 'close' cannot be kept .*; make its answers plain values"):
        log.save_draft("close", {"on": dt.date(2026, 11, 20)})


def test_the_history_holds_implied_events_once(log: OutcomeLog) -> None:
    app = log.add_application("Acme", applied_on="2026-11-02")
    log.add_interview(app, "2026-11-20")
    log.add_interview(app, "2026-11-12")
    undated = log.add_event(app, "offer")
    entered = log.add_event(app, "interview", on="2026-11-20")
    thanks = log.add_event(app, "thank_you", on="2026-11-12")
    history = [(row.kind.value, row.on and row.on.day, row.event) for row in log.rows(EventRow)]
    assert history == [
        ("applied", 2, None),
        ("interview", 12, None),
        ("thank_you", 12, thanks),
        ("interview", 20, entered),
        ("offer", None, undated),
    ]


def test_its_repr_is_short_and_names_no_folder(log: OutcomeLog) -> None:
    assert repr(log) == "OutcomeLog('log.sqlite')"


def test_it_can_be_sent_to_another_process(log: OutcomeLog) -> None:
    log.add_application("Acme")
    assert len(pickle.loads(pickle.dumps(log)).rows(ApplicationRow)) == 1  # noqa: S301  # our own


def test_where_a_persons_log_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_DATA", str(tmp_path / "not there yet"))
    assert OutcomeLog().path == tmp_path / "not there yet" / "closing_log.sqlite"
    monkeypatch.delenv("CLOSING_DATA")
    assert default_path() == Path(cl.__file__).parents[1] / "data" / "mine" / "closing_log.sqlite"


def test_a_log_stays_where_it_was_when_the_folder_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    log = OutcomeLog("log.sqlite")
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    log.add_application("Acme")
    assert not list((tmp_path / "other").iterdir())


@pytest.mark.parametrize(
    "name", ["a b", "it's", '"', "100%41", "a#b", "what?mode=ro", "file:x", "ä🦊", ":memory:", "a.b.c", "-"]
)
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / name
    OutcomeLog(path).add_application("Acme")
    assert len(OutcomeLog(path).applications()) == 1
    assert [file.name for file in path.parent.iterdir()] == [name]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other people out by other means")
def test_nobody_else_can_read_it(log: OutcomeLog, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_went_away_is_not_begun_anew_in_silence(log: OutcomeLog, path: Path) -> None:
    path.unlink()
    for call in (log.applications, lambda: log.add_application("Acme")):
        with pytest.raises(LogError, match=r"^log\.sqlite isn’t there any more\. Put it back, or open the log again"):
            call()
    assert not path.exists()


def test_what_is_read_together_is_one_state_in_which_nothing_is_written(log: OutcomeLog, path: Path) -> None:
    log.add_application("Acme")
    other = OutcomeLog(path.with_name("other.sqlite"))
    with log.one_state():
        before = log.rows(ApplicationRow)
        other.path.replace(path)
        assert log.rows(ApplicationRow) == before != ()
        with pytest.raises(RuntimeError, match="while one state of it is read"):
            log.add_application("Octo")
    assert log.rows(ApplicationRow) == ()


def test_what_is_deleted_is_gone_from_the_file_after_30_days_or_at_once(path: Path) -> None:
    day = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    log = OutcomeLog(path, clock=lambda: day)
    for name in ("Secretive Widgets", "Discreet Widgets"):
        log.update_application(log.add_application(name, note="a word " * 5000), role="Spy")
    log.delete_application(1)
    for later, is_there in ((29, True), (30, False)):
        OutcomeLog(path, clock=partial(operator.add, day, dt.timedelta(days=later)))
        assert (b"Secretive" in path.read_bytes()) is is_there
    assert log.deleted() == ()
    log.delete_application(2)
    log.forget_deleted()
    assert b"Widgets" not in path.read_bytes()
    assert b"a word" not in path.read_bytes()


def test_a_clock_that_goes_backwards_changes_no_order(path: Path) -> None:
    times = iter(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC) - dt.timedelta(hours=n) for n in range(99))
    log = OutcomeLog(path, clock=lambda: next(times))
    iv = log.add_interview(log.add_application("Acme"), "2026-11-20", assessment=cl.Assessment(felt=4))
    log.add_event(1, "rejected")
    log.correct_assessment(iv, cl.Assessment(felt=1), why="mistyped")
    log.correct_assessment(iv, cl.Assessment(felt=2), why="again")
    original, *corrections = log.rows(AssessmentRow)
    assert [row.corrects for row in corrections] == [original.assessment, corrections[0].assessment]
    assert original.locked_at is not None
    assert original.locked_at < original.answered_at


def test_a_word_of_a_newer_kit_is_named(log: OutcomeLog, path: Path) -> None:
    log.add_event(log.add_application("Acme"), "offer")
    db = sqlite3.connect(path)
    db.execute("UPDATE event SET kind = 'ghosted'")
    db.commit()
    db.close()
    with pytest.raises(
        LogError,
        match=r"this version of the kit doesn’t know, so update the kit: EventKind 'ghosted' is not known",
    ):
        log.events()


def test_neither_pandas_nor_widgets_are_loaded_until_a_table_is_asked_for(path: Path) -> None:
    code = (
        "import sys; from closing_lib.records.log import OutcomeLog; from closing_lib.records import ApplicationRow;"
        "log = OutcomeLog(sys.argv[1]); log.add_application('Acme'); log.rows(ApplicationRow);"
        "assert not {'pandas', 'numpy', 'ipywidgets', 'IPython'} & sys.modules.keys();"
        "log.applications(); assert 'pandas' in sys.modules"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, env=environment)
