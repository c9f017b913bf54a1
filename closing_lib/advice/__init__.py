"""What to do: pure functions of answers; no pandas, no widgets, no clock, no files but the content."""

from closing_lib.advice import card as card  # it writes the card that an advice shows itself as
