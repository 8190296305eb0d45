"""What readers report: whom one can believe, who is one and the same, what follows, and what came of it."""

from rejoinder.moderation.flags.following import follow

__all__ = ["follow"]
