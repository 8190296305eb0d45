import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_accounts", "0006_people"),
        ("rejoinder_discussion", "0004_alias"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="mode",
            field=models.CharField(
                choices=[
                    ("open", "everybody writes and answers"),
                    ("questions", "readers ask, invited people answer"),
                    ("staff", "only invited people write"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="slow",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="thread",
            name="calm",
            field=models.CharField(
                blank=True,
                choices=[("", "nothing"), ("slow", "slow"), ("hold", "hold")],
                default="",
                max_length=4,
            ),
        ),
        migrations.CreateModel(
            name="Answerer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created", models.DateTimeField()),
                (
                    "commenter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="rejoinder_accounts.commenter",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answerers",
                        to="rejoinder_discussion.thread",
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_answerer",
                "constraints": [
                    models.UniqueConstraint(fields=("thread", "commenter"), name="answerer_once")
                ],
            },
        ),
    ]
