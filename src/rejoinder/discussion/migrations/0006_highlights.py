"""Comments that staff lifted out."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rejoinder_discussion", "0005_modes")]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="highlights",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Highlight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("featured", "Featured"), ("pinned", "Pinned")], max_length=8),
                ),
                ("created", models.DateTimeField()),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="highlights",
                        to="rejoinder_discussion.comment",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="rejoinder_discussion.thread",
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_highlight",
                "constraints": [
                    models.UniqueConstraint(fields=("comment", "kind"), name="one_highlight_a_kind")
                ],
            },
        ),
    ]
