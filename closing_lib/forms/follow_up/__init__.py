"""The letters and dates of page 04, for one interview of the log."""
