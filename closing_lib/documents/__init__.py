"""What is printed, sent or saved: the closing card, letters, calendar entries, reports. No widget is needed."""
