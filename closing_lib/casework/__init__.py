"""The log and the advice brought together for one person: what is due, for whom, with what was prepared."""
