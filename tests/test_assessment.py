"""How the interview went: the answers are checked, and the reading keeps its promises for every possible answer."""

from __future__ import annotations

import copy
import itertools
import pickle
from dataclasses import FrozenInstanceError, replace

import pytest
from answers import RATINGS, SEEN, assessments, worse_and_better
from hypothesis import given, settings
from hypothesis import strategies as st

from closing_lib.assessment import Assessment, assess, read_band
from closing_lib.content import signs
from closing_lib.models import Band, Format

STRONG_GOOD = [sign.id for sign in signs() if sign.good and not sign.weak]
WARNINGS = [sign.id for sign in signs() if not sign.good]
WEAK = [sign.id for sign in signs() if sign.weak]


def counted(ids: list[str]) -> list[dict[str, bool | None]]:
    """Give one assignment of answers for each way to count yes, no and can't tell among signs that weigh the same."""
    ways = [(yes, no) for yes in range(len(ids) + 1) for no in range(len(ids) + 1 - yes)]
    return [dict(zip(ids, [True] * yes + [False] * no, strict=False)) for yes, no in ways]


class TestAnswers:
    def test_unknown_sign_names_the_choices(self) -> None:
        with pytest.raises(ValueError, match="'smiled' is not known; choose one of next_steps_named"):
            Assessment(signs={"smiled": True})

    @pytest.mark.parametrize("wrong", [0, 6, 3.0, True, "4", None])
    def test_ratings_are_one_to_five(self, wrong: object) -> None:
        with pytest.raises(ValueError, match=r"confidence is .* must be 1 to 5"):
            Assessment(confidence=wrong)  # type: ignore[arg-type]

    def test_own_rating_may_be_unknown(self) -> None:
        assert Assessment(felt=None).felt is None

    @pytest.mark.parametrize("wrong", [1, "yes", 0.0])
    def test_a_sign_is_seen_or_not_or_unknown(self, wrong: object) -> None:
        with pytest.raises(ValueError, match="must be True, False or None"):
            Assessment(signs={"cut_off": wrong})  # type: ignore[dict-item]

    @pytest.mark.parametrize(
        ("field", "wrong", "named"),
        [
            ("format", "fax", "in_person, video, phone, panel"),
            ("already", "maybe", "next_step, offer"),
            ("wants_answer", "yes", "True or False"),
        ],
    )
    def test_unknown_words_name_the_choices(self, field: str, wrong: str, named: str) -> None:
        with pytest.raises(ValueError, match=named):
            Assessment(**{field: wrong})  # type: ignore[arg-type]

    def test_the_answers_are_read_only_and_keep_apart_from_what_was_passed(self) -> None:
        given_signs: dict[str, bool | None] = {"cut_off": True}
        assessment = Assessment(signs=given_signs)
        given_signs["cut_off"] = False
        assert assessment.signs["cut_off"] is True
        with pytest.raises(TypeError):
            assessment.signs["cut_off"] = False  # type: ignore[index]
        with pytest.raises(FrozenInstanceError):
            assessment.felt = 5  # type: ignore[misc]

    def test_absent_and_none_are_the_same_answer(self) -> None:
        assert Assessment(signs={"cut_off": None}) == Assessment()

    @given(assessments)
    def test_survives_plain_values_pickles_and_copies(self, assessment: Assessment) -> None:
        twins = (
            Assessment.from_dict(assessment.to_dict()),
            pickle.loads(pickle.dumps(assessment)),  # noqa: S301  # pickled a moment ago
            copy.deepcopy(assessment),
        )
        assert all(twin == assessment and hash(twin) == hash(assessment) for twin in twins)


class TestReading:
    @given(assessments)
    def test_is_total_deterministic_and_in_range(self, assessment: Assessment) -> None:
        reading = assess(assessment)
        assert reading == assess(assessment)
        assert reading.band in Band
        assert reading.band is read_band(assessment)
        assert 0 <= reading.score <= 1
        assert 0 <= reading.certainty <= 1
        assert reading.reasons

    def test_signs_of_one_kind_weigh_the_same(self) -> None:
        """So that counting them, below, covers every assignment."""
        for ids, seen in itertools.product((STRONG_GOOD, WARNINGS, WEAK), (True, False)):
            assert len({assess(Assessment(signs={one: seen})).score for one in ids}) == 1
        assert len(STRONG_GOOD) + len(WARNINGS) + len(WEAK) == len(signs())

    def test_well_always_rests_on_two_strong_signs_exhaustively(self) -> None:
        """All 28 x 28 x 10 ways to count the signs, with each own rating: 47,040 readings."""
        bands = set()
        for good, warning, weak in itertools.product(counted(STRONG_GOOD), counted(WARNINGS), counted(WEAK)):
            for felt in (None, *RATINGS):
                band = read_band(Assessment(signs=good | warning | weak, felt=felt))
                bands.add(band)
                if band is Band.WELL:
                    assert sum(seen is True for seen in good.values()) >= 2
        assert bands == set(Band)

    @given(assessments)
    def test_the_own_rating_alone_decides_nothing(self, assessment: Assessment) -> None:
        alone = replace(assessment, signs={})
        assert read_band(alone) is Band.UNSURE

    @settings(max_examples=120)
    @given(assessments, st.sampled_from([sign.id for sign in signs()]), st.integers(0, 2))
    def test_a_better_sign_never_reads_worse(self, assessment: Assessment, sign: str, pair: int) -> None:
        worse, better = (
            assess(replace(assessment, signs={**assessment.signs, sign: seen})) for seen in worse_and_better(sign)[pair]
        )
        assert worse.band.rank <= better.band.rank
        assert worse.score <= better.score

    @given(assessments, st.sampled_from(list(itertools.combinations(RATINGS, 2))))
    def test_a_higher_own_rating_never_reads_worse(self, assessment: Assessment, pair: tuple[int, int]) -> None:
        worse, better = (assess(replace(assessment, felt=felt)) for felt in pair)
        assert worse.band.rank <= better.band.rank
        assert worse.score <= better.score

    @settings(max_examples=120)
    @given(assessments, st.sampled_from(["felt", *(sign.id for sign in signs())]), st.sampled_from(SEEN[1:]))
    def test_cannot_tell_never_raises_the_certainty(self, assessment: Assessment, name: str, seen: bool) -> None:
        if name == "felt":
            told, untold = replace(assessment, felt=4), replace(assessment, felt=None)
        else:
            told = replace(assessment, signs={**assessment.signs, name: seen})
            untold = replace(assessment, signs={**assessment.signs, name: None})
        assert assess(untold).certainty < assess(told).certainty

    def test_everything_told_is_certain_and_nothing_told_is_not(self) -> None:
        everything = Assessment(signs={sign.id: sign.good for sign in signs()}, felt=5)
        assert assess(everything).certainty == 1
        assert assess(Assessment()).certainty == 0

    def test_the_format_does_not_change_the_reading(self) -> None:
        assert len({assess(Assessment(signs={"overran": True}, format=how)) for how in Format}) == 1

    def test_two_answers_that_exclude_each_other_are_named_once(self) -> None:
        both = assess(Assessment(signs={"overran": True, "ended_early": True}))
        named = [reason for reason in both.reasons if "can’t both be true" in reason.text]
        assert [set(reason.fields) for reason in named] == [{"signs.overran", "signs.ended_early"}]

    def test_every_answer_is_named_in_a_reason(self) -> None:
        assessment = Assessment(signs={sign.id: index % 2 == 0 for index, sign in enumerate(signs())}, felt=2)
        named = {field for reason in assess(assessment).reasons for field in reason.fields}
        assert named == {"felt", *(f"signs.{sign.id}" for sign in signs())}
