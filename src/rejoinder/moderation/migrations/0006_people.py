from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_CASCADE = django.db.models.deletion.CASCADE


def _id() -> Any:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _key(to: str, name: str, **more: Any) -> Any:
    return models.ForeignKey(on_delete=_CASCADE, related_name=name, to=to, **more)


def _row_of(to: str, name: str) -> Any:
    return models.OneToOneField(
        on_delete=_CASCADE, primary_key=True, related_name=name, serialize=False, to=to
    )


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_accounts", "0006_people"),
        ("rejoinder_discussion", "0005_modes"),
        ("rejoinder_moderation", "0005_queue"),
    ]

    operations = [
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
                    ("trust", "trust"),
                    ("distrust", "no longer trust"),
                    ("undo", "undo"),
                ],
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="Sanction",
            fields=[
                ("id", _id()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("warn", "warned"),
                            ("suspend", "suspended"),
                            ("ban", "banned"),
                            ("hold", "read first"),
                            ("trust", "trusted"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("created", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                ("lifted", models.DateTimeField(null=True)),
                ("block", models.CharField(blank=True, default="", max_length=64)),
                ("commenter", _key("rejoinder_accounts.commenter", "sanctions")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanction",
                        to="rejoinder_moderation.decision",
                    ),
                ),
                ("site", _key("rejoinder_accounts.site", "sanctions")),
            ],
            options={
                "db_table": "rejoinder_sanction",
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted", None)), fields=["site", "commenter"], name="sanction_of"
                    ),
                    models.Index(
                        condition=models.Q(("lifted", None), models.Q(("block", ""), _negated=True)),
                        fields=["site", "block"],
                        name="sanction_from",
                    ),
                    models.Index(fields=["commenter", "id"], name="sanction_record"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Whereabouts",
            fields=[
                ("commenter", _row_of("rejoinder_accounts.commenter", "whereabouts")),
                ("block", models.CharField(max_length=64)),
                ("seen", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "rejoinder_whereabouts"},
        ),
        migrations.CreateModel(
            name="Manners",
            fields=[
                ("site", _row_of("rejoinder_accounts.site", "manners")),
                ("guidelines", models.TextField(blank=True, default="", max_length=10000)),
                ("close_after", models.PositiveIntegerField(default=0)),
                ("reconsider", models.BooleanField(default=False)),
                ("calms", models.BooleanField(default=False)),
                (
                    "calm_by",
                    models.CharField(
                        choices=[("slow", "slow"), ("hold", "hold")], default="slow", max_length=4
                    ),
                ),
                ("hot", models.PositiveSmallIntegerField(default=30)),
            ],
            options={"db_table": "rejoinder_manners"},
        ),
        migrations.CreateModel(
            name="Heat",
            fields=[
                ("thread", _row_of("rejoinder_discussion.thread", "heat")),
                ("bad", models.FloatField(default=0)),
                ("removed", models.FloatField(default=0)),
                ("moment", models.DateTimeField()),
                ("is_hot", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "rejoinder_heat",
                "indexes": [
                    models.Index(condition=models.Q(("is_hot", True)), fields=["is_hot"], name="heat_hot")
                ],
            },
        ),
        migrations.CreateModel(
            name="HeatChange",
            fields=[
                ("id", _id()),
                ("is_hot", models.BooleanField()),
                ("share", models.PositiveSmallIntegerField()),
                ("did", models.CharField(blank=True, default="", max_length=4)),
                ("created", models.DateTimeField()),
                ("site", _key("rejoinder_accounts.site", "+")),
                ("thread", _key("rejoinder_discussion.thread", "heat_changes")),
            ],
            options={
                "db_table": "rejoinder_heat_change",
                "indexes": [models.Index(fields=["site", "created"], name="heat_change_lately")],
            },
        ),
    ]
