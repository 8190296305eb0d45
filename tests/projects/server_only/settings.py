"""The server's own settings, as they come."""

from rejoinder.project.settings import *  # noqa: F403
