from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_assist", "0003_blind"),
    ]

    operations = [
        migrations.AddField(
            model_name="example",
            name="vector",
            field=models.BinaryField(null=True),
        ),
    ]
