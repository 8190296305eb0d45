"""Rejoinder publishes a news story and hosts the argument beneath it."""

__version__ = "0.1.0.dev0"
