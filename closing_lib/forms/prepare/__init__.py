"""The preparation of page 01: its form, what is still to improve, the timer, and the trial to take part in."""
