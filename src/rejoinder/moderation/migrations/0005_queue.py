"""Cards of what waits for a decision, and groups of stories to watch. What waits already gets its card."""

from __future__ import annotations

import math
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from rejoinder.core import clock

TAU = 4 * 3600.0
BATCH = 500


def _card(apps: Any, comment: Any, why: str, p: float) -> Any:
    moment = comment.created or clock.now()
    return apps.get_model("rejoinder_moderation", "Card")(
        comment=comment,
        site_id=comment.thread.site_id,
        thread_id=comment.thread_id,
        person_id=comment.author_id,
        section=comment.thread.section,
        language=comment.thread.site.language[:8],
        p=p,
        rank=moment.timestamp() / TAU - math.log(p),
        doubt=abs(p - 0.5),
        created=moment,
        changed=clock.micros(moment),
        **{why: True},
    )


def fill(apps: Any, schema: Any) -> None:
    """What is held, and what readers complained of and nobody has decided about."""
    comments = apps.get_model("rejoinder_discussion", "Comment").objects.select_related("thread__site")
    cards = apps.get_model("rejoinder_moderation", "Card").objects
    held = comments.filter(state="held")
    flags = apps.get_model("rejoinder_moderation", "Flag").objects.values("comment")
    reported = comments.filter(state="public", pk__in=flags, decisions=None)
    for rows, why, p in ((held, "held", 0.4), (reported, "reported", 0.3)):
        waiting: list[Any] = []
        for comment in rows.order_by("pk").iterator(chunk_size=BATCH):
            waiting.append(_card(apps, comment, why, p))
            if len(waiting) == BATCH:
                cards.bulk_create(waiting)
                waiting = []
        cards.bulk_create(waiting)


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_accounts", "0006_people"),
        ("rejoinder_discussion", "0005_modes"),
        ("rejoinder_moderation", "0004_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="card",
                        serialize=False,
                        to="rejoinder_discussion.comment",
                    ),
                ),
                ("section", models.CharField(blank=True, default="", max_length=120)),
                ("language", models.CharField(blank=True, default="", max_length=8)),
                ("rule", models.CharField(blank=True, default="", max_length=80)),
                ("held", models.BooleanField(default=False)),
                ("reported", models.BooleanField(default=False)),
                ("suspected", models.BooleanField(default=False)),
                ("new", models.BooleanField(default=False)),
                ("appeal", models.BooleanField(default=False)),
                ("p", models.FloatField()),
                ("severity", models.FloatField(default=1.0)),
                ("exposure", models.FloatField(default=1.0)),
                ("rank", models.FloatField()),
                ("doubt", models.FloatField()),
                ("created", models.DateTimeField()),
                ("changed", models.BigIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="rejoinder_accounts.commenter",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="rejoinder_accounts.site",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="rejoinder_discussion.thread",
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_card",
                "indexes": [
                    models.Index(fields=["site", "rank", "comment"], name="card_all"),
                    models.Index(fields=["site", "doubt", "comment"], name="card_all_doubt"),
                    models.Index(
                        condition=models.Q(("held", True)),
                        fields=["site", "rank", "comment"],
                        name="card_held",
                    ),
                    models.Index(
                        condition=models.Q(("held", True)),
                        fields=["site", "doubt", "comment"],
                        name="card_held_doubt",
                    ),
                    models.Index(
                        condition=models.Q(("reported", True)),
                        fields=["site", "rank", "comment"],
                        name="card_reported",
                    ),
                    models.Index(
                        condition=models.Q(("reported", True)),
                        fields=["site", "doubt", "comment"],
                        name="card_reported_doubt",
                    ),
                    models.Index(
                        condition=models.Q(("suspected", True)),
                        fields=["site", "rank", "comment"],
                        name="card_suspected",
                    ),
                    models.Index(
                        condition=models.Q(("suspected", True)),
                        fields=["site", "doubt", "comment"],
                        name="card_suspected_doubt",
                    ),
                    models.Index(
                        condition=models.Q(("new", True)), fields=["site", "rank", "comment"], name="card_new"
                    ),
                    models.Index(
                        condition=models.Q(("new", True)),
                        fields=["site", "doubt", "comment"],
                        name="card_new_doubt",
                    ),
                    models.Index(
                        condition=models.Q(("appeal", True)),
                        fields=["site", "rank", "comment"],
                        name="card_appeal",
                    ),
                    models.Index(
                        condition=models.Q(("appeal", True)),
                        fields=["site", "doubt", "comment"],
                        name="card_appeal_doubt",
                    ),
                    models.Index(fields=["site", "changed"], name="card_changed"),
                    models.Index(fields=["site", "section", "rank", "comment"], name="card_section"),
                    models.Index(fields=["site", "language", "rank", "comment"], name="card_language"),
                    models.Index(fields=["site", "rule", "rank", "comment"], name="card_rule"),
                    models.Index(fields=["thread", "rank", "comment"], name="card_thread"),
                    models.Index(fields=["person", "rank", "comment"], name="card_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("created", models.DateTimeField()),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watches",
                        to="rejoinder_accounts.site",
                    ),
                ),
                (
                    "threads",
                    models.ManyToManyField(
                        db_table="rejoinder_watch_thread", related_name="+", to="rejoinder_discussion.thread"
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_watch",
                "constraints": [models.UniqueConstraint(fields=("site", "name"), name="watch_once_a_name")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
