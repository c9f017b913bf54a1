"""The forms and cards of the pages: the only place that knows widgets."""
