"""Rules of a site, as its owners and editors make them."""

from rejoinder.moderation.rules.changing import Wish, remove, save, switch
from rejoinder.moderation.rules.finding import access_rule
from rejoinder.moderation.rules.would import Would, would

__all__ = ["Wish", "Would", "access_rule", "remove", "save", "switch", "would"]
