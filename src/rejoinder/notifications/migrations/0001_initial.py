from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_CASCADE = django.db.models.deletion.CASCADE


def _id() -> tuple[str, Any]:
    field = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
    return ("id", field)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("rejoinder_accounts", "0005_sessions"),
        ("rejoinder_discussion", "0004_alias"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                _id(),
                ("email", models.CharField(db_index=True, max_length=254)),
                ("confirmed", models.DateTimeField(null=True)),
                ("stopped", models.DateTimeField(null=True)),
                ("created", models.DateTimeField(db_index=True)),
                (
                    "commenter",
                    models.ForeignKey(
                        on_delete=_CASCADE, related_name="contacts", to="rejoinder_accounts.commenter"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=_CASCADE, related_name="contacts", to="rejoinder_accounts.site"
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_contact",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "commenter", "email"), name="one_contact_an_address"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                _id(),
                ("created", models.DateTimeField()),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=_CASCADE, related_name="subscriptions", to="rejoinder_discussion.comment"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=_CASCADE,
                        related_name="subscriptions",
                        to="rejoinder_notifications.contact",
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_subscription",
                "constraints": [
                    models.UniqueConstraint(fields=("contact", "comment"), name="subscribed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                _id(),
                ("created", models.DateTimeField(db_index=True)),
                ("told", models.DateTimeField(null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=_CASCADE, related_name="+", to="rejoinder_discussion.comment"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=_CASCADE, related_name="notices", to="rejoinder_notifications.contact"
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_notice",
                "constraints": [models.UniqueConstraint(fields=("contact", "comment"), name="told_once")],
            },
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                _id(),
                ("digest", models.CharField(max_length=64)),
                ("thread_key", models.CharField(max_length=500)),
                ("url", models.CharField(blank=True, default="", max_length=2000)),
                ("title", models.CharField(blank=True, default="", max_length=300)),
                ("parent", models.CharField(blank=True, default="", max_length=20)),
                ("name", models.CharField(max_length=60)),
                ("body", models.TextField(max_length=10000)),
                ("notify", models.BooleanField(default=False)),
                ("signals", models.JSONField(default=dict)),
                ("block", models.CharField(max_length=64)),
                ("created", models.DateTimeField(db_index=True)),
                (
                    "comment",
                    models.ForeignKey(
                        null=True, on_delete=_CASCADE, related_name="+", to="rejoinder_discussion.comment"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=_CASCADE, related_name="waiting", to="rejoinder_notifications.contact"
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_waiting",
                "constraints": [models.UniqueConstraint(fields=("contact", "digest"), name="waiting_once")],
            },
        ),
    ]
