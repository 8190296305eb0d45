"""What generated comments say and who says it: sentence frames, one TOML file a language, filled at random.

For demonstrations and measurements; the texts are ours and speak of a town that does not exist.
"""

from rejoinder.transfer.generator.text.grammar import LANGUAGES
from rejoinder.transfer.generator.text.voice import MAX_WORDS, Voice

__all__ = ["LANGUAGES", "MAX_WORDS", "Voice"]
