"""The employer’s answer on page 03: what to say to it, and to a doubt."""
