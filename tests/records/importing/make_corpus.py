"""Writes the corpus: files as people really keep them, every one invented, with what is expected of each beside it.

    .venv/bin/python tests/records/importing/make_corpus.py

A case is a file, how to write it, what the person answers, and what has to come of it: how many rows are imported, the
lines that are not, the unknown statuses, the questions, and some of what then stands in the log.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"
BASIC = (
    "Company,Role,Date applied,Status\n"
    "Left Sock Logistics,Analyst,2026-01-14,Rejected\n"
    "Octopus Glove Company,Clerk,2026-02-01,Interview\n"
    "Paper Boat Shipping,Planner,2026-02-03,\n"
)
BASIC_WANTED = {"imported": 3, "companies": ["Left Sock Logistics", "Octopus Glove Company", "Paper Boat Shipping"]}
BASIC_WANTED |= {"applied_on": ["2026-01-14", "2026-02-01", "2026-02-03"], "kinds": ["rejected", "interview"]}
GERMAN = (
    "Firma;Stelle;Bewerbungsdatum;Status;Bemerkung\n"
    "Müßiggang & Söhne;Prüfer;14.01.2026;Absage;war höflich\n"
    "Zwölf Äpfel GmbH;Käufer;3.2.2026;Vorstellungsgespräch;\n"
    "Größenwahn AG;Träumer;5.2.2026;keine Rückmeldung;k.A.\n"
    "Überfluß KG;Gießer;6.2.2026;Zusage!;\n"
)
GERMAN_WANTED = {
    "imported": 4,
    "companies": ["Müßiggang & Söhne", "Zwölf Äpfel GmbH", "Größenwahn AG", "Überfluß KG"],
    "applied_on": ["2026-01-14", "2026-02-03", "2026-02-05", "2026-02-06"],
    "kinds": ["rejected", "interview", "no_reply", "offer"],
}
CHINESE = "公司,职位,投递日期,状态\n章鱼手套公司,分析师,2026年1月14日,已拒绝\n纸船航运,计划员,2026/2/3,面试\n左袜物流,文员,2026-02-05,无回复\n"
CHINESE_WANTED = {
    "imported": 3,
    "companies": ["章鱼手套公司", "纸船航运", "左袜物流"],
    "applied_on": ["2026-01-14", "2026-02-03", "2026-02-05"],
    "kinds": ["rejected", "interview", "no_reply"],
}


def crlf(text: str) -> str:
    """Give a text with the line ends of Windows."""
    return text.replace("\n", "\r\n")


CASES: dict[str, tuple[str | bytes, dict[str, Any]]] = {
    "utf8.csv": (BASIC, BASIC_WANTED),
    "utf8_bom.csv": (BASIC.encode("utf-8-sig"), BASIC_WANTED),
    "crlf.csv": (crlf(BASIC), BASIC_WANTED),
    "old_mac_line_ends.csv": (BASIC.replace("\n", "\r"), BASIC_WANTED),
    "no_final_newline.csv": (BASIC.rstrip("\n"), BASIC_WANTED),
    "semicolons.csv": (BASIC.replace(",", ";"), BASIC_WANTED),
    "tabs.tsv": (BASIC.replace(",", "\t"), BASIC_WANTED),
    "bars.txt": (BASIC.replace(",", "|"), BASIC_WANTED),
    "told_separator.csv": ("sep=;\n" + BASIC.replace(",", ";"), BASIC_WANTED),
    "utf16_le.csv": (crlf(BASIC).encode("utf-16"), BASIC_WANTED),
    "utf16_be_tabs.csv": (b"\xfe\xff" + BASIC.replace(",", "\t").encode("utf-16-be"), BASIC_WANTED),
    "utf16_without_mark.csv": (BASIC.encode("utf-16-le"), BASIC_WANTED),
    "blank_lines.csv": (BASIC.replace("\n", "\n\n"), BASIC_WANTED),
    "title_above.csv": ("My job search 2026,,,\n,,,\n" + BASIC, BASIC_WANTED | {"skipped": [1, 2]}),
    "empty_rows.csv": (BASIC + ",,,\n, ,,\n", BASIC_WANTED | {"skipped": [5, 6]}),
    "german_cp1252.csv": (crlf(GERMAN).encode("cp1252"), GERMAN_WANTED),
    "german_utf8.csv": (GERMAN, GERMAN_WANTED),
    "chinese_gb18030.csv": (CHINESE.encode("gb18030"), CHINESE_WANTED),
    "chinese_utf16.csv": (CHINESE.encode("utf-16"), CHINESE_WANTED),
    "chinese_utf8_bom.csv": (CHINESE.encode("utf-8-sig"), CHINESE_WANTED),
    "spanish.csv": (
        "Empresa;Puesto;Fecha de solicitud;Estado;Fuente\n"
        "Guantes de Pulpo;Analista;14 de enero de 2026;Rechazado;portal\n"
        "Barcos de Papel;Planificadora;3-feb-2026;Entrevista telefónica;\n"
        "Calcetín Izquierdo;Auxiliar;05/13/2026;Sin respuesta;amiga\n",
        {
            "imported": 3,
            "applied_on": ["2026-01-14", "2026-02-03", "2026-05-13"],
            "kinds": ["rejected", "interview", "no_reply"],
        },
    ),
    "multiline_cells.csv": (
        'Company,Role,Applied,Status,Notes\n"Sock, Left & Sons",Clerk,2026-01-05,Applied,"first line\nsecond line,'
        ' with a comma"\n"The ""Glove""",Analyst,2026-01-06,Rejected,\nBoat,,2026-13-45,Offer,\n',
        {
            "imported": 3,
            "companies": ["Sock, Left & Sons", 'The "Glove"', "Boat"],
            "applied_on": ["2026-01-05", "2026-01-06", None],
            "remarks": [5],
        },
    ),
    "too_many_cells.csv": (
        "Company,Role,Applied\nSock, Left,Clerk,2026-01-05\nGlove,Analyst,2026-01-06\nBoat,Planner\nKite,Pilot,2026-01-07,,\n",
        {"imported": 3, "skipped": [2], "applied_on": ["2026-01-06", None, "2026-01-07"]},
    ),
    "open_quote.csv": (
        'Company,Role,Applied\nGlove,Analyst,2026-01-06\n"Boat,Planner,2026-01-07\nKite,Pilot,2026-01-08\n',
        {"imported": 1, "skipped": [3]},
    ),
    "month_first.csv": (
        "Company,Applied,Status\nA,8/3/2019,rejected\nB,8/13/2019,rejected\nC,9/1/2019,offer\n",
        {"imported": 3, "applied_on": ["2019-08-03", "2019-08-13", "2019-09-01"]},
    ),
    "day_first.csv": (
        "Company,Applied,Status\nA,8/3/2019,rejected\nB,13/3/2019,rejected\nC,9/1/2019,offer\n",
        {"imported": 3, "applied_on": ["2019-03-08", "2019-03-13", "2019-01-09"]},
    ),
    "undecidable_order.csv": (
        "Company,Applied\nA,8/3/2019\nB,4/5/2019\nC,7/7/2019\nD,2019-08-08\n",
        {"imported": 2, "skipped": [2, 3], "questions": ["day_first"], "applied_on": ["2019-07-07", "2019-08-08"]},
    ),
    "undecidable_order_answered.csv": (
        "Company,Applied\nA,8/3/2019\nB,4/5/2019\n",
        {"answers": {"day_first": True}, "imported": 2, "applied_on": ["2019-03-08", "2019-05-04"]},
    ),
    "order_by_the_future.csv": (
        "Company,Applied\nA,10/11/2026\nB,1/12/2026\n",
        {"imported": 2, "applied_on": ["2026-10-11", "2026-01-12"]},
    ),
    "order_from_the_other_column.csv": (
        "Company,Applied,Rejected\nA,3/4/2026,25/4/2026\nB,5/6/2026,\n",
        {"imported": 2, "applied_on": ["2026-04-03", "2026-06-05"], "kinds": ["rejected"]},
    ),
    "dates_of_all_kinds.csv": (
        'Company,Applied\nA,14 Jan 2026\nB,"Jan 15th, 2026"\nC,2026-01-16T08:30:00Z\nD,17.1.26\nE,"Mon, 19 January 2026"\n'
        'F,20260120\nG,2026/1/21\nH,22-Jan-26\nI,"1/23/26, 11:39 PM"\nJ,2026-01-24 10:15\n',
        {"imported": 10, "applied_on": [f"2026-01-{day}" for day in (14, 15, 16, 17, 19, 20, 21, 22, 23, 24)]},
    ),
    "no_year.csv": (
        "Company,Applied,Status,Status date\nA,27-Oct,Rejected,2025-11-03\nB,3-Jan,Rejected,\nC,2026-01-09,Open,\n",
        {"imported": 3, "applied_on": ["2025-10-27", "2026-01-03", "2026-01-09"], "remarks": [2, 3]},
    ),
    "no_year_anywhere.csv": (
        "Company,Applied\nA,27-Oct\nB,\n",
        {"imported": 1, "skipped": [2], "questions": ["year"]},
    ),
    "two_dates_and_typing_errors.csv": (
        "Company,Applied,Status\nA,8/3/2019 and 9/9/2019,rejected\nB,8/82019,rejected\nC,Before 2025-01-24,\n"
        "D,n/a,null\nE,?,-\nF,can't remember,none\nG,8/25/2019,\n",
        {
            "imported": 7,
            "applied_on": ["2019-08-03", None, None, None, None, None, "2019-08-25"],
            "kinds": ["applied", "rejected", "rejected"],
            "remarks": [3, 4],
        },
    ),
    "statuses_of_all_kinds.csv": (
        "Company,Status\nA,reeejected\nB,Rejection :(\nC,Accepted!\nD,GHOSTED 👻\nE,withdrawed\n"
        'F,"They called and said that they went with another candidate, very kind of them"\nG,Applied -> Phone screen -> Offer\n'
        "H,In progress...\nI,To apply\nJ,N/A\nK,intervew\nL,No reponse\n",
        {
            "imported": 11,
            "skipped": [10],
            "kinds": "rejected rejected offer no_reply withdrew rejected interview offer interview no_reply".split(),
        },
    ),
    "statuses_unknown.csv": (
        "Company,Status\nA,Maybe rejected?\nB,Limbo\nC,not rejected\nD,Declined\nE,Rejected\nF,No\n",
        {
            "imported": 1,
            "skipped": [2, 3, 4, 5, 7],
            "unknown": ["Maybe rejected?", "Limbo", "not rejected", "Declined", "No"],
        },
    ),
    "statuses_answered.csv": (
        "Company,Status\nA,Limbo\nB,limbo!\nC,Declined\nD,Blue\n",
        {
            "answers": {"statuses": {"Limbo": "no_reply", "Declined": "withdrew", "Blue": None}},
            "imported": 4,
            "kinds": ["no_reply", "no_reply", "withdrew"],
        },
    ),
    "a_column_per_stage.csv": (
        "Company,Applied,Phone screen,Onsite,Offer,Rejected,Ghosted?\nA,2026-01-05,Y,N,,Y,\nB,2026-01-06,2026-01-20,"
        "2026-02-01,2026-02-09,,\nC,2026-01-07,,,,,x\nD,Y,no,,,TRUE,\nE,N,,,,,\nF,2026-01-08,maybe soon,,,,\n",
        {
            "imported": 4,
            "skipped": [6, 7],
            "unknown": ["maybe soon"],
            "kinds": "interview rejected interview interview offer no_reply rejected".split(),
        },
    ),
    "history_of_bars.csv": (
        "Company,History\nA,2024-01-05|APPLIED;2024-02-01|PHONE SCREEN;2024-02-09|REJECTED\nB,2024-01-06|APPLIED\nC,nonsense\n",
        {
            "imported": 2,
            "skipped": [4],
            "unknown": ["nonsense"],
            "applied_on": ["2024-01-05", "2024-01-06"],
            "kinds": ["interview", "rejected"],
        },
    ),
    "history_as_list.csv": (
        "Company,Timeline\nA,\"[('2024-01-05', 'Applied'), ('2024-02-01', 'Interview')]\"\n"
        'B,"[{""date"": ""2024-01-06"", ""status"": ""Applied""}, {""date"": ""2024-03-01"", ""status"": ""Offer""}]"\n'
        "C,\"['Applied', 'Rejected']\"\nD,[]\nE,\"[('2024-01-05', 'Applied'\"\n",
        {
            "imported": 4,
            "skipped": [6],
            "unknown": ["[('2024-01-05', 'Applied'"],
            "applied_on": ["2024-01-05", "2024-01-06", None, None],
            "kinds": ["interview", "offer", "rejected"],
        },
    ),
    "long_format.csv": (
        "Company,Source,Target\nAcorn,Applied,Interview\nAcorn,Interview,Rejected\nBadger,Applied,Ghosted\nacorn,Interview,Rejected\n",
        {
            "imported": 3,
            "skipped": [5],
            "remarks": [3],
            "companies": ["Acorn", "Badger"],
            "kinds": ["interview", "rejected", "no_reply"],
        },
    ),
    "same_company_twice.csv": (
        "Company,Role,Applied,Status\nAcorn,Clerk,2026-01-05,Rejected\nACORN,clerk,2026-01-05,Rejected\n"
        "acorn,Clerk,2026-01-05,Interview\nAcorn,Planner,2026-01-05,Rejected\nAcorn,Clerk,2026-03-05,Rejected\n",
        {"imported": 4, "skipped": [3], "companies": ["Acorn", "Acorn", "Acorn"], "remarks": [4]},
    ),
    "linkedin.csv": (
        "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And Answers\n"
        '"11/3/24, 11:39 PM",me@example.org,+1 555 0100,Left Sock Logistics,Analyst,https://example.org/1,cv.pdf,"a:1\nb:2"\n'
        '"1/2/25, 7:05 AM",me@example.org,+1 555 0100,Octopus Glove Company,Clerk,https://example.org/2,cv.pdf,\n',
        {"imported": 2, "applied_on": ["2024-11-03", "2025-01-02"], "sources": ["LinkedIn", "LinkedIn"], "kinds": []},
    ),
    "no_headings.csv": (
        "Acorn,Clerk,2026-01-05,Rejected\nBadger,Planner,2026-01-06,Applied\n",
        {"imported": 2, "companies": ["Acorn", "Badger"], "kinds": ["rejected"]},
    ),
    "no_company_column.csv": (
        "Colour,Shape\nred,round\nblue,square\n",
        {"imported": 0, "skipped": [2, 3], "questions": ["company"]},
    ),
    "no_company_column_answered.csv": (
        "Colour,Shape\nred,round\nblue,square\n",
        {"answers": {"mapping": {"Colour": "company", "Shape": "role"}}, "imported": 2, "companies": ["red", "blue"]},
    ),
    "company_missing.csv": (
        "Company,Role\n,Clerk\nn/a,Planner\nAcorn,Pilot\n",
        {"imported": 1, "skipped": [2, 3], "companies": ["Acorn"]},
    ),
    "misspelt_headings.csv": (
        "Compnay Name,Positon,Aplication Date,Satus,Salary\nAcorn,Clerk,2026-01-05,Rejected,40k\n",
        {"imported": 1, "companies": ["Acorn"], "applied_on": ["2026-01-05"], "kinds": ["rejected"]},
    ),
    "headings_alone.csv": ("Company,Role,Status\n", {"imported": 0}),
    "formulas.csv": (
        "Company,Role,Notes\n=1+1,@SUM(A1),+cmd|' /C calc'!A0\n<b>Acorn</b>,-Clerk,\"'; DROP TABLE application; --\"\n",
        {"imported": 2, "companies": ["=1+1", "<b>Acorn</b>"]},
    ),
}


def workbook() -> bytes:
    """Give a workbook with two sheets, real dates, numbers and an empty row."""
    import datetime as dt

    from openpyxl import Workbook

    book = Workbook()
    cover = book.active
    cover.title = "Cover"
    cover.append(["My job search, all of it invented"])
    sheet = book.create_sheet("Applications")
    sheet.append(["Company", "Role", "Date applied", "Status", "Notes"])
    sheet.append(["Left Sock Logistics", "Analyst", dt.datetime(2026, 1, 14), "Rejected", 7])
    sheet.append([])
    sheet.append([None, None, None, None, None])
    sheet.append([3, "Clerk", dt.date(2026, 2, 1), "Interview", 2.5])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MADE: dict[str, tuple[Callable[[], bytes], dict[str, Any]]] = {
    "workbook.xlsx": (
        workbook,
        {
            "imported": 2,
            "companies": ["Left Sock Logistics", "3"],
            "applied_on": ["2026-01-14", "2026-02-01"],
            "kinds": ["rejected", "interview"],
            "remarks": [0],
        },
    ),
}


def main() -> None:
    """Write all files and what is expected of them."""
    CORPUS.mkdir(exist_ok=True)
    made = {name: (make(), wanted) for name, (make, wanted) in MADE.items()}
    for name, (content, wanted) in (CASES | made).items():
        (CORPUS / name).write_bytes(content.encode() if isinstance(content, str) else content)
        expected = json.dumps(wanted, ensure_ascii=False, indent=1)
        (CORPUS / f"{name}.json").write_text(expected + "\n", encoding="utf-8")
    about = "Every file in this folder is invented, and written by `make_corpus.py`; beside each stands what is expected of it.\n"
    (CORPUS / "README.md").write_text(about, encoding="utf-8")


if __name__ == "__main__":
    main()
