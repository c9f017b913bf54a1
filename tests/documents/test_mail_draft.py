"""The draft of an e-mail: nothing that was typed, or that a tracker brought, is read as a header, an address or a body.

Written by the kit, read by `email`: by its newer half, its older one, and that of every Python that is on the machine.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import os
import re
import subprocess
import sysconfig
from dataclasses import replace
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from strange import AROUND, CHARSETS, HIDDEN, INJECTIONS, codes, encoded, strange

from closing_lib.content import text
from closing_lib.documents.letter import Letter, LetterKind, Occasion, Person
from closing_lib.documents.letters import letter as compose
from closing_lib.documents.letters import nudge, reply_to_no, thank_you_letters
from closing_lib.documents.mail_draft import UnsafeDraftError, mail_draft, require_only
from closing_lib.documents.plain_text import short

ROOT = Path(__file__).resolve().parents[2]
FRIDAY = dt.date(2026, 11, 20)
OCCASION = Occasion("Acme", "Analyst", FRIDAY, me="Alex Tan")
LID = Person(
    "Mr Lid", "lid@example.com", "I liked the depot.", "I plan routes.", "I like small teams.", "I speak Danish."
)
FIELDS = ["Subject", "To", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def letter(occasion: Occasion = OCCASION, person: Person = LID) -> Letter:
    return thank_you_letters(occasion, [person])[0]


def read_mail(raw: bytes) -> email.message.EmailMessage:
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(read, email.message.EmailMessage)
    return read


def require_the_letter_alone(raw: bytes, written: Letter) -> None:
    """Read a draft in both ways, and find in it the letter to Mr Lid's address, and nothing else."""
    read, older = read_mail(raw), email.message_from_bytes(raw)
    assert [*read] == [*older] == FIELDS
    assert not read.defects
    assert [one.addr_spec for one in read["to"].addresses] == ["lid@example.com"]
    assert [one.display_name for one in read["to"].groups] == [None]
    assert str(make_header(decode_header(older["to"]))) == f"{short(written.to.name, 80)} <lid@example.com>".strip()
    assert (
        str(make_header(decode_header(older["subject"].replace("\r\n", ""))))
        == read["subject"]
        == short(written.subject)
    )
    assert read.get_content().replace("\r\n", "\n") == written.text
    assert not older.is_multipart()
    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


def test_the_draft_has_its_headers_and_the_letter() -> None:
    read = read_mail(mail_draft(letter()))
    assert read["to"] == "Mr Lid <lid@example.com>"
    assert read["subject"] == "Thank you for talking to me about the Analyst role"
    assert read["x-unsent"] == "1"
    assert read.get_content_type() == "text/plain"
    assert read.get_content().replace("\r\n", "\n") == letter().text


def test_a_draft_without_an_address_is_addressed_to_nobody() -> None:
    nobody = ("", "lid", "lid@example.com\nBcc: all@example.com", "a@b.c, d@e.f", "=?utf-8?q?spy=40?=@example.com")
    for given_address in nobody:
        assert read_mail(mail_draft(letter(person=replace(LID, email=given_address))))["to"] is None


@pytest.mark.parametrize("typed", INJECTIONS)
def test_what_was_typed_stands_in_the_draft_as_it_was_typed(typed: str) -> None:
    occasion = replace(OCCASION, company=typed, role=typed, me=typed)
    person = Person(typed, "lid@example.com", typed, typed, typed, typed)
    for written in (letter(occasion, person), nudge(occasion, person), reply_to_no(occasion, person)):
        require_the_letter_alone(mail_draft(written), written)


@pytest.mark.parametrize("kind", LetterKind)
def test_in_a_letter_of_any_kind_too(kind: LetterKind) -> None:
    texts = [name for name, hint in Person.__annotations__.items() if hint == "str" and name != "email"]
    for typed in INJECTIONS:
        person = Person(email="lid@example.com", **dict.fromkeys(texts, typed))
        occasion = replace(OCCASION, company=typed, role=typed, me=typed)
        written = compose(kind, occasion, person, [Person(typed)], [None])
        require_the_letter_alone(mail_draft(written), written)


@settings(MANY, max_examples=60)
@given(codes)
def test_a_code_is_never_read_wherever_it_was_typed(typed: str) -> None:
    written = letter(replace(OCCASION, company=typed, role=typed, me=typed), replace(LID, name=typed, topic=typed))
    raw = mail_draft(written)
    require_the_letter_alone(raw, written)
    with_code_as_address = mail_draft(letter(person=replace(LID, name=typed, email=typed)))
    assert [*read_mail(with_code_as_address)] == [field for field in FIELDS if field != "To"]


@MANY
@given(strange, strange, strange)
def test_no_text_can_add_anything_to_a_draft(name: str, company: str, topic: str) -> None:
    written = letter(replace(OCCASION, company=company, role=name, me=name), replace(LID, name=name, topic=topic))
    require_the_letter_alone(mail_draft(written), written)


ON_ANOTHER_PYTHON = """
import json, sys
from closing_lib.documents.letter import Occasion, Person
from closing_lib.documents.letters import nudge
from closing_lib.documents.mail_draft import mail_draft
for typed in json.load(sys.stdin):
    mail_draft(nudge(Occasion(typed, typed, me=typed), Person(typed, "lid@example.com")))  # reads it back itself
    print("whole")
"""


@pytest.mark.parametrize("minor", ["3.11", "3.12", "3.13", "3.14"])
def test_every_python_reads_it_alike(minor: str) -> None:
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = [path for path in pyenv.glob(f"versions/{minor}.*/bin/python{minor}") if path.exists()]
    if not found:
        pytest.skip(f"no Python {minor} here")
    texts = [encoded(hidden, charset, "q", "Ms {} Lid") for hidden in HIDDEN for charset in CHARSETS[:2]]
    texts += [encoded(HIDDEN[0], "utf-8", "q", around) for around in AROUND] + [*INJECTIONS]
    for python in found:
        done = subprocess.run(
            [str(python), "-c", ON_ANOTHER_PYTHON],
            input=json.dumps(texts),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stderr == ""
        assert done.stdout.split() == ["whole"] * len(texts)


# --- What is handed over is read back first

SAID = "Dear Mr Lid,\n\nThank you.\n"
REST = 'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: 7bit\r\nMIME-Version: 1.0\r\n\r\n'
WHOLE = f"Subject: Thanks\r\nTo: Mr Lid <lid@example.com>\r\nX-Unsent: 1\r\n{REST}{SAID}"


def read_back(draft: str) -> None:
    require_only(draft.encode(), subject="Thanks", to=("Mr Lid", "lid@example.com"), body=SAID)


def test_a_draft_that_holds_the_letter_alone_is_handed_over() -> None:
    read_back(WHOLE)


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        # What EmailMessage made of =?utf-8?q?=0D=0ABcc=3A_...?= in a subject and in a name, on Python 3.11.7 and 3.12.1
        ("Subject: Thanks", "Subject: \r\nBcc: spy@evil.example\r\n\r\nbody"),
        ("To: Mr Lid", 'To: "\r\nBcc: spy@evil.example"'),
        # ... and in a name, on 3.13.0
        ("To: Mr Lid", "To: =?utf-8?q?=0D=0ABcc=3A?= spy@evil.example"),
        ("To: Mr Lid", "To: spy@evil.example, Mr Lid"),
        ("To: Mr Lid <lid@example.com>", "To: all: spy@evil.example, Mr Lid <lid@example.com>;"),
        ("To: Mr Lid <lid@example.com>", "To: all: Mr Lid <lid@example.com>;"),
        ("To: Mr Lid <lid@example.com>", "To: =?utf-8?q?Mr_Lid_=3Clid=40example=2Ecom=3E?="),
        ("lid@example.com", "spy@evil.example"),
        ("To: Mr Lid", "To: Mr Lead"),
        ("To: Mr Lid <lid@example.com>\r\n", ""),
        ("X-Unsent: 1", "X-Unsent: 1\r\nBcc: spy@evil.example"),
        ("X-Unsent: 1", "X-Unsent: 1\r\nTo: Mr Lid <lid@example.com>"),
        ("X-Unsent: 1", "X-Unsent: 1\r\nSubject: Thanks"),
        ("Subject: Thanks", "Subject: =?utf-8?q?=0D=0ABcc=3A_spy=40evil.example?="),
        ("Subject: Thanks", "Subject:"),
        ("text/plain", "text/html"),
        ("text/plain", "multipart/mixed; boundary=x"),
        ("utf-8", "none-such"),
        ("Thank you.", "Another letter."),
        ("Thank you.\n", ""),
        (WHOLE, ""),
    ],
)
def test_a_draft_that_holds_anything_else_is_refused(part: str, instead: str) -> None:
    assert part in WHOLE
    with pytest.raises(UnsafeDraftError, match=re.escape(text("letters.file.not_exact"))):
        read_back(WHOLE.replace(part, instead, 1))


@pytest.mark.parametrize("said", ["Thank\ryou.", "half a \ud800 character", "two\r\nlines"])
def test_a_letter_that_no_draft_can_hold_is_refused_and_not_changed(said: str) -> None:
    broken = replace(letter(), paragraphs=("Dear Mr Lid,", said, "Kind regards,", "Alex Tan"))
    with pytest.raises(UnsafeDraftError, match="can’t be saved as an e-mail draft"):
        mail_draft(broken)
