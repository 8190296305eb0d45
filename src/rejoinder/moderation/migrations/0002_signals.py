from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rejoinder_moderation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="signals",
            field=models.JSONField(default=list),
        ),
    ]
