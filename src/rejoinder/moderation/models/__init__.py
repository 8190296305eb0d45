from rejoinder.moderation.models.appeals import Appeal
from rejoinder.moderation.models.decisions import Chain, Decision, DecisionText
from rejoinder.moderation.models.flags import Flag
from rejoinder.moderation.models.rules import Fingerprint, Rule, RuleHit
from rejoinder.moderation.models.terms import Terms

__all__ = ["Appeal", "Chain", "Decision", "DecisionText", "Fingerprint", "Flag", "Rule", "RuleHit", "Terms"]
