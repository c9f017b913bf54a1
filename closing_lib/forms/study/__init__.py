"""Exercises, reviews and progress, on every page."""
