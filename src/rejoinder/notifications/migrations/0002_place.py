"""The place that a waiting text is about."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_notifications", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="waiting",
            name="place",
            field=models.JSONField(default=dict),
        ),
    ]
