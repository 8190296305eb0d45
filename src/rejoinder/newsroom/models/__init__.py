from rejoinder.newsroom.models.author import AuthorIndex, AuthorPage
from rejoinder.newsroom.models.front import FrontPage
from rejoinder.newsroom.models.public import PublicPage
from rejoinder.newsroom.models.section import SectionIndex, SectionPage
from rejoinder.newsroom.models.story import Byline, StoryIndex, StoryPage

__all__ = [
    "AuthorIndex",
    "AuthorPage",
    "Byline",
    "FrontPage",
    "PublicPage",
    "SectionIndex",
    "SectionPage",
    "StoryIndex",
    "StoryPage",
]
