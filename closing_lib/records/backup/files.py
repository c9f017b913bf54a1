"""The export itself: a log as a file, written whole or not at all, and never over another one unasked."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.files import from_home
from closing_lib.records.backup.delimited import as_csv
from closing_lib.records.backup.history import History, history
from closing_lib.records.backup.parquet import as_parquet
from closing_lib.records.backup.workbook import as_workbook
from closing_lib.records.errors import LogError
from closing_lib.records.file_names import shown
from closing_lib.records.log import OutcomeLog
from closing_lib.records.saving import require_free, save

_WRITERS: Mapping[str, Callable[[History], bytes]] = {"csv": as_csv, "xlsx": as_workbook, "parquet": as_parquet}
ENDINGS = tuple(_WRITERS)


@validate_call
def export_log(log: OutcomeLog, file: str | os.PathLike[str], overwrite: bool = False) -> Path:
    """Write all that a log holds into a file: CSV, XLSX or Parquet, as the ending of its name says.

    It is one flat table, one row for each application, interview, assessment, event and attempt, by application and
    day, as they are now: half-filled forms, the history of changes and what was deleted are left out, since who deletes
    something does not want to hand it on. `OutcomeLog.changes` gives that history, and a copy of the log's own file
    keeps it. `import_csv` takes the file back exactly, into this log or another one. In CSV,
    what a spreadsheet would run as a formula has an apostrophe before it; in XLSX it is typed as text. The file is the
    person's whole history, for themselves: `activity_report` is for showing.

    Parameters
    ----------
    log : OutcomeLog
        The log.
    file : path-like
        Where to write; the folder has to be there, and ``~`` is the person's home.
    overwrite : bool
        Whether to write over a file that is there already.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    LogError
        If the ending is not known, the file is there already, it holds a log, such as this one, it cannot be written,
        or its format cannot hold the log. Nothing is then written.

    Examples
    --------
    >>> import tempfile
    >>> import closing_lib as cl
    >>> log = cl.sample_log()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = cl.export_log(log, f"{folder}/my_log.csv")
    ...     path.name, cl.import_csv(path, into=log).imported
    ('my_log.csv', 0)
    """
    path = from_home(file)
    with contextlib.suppress(OSError):  # which is told when it is written
        require_free(path, overwrite=overwrite, error=LogError)
    content = export_bytes(log, path.suffix.removeprefix("."))
    return save(path, content, overwrite=overwrite, error=LogError)


@validate_call
def export_bytes(log: OutcomeLog, ending: str) -> bytes:
    """Give what `export_log` would write.

    Parameters
    ----------
    log : OutcomeLog
        The log.
    ending : str
        ``"csv"``, ``"xlsx"`` or ``"parquet"``.

    Raises
    ------
    LogError
        If the ending is not known, or the format cannot hold the log.
    """
    write = _WRITERS.get(ending.lower())
    if write is None:
        raise LogError(text("exporting.trouble.unknown_ending", value=shown(ending), known=", ".join(ENDINGS)))
    return write(history(log))
