"""Receipts are smaller, and fewer: one for the words, one for the key that a client chose.

Those of the last day stay good: a request that was answered before the upgrade may come again after it. Of the longer
digests the beginning is kept; which text came with a key is not known of them.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_discussion", "0009_close_after"),
    ]

    operations = [
        migrations.RunSQL("UPDATE rejoinder_receipt SET key = substr(key, 1, 32)", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="receipt",
            name="key",
            field=models.UUIDField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="created",
            field=models.DateTimeField(),
        ),
        migrations.AddField(
            model_name="receipt",
            name="text",
            field=models.UUIDField(null=True),
        ),
    ]
