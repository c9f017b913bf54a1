"""What is due next, over all applications."""

from __future__ import annotations

import datetime as dt
from html import escape

from closing_lib.casework.due import due_table
from closing_lib.content import text
from closing_lib.forms.base.view import View
from closing_lib.records import OutcomeLog


class DueView(View):
    """What is due next, over all applications: each row leads to the form for it."""

    def write(self, log: OutcomeLog, day: dt.date) -> str:
        """Write what is due next."""
        title = escape(text("outcomes.view.due_title"))
        return f"<h2>{title}</h2>{due_table(log, day, leads_on=not self.shows_sample)}"
