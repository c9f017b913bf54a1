"""The letters: whole only with the person's own words, never twice the same, and professional (S17, S22, S23, S24)."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import string
import unicodedata
from dataclasses import replace

import pytest
from content.test_content import UNPROFESSIONAL
from hypothesis import given, settings
from hypothesis import strategies as st
from strange import strange

from closing_lib.advice.wording import as_sentences
from closing_lib.content import LANGUAGES, wordings
from closing_lib.documents.letter import Letter, LetterKind, Occasion, Person
from closing_lib.documents.letters import DAYS, SHAPES, letter, nudge, reply_to_no, thank_you_letters
from closing_lib.documents.names import greeting, people_named
from closing_lib.documents.whole_sentence import is_note
from closing_lib.models import Format, Settled

FRIDAY = dt.date(2026, 11, 20)
OCCASION = Occasion("Lantern & Lid", "Analyst", FRIDAY, dt.date(2026, 11, 26), Format.VIDEO, me="Alex Tan")
LID = Person(
    "Mr Lid",
    topic="I liked the new depot.",
    strength="I plan routes.",
    interest="I like work that people see.",
    omission="I have led a team of three.",
)
SPOUT = replace(LID, name="Ms Spout", topic="I liked how the team reviews its reports.", omission="")
FIELDS = ("name", "topic", "strength", "interest")


def one(person: Person, occasion: Occasion = OCCASION) -> Letter:
    return thank_you_letters(occasion, [person])[0]


def test_s23_the_letter_has_its_five_parts_in_the_persons_own_words() -> None:
    letter = one(LID)
    assert letter.is_whole
    assert letter.source == "S23"
    assert letter.text.startswith("Dear Mr Lid,\n\nThank you for our video call on 20 November")
    for own in (LID.topic, LID.strength, LID.interest, LID.omission, OCCASION.company):
        assert own in letter.text
    assert letter.text.endswith("Kind regards,\nAlex Tan\n")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("empty", ["", "  \n", "...", "\u200d"])
def test_what_is_missing_is_asked_for_by_name_and_never_made_up(field: str, empty: str) -> None:
    letter = one(replace(LID, **{field: empty}))
    assert len(letter.missing) == 1
    assert letter.text.count("[") == 1
    assert not letter.is_whole


def test_all_that_is_missing_is_named() -> None:
    letter = one(Person(), Occasion("Acme"))
    assert len(letter.missing) == 7
    assert "[their name]" in letter.text
    assert "[your name]" in letter.text


def test_a_letter_without_an_omission_says_nothing_of_one() -> None:
    assert len(one(replace(LID, omission=" ")).paragraphs) == len(one(LID).paragraphs) - 1


@pytest.mark.parametrize("how", [*Format, None])
def test_the_letter_knows_how_they_met(how: Format | None) -> None:
    met = one(LID, replace(OCCASION, format=how)).paragraphs[1]
    assert ("phone" in met) == (how is Format.PHONE)
    assert ("video" in met) == (how is Format.VIDEO)
    assert ("colleagues" in met) == (how is Format.PANEL)


@pytest.mark.parametrize(
    "again",
    ["I liked the new depot", " i liked The new Depot! ", "I liked the  new\ndepot", "I liked what Ms Spout’s depot"],
)
def test_two_people_do_not_get_the_same_letter(again: str) -> None:
    first = replace(LID, topic="I liked what Mr Lid’s depot") if "what" in again else LID
    letters = thank_you_letters(OCCASION, [first, replace(SPOUT, topic=again)])
    assert letters[0].is_whole
    assert letters[1].missing == ("something you didn’t also write to Mr Lid (they may compare)",)


def test_a_topic_that_names_one_of_them_is_the_same_for_both() -> None:
    about_lid = "I liked the depot of Mr Lid."
    letters = thank_you_letters(OCCASION, [replace(LID, topic=about_lid), replace(SPOUT, topic=about_lid)])
    assert not letters[1].is_whole


def test_even_with_the_same_words_each_letter_is_worded_differently() -> None:
    people = [replace(LID, name=name) for name in ("Mr Lid", "Ms Spout", "Dr Drizzle")]
    letters = thank_you_letters(OCCASION, people)
    for first, second in itertools.combinations(letters, 2):
        same = set(first.paragraphs) & set(second.paragraphs)
        assert same == {"Kind regards,", "Alex Tan"}
    assert len({letter.subject for letter in letters}) == 3


@settings(deadline=None)
@given(st.lists(st.builds(Person, strange, strange, strange, strange, strange, strange), min_size=2, max_size=5))
def test_whole_letters_of_one_interview_differ_in_more_than_the_name(people: list[Person]) -> None:
    whole = [letter for letter in thank_you_letters(OCCASION, people) if letter.is_whole]
    for first, second in itertools.combinations(whole, 2):
        assert first.paragraphs[1:] != second.paragraphs[1:]


@settings(deadline=None)
@given(strange, strange, strange)
def test_no_text_breaks_a_line_or_hides_in_one(name: str, company: str, topic: str) -> None:
    occasion = replace(OCCASION, company=company, role=name, me=name)
    person = replace(LID, name=name, topic=topic, omission=company)
    for made in (one(person, occasion), nudge(occasion, person), reply_to_no(occasion, person)):
        for line in (*made.paragraphs, made.subject):
            assert line.splitlines() == [line]
            assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in line)
        assert len(made.subject) <= 200
        made.text.encode()


def test_s24_the_first_nudge_recalls_the_promise_if_there_was_one() -> None:
    assert "you mentioned I might hear by 26 November" in nudge(OCCASION, LID).text
    assert "Do you know yet when you’ll decide?" in nudge(replace(OCCASION, promised_on=None), LID).text
    mistyped = replace(OCCASION, promised_on=dt.date(2025, 11, 27))  # before the interview
    assert nudge(mistyped, LID).text == nudge(replace(OCCASION, promised_on=None), LID).text


def test_s24_the_second_nudge_is_another_one() -> None:
    again = nudge(OCCASION, LID, [dt.date(2026, 11, 30)])
    assert "I wrote to you on 30 November" in again.text
    assert not {*again.paragraphs[1:-2]} & {*nudge(OCCASION, LID).paragraphs}
    assert again.subject != nudge(OCCASION, LID).subject
    assert "I wrote to you recently about the Analyst role" in nudge(OCCASION, LID, [None]).text


def test_s17_the_reply_to_a_no_is_gracious_and_asks_for_feedback() -> None:
    letter = reply_to_no(OCCASION, LID)
    assert letter.kind is LetterKind.REPLY_TO_NO
    assert letter.is_whole
    for part in ("Thank you for letting me know", "I respect your decision", "one thing I could do better"):
        assert part in letter.text


def test_s22_no_letter_is_unprofessional() -> None:
    second = nudge(OCCASION, LID, [FRIDAY])
    letters = [*thank_you_letters(OCCASION, [LID, SPOUT]), nudge(OCCASION, LID), second, reply_to_no(OCCASION, LID)]
    assert [letter.text for letter in letters if UNPROFESSIONAL.search(letter.text)] == []
    assert not any("'" in letter.text or "  " in letter.text for letter in letters)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Mr Lid, Ms Spout", ("Mr Lid", "Ms Spout")),
        ("Mr Lid; Ms Spout\nDr Gale & Ms Andersson and Mr Lid", ("Mr Lid", "Ms Spout", "Dr Gale", "Ms Andersson")),
        (" , ", ()),
        (None, ()),
    ],
)
def test_names_are_taken_from_the_log(said: str | None, names: tuple[str, ...]) -> None:
    assert people_named(said) == names


# --- Each kind is a row of one table


def test_each_kind_has_its_shape() -> None:
    assert [*SHAPES] == [*LetterKind]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", LetterKind)
def test_a_kind_asks_for_what_stands_in_its_sentences(
    kind: LetterKind, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    shape = SHAPES[kind]
    places = {field: set() for field in Person.__dataclass_fields__}  # type: ignore[var-annotated]
    for place in every_place(shape.paragraphs):
        for sentence in wordings(f"letters.{place}"):
            for field in places.keys() & {name for _, name, _, _ in string.Formatter().parse(sentence)}:
                places[field].add(place)
    asked = {field for field, found in places.items() if found}
    assert asked == {*shape.needs, *shape.may}


def every_place(paragraphs: tuple[str, ...]) -> set[str]:
    told = ("open", "promised", "next_step", "next_step_promised", "offer")
    ways = {
        "next": told,
        "opening": (*told, "asked", "asked_on"),
        "time": ("first", "again"),
        "thanks": ("met", "thanks"),
    }
    return {
        place.format(**{name: way})
        for name, all_ways in ways.items()
        for place in paragraphs
        if f"{{{name}}}" in place
        for way in all_ways
    } | {place for place in paragraphs if "{" not in place}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_goes_on_around_what_a_person_wrote(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person's words are whole sentences: what stands before them has ended, and nothing follows them."""
    monkeypatch.setenv("CLOSING_LANG", language)
    own = {name for shape in SHAPES.values() for name in (*shape.needs, *shape.may)} - {*DAYS, "written_to"}
    for shape in SHAPES.values():
        for sentence in (one for place in every_place(shape.paragraphs) for one in wordings(f"letters.{place}")):
            for name in own:
                before, found, after = sentence.partition(f"{{{name}}}")
                assert not found or (before.rstrip().endswith((".", "?")) and not after), sentence


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_of_any_kind_without_anything_is_all_gaps(kind: LetterKind) -> None:
    made = letter(kind, Occasion(""), Person())
    assert not made.is_whole
    assert len(made.missing) == len(made.gaps)
    assert all(gap in f"{made.subject}\n{made.text}" for gap in made.gaps)
    assert "  " not in made.text
    assert not re.search(r"\{|\}", made.text)


@settings(deadline=None)
@given(st.sampled_from(LetterKind), strange, strange, strange)
def test_a_letter_of_any_kind_is_made_of_lines(kind: LetterKind, name: str, said: str, company: str) -> None:
    texts = {field: said for field, hint in Person.__annotations__.items() if hint == "str"}
    made = letter(kind, Occasion(company, company, FRIDAY, me=name), Person(**{**texts, "name": name}), [Person(said)])
    for line in (*made.paragraphs, made.subject):
        assert line.splitlines() == [line]
    made.text.encode()


@pytest.mark.parametrize("kind", ["call_on", "deadline", "answer_by", "starts_on"])
def test_a_day_is_written_as_one(kind: str) -> None:
    by_day = {
        "call_on": LetterKind.MISSED_CALL,
        "deadline": LetterKind.RIVAL_OFFER,
        "answer_by": LetterKind.ASK_FOR_TIME,
        "starts_on": LetterKind.ACCEPT,
    }
    made = letter(by_day[kind], OCCASION, replace(LID, **{kind: dt.date(2026, 12, 1)}))
    assert made.is_whole
    assert "1 December" in made.text


def test_a_first_day_that_nobody_knows_yet_is_left_out() -> None:
    assert letter("accept", OCCASION, LID).is_whole  # type: ignore[arg-type]
    assert "I can start" not in letter("accept", OCCASION, LID).text  # type: ignore[arg-type]


# --- What they have said about what comes next


def test_the_thank_you_knows_the_date_that_was_promised() -> None:
    assert "You mentioned I might hear by 26 November." in one(LID).text
    assert "hear by" not in one(LID, replace(OCCASION, promised_on=None)).text


@pytest.mark.parametrize("promised_on", [None, dt.date(2026, 11, 26)])
def test_the_thank_you_knows_what_is_settled(promised_on: dt.date | None) -> None:
    of = replace(OCCASION, promised_on=promised_on)
    through = one(LID, replace(of, settled=Settled.NEXT_STEP)).text
    assert "I’m delighted to be through to the next round" in through
    assert ("26 November" in through) == (promised_on is not None)
    assert "I’m delighted about the offer." in one(LID, replace(of, settled=Settled.OFFER)).text


@pytest.mark.parametrize("settled", [None, *Settled])
@pytest.mark.parametrize("promised_on", [None, dt.date(2026, 11, 26)])
def test_nobody_is_told_what_they_expected(settled: Settled | None, promised_on: dt.date | None) -> None:
    of = replace(OCCASION, settled=settled, promised_on=promised_on)
    assert "expected" not in one(LID, of).text + nudge(of, LID).text


def test_a_weak_answer_and_a_doubt_have_their_place_in_the_thank_you() -> None:
    made = one(replace(LID, repair="we had four weeks, not six", doubt="i'd stay for years"))
    assert made.is_whole
    assert "give you a better answer. We had four weeks, not six.\n" in made.text
    assert "the concern you raised. I'd stay for years.\n" in made.text


def test_who_begins_with_thanks_is_not_thanked_twice() -> None:
    made = one(replace(LID, topic="Thank you for showing me the depot."))
    assert made.paragraphs[1].startswith("It was good to talk to you on 20 November")


def test_the_coordinator_passes_on_thanks_to_all_others() -> None:
    others = [Person("Mr Lid"), Person("ms spout"), Person(" "), Person("Dr Gale")]
    made = letter(
        LetterKind.PANEL_THANKS, OCCASION, Person("Sam Hill", topic="It went well.", interest="I like it."), others
    )
    assert made.is_whole
    assert "pass on my thanks to Mr Lid, Ms Spout and Dr Gale?" in made.text


def test_a_second_message_adds_something() -> None:
    again = nudge(OCCASION, replace(LID, news="i passed the exam"), [FRIDAY])
    assert again.paragraphs[2] == "I also have some news to share. I passed the exam."


# --- What people type


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("i need stable hours", "I need stable hours."),
        ("I DON'T HAVE A DEGREE", "I DON'T HAVE A DEGREE."),
        ("  great!  ", "Great!"),
        ("why not?", "Why not?"),
        ("we won 🙂", "We won 🙂"),
        ("“you're overqualified”", "“You're overqualified”."),
        ('She said "go on."', 'She said "go on."'),
        ("iPhone apps", "iPhone apps."),
        ("one. two, three;", "One. two, three."),
        ("we saved 8%..", "We saved 8%."),
        ("and so on...", "And so on…"),
        ("¿puedo ir?", "¿Puedo ir?"),
        ("(not yet)", "(Not yet)."),
        ("maybe i'll come on monday, i.e. soon", "Maybe I'll come on Monday, i.e. soon."),
        ("", ""),
    ],
)
def test_whole_sentences_are_used_as_they_are(typed: str, said: str) -> None:
    assert as_sentences(" ".join(typed.split())) == said


@given(strange)
def test_sentences_that_are_whole_stay_so(typed: str) -> None:
    once = as_sentences(" ".join(typed.split()))
    assert as_sentences(once) == once


@pytest.mark.parametrize(
    "note",
    [
        "the new depot",
        "planning routes",
        "great team",
        "the reporting project and the team",
        "stable hours and less travel",
        "Python and SQL",
        "the depot you showed me",
        "the new app you're building",
        "a chance to do good work",
    ],
)
def test_a_note_is_shown_as_a_gap_until_it_is_a_sentence(note: str) -> None:
    made = one(replace(LID, strength=note))
    assert f"[a whole sentence: {note}]" in made.text
    assert made.missing == (f"“{note}” as a whole sentence (if it’s one already, put a full stop after it)",)
    assert made.gaps == (f"[a whole sentence: {note}]",)
    assert one(replace(LID, strength=f"{note}.")).is_whole


NOTES = {
    "en": ["how you plan routes", "work that is visible", "the work I do", "You and the team", "Monday to Friday",
           "ten years of experience in logistics", "the way you have organised the team",
           "what you told me about the flood"],
    "es": ["horario estable y menos viajes", "el proyecto de informes y el equipo", "Python y SQL", "gran equipo",
           "el almacén que me enseñó", "lo que me contó de la inundación", "trabajo en equipo", "ganas de aprender",
           "cómo planifican las rutas", "experiencia con Excel", "diez años en logística", "un puesto cerca de casa"],
}  # fmt: skip
SENTENCES = {
    "en": ["I love it.", "I love it", "i plan routes", "we cut late deliveries by half", "it's near", "You and I met",
           "my team won an award", "the number I couldn't remember was 8%", "suppliers are suppliers",
           "weekends are fine 👍",
           "thanks for showing me around the depot", "on Fridays I can work late", "any morning next week works for me",
           "Your question about the strike was a good one", "Great people make great teams", "Python and SQL.",
           "Monday to Friday!", "the commute would be too long for me", "what I like is the team"],
    "es": ["Me encantó.", "Me encantó", "necesito un horario estable", "Planifico bien", "Me mudo", "vuelvo a estudiar",
           "planifiqué rutas para cuarenta furgonetas", "conozco el programa que usan", "hablo danés y algo de polaco",
           "el trayecto me llevaría demasiado tiempo", "el salario es de 28.000 al año", "ahorramos un 8 %",
           "quiero comprar cosas que la gente usa", "gracias por enseñarme el almacén", "Crecí a dos calles del río",
           "la cifra que no recordaba era un 8 %", "Python y SQL.",
           "Lo que me contó de la inundación se me quedó grabado"],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_is_told_from_a_sentence_however_long_and_whatever_its_capitals(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    assert [one for one in NOTES[language] if not is_note(one)] == []
    assert [one for one in NOTES[language] if not is_note(one.upper())] == []
    assert [one for one in SENTENCES[language] if is_note(one)] == []
    assert [one for one in SENTENCES[language] if is_note(one.upper())] == []


def test_a_note_that_could_be_left_out_is_shown_too() -> None:
    made = letter("withdraw", OCCASION, replace(LID, why_withdraw="too far away"))  # type: ignore[arg-type]
    assert "[a whole sentence: too far away]" in made.text
    assert not made.is_whole


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("the Analyst role", "the Analyst role at"),
        ("Job coach", "the Job coach role at"),
        ("The", "the The role at"),
        ("position of Analyst", "the Analyst role at"),
        ("The position of the Analyst", "the Analyst role at"),
        ("Position: Analyst", "the Analyst role at"),
        ("job as an Analyst", "the Analyst role at"),
        ("Analyst position", "the Analyst role at"),
        ("Head of position control", "the Head of position control role at"),
    ],
)
def test_no_word_around_a_role_is_doubled(role: str, said: str) -> None:
    assert said in nudge(replace(OCCASION, role=role), LID).text


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("puesto de analista", "puesto de analista en"),
        ("El puesto de analista", "puesto de analista en"),
        ("Vacante: analista", "puesto de analista en"),
        ("posición de analista", "puesto de analista en"),
        ("plaza de auxiliar vacante", "puesto de auxiliar en"),
        ("jefe de puesto", "puesto de jefe de puesto en"),
    ],
)
def test_in_spanish_no_word_around_a_role_is_doubled(role: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", "es")
    assert said in nudge(replace(OCCASION, role=role), LID).text


@pytest.mark.parametrize(
    "topic", ["It was great, thank you for the tour.", "The tour was great, thanks", "Many thanks."]
)
def test_who_thanks_in_the_first_sentence_is_not_thanked_before_it(topic: str) -> None:
    assert one(replace(LID, topic=topic)).paragraphs[1].startswith("It was good to talk to you")


def test_thanks_further_on_take_no_first_thanks_away() -> None:
    assert (
        one(replace(LID, topic="I liked it. Thanks for that.")).paragraphs[1].startswith("Thank you for our video call")
    )


def test_the_same_name_twice_is_one_person() -> None:
    assert people_named("Mr Lid, mr  LID and Ms Spout") == ("Mr Lid", "Ms Spout")
    others = [Person("Mr Lid"), Person(" mr  lid"), Person("Ms Spout"), Person("SAM hill")]
    made = letter(LetterKind.PANEL_THANKS, OCCASION, Person("Sam Hill"), others)
    assert "pass on my thanks to Mr Lid and Ms Spout?" in made.text


@pytest.mark.parametrize(
    ("kind", "day", "wrong", "right"),
    [
        (LetterKind.MISSED_CALL, "call_on", 1, 0),
        (LetterKind.RIVAL_OFFER, "deadline", -1, 0),
        (LetterKind.ASK_FOR_TIME, "answer_by", -1, 0),
        (LetterKind.ACCEPT, "starts_on", -1, 0),
    ],
)
def test_a_day_on_the_wrong_side_of_today_is_asked_for_again(
    kind: LetterKind, day: str, wrong: int, right: int
) -> None:
    today = dt.date(2026, 11, 24)
    occasion = replace(OCCASION, written_on=today)
    made = letter(kind, occasion, replace(LID, **{day: today + dt.timedelta(wrong)}))
    said = "25 November is still to come" if wrong > 0 else "23 November has already passed"
    assert [asked.endswith(f": {said}") for asked in made.missing] == [True]
    assert made.gaps == (made.gaps[0],)
    assert made.gaps[0] in made.text
    assert letter(kind, occasion, replace(LID, **{day: today + dt.timedelta(right)})).is_whole


def test_a_reason_stays_in_the_letter_that_it_was_given_for() -> None:
    person = replace(LID, why_time="I need a week.", why_decline="It's too far.", why_withdraw="I'm moving.",
                     news="I passed.", update="I lead a team now.", answer_by=FRIDAY)  # fmt: skip
    kinds = {
        "ask_for_time": "I need a week.",
        "decline_offer": "It's too far.",
        "withdraw": "I'm moving.",
        "nudge": "I passed.",
        "keep_in_touch": "I lead a team now.",
    }
    for kind in kinds:
        said = letter(LetterKind(kind), OCCASION, person).text
        assert [one for one in kinds if kinds[one] in said] == [kind]


def test_a_company_with_a_full_stop_ends_no_sentence_twice() -> None:
    assert "at Lid & Sons Ltd. I’m" in nudge(replace(OCCASION, company="Lid & Sons Ltd."), LID, [FRIDAY]).text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Mr Roberto Keane", "Dear Mr Keane,"),
        ("dr ada b. lid", "Dear Dr Lid,"),
        ("Ms Anna van Frost", "Dear Ms van Frost,"),
        ("Ada Lid", "Dear Ada Lid,"),
        ("Ms", "Dear Ms,"),
        ("Prof. Dr Lid", "Dear Prof. Dr Lid,"),
        ("Mr Robert James Keane", "Dear Mr Robert James Keane,"),
        ("mr liam o'brien", "Dear Mr O'Brien,"),
        ("Mr O’Brien", "Dear Mr O’Brien,"),
        ("Ms Ana de la Cruz", "Dear Ms de la Cruz,"),
        ("ms ana de la cruz", "Dear Ms de la Cruz,"),
        ("Mr Jan van der Berg", "Dear Mr van der Berg,"),
        ("Mr van der Berg", "Dear Mr van der Berg,"),
        ("Mr De La Rosa", "Dear Mr De La Rosa,"),
        ("Ms Ana García López", "Dear Ms García,"),
        ("Jan van der Berg", "Dear Jan van der Berg,"),
        ("liam o'brien", "Dear Liam O'Brien,"),
    ],
)
def test_people_are_greeted_by_their_title(name: str, said: str) -> None:
    assert one(replace(LID, name=name)).paragraphs[0] == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Sr. Roberto Keane", "Estimado Sr. Keane:"),
        ("Sra. Mecha", "Estimada Sra. Mecha:"),
        ("Dra. Ada Lluvia", "Estimada Dra. Lluvia:"),
        ("Sra. Ana García López", "Estimada Sra. García:"),
        ("Sra. García López", "Estimada Sra. García:"),
        ("Sra. María José García López", "Estimada Sra. García:"),
        ("Sr. López Escarcha", "Estimado Sr. López:"),
        ("Sra. Ana García", "Estimada Sra. García:"),
        ("Sr. Juan Martín Pérez", "Estimado Sr. Juan Martín Pérez:"),
        ("Sra. María García de la Torre", "Estimada Sra. García:"),
        ("Sra. María de la Cruz López", "Estimada Sra. de la Cruz:"),
        ("Sr. Ana María de la Cruz", "Estimado Sr. Ana María de la Cruz:"),
        ("Sr. José Ortega y Gasset", "Estimado Sr. Ortega:"),
        ("Sr. O'Brien", "Estimado Sr. O'Brien:"),
        ("Sr. Jan van der Berg", "Estimado Sr. van der Berg:"),
        ("Ana García López", "Buenos días, Ana García López:"),
        ("Sra. María de la Cruz", "Estimada Sra. de la Cruz:"),
        ("Ada Lluvia", "Buenos días, Ada Lluvia:"),
        ("Prof. Vendaval", "Buenos días, Prof. Vendaval:"),
        ("Mr Keane", "Estimado Mr Keane:"),
    ],
)
def test_in_spanish_a_title_tells_and_nothing_else_does(name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", "es")
    assert greeting(name) == said


@pytest.mark.parametrize("own", ["Hi Tom", " hi Tom, ", "Hi Tom:"])
def test_a_greeting_of_ones_own_is_used(own: str) -> None:
    assert one(replace(LID, greeting=own)).paragraphs[0].casefold() == "hi tom,"


def test_in_spanish_two_names_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", "es")
    assert people_named("Sra. Mecha y Sr. Sílex, Ana") == ("Sra. Mecha", "Sr. Sílex", "Ana")
