"""Readers with an account: signing in, and what belongs to a person."""
