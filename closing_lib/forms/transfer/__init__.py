"""What goes into the log from a file and out of it into one, page 05."""
