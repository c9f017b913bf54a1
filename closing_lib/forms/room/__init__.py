"""The counts of many people, page 07: sharing one’s own and adding up a room’s."""
