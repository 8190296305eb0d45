"""Slow mode of a site; slow mode and closing by age of its sections; reports whose outcome is told by mail."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_accounts", "0006_people"),
        ("rejoinder_moderation", "0008_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="manners",
            name="slow",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="flag",
            name="tell",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="SectionPace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section", models.CharField(max_length=120)),
                ("slow", models.PositiveIntegerField(null=True)),
                ("close_after", models.PositiveIntegerField(null=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="section_paces",
                        to="rejoinder_accounts.site",
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_section_pace",
                "constraints": [
                    models.UniqueConstraint(fields=("site", "section"), name="section_pace_once")
                ],
            },
        ),
    ]
