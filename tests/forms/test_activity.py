"""The report of activity: what stands in it, what never does, and its two printed forms."""

from __future__ import annotations

import datetime as dt
import io
import time

import pypdf
import pytest
from driving import tags_of, text_of

import closing_lib as cl
from closing_lib.models import EventKind, Round
from closing_lib.records import OutcomeLog, sample_log
from closing_lib.records.activity import ActivityReport, Deed

DAY = dt.date(2026, 11, 2)
HOSTILE = "<b>=Acme</b> & שלום \x07 " + "long " * 100


@pytest.fixture
def busy(log: OutcomeLog) -> OutcomeLog:
    acme = log.add_application("Acme", "Analyst", "2026-10-30", source="private", note="private")
    assessment = cl.Assessment(felt=5, confidence=5)
    log.add_interview(
        acme, "2026-11-04", "panel", assessment=assessment, used="bold", interviewers="private", note="private"
    )
    log.add_interview(acme, None)
    log.add_event(acme, "interview", "2026-11-04", note="private")  # the same one, entered by hand
    log.add_event(acme, "thank_you", "2026-11-04", note="private")
    log.add_event(acme, "nudge", "2026-11-13")
    log.add_event(acme, "advanced", "2026-11-16")
    log.add_event(acme, "rejected", "2026-11-21")
    octo = log.add_application("Octo", applied_on="2026-11-05")
    log.add_event(octo, "no_reply", "2026-11-20")
    return log


def text_of_pdf(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def test_counts_what_was_done_and_which_answers_came(busy: OutcomeLog) -> None:
    report = cl.activity_report(busy)
    assert (report.start, report.end) == (dt.date(2026, 10, 30), dt.date(2026, 11, 22))
    assert report.counts == {"applied": 2, "interview": 1, "thank_you": 1, "nudge": 1, "answer": 2}
    assert report.undated == 1
    assert [(deed.on.day, deed.kind.value) for deed in report.deeds] == [
        (30, "applied"),
        (4, "interview"),
        (4, "thank_you"),
        (5, "applied"),
        (13, "nudge"),
        (16, "advanced"),
        (20, "no_reply"),
        (21, "rejected"),
    ]
    assert report.deeds[1].round is Round.PANEL


def test_the_result_is_the_latest_that_was_known_at_the_end(busy: OutcomeLog) -> None:
    def first(end: str) -> tuple[EventKind | None, dt.date | None]:
        deed = cl.activity_report(busy, "2026-10-01", end).deeds[0]
        return deed.result, deed.result_on

    assert first("2026-11-15") == (None, None)
    assert first("2026-11-16") == (EventKind.ADVANCED, dt.date(2026, 11, 16))
    assert first("2026-11-22") == (EventKind.REJECTED, dt.date(2026, 11, 21))


def test_an_answer_that_came_before_an_interview_is_not_its_result(log: OutcomeLog) -> None:
    one = log.add_application("Acme", applied_on="2026-11-01")
    log.add_event(one, "advanced", "2026-11-05")
    log.add_interview(one, "2026-11-10")
    results = [(deed.kind, deed.result) for deed in cl.activity_report(log).deeds]
    assert results == [
        (EventKind.APPLIED, EventKind.ADVANCED),
        (EventKind.ADVANCED, None),
        (EventKind.INTERVIEW, None),
    ]


def test_the_period_holds_both_its_days(busy: OutcomeLog) -> None:
    report = cl.activity_report(busy, dt.date(2026, 11, 4), "2026-11-05")
    assert [deed.on.day for deed in report.deeds] == [4, 4, 5]
    with pytest.raises(ValueError, match=r"starts on 2026-11-05 but ends on 2026-11-04\. Put the earlier date first"):
        cl.activity_report(busy, "2026-11-05", "2026-11-04")
    with pytest.raises(ValueError, match="4 Nov"):
        cl.activity_report(busy, "4 Nov")


def test_nothing_private_stands_in_it(busy: OutcomeLog) -> None:
    report = cl.activity_report(busy, name="Alex Tan")
    page = cl.activity_page(report)
    shown = text_of(page[page.index("<body>") : page.index("</body>") + len("</body>")])
    for written in (repr(report), shown, text_of_pdf(cl.activity_pdf(report))):
        assert "private" not in written
        assert "bold" not in written.lower()
    assert "Alex Tan" in shown


def test_both_forms_say_the_same(busy: OutcomeLog) -> None:
    report = cl.activity_report(busy, name="Alex Tan")
    page = cl.activity_page(report)
    printed = text_of_pdf(cl.activity_pdf(report))
    for words in ("Activity report", "Name: Alex Tan", "From 30 Oct 2026 to 22 Nov 2026", "Interview (Panel)"):
        assert words in page
        assert words in printed
    assert "Applications sent: 2" in printed
    assert '<th scope="row">Applications sent</th><td>2</td>' in page
    for words in ("rejected, 21 Nov 2026", "no reply", "Not listed, because they have no date: 1."):
        assert words in " ".join(text_of(page[page.index("<body>") : page.index("</html>")]).split())
        assert words in printed
    assert printed.count("Place, date, signature") == 1


def test_whatever_was_typed_becomes_no_part_of_the_page(log: OutcomeLog) -> None:
    def tags(word: str) -> list[str]:
        other = OutcomeLog(log.path.with_name(f"{len(word)}.sqlite"))
        other.add_application(word, word, "2026-11-02")
        page = cl.activity_page(cl.activity_report(other, name=word))
        assert len(pypdf.PdfReader(io.BytesIO(cl.activity_pdf(cl.activity_report(other, name=word)))).pages) == 1
        return tags_of(page[page.index("<body>") : page.index("</html>")])

    assert tags(HOSTILE) == tags("Acme")


def test_a_long_report_has_its_headings_on_every_page() -> None:
    report = cl.activity_report(sample_log(), "2026-10-05")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(cl.activity_pdf(report))).pages]
    assert len(pages) > 1
    assert all("What was done" in page and f"Page {number}" in page for number, page in enumerate(pages[:-1], start=1))


@pytest.mark.parametrize(("name", "rows"), [("Company {} Ltd", 2_500), ("שלום {} חברה", 500)])
def test_a_very_long_report_takes_seconds(name: str, rows: int) -> None:
    deeds = [Deed(DAY, name.format(n), f"Analyst {n}", EventKind.APPLIED) for n in range(rows)]
    began = time.process_time()
    content = cl.activity_pdf(ActivityReport(DAY, DAY, "", tuple(deeds)))
    assert time.process_time() - began < 5  # 10 where each letter is measured several times
    last = pypdf.PdfReader(io.BytesIO(content)).pages[-1].extract_text()
    assert f"Analyst {rows - 1}" in last


def test_what_is_too_long_for_a_pdf_is_told() -> None:
    deeds = (Deed(DAY, "Acme", "Analyst", EventKind.APPLIED),) * 20_001
    with pytest.raises(ValueError, match=r"20,001 lines, and that’s too many for a PDF\. Choose"):
        cl.activity_pdf(ActivityReport(DAY, DAY, "", deeds))


def test_an_empty_period_says_so_and_spanish_is_spanish(log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    report = cl.activity_report(log)
    assert "There’s nothing in the log for this period." in cl.activity_page(report)
    assert "There’s nothing in the log" in text_of_pdf(cl.activity_pdf(report))
    monkeypatch.setenv("CLOSING_LANG", "es")
    assert "Informe de actividad" in cl.activity_page(report)
    assert "Lugar, fecha y firma" in text_of_pdf(cl.activity_pdf(report))
