"""Arrays of counts -> intervals, tests, curves: thin over SciPy, and nothing here knows what a tally is."""
