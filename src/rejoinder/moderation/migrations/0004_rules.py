"""Rules of a site, what they would have done, and by what near-duplicates are found."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("everything", "Every comment"),
    ("repeats", "Much the same as others"),
    ("phrases", "Words and phrases"),
    ("pattern", "A pattern"),
    ("newcomer", "First comments of a person"),
    ("record", "Much of the person was removed"),
    ("links", "Links and pictures"),
    ("service", "A service of your own"),
    ("akismet", "Akismet"),
]
VERDICTS = [
    ("hold", "hold it until a moderator has read it"),
    ("refuse", "do not take it, and say why"),
    ("card", "let it appear, and put it before a moderator"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_moderation", "0003_decisions"),
        ("rejoinder_accounts", "0006_people"),
        ("rejoinder_discussion", "0004_alias"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section", models.CharField(blank=True, default="", max_length=120)),
                ("name", models.CharField(max_length=80)),
                ("kind", models.CharField(choices=KINDS, max_length=12)),
                ("words", models.TextField(blank=True, default="")),
                ("figures", models.JSONField(default=dict)),
                ("secret", models.CharField(blank=True, default="", max_length=120)),
                ("verdict", models.CharField(choices=VERDICTS, default="hold", max_length=6)),
                (
                    "mode",
                    models.CharField(
                        choices=[("off", "off"), ("log", "only note"), ("on", "on")],
                        default="log",
                        max_length=3,
                    ),
                ),
                ("severity", models.PositiveSmallIntegerField(default=2)),
                ("code", models.CharField(blank=True, default="", max_length=20)),
                ("sentence", models.CharField(blank=True, default="", max_length=500)),
                ("fault", models.CharField(blank=True, default="", max_length=200)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("dropped", models.PositiveIntegerField(default=0)),
                ("created", models.DateTimeField()),
                ("changed", models.DateTimeField()),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="rejoinder_accounts.site",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="rejoinder_discussion.thread",
                    ),
                ),
            ],
            options={"db_table": "rejoinder_rule"},
        ),
        migrations.AddConstraint(
            model_name="rule",
            constraint=models.UniqueConstraint(fields=("site", "name"), name="rule_name_once_a_site"),
        ),
        migrations.CreateModel(
            name="RuleHit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("found", models.CharField(blank=True, default="", max_length=200)),
                ("created", models.DateTimeField()),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="rejoinder_discussion.comment",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hits",
                        to="rejoinder_moderation.rule",
                    ),
                ),
            ],
            options={"db_table": "rejoinder_rule_hit"},
        ),
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="rejoinder_discussion.comment",
                    ),
                ),
                ("first", models.BigIntegerField(db_index=True)),
                ("second", models.BigIntegerField(db_index=True)),
                ("third", models.BigIntegerField(db_index=True)),
                ("fourth", models.BigIntegerField(db_index=True)),
                ("created", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "rejoinder_fingerprint"},
        ),
    ]
