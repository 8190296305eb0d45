from rejoinder.moderation.models.appeals import Appeal
from rejoinder.moderation.models.decisions import Chain, Decision, DecisionText
from rejoinder.moderation.models.flags import Flag
from rejoinder.moderation.models.manners import Heat, HeatChange, Manners, SectionPace
from rejoinder.moderation.models.notices import Notice
from rejoinder.moderation.models.queue import Card, Watch
from rejoinder.moderation.models.reports import Day, Report
from rejoinder.moderation.models.rules import Fingerprint, Rule, RuleHit
from rejoinder.moderation.models.sanctions import Sanction, Whereabouts
from rejoinder.moderation.models.terms import Terms

__all__ = [
    "Appeal",
    "Card",
    "Chain",
    "Day",
    "Decision",
    "DecisionText",
    "Fingerprint",
    "Flag",
    "Heat",
    "HeatChange",
    "Manners",
    "Notice",
    "Report",
    "Rule",
    "RuleHit",
    "Sanction",
    "SectionPace",
    "Terms",
    "Watch",
    "Whereabouts",
]
