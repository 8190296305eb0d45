"""`python filling.py FILE` makes the database and puts the comments of FILE into it."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.contrib.flatpages.models import FlatPage  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django_comments_xtd.models import XtdComment  # noqa: E402


def fill(path):
    call_command("migrate", verbosity=0)
    kind = ContentType.objects.get_for_model(FlatPage)
    for size, said in json.loads(Path(path).read_text()).items():
        story = FlatPage.objects.create(url=f"/stories/{size}/", title=f"A story with {size} comments")
        with transaction.atomic():
            fill_one(kind, story, said)


def fill_one(kind, story, said):
    """As its form does; a reply to a comment of the last level becomes one beside that comment."""
    stored = {}
    for one in said:
        parent = stored.get(one["parent"])
        if parent is not None and parent[1] == settings.COMMENTS_XTD_MAX_THREAD_LEVEL:
            parent = parent[2]
        comment = XtdComment.objects.create(
            content_type=kind,
            object_pk=str(story.pk),
            site_id=settings.SITE_ID,
            user_name=one["name"],
            user_email=f"reader{one['number'] % 500}@example.org",
            comment=one["body"][:3000],
            submit_date=datetime.fromtimestamp(one["created"], UTC),
            parent_id=parent[0] if parent else 0,
        )
        stored[one["number"]] = (comment.pk, comment.level, parent)


if __name__ == "__main__":
    fill(sys.argv[1])
