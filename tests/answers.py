"""Every possible answer, as hypothesis strategies and as exhaustive tables."""

from __future__ import annotations

from hypothesis import strategies as st

from closing_lib.assessment import Assessment
from closing_lib.content import signs
from closing_lib.models import Format, Round, Settled

SEEN = (None, False, True)
RATINGS = (1, 2, 3, 4, 5)

assessments = st.builds(
    Assessment,
    signs=st.fixed_dictionaries({sign.id: st.sampled_from(SEEN) for sign in signs()}),
    felt=st.sampled_from((None, *RATINGS)),
    confidence=st.sampled_from(RATINGS),
    risk=st.sampled_from(RATINGS),
    wants_answer=st.booleans(),
    already=st.sampled_from((None, *Settled)),
    format=st.sampled_from(tuple(Format)),
    round=st.sampled_from((None, *Round)),
    decides=st.sampled_from(SEEN),
    open_concern=st.booleans(),
    scripted=st.booleans(),
    short_of_time=st.booleans(),
)
open_assessments = assessments.filter(lambda assessment: assessment.already is None)
# Those after which the bold question may be advised: of all possible answers hardly one in a thousand is.
promising = st.builds(
    Assessment,
    signs=st.fixed_dictionaries(
        {sign.id: st.sampled_from((True, True, None) if sign.good else (False, None)) for sign in signs()}
    ),
    felt=st.sampled_from((None, 3, 4, 5)),
    confidence=st.sampled_from((4, 5)),
    risk=st.sampled_from((4, 5)),
    wants_answer=st.booleans(),
    format=st.sampled_from(tuple(Format)),
    round=st.sampled_from((None, Round.FIRST, Round.PANEL, Round.FINAL)),
    decides=st.sampled_from((None, True)),
)


def worse_and_better(sign_id: str) -> list[tuple[bool | None, bool | None]]:
    """Give the pairs of answers to a sign of which the second speaks more for an interview that went well."""
    good = next(sign.good for sign in signs() if sign.id == sign_id)
    line: list[bool | None] = [False, None, True] if good else [True, None, False]
    return [(line[0], line[1]), (line[1], line[2]), (line[0], line[2])]
