"""What is laid on a person on one site, and what is given to them; it holds from the next request on."""

from rejoinder.moderation.sanctions.standing import Standing, check_speaking, is_trusted, standing_of
from rejoinder.moderation.sanctions.step import step_person

__all__ = ["Standing", "check_speaking", "is_trusted", "standing_of", "step_person"]
