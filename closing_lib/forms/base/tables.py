"""Tables of results as HTML: each rate beside its count and its interval, in words as well as drawn."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import pandas as pd

from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.documents.markup import scrolling
from closing_lib.outcomes import MIN_N, by_band, by_tactic


def tactics_table(t: pd.DataFrame) -> str:
    """Write what moved forward by how it went and what was asked, with the intervals drawn."""
    columns = ("how", "counted", "interval", "still_open")
    head = "".join(f'<th scope="col">{escape(text(f"outcomes.view.column.{name}"))}</th>' for name in columns)
    bands = {row.band: row for row in by_band(t).table.itertuples()}
    groups = (
        by_tactic(t).table.sort_values(["band", "used"], ascending=False).groupby("band", observed=True, sort=False)
    )
    body = [_group(text(f"outcomes.band.{band}"), bands[band], rows) for band, rows in groups]
    body.append(_group(text("outcomes.not_assessed"), None, by_tactic(t[t["band"].isna()], within_bands=False).table))
    body.append(_group(text("outcomes.all_bands"), None, by_tactic(t, within_bands=False).table))
    return scrolling(f"<thead><tr>{head}</tr></thead>{''.join(body)}", text("outcomes.view.by_tactic_caption"))


def _group(title: str, whole: Any, rows: pd.DataFrame) -> str:
    """Write a group of rows under its title, with a row for all of them together where there is one."""
    if rows.empty:
        return ""
    together = "" if whole is None else _row(text("outcomes.any_tactic"), whole)
    each = "".join(_row(text(f"tactics.{row.used}.short"), row) for row in rows.itertuples())
    return f'<tbody><tr><th scope="rowgroup" colspan="4">{escape(title)}</th></tr>{each}{together}</tbody>'


def _row(named: str, row: Any) -> str:
    counted = escape(text("outcomes.progressed_of", progressed=row.progressed, n=row.n))
    cells = "".join(f"<td>{cell}</td>" for cell in (counted, _interval(row), _open(row)))
    return f'<tr><th scope="row">{escape(named)}</th>{cells}</tr>'


def _interval(row: Any) -> str:
    if not row.n:
        return "–"
    if math.isnan(row.rate):
        few = text(f"outcomes.{'few' if row.n < MIN_N else 'few_people'}", needed=MIN_N)
        return f'<span class="ck-muted">{escape(few)}</span>'
    said = text("outcomes.rate", rate=percent(row.rate), low=percent(row.low), high=percent(row.high))
    drawn = f'<i style="left:{row.low:.1%};width:{row.high - row.low:.1%}"></i><b style="left:{row.rate:.1%}"></b>'
    return f'<span class="ck-interval" aria-hidden="true">{drawn}</span><small>{escape(said)}</small>'


def _open(row: Any) -> str:
    """Write how many are still open, and between which rates they and those without a reply leave it."""
    if not (row.open or row.no_reply) or math.isnan(row.rate):
        return str(row.open)
    bounds = text("outcomes.bounds", fail=percent(row.if_open_fail), succeed=percent(row.if_open_succeed))
    return f"{row.open} <small>({escape(bounds)})</small>"
