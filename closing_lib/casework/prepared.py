"""What was prepared before the interview, for the pages that come after it: it is read here alone."""

from __future__ import annotations

from dataclasses import dataclass

from closing_lib.advice.wording import one_line
from closing_lib.records import OutcomeLog
from closing_lib.records.application_key import spelt

DRAFT = "preparation"  # the form in which it is prepared


@dataclass(frozen=True)
class Prepared:
    """What stands in the preparation, each part as one line; empty where nothing does.

    Attributes
    ----------
    company, role : str
        Where the interview will be, and what for.
    skills, desire : str
        Two parts of the pitch: what one does well, and why one wants this job.
    """

    company: str = ""
    role: str = ""
    skills: str = ""
    desire: str = ""

    @classmethod
    def read(cls, log: OutcomeLog) -> Prepared:
        """Read what a log holds of it.

        Examples
        --------
        >>> from closing_lib.records import sample_log
        >>> log = sample_log()
        >>> log.save_draft("preparation", {"company": " Acme", "skills": "I plan shifts.", "fact": None})
        >>> Prepared.read(log)
        Prepared(company='Acme', role='', skills='I plan shifts.', desire='')
        """
        kept = log.draft(DRAFT) or {}
        return cls(*(_line(kept.get(name)) for name in ("company", "role", "skills", "desire")))

    def is_for(self, company: str) -> bool:
        """Whether it was prepared for a company, or for none that is named: why one wants this job fits no other."""
        return not self.company or spelt(self.company) == spelt(company)


def _line(kept: object) -> str:
    return one_line(kept) if isinstance(kept, str) else ""
