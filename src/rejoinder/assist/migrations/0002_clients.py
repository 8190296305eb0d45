from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_assist", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Client",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("quota", models.PositiveIntegerField(default=600)),
                ("created", models.DateTimeField()),
                ("used", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assist_clients",
                        to="rejoinder_accounts.site",
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_assist_client",
            },
        ),
    ]
