"""Comments about one place of a text, in each order."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_accounts", "0006_people"),
        ("rejoinder_discussion", "0006_highlights"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("anchor__isnull", False), ("listed", True), ("parent__isnull", True)),
                fields=["anchor", "rank", "tie", "id"],
                name="tied_best",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("anchor__isnull", False), ("listed", True), ("parent__isnull", True)),
                fields=["anchor", "place", "id"],
                name="tied_time",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("anchor__isnull", False), ("listed", True), ("parent__isnull", True)),
                fields=["anchor", "reply_count", "place", "id"],
                name="tied_replied",
            ),
        ),
    ]
