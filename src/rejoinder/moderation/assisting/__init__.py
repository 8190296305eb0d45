"""What Assist has to do with moderation: it learns from decisions, sorts cards, and where a site lets it, holds or
approves. It never removes anything.
"""
