"""Practising the close: an invented interviewer, the debrief of a try, and the running record."""
