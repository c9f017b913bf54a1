"""Take the kit's own exports back: every record as it was, into an empty log or beside what a log holds."""

from closing_lib.records.restoring.own_table import own_table
from closing_lib.records.restoring.restore import restore

__all__ = ["own_table", "restore"]
