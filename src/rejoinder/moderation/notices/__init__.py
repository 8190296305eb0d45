"""Notices that a comment is against the law: taken from anybody, decided by a person, told to whoever sent them."""

from rejoinder.moderation.notices.deciding import decide_notice
from rejoinder.moderation.notices.filing import complain, file_notice

__all__ = ["complain", "decide_notice", "file_notice"]
