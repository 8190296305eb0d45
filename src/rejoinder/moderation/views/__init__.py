from rejoinder.moderation.views.decide import decisions, flags, thread_actions
from rejoinder.moderation.views.search import search

__all__ = ["decisions", "flags", "search", "thread_actions"]
