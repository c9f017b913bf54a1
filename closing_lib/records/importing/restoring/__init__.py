"""Take the kit's own exports back: every record as it was, into an empty log or beside what a log holds."""
