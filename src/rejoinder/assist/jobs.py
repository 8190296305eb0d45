"""Background work of Assist."""
