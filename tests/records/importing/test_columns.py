"""What columns hold: from their headings in any language, from their cells, and a remark where neither says it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import Workbook

import closing_lib as cl


def take(log: cl.OutcomeLog, whole: str | bytes, **said: object) -> cl.ImportReport:
    return cl.import_csv(whole.encode() if isinstance(whole, str) else whole, into=log, **said)  # type: ignore[arg-type]


def events(log: cl.OutcomeLog) -> list[str]:
    found = log.events()
    found = found[found["event"].notna()].sort_values("event")
    days = ["" if str(day) == "NaT" else f" {day.date()}" for day in found["on"]]
    return [f"{kind}{day}" for kind, day in zip(found["kind"], days, strict=True)]


HEADINGS = {
    "Onsite/Remote": None,
    "Remote / On-site": None,
    "Work mode": None,
    "Interview Time": None,
    "Interview Platform": None,
    "Technical Interviewer": None,
    "Number of interviews": None,
    "Interviewers": None,
    "Gesprächspartner": None,
    "Plataforma de entrevista": None,
    "Lien de l'entretien": None,
    "Interview Date/Time": "interview",
    "Date and time of interview": "interview",
    "Technical Interview/ Assessment": "interview",
    "Interview (Y/N)": "interview",
    "Offer Y/N": "offer",
    "third interview": "interview",
    "Drittes Gespräch": "interview",
    "Tercera entrevista": "interview",
    "Troisième entretien": "interview",
    "Terceira entrevista": "interview",
    "Date de l'entretien": "interview",
    "Data da entrevista": "interview",
    "Fecha de rechazo": "rejected",
    "Date de refus": "rejected",
    "last updated": "status_on",
    "Zuletzt aktualisiert": "status_on",
    "Última actualización": "status_on",
    "Dernière mise à jour": "status_on",
    "Última atualização": "status_on",
    "submitted on": "applied_on",
    "Eingereicht am": "applied_on",
    "Presentado el": "applied_on",
    "Soumis le": "applied_on",
    "Enviado em": "applied_on",
    "📅 Date applied": "applied_on",
    "💼 Role": "role",
    "★ Status": "status",
    "✅ Applied": "applied_on",
    "2) Role": "role",
    "Intitulé du poste": "role",
    "Vaga": "role",
    "Stellenangebot": "role",
    "Statut": "status",
    "Situação": "status",
    "Bewerbungsstand": "status",
    "Historique": "history",
    "Stage History": "history",
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_is_read(heading: str, log: cl.OutcomeLog) -> None:
    assert take(log, f"Company\t{heading}\nAcorn\t\n", dry_run=True).mapping[heading] == HEADINGS[heading]


@pytest.mark.parametrize("heading", ["🏢 Company", "🏷️Firma", "1. Empresa", "► Entreprise", "Empregador"])
def test_a_company_is_found_behind_a_symbol_and_in_each_language(heading: str, log: cl.OutcomeLog) -> None:
    assert take(log, f"{heading};Notes\nAcorn;far\n").imported == 1


CELLS = {
    "Phone\nA,2026-01-05\nB,2026-01-07": ["interview 2026-01-05", "interview 2026-01-07"],
    "Telefon\nA,ja\nB,nein": ["interview"],
    "Recruteur\nA,oui\nB,": ["interview"],
    "Hiring Manager\nA,Y\nB,": ["interview"],
    "Phone\nA,+1 555 0100\nB,": [],
    "Hiring Manager\nA,Ann\nB,Bob": [],
    "Interviewing since\nA,\nB,": [],
    "Interviews\nA,4\nB,1": [],
    "Entrevistas\nA,2\nB,3": [],
    "Interview\nA,1\nB,0": ["interview"],
    "Where things are\nA,Rejected\nB,Applied": ["rejected"],
    "Onsite/Remote\nA,Remote\nB,Onsite": [],
    "Status,Interview Date\nA,Interviewing,2026-01-20\nB,Applied,": ["interview 2026-01-20"],
    "Status,Interview 1\nA,Interviewed,2026-01-20\nB,Applied,": ["interview 2026-01-20"],
    "Status,Fecha de entrevista\nA,Entrevistada,2026-01-20\nB,,": ["interview 2026-01-20"],
    "Status,Date de l'entretien\nA,En entretien,2026-01-20\nB,,": ["interview 2026-01-20"],
    "Status,Interview date\nA,Second interview,2026-01-20\nB,,": ["interview", "interview 2026-01-20"],
}


@pytest.mark.parametrize("table", CELLS)
def test_what_a_heading_leaves_open_the_cells_say(table: str, log: cl.OutcomeLog) -> None:
    assert take(log, f"Company,{table}\n").imported == 2
    assert sorted(events(log)) == CELLS[table]


@pytest.mark.parametrize(
    "table",
    [
        "first reply on\nA,2026-02-01",
        "Erste Antwort am\nA,2026-02-01",
        "Primera respuesta el\nA,2026-02-01",
        "Pinged?\nA,Y",
        "Date,Submitted on\nA,2026-01-05,2026-01-06",
        "Status,Now\nA,,Rejected",
        "Interviews\nA,4",
        "Phone\nA,Y",
        "Recruteur\nA,oui",
    ],
)
def test_a_column_that_speaks_is_never_left_out_without_a_remark(table: str, log: cl.OutcomeLog) -> None:
    remarks = take(log, f"Company,{table}\n").remarks
    assert [remark.line for remark in remarks] == [0]
    assert table.partition("\n")[0].split(",")[-1] in remarks[0].said


@pytest.mark.parametrize("heading", ["Deadline", "Date posted", "Bewerbungsfrist", "Interview notes", "Salary offered"])
def test_a_column_that_says_nothing_of_what_happened_gets_none(heading: str, log: cl.OutcomeLog) -> None:
    assert not take(log, f"Company,{heading}\nA,2026-02-01\n").remarks


def test_a_column_of_prose_is_offered_as_a_note(log: cl.OutcomeLog) -> None:
    """61 sentences are not asked for one by one; the person can say that they are statuses all the same."""
    rows = "".join(f"Company {n},they talked to person {n} about what I had done\n" for n in range(61))
    report = take(log, f"Company,Status\n{rows}", dry_run=True)
    assert (report.imported, report.mapping["Status"], len(report.remarks)) == (61, "note", 1)
    assert len(take(log, f"Company,Status\n{rows}", mapping={"Status": "status"}).unknown_statuses) == 61


@pytest.mark.parametrize("rule", ["|---|---|", "|:-----|:-:|", "|-|-|", "|:--|--:|", "| :---- | ----- |", "|==|==|"])
def test_the_line_below_the_headings_of_a_note_is_no_row(rule: str, log: cl.OutcomeLog) -> None:
    report = take(log, f"| Company | Status |\n{rule}\n| Acorn | Rejected |\n")
    assert (report.imported, report.unknown_statuses, events(log)) == (1, (), ["rejected"])
    assert [row.line for row in report.skipped] == [2]


LINKS = {
    '"=HYPERLINK(""https://example.org/1"",""Engineer"")"': "Engineer",
    '=HYPERLINK("https://example.org/1","Engineer")': "Engineer",
    '=HYPERLINK("https://example.org/1";"Cook, or clerk")': "Cook, or clerk",
    '=hipervínculo("https://example.org/1";"Cocinera")': "Cocinera",
    '=LIEN_HYPERTEXTE("https://example.org/1";"Cuisinier")': "Cuisinier",
}


@pytest.mark.parametrize("cell", LINKS)
def test_a_link_is_its_words(cell: str, log: cl.OutcomeLog) -> None:
    assert take(log, f"Company,Role,Applied\nAcorn,{cell},2026-01-05\n").imported == 1
    assert log.applications()["role"].tolist() == [LINKS[cell]]


def workbook(styles: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """Give a workbook without stored values, with something changed in its styles."""
    book, out, changed = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["Company", "Role"])
    book.active.append(["Acorn", '=HYPERLINK("https://example.org/1","Engineer")'])
    book.save(out)
    with zipfile.ZipFile(out) as packed, zipfile.ZipFile(changed, "w") as again:
        for name in packed.namelist():
            part = packed.read(name)
            again.writestr(name, re.sub(*styles, part) if name == "xl/styles.xml" else part)
    return changed.getvalue()


@pytest.mark.parametrize(
    "styles",
    [
        (b"", b""),
        (b"<fills.*?</fills>", b'<fills count="2"><fill/><fill/></fills>'),
        (b"</styleSheet>", b'<extLst><ext uri="{0}" xmlns:q="urn:q"><q:thing a="1"/></ext></extLst></styleSheet>'),
        (b"<borders.*?</borders>", b'<borders count="1"><border/></borders>'),
    ],
)
def test_a_workbook_that_spreadsheet_programs_open_is_read(styles: tuple[bytes, bytes], log: cl.OutcomeLog) -> None:
    assert take(log, workbook(styles)).imported == 1
    assert log.applications()["role"].tolist() == ["Engineer"]


LANGUAGES = {
    "Firma;Stelle;Eingereicht am;Bewerbungsstand;Zuletzt aktualisiert\nAhorn;Koch;5.1.2026;Absage bekommen;9.2.2026\n"
    "Buche;Koch;6.1.2026;Drittes Gespräch;\nErle;Koch;7.1.2026;Vertrag erhalten;\n": "rejected interview offer",
    "Entreprise;Poste;Envoyé le;Statut;Mis à jour le\nÉrable;Chef;2026-01-05;Refusée;2026-02-09\n"
    "Hêtre;Chef;2026-01-06;Entretien RH;\nAulne;Chef;2026-01-07;Pas de réponse;\n": "rejected interview no_reply",
    "Empresa;Vaga;Enviado em;Situação;Atualizado em\nÁcer;Chefe;2026-01-05;Rejeitado;2026-02-09\n"
    "Faia;Chefe;2026-01-06;Entrevista;\nSalgueiro;Chefe;2026-01-07;Não responderam;\n": "rejected interview no_reply",
}


@pytest.mark.parametrize("table", LANGUAGES)
def test_other_languages_are_as_complete(table: str, log: cl.OutcomeLog) -> None:
    report = take(log, table)
    assert (report.imported, report.unknown_statuses, report.remarks) == (3, (), ())
    assert log.applications()["applied_on"].notna().all()
    assert [event.split()[0] for event in events(log)] == LANGUAGES[table].split()
    assert events(log)[0] == "rejected 2026-02-09"
