"""Threads whose text was corrected."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_discussion", "0007_anchors"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="corrected",
            field=models.BooleanField(default=False),
        ),
    ]
