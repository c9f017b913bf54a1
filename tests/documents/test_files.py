"""The files made of letters, dates and cards: each is read back by another program than the one that wrote it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from lxml import etree
from strange import INJECTIONS, strange

from closing_lib.advice.follow_up import plan
from closing_lib.advice.wording import one_line
from closing_lib.documents.calendar_file import calendar_file
from closing_lib.documents.contact_card import Contact, contact_card
from closing_lib.documents.document import document
from closing_lib.documents.letter import Letter, Occasion, Person
from closing_lib.documents.letters import reply_to_no, thank_you_letters
from closing_lib.documents.plain_text import address, file_part, short

FRIDAY = dt.date(2026, 11, 20)
STAMP = dt.datetime(2026, 11, 20, 18, 30, tzinfo=dt.UTC)
OCCASION = Occasion("Acme", "Analyst", FRIDAY, me="Alex Tan")
LID = Person(
    "Mr Lid", "lid@example.com", "I liked the depot.", "I plan routes.", "I like small teams.", "I speak Danish."
)
PLANNED = plan(FRIDAY, None, [], FRIDAY)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def letter(occasion: Occasion = OCCASION, person: Person = LID) -> Letter:
    return thank_you_letters(occasion, [person])[0]


# --- Calendar: written by icalendar, read by vobject and, bare, by the rules of RFC 5545


def calendar(
    planned: Any = PLANNED, occasion: Occasion = OCCASION, key: str = "1-1", stamp: dt.datetime = STAMP
) -> bytes:
    return calendar_file(planned, occasion, key, stamp)


def test_s24_the_calendar_holds_each_step_for_a_whole_day_with_a_reminder() -> None:
    entries = vobject.readOne(calendar().decode()).vevent_list
    assert [(one.summary.value, one.dtstart.value, one.dtend.value) for one in entries] == [
        ("Send the thank-you letter: Acme", dt.date(2026, 11, 21), dt.date(2026, 11, 22)),
        ("Ask for news: Acme", dt.date(2026, 11, 27), dt.date(2026, 11, 28)),
        ("Ask a second time: Acme", dt.date(2026, 12, 4), dt.date(2026, 12, 5)),
        ("Count it as no reply and move on: Acme", dt.date(2026, 12, 11), dt.date(2026, 12, 12)),
    ]
    for one in entries:
        assert one.valarm.trigger.value == dt.timedelta(hours=9)
        assert one.dtstamp.value == STAMP
        assert one.transp.value == "TRANSPARENT"


@pytest.mark.parametrize("day", [dt.date.min, dt.date(1582, 10, 10), dt.date.max])
def test_there_is_a_calendar_at_either_end_of_the_calendar(day: dt.date) -> None:
    raw = calendar(plan(day, None, [], day), replace(OCCASION, held_on=day))
    entries = vobject.readOne(raw.decode()).vevent_list
    assert len(entries) == 4
    assert all(one.dtstart.value >= day for one in entries)


def test_a_second_import_moves_entries_and_makes_no_doubles() -> None:
    def entries(raw: bytes) -> dict[str, Any]:
        return {one.uid.value: one for one in vobject.readOne(raw.decode()).vevent_list}

    first = entries(calendar())
    moved = plan(FRIDAY, dt.date(2026, 12, 1), [], FRIDAY)
    second = entries(calendar(moved, stamp=STAMP + dt.timedelta(hours=1)))
    assert first.keys() == second.keys()
    assert len(first) == 4
    assert all(int(second[uid].sequence.value) > int(first[uid].sequence.value) for uid in first)
    assert not first.keys() & entries(calendar(key="1-2")).keys()


@MANY
@given(strange, strange)
def test_no_text_can_add_anything_to_a_calendar(company: str, role: str) -> None:
    raw = calendar(occasion=replace(OCCASION, company=company, role=role))
    plain = calendar()
    unfolded, expected = (data.decode().replace("\r\n ", "").split("\r\n") for data in (raw, plain))
    assert [line.split(":")[0].split(";")[0] for line in unfolded] == [
        line.split(":")[0].split(";")[0] for line in expected
    ]
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert not set(raw.replace(b"\r\n", b"")) & {*range(32), 127}
    entries = vobject.readOne(raw.decode()).vevent_list
    assert len(entries) == 4
    assert entries[0].summary.value == f"Send the thank-you letter: {short(company)}".rstrip(" ") or not short(company)


# --- Document: written and read by python-docx, its XML read by lxml alone


def test_the_document_holds_the_letter() -> None:
    read = docx.Document(io.BytesIO(document(letter(), FRIDAY)))
    assert tuple(one.text for one in read.paragraphs) == ("20 November 2026", *letter().paragraphs)
    assert read.core_properties.author == "Alex Tan"
    assert read.core_properties.created == dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert document(letter(), FRIDAY) == document(letter(), FRIDAY)
    assert document(letter(), FRIDAY) != document(reply_to_no(OCCASION, LID), FRIDAY)


@settings(MANY, max_examples=25)
@given(strange, strange, strange)
def test_no_text_can_add_anything_to_a_document(name: str, company: str, topic: str) -> None:
    written = letter(replace(OCCASION, company=company, me=name), replace(LID, name=name, topic=topic))
    raw = document(written, FRIDAY)
    read = docx.Document(io.BytesIO(raw))
    assert tuple(one.text for one in read.paragraphs)[1:] == written.paragraphs
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        assert parts.testzip() is None
        tree = etree.fromstring(parts.read("word/document.xml"))
        tags = {etree.QName(node).localname for node in tree.iter()}
        assert not tags & {"script", "b", "hyperlink", "instrText", "object", "drawing"}


# --- Card: written by icalendar, read by vobject and, bare, by the rules of RFC 2426


def card_lines(raw: bytes) -> list[tuple[str, str]]:
    """Give the properties of a card by name, with their values as they are written, and check how they are folded."""
    folded = raw.split(b"\r\n")
    assert folded[-1] == b""
    assert all(len(line) <= 75 and line.decode() == line.decode().strip("\r\n") for line in folded)
    lines = raw.decode().replace("\r\n ", "").splitlines()
    return [(line.partition(":")[0].partition(";")[0], line.partition(":")[2]) for line in lines]


def unescaped(value: str) -> list[str]:
    """Give the parts of a value, with what is escaped in them as it was meant."""
    parts = re.split(r"(?<!\\)(?:\\\\)*;", value)
    assert not any(re.search(r"(?<!\\)(?:\\\\)*,", part) for part in parts), "a bare comma would begin another value"
    return [re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], part) for part in parts]


def test_s8_the_card_holds_what_stood_on_it() -> None:
    contact = Contact(
        "Dr Ada B. Lid", "Lid; Sons, Ltd", "Head, depots", "lid@example.com", "+44 20; 7946", "Met \\n 20: November"
    )
    assert contact_card(contact).decode().split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Lid;Ada B.;;Dr;",
        "FN:Dr Ada B. Lid",
        r"ORG:Lid\; Sons\, Ltd",
        r"TITLE:Head\, depots",
        r"TEL:+44 20\; 7946",
        r"NOTE:Met \\n 20: November",
        "EMAIL;TYPE=INTERNET:lid@example.com",
        "END:VCARD",
        "",
    ]
    read = vobject.readOne(contact_card(contact).decode())
    assert (read.n.value.family, read.n.value.given, read.n.value.prefix) == ("Lid", "Ada B.", "Dr")
    assert read.org.value == ["Lid; Sons, Ltd"]
    assert (read.title.value, read.tel.value, read.note.value) == (contact.title, contact.phone, contact.note)
    assert read.email.value == "lid@example.com"


@pytest.mark.parametrize(
    ("name", "family"), [("Ms Lid", "Lid"), ("Lid", "Lid"), ("Prof. Dr Lid", "Lid"), ("Ms", "Ms"), ("李 明", "明")]
)
def test_the_last_word_is_taken_for_the_familys_name(name: str, family: str) -> None:
    read = vobject.readOne(contact_card(Contact(name)).decode())
    assert read.n.value.family == family
    assert read.fn.value == name


def test_a_card_without_a_name_says_so() -> None:
    with pytest.raises(ValueError, match="A contact needs a name"):
        contact_card(Contact(" \n"))


@MANY
@given(strange, strange, strange)
def test_no_text_can_add_anything_to_a_card(name: str, company: str, phone: str) -> None:
    contact = Contact(f"Lid {name}", f"Acme {company}", f"Head {name}", company, f"1 {phone}", f"x {name}")
    raw = contact_card(contact)
    found = card_lines(raw)
    assert [field for field, _ in found] == ["BEGIN", "VERSION", "N", "FN", "ORG", "TITLE", "TEL", "NOTE", "END"]
    values = {field: unescaped(value) for field, value in found}
    assert values["FN"] == [short(contact.name)]
    assert values["ORG"] == [short(contact.company)]
    assert values["NOTE"] == [short(contact.note)]
    assert len(values["N"]) == 5
    assert not set(raw.replace(b"\r\n", b"")) & {*range(32), 127}
    read = vobject.readOne(raw.decode())
    assert read.fn.value == short(contact.name)
    assert read.org.value == [short(contact.company)]
    assert read.tel.value == short(contact.phone)


# --- What all of them stand on


@MANY
@given(strange)
def test_a_part_of_a_file_name_leads_nowhere(typed: str) -> None:
    part = file_part(typed)
    assert len(part.encode()) <= 80
    assert all(character.isalnum() or character == "-" or not character.isascii() for character in part)
    assert not set(part) & set('/\\:*?"<>|.\0\n\u202e')
    assert Path("folder", f"letter {part}.txt").parent == Path("folder")


@pytest.mark.parametrize("typed", INJECTIONS)
def test_one_line_is_one_and_cleaning_it_again_changes_nothing(typed: str) -> None:
    assert len(one_line(typed).splitlines()) == 1
    assert one_line(one_line(typed)) == one_line(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "a@b",
        "=?utf-8?q?spy?=@example.com",
        "@example.com",
        "a b@example.com",
        "é@example.com",
        "a@example.com>",
        "a@" + "b" * 260 + ".com",
        "a@b..c",
    ],
)
def test_what_is_no_address_is_none(typed: str) -> None:
    assert address(typed) == ""
