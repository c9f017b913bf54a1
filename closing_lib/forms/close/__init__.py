"""The assessment of page 02, and the card with the advice."""
