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
    "french.csv": (
        "Entreprise;Intitulé du poste;Date de candidature;Statut;Mis à jour le;Remarques\n"
        "Gant de Pieuvre;Analyste;14 janvier 2026;Refusée;9 février 2026;réponse polie\n"
        "Bateaux de Papier;Comptable;3/2/2026;Refus après entretien;;\nChaussette Gauche;Aide;2026-02-13;Pas de réponse;;néant\n"
        "Château de Sable;Aide;15/02/2026;En attente de retour;;\nPluie d’Été;Aide;16/02/2026;Peut-être;;\n",
        {
            "imported": 4,
            "skipped": [6],
            "unknown": ["Peut-être"],
            "applied_on": ["2026-01-14", "2026-02-03", "2026-02-13", "2026-02-15"],
            "events": [
                ["Bateaux de Papier", "interview", None, "Refus après entretien"],
                ["Bateaux de Papier", "rejected", None, "Refus après entretien"],
                ["Chaussette Gauche", "no_reply", None, "Pas de réponse"],
                ["Gant de Pieuvre", "rejected", "2026-02-09", "Refusée"],
            ],
            "notes": ["réponse polie", None, None, None],
        },
    ),
    "portuguese.csv": (
        "Empresa;Vaga;Data da candidatura;Situação;Última atualização;Observações\n"
        "Luva de Polvo;Analista;14 de janeiro de 2026;Reprovada;9 de fevereiro de 2026;resposta gentil\n"
        "Barcos de Papel;Contadora;3/2/2026;Entrevista marcada;;\nMeia Esquerda;Auxiliar;2026-02-13;Sem retorno;;\n"
        "Castelo de Areia;Auxiliar;15/02/2026;Em andamento;;\nChuva de Verão;Auxiliar;16/02/2026;Talvez aprovada;;\n",
        {
            "imported": 4,
            "skipped": [6],
            "unknown": ["Talvez aprovada"],
            "applied_on": ["2026-01-14", "2026-02-03", "2026-02-13", "2026-02-15"],
            "events": [
                ["Barcos de Papel", "interview", None, "Entrevista marcada"],
                ["Luva de Polvo", "rejected", "2026-02-09", "Reprovada"],
                ["Meia Esquerda", "no_reply", None, "Sem retorno"],
            ],
            "notes": ["resposta gentil", None, None, None],
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
        {"imported": 2, "applied_on": ["2026-10-11", "2026-01-12"], "remarks": [0]},
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
    "headings_again.csv": (
        "Company,Role,Applied\nAcorn,Clerk,2026-01-05\nCompany,Role,Applied\nBadger,Pilot,2026-01-06\n",
        {"imported": 2, "skipped": [3], "companies": ["Acorn", "Badger"]},
    ),
    "commas_behind.csv": (
        "Company,Role,Applied,Status,,,\nAcorn,Clerk,2026-01-05,Rejected,,,\nBadger,Pilot,2026-01-06,Open,,,\n,,,,,,\n",
        {"imported": 2, "skipped": [4], "companies": ["Acorn", "Badger"], "kinds": ["rejected"]},
    ),
    "dates_as_they_were_seen.csv": (
        "Company,Applied,Reply date,Status\nA,8/3/2019,9/9/2019,Rejected\nB,27-Oct,,\nC,14 Jan 2026,,\n"
        'D,"11/23/24, 11:39 PM",,\nE,2024-06-07,,\nF,8/82019,,\nG,Before 2025-01-24,,\nH,8/3/2019 and 9/9/2019,,\n'
        "I,,,\nJ,null,,\nK,n/a,,\nL,not sure,,\n",
        {
            "imported": 12,
            "applied_on": [
                "2019-08-03",
                "2019-10-27",
                "2026-01-14",
                "2024-11-23",
                "2024-06-07",
                None,
                None,
                "2019-08-03",
            ]
            + [None] * 4,
            "events": [["A", "rejected", "2019-09-09", None], ["H", "applied", "2019-09-09", None]],
            "notes": [None] * 5 + ["Applied: 8/82019", "Applied: Before 2025-01-24"] + [None] * 5,
            "remarks": [3, 7, 8],
        },
    ),
    "board_export.csv": (
        "Company Name,Job Title,Job Url,Board Name,List Name,Date Created,Date Applied,Date Interviewed,Date Offered,Date Rejected\n"
        "Acorn,Clerk,https://example.org/1,Search of 2026,Applied,1/13/2026,1/14/2026,,,\n"
        "Badger,Pilot,https://example.org/2,Search of 2026,Closed,1/13/2026,1/15/2026,1/20/2026,1/28/2026,\n"
        "Cactus,Baker,https://example.org/3,Search of 2026,Closed,1/13/2026,1/16/2026,1/21/2026,,2/3/2026\n",
        {
            "imported": 3,
            "applied_on": ["2026-01-14", "2026-01-15", "2026-01-16"],
            "events": [
                ["Badger", "interview", "2026-01-20", "Interviewed"],
                ["Badger", "offer", "2026-01-28", "Offered"],
                ["Cactus", "interview", "2026-01-21", "Interviewed"],
                ["Cactus", "rejected", "2026-02-03", None],
            ],
        },
    ),
    "job_hub_export.csv": (
        '"Job Title","Company","Location","Status","Date Saved","Date Applied","Deadline","Min Salary","Excitement"\n'
        '"Clerk","Acorn","Here","Applied","01/10/2026","01/14/2026","N/A","0","5"\n'
        '"Pilot","Badger","Here","Bookmarked","01/11/2026","N/A","N/A","0","4"\n'
        '"Baker","Cactus","There","I Withdrew","01/11/2026","01/15/2026","N/A","0","3"\n'
        '"Baker","Dahlia","There","Not Selected","01/11/2026","01/16/2026","N/A","0","3"\n'
        '"Baker","Elm","There","No Response","01/11/2026","01/17/2026","N/A","0","2"\n'
        '"Baker","Fern","There","Negotiating","01/11/2026","01/18/2026","N/A","0","1"\n',
        {
            "imported": 4,
            "skipped": [3, 7],
            "unknown": ["Negotiating"],
            "applied_on": ["2026-01-14", "2026-01-15", "2026-01-16", "2026-01-17"],
            "kinds": ["withdrew", "rejected", "no_reply"],
        },
    ),
    "pages_export.csv": (
        (
            "Company,Role,Stage,Applied,Interview date,Tags,URL\n"
            'Acorn,Clerk,Interview,"January 14, 2026","January 20, 2026 3:00 PM (GMT+1)","remote, small",https://example.org\n'
            'Badger,Pilot,Rejected,"January 15, 2026","January 21, 2026 → January 23, 2026",,\n'
            'Cactus,Baker,Offer,"January 16, 2026",@January 22,,\n'
        ).encode("utf-8-sig"),
        {
            "imported": 3,
            "applied_on": ["2026-01-14", "2026-01-15", "2026-01-16"],
            "events": [
                ["Acorn", "interview", "2026-01-20", None],
                ["Badger", "interview", "2026-01-21", None],
                ["Badger", "interview", "2026-01-23", None],
                ["Badger", "rejected", None, None],
                ["Cactus", "interview", "2026-01-22", None],
                ["Cactus", "offer", None, None],
            ],
            "remarks": [4],
        },
    ),
    "answers_of_a_form.csv": (
        "Timestamp,Which company?,Company,Role,Heard back?\n1/14/2026 8:30:12,,Acorn,Clerk,No response\n1/15/2026 18:02:59,,Badger,Pilot,Rejected\n",
        {"imported": 2, "applied_on": ["2026-01-14", "2026-01-15"], "kinds": ["no_reply", "rejected"]},
    ),
    "check_boxes.csv": (
        "Company,Role,Applied,Interview?,Offer?,Rejected?,Thank you?\nAcorn,Clerk,2026-01-05,TRUE,FALSE,TRUE,TRUE\n"
        "Badger,Pilot,2026-01-06,FALSE,FALSE,FALSE,FALSE\nCactus,Baker,2026-01-07,☑,✔,☐,❌\n",
        {
            "imported": 3,
            "events": [
                ["Acorn", "interview", None, None],
                ["Acorn", "rejected", None, None],
                ["Acorn", "thank_you", None, None],
                ["Cactus", "interview", None, None],
                ["Cactus", "offer", None, None],
            ],
        },
    ),
    "numbered_interviews.csv": (
        "Company,Position,Date Applied,Interview 1,Interview 2,Interview 3,Thank-you sent,Followed up,Result\n"
        "Acorn,Clerk,1/14/26,1/20/26,1/28/26,,Y,N,Rejected\nBadger,Pilot,1/15/26,1/21/26,,,yes,2/2/26,no response\n",
        {
            "imported": 2,
            "applied_on": ["2026-01-14", "2026-01-15"],
            "events": [
                ["Acorn", "interview", "2026-01-20", "Interview 1"],
                ["Acorn", "interview", "2026-01-28", "Interview 2"],
                ["Acorn", "rejected", None, None],
                ["Acorn", "thank_you", None, "Thank-you sent"],
                ["Badger", "interview", "2026-01-21", "Interview 1"],
                ["Badger", "no_reply", None, "no response"],
                ["Badger", "nudge", "2026-02-02", "Followed up"],
                ["Badger", "thank_you", None, "Thank-you sent"],
            ],
        },
    ),
    "told_twice.csv": (
        "Company,Status,Outcome,Date Rejected,Interview date\nAcorn,Rejected,Rejected,2026-01-30,2026-01-20\n"
        "Badger,Interview,,,2026-01-21\nCactus,Rejected after two talks,,2026-02-01,\nDahlia,Interview -> Interview,,,\nElm,Rejected,Rejected,,\n",
        {
            "imported": 5,
            "events": [
                ["Acorn", "interview", "2026-01-20", None],
                ["Acorn", "rejected", "2026-01-30", None],
                ["Badger", "interview", "2026-01-21", None],
                ["Cactus", "rejected", "2026-02-01", "Rejected after two talks"],
                ["Dahlia", "interview", None, None],
                ["Dahlia", "interview", None, None],
                ["Elm", "rejected", None, None],
            ],
        },
    ),
    "about_a_stage.csv": (
        "Company,Role,Applied,Interview notes,Salary offered,Offer deadline,Reason for rejection,Offer,Next interview\n"
        'Acorn,Clerk,2026-01-05,"met 2 people, plans for 2026",40000,2026-02-28,,,2026-02-27\n'
        "Badger,Pilot,2026-01-06,,,,too far away,2026-02-01,\n",
        {
            "imported": 2,
            "events": [["Badger", "offer", "2026-02-01", None]],
            "notes": ["met 2 people, plans for 2026", "Reason for rejection: too far away"],
        },
    ),
    "somebody_else.csv": (
        "Company,Status\nA,They hired someone else\nB,Accepted another offer\nC,signed with another company\nD,I rejected them\n"
        "E,Position withdrawn\nF,Declined after interview\nG,Passed\nH,Replied\nI,我拒绝了\nJ,二面挂\nK,面试取消\n"
        "L,Interview cancelled\nM,Entrevista cancelada\nN,Acepté otra oferta\n",
        {
            "imported": 7,
            "skipped": [4, 7, 8, 9, 12, 13, 14],
            "unknown": [
                "signed with another company",
                "Declined after interview",
                "Passed",
                "Replied",
                "面试取消",
                "Interview cancelled",
                "Entrevista cancelada",
            ],
            "kinds": "rejected withdrew withdrew rejected withdrew rejected withdrew".split(),
        },
    ),
    "history_in_lines.csv": (
        'Company,History\nA,"2024-01-05 Applied\n2024-02-09 Rejected"\n'
        'B,"Applied 1/13/2024, Phone screen 1/20/2024, Rejected 2/14/2024"\n'
        'C,"{""2024-01-05"": ""Applied"", ""2024-03-01"": ""Offer""}"\n'
        "D,5 Jan 2024 Applied; Mon 5 Feb 2024 Interview\nE,Applied → Interview → Rejected\nF,2024-01-05|APPLIED;2024-02-01|LIMBO\n",
        {
            "imported": 5,
            "skipped": [8],
            "unknown": ["LIMBO"],
            "applied_on": ["2024-01-05", "2024-01-13", "2024-01-05", "2024-01-05", None],
            "events": [
                ["A", "rejected", "2024-02-09", None],
                ["B", "interview", "2024-01-20", "Phone screen"],
                ["B", "rejected", "2024-02-14", None],
                ["C", "offer", "2024-03-01", None],
                ["D", "interview", "2024-02-05", None],
                ["E", "interview", None, None],
                ["E", "rejected", None, None],
            ],
        },
    ),
    "chinese_few_letters.csv": ("公司\n章鱼\n".encode("gb18030"), {"imported": 1, "companies": ["章鱼"]}),
    "year_turns.csv": (
        "Company,Applied,Reply date,Status\nAcorn,28-Dec,2026-01-09,Rejected\n",
        {
            "imported": 1,
            "applied_on": ["2025-12-28"],
            "events": [["Acorn", "rejected", "2026-01-09", None]],
            "remarks": [2],
        },
    ),
    "days_with_dots.csv": (
        "Firma;Datum;Antwort am;Status\nAhorn;3.4.2026;5.6.26;Absage\nBuche;7.8.2026;;\n",
        {
            "imported": 2,
            "applied_on": ["2026-04-03", "2026-08-07"],
            "events": [["Ahorn", "rejected", "2026-06-05", "Absage"]],
        },
    ),
    "history_without_years.csv": (
        "Company,History\nAcorn,27-Oct|APPLIED;3-Nov|REJECTED\nBadger,2025-10-28|APPLIED\n",
        {"imported": 1, "skipped": [2], "questions": ["year"], "applied_on": ["2025-10-28"]},
    ),
    "history_without_years_answered.csv": (
        "Company,History\nAcorn,27-Oct|APPLIED;3-Nov|REJECTED\nBadger,2025-10-28|APPLIED\n",
        {
            "answers": {"year": 2025},
            "imported": 2,
            "applied_on": ["2025-10-27", "2025-10-28"],
            "events": [["Acorn", "rejected", "2025-11-03", None]],
        },
    ),
    "german_stages.csv": (
        crlf(
            "Firma;Stelle;Beworben am;Eingangsbestätigung;Einladung am;Absage am;Zusage;Gehalt\n"
            "Müßiggang;Prüfer;5.1.2026;ja;;20.1.2026;;40.000 €\nZwölf Äpfel;Käufer;16. Jänner 2026;;23.1.;;ja;\n"
            "Überfluß;Gießer;3. März 2026;nein;;;nein;k.A.\n"
        ).encode("cp1252"),
        {
            "imported": 3,
            "companies": ["Müßiggang", "Zwölf Äpfel", "Überfluß"],
            "applied_on": ["2026-01-05", "2026-01-16", "2026-03-03"],
            "events": [
                ["Müßiggang", "rejected", "2026-01-20", "Absage am"],
                ["Zwölf Äpfel", "interview", "2026-01-23", "Einladung am"],
                ["Zwölf Äpfel", "offer", None, "Zusage"],
            ],
            "remarks": [3],
        },
    ),
    "spanish_cp1252.csv": (
        "Compañía;Cargo;Postulado el;Situación;Observaciones\nPeñón;Albañil;14/01/2026;En proceso;llamó María\n"
        "Muñeca Rota;Diseñadora;15 de enero del 2026;Me rechazaron :(;\nÑandú;Técnico;16-ene-26;Entrevista el 20 de enero;s/d\n".encode(
            "cp1252"
        ),
        {
            "imported": 3,
            "companies": ["Peñón", "Muñeca Rota", "Ñandú"],
            "applied_on": ["2026-01-14", "2026-01-15", "2026-01-16"],
            "notes": ["llamó María", None, None],
            "kinds": ["rejected", "interview"],
            "events": [
                ["Muñeca Rota", "rejected", None, "Me rechazaron :("],
                ["Ñandú", "interview", "2026-01-20", "Entrevista"],
            ],
            "remarks": [4],
        },
    ),
    "chinese_big5.csv": (
        "公司名稱,職缺,應徵日期,狀態,備註\n章魚手套公司,分析師,2026年1月14日,已拒絕,很客氣的人事回覆了我們\n紙船航運公司,計劃員,1月20日,面試,"
        "第二次見面在辦公室\n左襪物流公司,文員,2026/2/5,無回覆,\n".encode("big5hkscs"),
        {
            "imported": 3,
            "companies": ["章魚手套公司", "紙船航運公司", "左襪物流公司"],
            "applied_on": ["2026-01-14", "2026-01-20", "2026-02-05"],
            "kinds": ["rejected", "interview", "no_reply"],
            "remarks": [3],
        },
    ),
    "quoted_with_semicolons.csv": (
        '"Company";"Role";"Applied";"Status";"Notes"\n"Acorn; Sons";"Clerk";"2026-01-05";"Rejected";"said ""no""; twice\r\nand then again"\n'
        '"Badger";"Pilot";"2026-01-06";"";"a, b"\n',
        {
            "imported": 2,
            "companies": ["Acorn; Sons", "Badger"],
            "notes": ['said "no"; twice\r\nand then again', "a, b"],
            "kinds": ["rejected"],
        },
    ),
    "table_of_a_note.txt": (
        "| Company | Role | Status | Date |\n|---|---|---|---|\n| Acorn | Clerk | Rejected | 2026-01-14 |\n| Badger | Pilot | Applied | 2026-01-15 |\n",
        {"imported": 2, "skipped": [2], "companies": ["Acorn", "Badger"], "applied_on": ["2026-01-14", "2026-01-15"]},
    ),
    "one_company_many_times.csv": (
        "Company,Role,Applied,Status\nAcorn,Clerk,2026-01-05,Applied\nACORN,Clerk,2026-01-05,Interview\nacorn,clerk,2026-01-05,Rejected\n"
        "Acorn,Pilot,2026-01-05,Rejected\nAcorn,Clerk,2026-05-01,Applied\nÉclair,Clerk,2026-01-05,Applied\nÉCLAIR,Clerk,2026-01-05,Applied\n",
        {
            "imported": 6,
            "skipped": [8],
            "companies": ["Acorn", "Acorn", "Acorn", "Éclair"],
            "roles": ["Clerk", "Pilot", "Clerk", "Clerk"],
            "remarks": [3, 4],
            "events": [
                ["Acorn", "interview", None, None],
                ["Acorn", "rejected", None, None],
                ["Acorn", "rejected", None, None],
            ],
        },
    ),
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


def workbook_of_a_year() -> bytes:
    """Give a workbook with a title above, joined cells, check boxes, days with hours, and German headings."""
    import datetime as dt

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "2026"
    sheet.append(["Meine Bewerbungen, alle erfunden"])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["Firma", "Stelle", "Beworben am", "Gespräch", "Absage", "Notiz"])
    sheet.append(["Müßiggang", "Prüfer", dt.datetime(2026, 1, 14, 9, 30), True, False, 1.0])
    sheet.append(["Überfluß", "Gießer", "15.1.2026", dt.datetime(2026, 1, 20), True, "a\nb"])
    sheet.append([None, "Käufer", dt.date(2026, 1, 16), None, None, None])
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
    "workbook_of_a_year.xlsx": (
        workbook_of_a_year,
        {
            "imported": 2,
            "skipped": [1, 6],
            "companies": ["Müßiggang", "Überfluß"],
            "applied_on": ["2026-01-14", "2026-01-15"],
            "notes": ["1", "a\nb"],
            "events": [
                ["Müßiggang", "interview", None, "Gespräch"],
                ["Überfluß", "interview", "2026-01-20", "Gespräch"],
                ["Überfluß", "rejected", None, "Absage"],
            ],
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
