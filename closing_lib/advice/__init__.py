"""What to do: pure functions of answers; no pandas, no widgets, no clock, no files but the content."""
