"""A file that is in already, with another mapping: it replaces what was read of it, and the person's own stays."""

from __future__ import annotations

import dataclasses

import pytest

import closing_lib as cl

ROWS = "Firm of theirs,Company,Called,Status\nAcorn,Clerk,2026-01-20,Applied\nBadger,Cook,,Rejected\n"
RIGHT = {"Firm of theirs": "company", "Company": "role", "Called": "interview"}


def take(log: cl.OutcomeLog, rows: str = ROWS, **said: object) -> cl.ImportReport:
    return cl.import_csv(rows.encode(), into=log, **said)  # type: ignore[arg-type]


def contents(log: cl.OutcomeLog) -> dict[str, list[str]]:
    """Give what has happened, by company and role."""
    rows = log.applications()
    events = log.events()
    events = events[events["event"].notna()]
    return {
        f"{row.company}/{row.role}": sorted(events[events["application"] == row.application]["kind"])
        for row in rows.itertuples()
    }


def test_a_corrected_mapping_replaces_the_import_in_one_step(log: cl.OutcomeLog) -> None:
    assert take(log).number == 1
    assert [*contents(log)] == ["Clerk/nan", "Cook/nan"]
    shown = take(log, mapping=RIGHT, dry_run=True)
    done = take(log, mapping=RIGHT)
    assert dataclasses.replace(done, number=None, dry_run=True) == shown
    assert (done.imported, done.number, log.imports()["import"].tolist()) == (2, 2, [2])
    assert "replaces import 1" in done.remarks[0].said
    assert contents(log) == {"Acorn/Clerk": ["interview"], "Badger/Cook": ["rejected"]}


@pytest.mark.parametrize(
    "again", [RIGHT, None, {"Called": "interview", "Company": "role", "Firm of theirs": "company"}]
)
def test_the_same_mapping_again_or_none_brings_nothing(log: cl.OutcomeLog, again: dict[str, str | None] | None) -> None:
    take(log, mapping=RIGHT)
    log.delete_event(int(log.events()["event"].dropna().iloc[0]))
    before = contents(log)
    assert (take(log, mapping=again).imported, contents(log)) == (0, before)


def test_what_the_person_has_added_since_stays_where_it_belongs(log: cl.OutcomeLog) -> None:
    take(log)
    log.add_event(2, "thank_you", on="2026-02-01", note="mine")
    interview = log.add_interview(2, "2026-02-02", "first")
    take(log, mapping=RIGHT)
    assert contents(log) == {"Acorn/Clerk": ["interview"], "Badger/Cook": ["rejected", "thank_you"]}
    held = log.interviews()
    assert held[["interview", "application"]].to_numpy().tolist() == [[interview, 2]]
    assert log.applications().set_index("application").loc[2, "company"] == "Badger"


def test_what_the_person_has_changed_stays_as_it_is(log: cl.OutcomeLog) -> None:
    take(log)
    log.update_application(2, company="Mine", role="Own")
    take(log, mapping=RIGHT)
    assert contents(log) == {"Acorn/Clerk": ["interview"], "Mine/Own": ["rejected"]}


def test_a_list_that_has_grown_since_replaces_all_its_imports(log: cl.OutcomeLog) -> None:
    take(log)
    longer = ROWS + "Cedar,Pilot,,Offer\n"
    take(log, longer)
    report = take(log, longer, mapping=RIGHT)
    assert (report.imported, log.imports()["import"].tolist()) == (3, [3])
    assert [*contents(log)] == ["Acorn/Clerk", "Badger/Cook", "Cedar/Pilot"]


def test_what_cannot_be_told_apart_is_not_replaced(log: cl.OutcomeLog) -> None:
    rows = "Firm of theirs,Company,Status\nAcorn,Clerk,Applied\nBadger,Clerk,Rejected\n"
    take(log, rows)  # both rows are of one application
    log.add_event(1, "thank_you")
    with pytest.raises(cl.LogError, match="Import 1"):
        take(log, rows, mapping={"Firm of theirs": "company", "Company": "role"})
    assert contents(log) == {"Clerk/nan": ["rejected", "thank_you"]}


def test_a_replaced_import_can_be_undone(log: cl.OutcomeLog) -> None:
    take(log)
    report = take(log, mapping=RIGHT)
    log.undo_import(report.number)
    assert (contents(log), take(log, mapping=RIGHT).imported) == ({}, 2)
