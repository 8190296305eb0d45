import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("rejoinder_accounts", "0006_people"),
        ("rejoinder_discussion", "0006_highlights"),
    ]

    operations = [
        migrations.CreateModel(
            name="Policy",
            fields=[
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="assist_policy",
                        serialize=False,
                        to="rejoinder_accounts.site",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("off", "off"),
                            ("log", "sorts and says, does nothing"),
                            ("hold", "may hold"),
                            ("hold-and-approve", "may hold and approve"),
                        ],
                        default="log",
                        max_length=16,
                    ),
                ),
                ("miss", models.FloatField(default=0.02)),
                ("through", models.FloatField(default=0.1)),
                ("use_record", models.BooleanField(default=True)),
                ("alarmed", models.DateTimeField(null=True)),
                ("alarm", models.JSONField(default=dict)),
                ("drift", models.JSONField(default=dict)),
                ("paused", models.DateTimeField(null=True)),
                ("refit_until", models.DateTimeField(null=True)),
                ("refit_by", models.CharField(blank=True, default="", max_length=32)),
                ("looked", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "db_table": "rejoinder_assist_policy",
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(blank=True, default="", max_length=12)),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("superseded", "Superseded"),
                            ("refused", "Refused"),
                            ("reverted", "Reverted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("blob", models.BinaryField(null=True)),
                ("examples", models.PositiveIntegerField()),
                ("until", models.DateTimeField(null=True)),
                ("since", models.DateTimeField(null=True)),
                ("base", models.PositiveIntegerField(null=True)),
                ("evaluation", models.JSONField(default=dict)),
                ("thresholds", models.JSONField(default=dict)),
                ("made", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, default="", max_length=300)),
                (
                    "actor",
                    models.ForeignKey(
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
            ],
            options={
                "db_table": "rejoinder_assist_version",
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="assist_score",
                        serialize=False,
                        to="rejoinder_discussion.comment",
                    ),
                ),
                ("score", models.FloatField()),
                ("probability", models.FloatField(null=True)),
                ("uncertain", models.FloatField(default=0.0)),
                ("reasons", models.JSONField(default=list)),
                ("language", models.CharField(blank=True, default="", max_length=12)),
                ("would", models.CharField(blank=True, default="", max_length=8)),
                ("blind", models.BooleanField(default=False)),
                ("made", models.DateTimeField()),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="rejoinder_assist.version",
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_assist_score",
            },
        ),
        migrations.CreateModel(
            name="Example",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("decision", "Decision"), ("client", "Client")],
                        default="decision",
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("language", models.CharField(blank=True, default="", max_length=12)),
                ("label", models.PositiveSmallIntegerField()),
                ("weight", models.FloatField(default=1.0)),
                ("at", models.DateTimeField()),
                ("changed", models.DateTimeField()),
                ("body", models.TextField()),
                ("parent", models.TextField(blank=True, default="")),
                ("author_key", models.CharField(blank=True, default="", max_length=64)),
                ("saw", models.BooleanField(null=True)),
                ("score", models.FloatField(null=True)),
                ("probability", models.FloatField(null=True)),
                ("label_before", models.PositiveSmallIntegerField(null=True)),
                ("at_before", models.DateTimeField(null=True)),
                ("left_out", models.BooleanField(default=False)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="rejoinder_accounts.commenter",
                    ),
                ),
                (
                    "actor_before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="rejoinder_accounts.commenter",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
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
            ],
            options={
                "db_table": "rejoinder_assist_example",
                "indexes": [
                    models.Index(fields=["site", "at", "id"], name="example_time"),
                    models.Index(fields=["site", "changed"], name="example_changed"),
                ],
                "constraints": [models.UniqueConstraint(fields=("site", "key"), name="example_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("site", "language", "number"), name="version_once"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "active")),
                fields=("site", "language"),
                name="one_active_version",
            ),
        ),
    ]
