"""Decisions are chained; the words they were made on lie apart, so that these can be erased and the chain holds."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _sealed(row: Any, before: str) -> str:
    """As decisions.chain seals a row, as far as a row of the time before can have it."""
    content = [
        "decision 1",
        row.site_id,
        row.pk,
        (row.created - _EPOCH) // timedelta(microseconds=1),
        row.actor_id,
        row.rule,
        row.action,
        "",
        row.comment_id,
        None,
        None,
        None,
        "",
        _sha(row.reason),
        row.text_digest,
        before,
    ]
    return _sha(json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def chain(apps: Any, schema_editor: Any) -> None:
    """Move the words apart, with a salt, and seal all that is there, each site's in the order of its decisions."""
    decision = apps.get_model("rejoinder_moderation", "Decision")
    words = apps.get_model("rejoinder_moderation", "DecisionText")
    heads: dict[int, tuple[int, str]] = {}
    last = 0
    while rows := list(decision.objects.filter(pk__gt=last).order_by("pk")[:500]):
        last = rows[-1].pk
        texts = []
        for row in rows:
            if row.text_seen:
                salt = secrets.token_hex(16)
                texts.append(words(decision_id=row.pk, body=row.text_seen, salt=salt))
                row.text_digest = _sha(salt + row.text_seen)
            position, before = heads.get(row.site_id, (0, ""))
            row.position, row.digest = position + 1, _sealed(row, before)
            heads[row.site_id] = (row.position, row.digest)
        words.objects.bulk_create(texts)
        decision.objects.bulk_update(rows, ["text_digest", "position", "digest"])
    head = apps.get_model("rejoinder_moderation", "Chain")
    head.objects.bulk_create(
        head(site_id=site, position=position, digest=digest) for site, (position, digest) in heads.items()
    )
    if schema_editor.connection.vendor == "postgresql":
        # What was put in above is checked now: a table with checks to come is not altered.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_accounts", "0006_people"),
        ("rejoinder_discussion", "0004_alias"),
        ("rejoinder_moderation", "0002_signals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="chain",
                        serialize=False,
                        to="rejoinder_accounts.site",
                    ),
                ),
                ("position", models.PositiveBigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
            ],
            options={"db_table": "rejoinder_chain"},
        ),
        migrations.CreateModel(
            name="DecisionText",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="rejoinder_moderation.decision",
                    ),
                ),
                ("body", models.TextField(max_length=10000)),
                ("salt", models.CharField(max_length=32)),
            ],
            options={"db_table": "rejoinder_decision_text"},
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="terms",
                        serialize=False,
                        to="rejoinder_accounts.site",
                    ),
                ),
                ("shows_removed", models.BooleanField(default=False)),
                ("appeals", models.BooleanField(default=True)),
                ("appeal_days", models.PositiveSmallIntegerField(default=7)),
                ("sentences", models.JSONField(default=dict)),
            ],
            options={"db_table": "rejoinder_terms"},
        ),
        migrations.AlterField(
            model_name="decision",
            name="action",
            field=models.CharField(
                choices=[
                    ("approve", "approve"),
                    ("hold", "hold"),
                    ("remove", "remove"),
                    ("restore", "restore"),
                    ("close", "close"),
                    ("reopen", "reopen"),
                    ("hold-new", "hold new comments"),
                    ("stop-holding", "stop holding new comments"),
                    ("feature", "feature"),
                    ("unfeature", "no longer feature"),
                    ("pin", "pin"),
                    ("unpin", "unpin"),
                    ("warn", "warn"),
                    ("message", "write to the person"),
                    ("suspend", "suspend for a time"),
                    ("unsuspend", "end the suspension"),
                    ("ban", "ban"),
                    ("unban", "end the ban"),
                    ("note", "note"),
                    ("ignore-flags", "ignore reports"),
                    ("slow", "slow mode"),
                    ("stop-slow", "end slow mode"),
                    ("mode", "change who may write"),
                    ("rule", "change a rule"),
                    ("appeal-upheld", "uphold an appeal"),
                    ("appeal-rejected", "reject an appeal"),
                    ("notice-upheld", "act on a notice"),
                    ("notice-rejected", "reject a notice"),
                    ("misuse", "put complaints aside"),
                    ("undo", "undo"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="rejoinder_accounts.commenter",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="code",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddField(
            model_name="decision",
            name="machine",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddField(
            model_name="decision",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decided_about",
                to="rejoinder_accounts.commenter",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="seconds",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="undoes",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undone_by",
                to="rejoinder_moderation.decision",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="text_digest",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="decision",
            name="position",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="digest",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.RemoveField(model_name="decision", name="text_seen"),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("site", "position"), name="one_decision_a_link"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["site", "id"], name="decision_log"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(condition=Q(("position", None)), fields=["id"], name="decision_unsealed"),
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.TextField(max_length=2000)),
                ("created", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("answered", models.DateTimeField(null=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeals",
                        to="rejoinder_accounts.site",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeal",
                        to="rejoinder_moderation.decision",
                    ),
                ),
                (
                    "appellant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="appeals",
                        to="rejoinder_accounts.commenter",
                    ),
                ),
                (
                    "outcome",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="rejoinder_moderation.decision",
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_appeal",
                "indexes": [models.Index(fields=["site", "answered", "due"], name="appeal_waiting")],
            },
        ),
    ]
