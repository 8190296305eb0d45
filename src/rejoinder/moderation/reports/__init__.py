"""What is counted from the log: the transparency report of a year, and what those who moderate look at daily."""
