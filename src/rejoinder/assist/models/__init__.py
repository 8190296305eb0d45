from rejoinder.assist.models.examples import Example
from rejoinder.assist.models.policies import Policy
from rejoinder.assist.models.scores import Score
from rejoinder.assist.models.versions import Version

__all__ = ["Example", "Policy", "Score", "Version"]
