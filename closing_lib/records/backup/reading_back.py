"""A history as tables again, without a log: what many people's exports are tallied from."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from closing_lib.arguments import path as as_path
from closing_lib.content import text
from closing_lib.files import from_home, read_whole, require_file
from closing_lib.records.backup.columns import COLUMNS, Record, is_history, type_of
from closing_lib.records.backup.formulas import original
from closing_lib.records.backup.parquet import read_parquet
from closing_lib.records.errors import LogError
from closing_lib.records.events import EventRow
from closing_lib.records.file_names import shown
from closing_lib.records.interviews import InterviewRow
from closing_lib.records.rows import hints

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_OF_ASSESSMENT = ("band", "score", "certainty", "answered_at", "locked_at", "hindsight")
_LONGEST = 60  # characters of a day or a number
_SHOWN = 60  # letters of what is no word
_YES = {"yes": True, "no": False}


class ReadHistory:
    """A history that was read: it gives the tables that the log gave, and can be tallied like one.

    Parameters
    ----------
    table : pandas.DataFrame
        The history.
    name : str
        What it is called where something in it cannot be.
    """

    def __init__(self, table: pd.DataFrame, name: str) -> None:
        self._table, self._name = table, name

    @property
    def person(self) -> int | None:
        """The number by which tallies that are added tell people apart, where there is one."""
        known = self._table["person"].dropna()
        return int(known.iloc[0]) if len(known) else None

    def interviews(self) -> pd.DataFrame:
        """Give the interviews, as `OutcomeLog.interviews` does."""
        answered = self._of(Record.ASSESSMENT)
        first = answered[answered["corrects"].isna()].drop_duplicates("interview").set_index("interview")
        corrected = answered.loc[answered["corrects"].notna(), "interview"]
        found = self._of(Record.INTERVIEW).rename(columns={"day": "held_on"}).drop(columns=[*_OF_ASSESSMENT])
        found = found.join(first[[*_OF_ASSESSMENT]], on="interview").sort_values("interview")
        found["hindsight"] = found["hindsight"].fillna(value=False)  # there is no assessment
        found["corrected"] = found["interview"].isin(corrected)
        return _typed(found, hints(InterviewRow), self._name)

    def events(self) -> pd.DataFrame:
        """Give the dated history, as `OutcomeLog.events` does: what was entered, and what the days of others imply."""
        import pandas as pd  # noqa: PLC0415  # slow to load

        entered = self._of(Record.EVENT).assign(place=3)
        applied = self._of(Record.APPLICATION).assign(kind="applied", place=1)
        held = self._of(Record.INTERVIEW).assign(kind="interview", place=2)
        implied = pd.concat([applied, held]).dropna(subset="day").assign(event=None, note=None)
        known = pd.MultiIndex.from_frame(entered[["application", "kind", "day"]])
        implied = implied[~pd.MultiIndex.from_frame(implied[["application", "kind", "day"]]).isin(known)]
        found = pd.concat([implied.astype(entered.dtypes.to_dict()), entered])
        found = found.sort_values(["application", "day", "place", "event"], kind="stable")
        return _typed(found.rename(columns={"day": "on"}), hints(EventRow), self._name)

    def _of(self, record: Record) -> pd.DataFrame:
        return self._table[self._table["record"] == record.value]


def read_history(source: str | os.PathLike[str] | pd.DataFrame | pa.Table) -> ReadHistory:
    """Read an exported history without a log, to count what is in it.

    Parameters
    ----------
    source : path-like, pandas.DataFrame or pyarrow.Table
        A Parquet or CSV file as `export_log` writes it, or the table in it.

    Raises
    ------
    LogError
        If it is no history.

    Examples
    --------
    >>> import tempfile
    >>> import closing_lib as cl
    >>> log = cl.sample_log()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     exported = read_history(cl.export_log(log, f"{folder}/history.parquet"))
    >>> exported.interviews().equals(log.interviews()), cl.tally(exported).equals(cl.tally(log))
    (True, True)
    """
    import pandas as pd  # noqa: PLC0415  # slow to load

    if isinstance(source, pd.DataFrame):
        table, name = source, "DataFrame"
    elif hasattr(source, "to_pandas"):
        table, name = _of_arrow(source, "Table"), "Table"
    else:
        path = from_home(as_path("source", source))
        table, name = _of_file(path), shown(path.name)
    if not is_history([*table.columns]) or not table.columns.is_unique:
        raise LogError(text("exporting.trouble.no_history", name=name))
    table = table[table["record"].isin([*map(str, Record)])]  # the others, such as empty lines, are nothing
    missing: dict[str, None] = {column: None for column in COLUMNS if column not in table.columns}
    types = {column: type_of(column) | None for column in COLUMNS}
    return ReadHistory(_typed(table.assign(**missing), types, name), name)


def _of_file(path: Path) -> pd.DataFrame:
    name = shown(path.name)
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            return _of_arrow(read_parquet(path, name), name)
        return _of_csv(path)
    except FileNotFoundError:
        raise LogError(text("importing.trouble.not_there", name=name)) from None
    except LogError:
        raise
    except (OSError, ValueError) as error:  # of pandas too
        raise LogError(text("exporting.trouble.no_history", name=name)) from error


def _of_csv(path: Path) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  # slow to load

    whole = read_whole(path, require_file(path))  # some of what the system shows as files goes on beyond their size
    found = pd.read_csv(
        io.BytesIO(whole),
        dtype="str",
        keep_default_na=False,
        encoding="utf-8-sig",
        usecols=lambda name: name in COLUMNS,
        index_col=False,  # what a line has beyond the headings is nothing, and no index of as many levels
    )
    return found.apply(_as_written)


def _of_arrow(table: pa.Table, name: str) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  # slow to load
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    known = table.select([one for one in table.column_names if one in COLUMNS])
    for column in known.schema:
        if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
            years = pc.min_max(pc.year(known[column.name])).as_py()
            if years["min"] is not None and not dt.MINYEAR <= years["min"] <= years["max"] <= dt.MAXYEAR:
                raise LogError(text("exporting.trouble.no_day", name=name, column=column.name))
    found: pd.DataFrame = known.to_pandas(types_mapper=pd.ArrowDtype)
    return found


def _as_written(cells: pd.Series) -> pd.Series:
    """Take off what was put before formulas, and give nothing for empty cells."""
    column = str(cells.name)
    kind = type_of(column) if column in COLUMNS else str
    found = cells.mask(cells == "")
    if kind in (dt.date, dt.datetime, int, float) and (cells.str.len() > _LONGEST).any():
        raise ValueError  # to read a number of a million digits takes minutes
    if kind is bool:
        return found.map(_YES)
    return found.map(original, na_action="ignore") if kind is str else found


def _typed(found: pd.DataFrame, types: Mapping[str, object], name: str) -> pd.DataFrame:
    """Give columns their types.

    Raises
    ------
    LogError
        If something is in them that cannot be, or nothing where something has to be.
    """
    from closing_lib.records.frames import dtype  # noqa: PLC0415  # pandas is slow to load

    kinds = {column: dtype(hint) for column, hint in types.items()}
    for column, kind in kinds.items():
        known = [*getattr(kind, "categories", ())]
        if known and len(others := found[column][found[column].notna() & ~found[column].isin(known)]):
            value = str(others.iloc[0])[:_SHOWN]
            raise LogError(text("exporting.trouble.no_word", name=name, column=column, value=value))
    try:
        return found[[*kinds]].astype(kinds).reset_index(drop=True)
    except (ArithmeticError, LookupError, NotImplementedError, TypeError, ValueError) as error:
        raise LogError(text("exporting.trouble.no_history", name=name)) from error
