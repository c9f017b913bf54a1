"""Give the log back to the person: the whole history as CSV, XLSX or Parquet, and what a report of activity shows."""

from closing_lib.records.exporting.files import ENDINGS, export_bytes, export_log
from closing_lib.records.exporting.reading_back import ReadHistory, read_history

__all__ = ["ENDINGS", "ReadHistory", "export_bytes", "export_log", "read_history"]
