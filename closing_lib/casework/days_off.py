"""What the person chose on the follow-up page for all applications: the country's holidays, and thank-you letters."""

from __future__ import annotations

import datetime as dt

from closing_lib.advice.public_holidays import public_holidays
from closing_lib.arguments import InvalidAnswer
from closing_lib.records import OutcomeLog

DRAFT = "follow_up"  # the form that asks for the country


def days_off(log: OutcomeLog, day: dt.date) -> frozenset[dt.date]:
    """Give the public holidays from the year before a day to the year after it."""
    country = (log.draft(DRAFT) or {}).get("country")
    try:
        return public_holidays(country if isinstance(country, str) else None, (day.year - 1, day.year, day.year + 1))
    except InvalidAnswer:  # a country of an earlier kit, which is not known any more
        return frozenset()


def sends_thanks(log: OutcomeLog) -> bool:
    """Whether the person sends thank-you letters: they are not customary everywhere."""
    return (log.draft(DRAFT) or {}).get("thanks") != "no"
