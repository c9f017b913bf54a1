"""Self-paced study: exercises are checked, progress is counted, and review questions come back."""
