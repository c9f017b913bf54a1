"""Charts: a result as a picture with its sentence and its table, for a page, a screen reader, a slide and a printer."""

from closing_lib.outcomes.charts.page import Chart, chart

__all__ = ["Chart", "chart"]
