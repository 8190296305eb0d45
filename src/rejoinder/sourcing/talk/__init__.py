"""The discussion of a passage: comments that are tied to it, how many, and their page."""
