from rejoinder.assist.models.clients import Client
from rejoinder.assist.models.examples import Example
from rejoinder.assist.models.policies import Policy
from rejoinder.assist.models.scores import Score
from rejoinder.assist.models.versions import Version

__all__ = ["Client", "Example", "Policy", "Score", "Version"]
