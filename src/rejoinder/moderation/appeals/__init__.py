"""Appeals: somebody else than who decided looks at a decision again, within a time that the site names."""

from rejoinder.moderation.appeals.answering import answer_appeal
from rejoinder.moderation.appeals.filing import appeal, in_force

__all__ = ["answer_appeal", "appeal", "in_force"]
