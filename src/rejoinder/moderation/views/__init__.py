from rejoinder.moderation.views.decide import decisions, flags, thread_actions
from rejoinder.moderation.views.guidelines import guidelines
from rejoinder.moderation.views.removed import removed
from rejoinder.moderation.views.search import search

__all__ = ["decisions", "flags", "guidelines", "removed", "search", "thread_actions"]
