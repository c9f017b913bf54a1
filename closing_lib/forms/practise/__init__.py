"""The invented interviews of page 06."""
