"""What an earlier kit read and advised stays as it was given, whatever the rule has become since."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import closing_lib as cl
from closing_lib.assessment import EDITION
from closing_lib.models import Band, Tactic
from closing_lib.records import AssessmentRow, InterviewRow, OutcomeLog

FORMATS = Path(__file__).parent / "formats"
OF_FORMAT = {"5": 2, "6": 2}  # the edition of the rule by which the kits of a format read; the first for all others
# A first-edition reading of two good signs alone: well, and the bold question. Today it is too little for that.
SIGNS = {"next_steps_named": True, "sold_the_job": True, "cut_off": False}


@pytest.fixture(params=sorted(path.name for path in FORMATS.glob("*.gz")))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> OutcomeLog:
    """Open a log as an earlier kit left it."""
    path = tmp_path / request.param.removesuffix(".gz")
    path.write_bytes(gzip.decompress((FORMATS / request.param).read_bytes()))
    return OutcomeLog(path)


def test_what_was_read_keeps_its_edition_and_what_is_read_now_is_of_the_second(old: OutcomeLog) -> None:
    before = old.rows(AssessmentRow)
    assert before
    assert {row.edition for row in before} == {OF_FORMAT.get(old.path.stem, 1)}
    application = old.add_application("Acme", "Analyst")
    old.add_interview(application, "2026-11-20", assessment=cl.Assessment(felt=3))
    assert [row.edition for row in old.rows(AssessmentRow)] == [*(row.edition for row in before), EDITION]


def test_every_answer_of_an_earlier_kit_can_be_read_again(old: OutcomeLog) -> None:
    for row in old.rows(AssessmentRow):
        again = cl.Assessment.from_dict(row.answers)
        assert again.to_dict().items() >= row.answers.items()
        assert (again.round, again.decides, again.open_concern) == (None, None, False)


def test_the_advice_and_the_reading_stay_as_they_were_given(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    path.write_bytes(gzip.decompress((FORMATS / "4.sqlite.gz").read_bytes()))
    first = OutcomeLog(path).rows(InterviewRow)[0]
    assert (first.band, first.advised) == (Band.WELL, Tactic.BOLD)
    today = cl.recommend(cl.Assessment(signs=SIGNS, felt=4, confidence=5, risk=5, format="video"))  # type: ignore[arg-type]
    assert today.tactic is Tactic.MILD


def test_an_edition_goes_with_its_assessment_into_a_file_and_back(old: OutcomeLog, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    cl.export_log(old, file)
    restored = OutcomeLog(tmp_path / "other.sqlite")
    report = cl.import_csv(file, into=restored)
    assert report.skipped == ()

    def told(log: OutcomeLog) -> list[tuple[object, ...]]:
        return [(row.edition, row.band, cl.Assessment.from_dict(row.answers)) for row in log.rows(AssessmentRow)]

    assert told(restored) == told(old)
