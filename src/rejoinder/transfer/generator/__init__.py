"""Plausible threads of any size, for demonstrations and measurements."""

from rejoinder.transfer.generator.write import generate

__all__ = ["generate"]
