from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_CASCADE = django.db.models.deletion.CASCADE


def _id() -> Any:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _site(name: str) -> Any:
    return models.ForeignKey(
        db_index=False, on_delete=_CASCADE, related_name=name, to="rejoinder_accounts.site"
    )


def _count() -> Any:
    return models.PositiveIntegerField(default=0)


class Migration(migrations.Migration):
    dependencies = [("rejoinder_moderation", "0006_people")]

    operations = [
        migrations.AddField(
            model_name="terms", name="hide_after", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="flag", name="block", field=models.CharField(blank=True, default="", max_length=64)
        ),
        migrations.AddField(
            model_name="flag",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[("", "not decided yet"), ("upheld", "upheld"), ("rejected", "not upheld")],
                default="",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="decision",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="flags",
                to="rejoinder_moderation.decision",
            ),
        ),
        migrations.AddIndex(
            model_name="flag",
            index=models.Index(
                condition=models.Q(("block", ""), _negated=True), fields=["created"], name="flag_from"
            ),
        ),
        migrations.CreateModel(
            name="Day",
            fields=[
                ("id", _id()),
                ("day", models.DateField()),
                ("written", _count()),
                ("held", _count()),
                ("approved", _count()),
                ("removed", _count()),
                ("restored", _count()),
                ("flags", _count()),
                ("last", models.BigIntegerField(default=0)),
                ("site", _site("days")),
            ],
            options={
                "db_table": "rejoinder_day",
                "constraints": [models.UniqueConstraint(fields=("site", "day"), name="one_row_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", _id()),
                ("year", models.PositiveSmallIntegerField()),
                ("figures", models.JSONField()),
                ("created", models.DateTimeField()),
                ("site", _site("reports")),
            ],
            options={
                "db_table": "rejoinder_report",
                "constraints": [models.UniqueConstraint(fields=("site", "year"), name="one_report_a_year")],
            },
        ),
    ]
