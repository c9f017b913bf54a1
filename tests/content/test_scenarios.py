"""The scenarios: many, varied, the same in every language, and a mistake in one is told with its place and remedy."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest
from test_content import UNPROFESSIONAL

from closing_lib.advice.recommendation import recommend
from closing_lib.content import LANGUAGES, ContentError, Scenario, loading, replies, scenario, scenarios, signs, text
from closing_lib.content.interviewer import ASKABLE, MINDS, answers_of_100, ways_of_speaking
from closing_lib.content.replies import replies_of
from closing_lib.content.scenarios import _scenario, scenarios_of
from closing_lib.models import Band, Directness, Format, Leaning, Level, Response, Settled, Tactic
from closing_lib.practice.tries import assessment_of

VERDICTS = re.compile(
    r"\b(curt(ly)?|vague(ly)?|bored|impatient(ly)?|friendly|unfriendly|went (well|badly)|good sign|bad sign|warmly|"
    r"interested|uninterested|rude|successful)\b",
    re.IGNORECASE,
)
PROSE = ("title", "role", "employer", "opening", "state", "concern", "behind")
BLOCK = {
    "id": "x",
    "title": "T",
    "role": "R",
    "employer": "E",
    "format": "phone",
    "level": "entry",
    "directness": "mixed",
    "opening": "O",
    "happened": [{"text": "They laughed.", "sign": "laughter", "seen": True}],
    "state": "S",
    "confidence": 3,
    "risk": 3,
    "wants_answer": False,
    "leaning": "open",
    "concern": "C",
    "behind": "B",
}


def sentences(one: Scenario) -> list[str]:
    return [*(getattr(one, name) for name in PROSE), *(moment.text for moment in one.happened)]


# --- How many, and how varied


def test_there_are_at_least_twenty_four() -> None:
    assert len(scenarios()) >= 24


@pytest.mark.parametrize(
    ("attribute", "words", "least"),
    [("format", Format, 4), ("level", Level, 4), ("directness", Directness, 7), ("leaning", Leaning, 4)],
)
def test_every_word_occurs_often_enough_to_practise(attribute: str, words: type, least: int) -> None:
    counted = Counter(getattr(one, attribute) for one in scenarios())
    assert set(counted) == set(words)
    assert min(counted.values()) >= least


def test_every_band_and_every_tactic_is_the_best_reading_of_some() -> None:
    advice = [recommend(assessment_of(one)) for one in scenarios()]
    assert set(Counter(one.reading.band for one in advice)) == set(Band)
    tactics = Counter(one.tactic for one in advice)
    assert set(tactics) == set(Tactic)
    assert min(tactics.values()) >= 3
    assert {one.already for one in scenarios()} == {None, *Settled}


def test_what_was_seen_does_not_give_away_what_they_think() -> None:
    found = {(recommend(assessment_of(one)).reading.band, one.leaning) for one in scenarios() if not one.already}
    for band in Band:
        assert len({leaning for in_band, leaning in found if in_band is band}) >= 2


def test_every_sign_is_shown_and_most_are_shown_missing_too() -> None:
    shown = {(moment.sign, moment.seen) for one in scenarios() for moment in one.happened if moment.sign}
    assert {id for id, seen in shown if seen} == {sign.id for sign in signs()}
    assert len([id for id, seen in shown if not seen]) >= 5


# --- How they are told


@pytest.mark.parametrize("one", scenarios(), ids=lambda one: one.id)
def test_is_told_in_good_prose_and_names_no_verdict(one: Scenario) -> None:
    for said in sentences(one):
        assert said == said.strip()
        assert "'" not in said
        assert '"' not in said
        assert "  " not in said
        assert not UNPROFESSIONAL.search(said)
    for moment in one.happened:
        assert not VERDICTS.search(moment.text), moment.text
        assert moment.text[-1] in ".?!”"
        assert len(moment.text.split()) <= 60
    assert 2 <= len(one.happened) <= 7
    assert one.happened != ()
    assert one.concern[0] not in "“\"'"


def test_no_two_have_the_same_id_title_or_employer() -> None:
    for name in ("id", "title", "employer", "opening", "concern", "behind"):
        assert len({getattr(one, name) for one in scenarios()}) == len(scenarios()), name


def test_s22_the_replies_that_fit_are_professional_and_each_answer_has_both_sides() -> None:
    for response in Response:
        places = [one.place for one in replies() if one.to is response]
        assert places.count(0) == 1
        assert len(places) >= 4
        assert min(places) < 0 < max(places)
    assert not [one.id for one in replies() if one.place == 0 and UNPROFESSIONAL.search(one.text)]
    assert all(re.fullmatch(r"S([1-9]|1\d|2[0-4])", one.source) for one in replies())


def test_the_fitting_reply_does_not_always_stand_in_the_same_place() -> None:
    found = [[one.place for one in replies() if one.to is response].index(0) for response in Response]
    assert len(set(found)) >= 4


# --- The same in every language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_interviews_told_in_its_own_words(language: str) -> None:
    def facts(one: Scenario) -> list[object]:
        plain = [getattr(one, field.name) for field in fields(one) if field.name not in (*PROSE, "happened")]
        return [*plain, [(moment.sign, moment.seen) for moment in one.happened]]

    assert [facts(one) for one in scenarios_of(language)] == [facts(one) for one in scenarios_of("en")]
    for one, english in zip(scenarios_of(language), scenarios_of("en"), strict=True):
        assert language == "en" or one.opening != english.opening


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_replies(language: str) -> None:
    facts = [(one.id, one.to, one.place, one.source) for one in replies_of(language)]
    assert facts == [(one.id, one.to, one.place, one.source) for one in replies_of("en")]


# --- A facilitator's own


def test_a_facilitator_adds_one_without_touching_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = (loading.FOLDER / "en" / "scenarios.toml").read_text(encoding="utf-8")
    begin = written.index("[[scenario]]")
    block = written[begin : written.index("[[scenario]]", begin + 1)]
    (tmp_path / "en").mkdir()
    own = block.replace('id = "ward_nurse"', 'id = "our_own"')
    (tmp_path / "en" / "scenarios.toml").write_text(written + "\n" + own, encoding="utf-8")
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    scenarios_of.cache_clear()
    try:
        assert scenario("our_own").happened == scenario("ward_nurse").happened
    finally:
        scenarios_of.cache_clear()


def test_an_unknown_scenario_names_the_known() -> None:
    with pytest.raises(ValueError, match="Scenario 'pilot' is not known; choose one of ward_nurse, "):
        scenario("pilot")


def moment(**lines: object) -> dict[str, object]:
    return {"happened": [{"text": "T.", **lines}]}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"format": "panle"}, "format: Format 'panle' is not known; choose one of in_person, video, phone, panel"),
        ({"level": "boss"}, "level: Level 'boss' is not known; choose one of entry"),
        ({"directness": "rude"}, "directness: Directness 'rude' is not known"),
        ({"leaning": "bored"}, "leaning: Leaning 'bored' is not known"),
        ({"already": "hired"}, "already: Settled 'hired' is not known"),
        ({"confidence": 6}, "confidence is 6; write a whole number from 1 to 5"),
        ({"risk": True}, "risk is True; write a whole number from 1 to 5"),
        ({"felt": "4"}, "felt is '4'; write a whole number"),
        ({"wants_answer": "no"}, "wants_answer is 'no'; write true or false, without quotes"),
        ({"title": " "}, "title is ' '; write words in quotes"),
        ({"mood": "good"}, "has a line 'mood', which nothing reads; choose among id, title"),
        ({"happened": "a lot"}, r"nothing happened; add a block \[\[scenario.happened\]\]"),
        ({"happened": ["a lot"]}, "happened 1 is no block"),
        (moment(sign="yawned", seen=True), "happened 1: sign 'yawned' is not known; choose one of next_steps_named"),
        (moment(sign="handshake", seen=True), "handshake cannot be seen in the format phone, only in in_person, panel"),
        (moment(sign="overran"), "happened 1: seen is None; write true or false"),
        (moment(seen=True), "“seen” needs the sign that it speaks of"),
        (moment(sing="overran"), "happened 1 has a line 'sing', which nothing reads; choose among text, sign, seen"),
        ({"happened": 2 * [{"text": "T.", "sign": "overran", "seen": True}]}, "'overran' happened twice; join"),
        (
            {"happened": [{"text": "T.", "sign": id, "seen": True} for id in ("overran", "ended_early")]},
            "overran and ended_early cannot both be seen; take one of them out",
        ),
    ],
)
def test_a_wrong_block_says_where_it_stands_and_what_to_do(wrong: dict[str, object], why: str) -> None:
    assert _scenario(BLOCK, "en/scenarios.toml, scenario 3").format is Format.PHONE
    with pytest.raises(ContentError, match=rf"^en/scenarios\.toml, scenario 3 \(x\):? ?.*{why}") as raised:
        _scenario({**BLOCK, **wrong}, "en/scenarios.toml, scenario 3")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", [name for name in BLOCK if name != "id"])
def test_a_missing_line_is_named(name: str) -> None:
    with pytest.raises(ContentError, match=rf"here \(x\) has no '{name}'; add a line “{name} = …”"):
        _scenario({key: value for key, value in BLOCK.items() if key != name}, "here")


# --- The numbers of the interviewer


def test_the_table_is_whole_and_every_row_adds_up_to_a_hundred() -> None:
    table = answers_of_100()
    assert set(table) == {(mind, asked) for mind in MINDS for asked in ASKABLE}
    assert all(sum(row) == 100 and len(row) == len(Response) for row in table.values())


def test_ways_of_speaking_belong_to_people_who_speak_one_way_or_the_other() -> None:
    assert {way.directness for way in ways_of_speaking()} == {Directness.DIRECT, Directness.INDIRECT}


@pytest.mark.parametrize("row", ["[50, 50]", "[10, 10, 10, 10, 10]", "[110, -10, 0, 0, 0]", '"none"'])
def test_a_wrong_row_says_which_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    from closing_lib.content import interviewer as module

    written = (loading.FOLDER / "interviewer.toml").read_text(encoding="utf-8")
    begin = written.index("bold", written.index("[keen]"))
    changed = f"{written[:begin]}bold = {row}{written[written.index(chr(10), begin) :]}"
    (tmp_path / "interviewer.toml").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    module._numbers.cache_clear()
    try:
        with pytest.raises(ContentError, match=r"interviewer\.toml, \[keen\]: bold is .*add up to 100"):
            answers_of_100()
    finally:
        module._numbers.cache_clear()


def test_every_word_of_the_practice_has_its_text() -> None:
    for words, key in ((Level, "practise.levels"), (Directness, "practise.directness"), (Leaning, "practise.leaning")):
        assert all(text(f"{key}.{word}") for word in words)
