"""Take a person's own tracker into the log: any encoding, separator, heading and status, and no row lost."""

from closing_lib.records.importing.columns import Column
from closing_lib.records.importing.report import ImportReport, Remark, Skipped
from closing_lib.records.importing.statuses import Status

__all__ = ["Column", "ImportReport", "Remark", "Skipped", "Status"]
