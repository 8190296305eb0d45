"""Plausible threads of any size, for demonstrations and measurements: `write.generate`, said by `text`."""
