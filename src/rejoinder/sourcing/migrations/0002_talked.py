"""Passages that comments are tied to."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_sourcing", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="passage",
            name="talked",
            field=models.BooleanField(default=False),
        ),
    ]
