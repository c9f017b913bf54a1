"""What to do: pure functions of a person's answers, with no pandas, no widgets, no clock, and no files but the content."""
