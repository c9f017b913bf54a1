"""What people ask of their outcomes: one file a question, each makes a result of a tally."""
