import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_accounts", "0004_site_policies"),
        ("rejoinder_discussion", "0003_standing"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="byline",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="thread",
            name="hint",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="thread",
            name="published",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="thread",
            name="read",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="thread",
            name="section",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=500)),
                ("created", models.DateTimeField()),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="rejoinder_accounts.site",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="rejoinder_discussion.thread",
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_alias",
                "constraints": [models.UniqueConstraint(fields=("site", "key"), name="alias_once_a_key")],
            },
        ),
    ]
