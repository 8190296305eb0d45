from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_assist", "0004_vector"),
    ]

    operations = [
        # Nobody read it: how close a card is to the even chance stands with the card.
        migrations.RemoveField(model_name="score", name="uncertain"),
    ]
