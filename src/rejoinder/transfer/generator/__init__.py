"""A plausible thread of any size, for demonstrations and measurements."""
