"""How a discussion goes on: who may write in it, how fast, how warm it is, and what a site says about that."""

from rejoinder.moderation.threads.pause import reconsider
from rejoinder.moderation.threads.step import step_thread

__all__ = ["reconsider", "step_thread"]
