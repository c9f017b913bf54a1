"""The start page: where a person is, and what is due today."""
