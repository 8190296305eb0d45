from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_assist", "0002_clients"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="score",
            index=models.Index(fields=["comment"], condition=models.Q(blind=True), name="score_blind"),
        ),
    ]
