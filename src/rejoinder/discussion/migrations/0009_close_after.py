"""Threads that are closed after a time of their own."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_discussion", "0008_corrected"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="close_after",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
