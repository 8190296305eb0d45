"""Nothing is missing here."""
