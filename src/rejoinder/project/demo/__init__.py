"""The demo: a small regional newspaper of an invented town, with its readers arguing."""
