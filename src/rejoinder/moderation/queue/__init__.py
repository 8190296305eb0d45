"""What waits for a decision: placed and taken away in the transaction of what causes it."""

from rejoinder.moderation.queue.placing import place, take_away, weigh

__all__ = ["place", "take_away", "weigh"]
