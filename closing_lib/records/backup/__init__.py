"""The kit's own format, both ways: the whole log as CSV, XLSX or Parquet, read as tables, and back into a log."""

from closing_lib.records.backup.files import ENDINGS, export_bytes, export_log
from closing_lib.records.backup.reading_back import ReadHistory, read_history

__all__ = ["ENDINGS", "ReadHistory", "export_bytes", "export_log", "read_history"]
