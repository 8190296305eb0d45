from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_core", "0002_cache"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="waits",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(condition=models.Q(("waits", True)), fields=["id"], name="event_waits"),
        ),
    ]
