"""Give the log back to the person: the whole history as CSV, XLSX or Parquet, and what a report of activity shows."""

from closing_lib.records.exporting.activity import ActivityReport, Deed, activity_report
from closing_lib.records.exporting.files import ENDINGS, export_bytes, export_log
from closing_lib.records.exporting.reading_back import ReadHistory, read_history

__all__ = [
    "ENDINGS",
    "ActivityReport",
    "Deed",
    "ReadHistory",
    "activity_report",
    "export_bytes",
    "export_log",
    "read_history",
]
