"""The scenarios: many, varied, the same in every language, and a mistake in one is told with its place and remedy."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest
from test_content import UNPROFESSIONAL

from closing_lib.advice.recommendation import recommend
from closing_lib.advice.words import must_be_short
from closing_lib.content import LANGUAGES, ContentError, Scenario, loading, replies, scenario, scenarios, signs, text
from closing_lib.content.interviewer import ASKABLE, MINDS, SETTLED, interviewer
from closing_lib.content.replies import replies_of
from closing_lib.content.scenarios import _scenario, scenarios_of
from closing_lib.models import Band, Directness, Format, Leaning, Level, Response, Round, Settled, Tactic
from closing_lib.practice.line import assessment_of

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


def advice_for(id: str) -> tuple[Band, Tactic, str]:
    found = recommend(assessment_of(scenario(id)))
    return found.reading.band, found.tactic, found.words


def test_every_interview_says_its_round_and_each_kind_of_person_sits_opposite() -> None:
    assert {one.round for one in scenarios()} == set(Round)
    assert {one.decides for one in scenarios()} == {True, False, None}
    for name in ("open_concern", "scripted", "short_of_time"):
        assert sum(getattr(one, name) for one in scenarios()) >= 2, name
    screens = [one for one in scenarios() if one.round is Round.SCREEN]
    assert all(one.decides is False for one in screens)


def test_the_interviews_that_a_coach_would_ask_for_are_there_with_the_advice_of_a_good_one() -> None:
    sold = scenario("agency_recruiter")  # by phone: sold the job, asked for a start date, long answers; 5 and 5
    assert (sold.confidence, sold.risk, sold.signs["sold_the_job"]) == (5, 5, True)
    assert advice_for("agency_recruiter")[1] is not Tactic.BOLD
    assert "forward" in advice_for("agency_recruiter")[2]
    assert advice_for("council_planner")[:2] == (Band.UNSURE, Tactic.MILD)  # the same for all, four good signs missing
    assert advice_for("finance_director")[:2] == (Band.WELL, Tactic.MILD)  # keen, but the full board decides
    assert advice_for("panel_silent")[1] is Tactic.STANDING  # a final round: there is no next level
    assert "next level" not in advice_for("panel_silent")[2]
    doubt = recommend(assessment_of(scenario("store_manager")))  # three good signs, 5 and 5, and a doubt
    assert (doubt.tactic, doubt.steps[0].id) == (Tactic.MILD, "concern")
    assert advice_for("call_centre")[:2] == (Band.POOR, Tactic.STANDING)  # cut off: the short close
    assert must_be_short(assessment_of(scenario("call_centre")))
    for told in ("phone_screen", "bus_driver", "career_changer", "junior_developer", "electrician"):
        assert advice_for(told)[1] is Tactic.CONFIRM


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
        ({"format": "panle"}, "format: Format 'panle' is not known; did you mean panel"),
        ({"level": "boss"}, "level: Level 'boss' is not known; choose one of entry"),
        ({"directness": "rude"}, "directness: Directness 'rude' is not known"),
        ({"leaning": "bored"}, "leaning: Leaning 'bored' is not known"),
        ({"round": "panle"}, "round: Round 'panle' is not known; did you mean panel"),
        ({"decides": "no"}, "decides is 'no'; write true or false, without quotes"),
        ({"open_concern": 1}, "open_concern is 1; write true or false"),
        ({"scripted": "yes"}, "scripted is 'yes'; write true or false"),
        ({"short_of_time": None}, "short_of_time is None; write true or false"),
        ({"already": "hired"}, "already: Settled 'hired' is not known"),
        ({"confidence": 6}, "confidence is 6; write a whole number from 1 to 5"),
        ({"risk": True}, "risk is True; write a whole number from 1 to 5"),
        ({"felt": "4"}, "felt is '4'; write a whole number"),
        ({"wants_answer": "no"}, "wants_answer is 'no'; write true or false, without quotes"),
        ({"title": " "}, "title is ' '; write words in quotes"),
        ({"mood": "good"}, "has a line 'mood', which nothing reads; choose one of id, title"),
        ({"happened": "a lot"}, r"nothing happened; add a block \[\[scenario.happened\]\]"),
        ({"happened": ["a lot"]}, "happened 1 is no block"),
        (moment(sign="yawned", seen=True), "happened 1: sign 'yawned' is not known; choose one of next_steps_named"),
        (moment(sign="handshake", seen=True), "handshake cannot be seen in the format phone, only in in_person, panel"),
        (moment(sign="overran"), "happened 1: seen is None; write true or false"),
        (moment(seen=True), "“seen” needs the sign that it speaks of"),
        (moment(sing="overran"), "happened 1 has a line 'sing', which nothing reads; did you mean sign"),
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


def test_the_model_is_whole_and_every_row_adds_up_to_a_hundred() -> None:
    model = interviewer()
    assert set(model.decided) == set(MINDS)
    assert all(sum(row.values()) == 100 and list(row) == list(Response) for row in model.decided.values())
    assert set(model.plainly) == {*ASKABLE, SETTLED}
    assert list(model.speaking) == list(Directness)
    assert list(model.speaking.values()) == sorted(model.speaking.values())
    assert list(model.instead) == list(Response)


def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Let the kit read the numbers with one line changed."""
    from closing_lib.content import interviewer as module

    written = (loading.FOLDER / "interviewer.toml").read_text(encoding="utf-8")
    assert re.search(old, written)
    (tmp_path / "interviewer.toml").write_text(re.sub(old, new, written, count=1), encoding="utf-8")
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    monkeypatch.setattr(module, "interviewer", module.interviewer.__wrapped__)


@pytest.mark.parametrize("row", ["[50, 50]", "[10, 10, 10, 10, 10]", "[110, -10, 0, 0, 0]", '"none"'])
def test_a_wrong_row_says_which_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    from closing_lib.content import interviewer as module

    changed(tmp_path, monkeypatch, r"keen +=.*", f"keen = {row}")
    with pytest.raises(ContentError, match=r"interviewer\.toml, \[decided\]: keen is .*add up to 100"):
        module.interviewer()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("mild = 50", "mild = 101", r"\[plainly\]: mild is 101; write a whole number from 0 to 100"),
        ("settled = 90", "", r"\[plainly\]: settled is None; write a whole number"),
        ("indirect = 50", 'indirect = "half"', r"\[speaking\]: indirect is 'half'; write a whole number"),
        ('offered = "encouraged"', 'offered = "perhaps"', r"\[instead\]: offered: Response 'perhaps' is not known"),
        (r"\[instead\]", "[rather]", r"has no table \[instead\]; add it"),
    ],
)
def test_a_wrong_number_says_where_it_is_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, why: str
) -> None:
    from closing_lib.content import interviewer as module

    changed(tmp_path, monkeypatch, old, new)
    with pytest.raises(ContentError, match=rf"^interviewer\.toml.*{why}"):
        module.interviewer()


def test_every_word_of_the_practice_has_its_text() -> None:
    for words, key in ((Level, "practise.levels"), (Directness, "practise.directness"), (Leaning, "practise.leaning")):
        assert all(text(f"{key}.{word}") for word in words)
