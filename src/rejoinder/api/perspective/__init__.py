"""The door for programs that spoke to Perspective: its format, answered by the site's own model.

The format is foreign: what is unknown in a request is ignored, and names and sentences of errors are those that its
clients look for. Nothing of a request is kept, but what clients send as feedback.
"""
