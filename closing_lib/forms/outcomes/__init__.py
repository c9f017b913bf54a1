"""The log and its analysis, page 05: what is written into it, how it is changed, and what it shows."""
