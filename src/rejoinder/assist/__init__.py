"""Assist: what this newsroom's moderators would decide, predicted on its own machine."""
