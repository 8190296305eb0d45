import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_accounts", "0006_people"),
        ("rejoinder_discussion", "0006_highlights"),
        ("rejoinder_moderation", "0007_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="terms",
            name="notice_days",
            field=models.PositiveSmallIntegerField(default=7),
        ),
        migrations.AddField(
            model_name="terms",
            name="notice_keep",
            field=models.PositiveSmallIntegerField(default=365),
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("children", "Sexual abuse or exploitation of children"),
                            ("violence", "Threat, or incitement to violence or to a crime"),
                            ("hatred", "Incitement to hatred against a group"),
                            ("terror", "Terrorism: praise, recruiting, instructions"),
                            ("insult", "Insult or defamation"),
                            ("privacy", "Private life, personal data, somebody's picture"),
                            ("rights", "Copyright or another right of somebody's"),
                            ("fraud", "Fraud, or goods that may not be sold"),
                            ("other", "Another law"),
                        ],
                        max_length=12,
                    ),
                ),
                ("address", models.CharField(max_length=500)),
                ("explanation", models.TextField(max_length=5000)),
                ("name", models.CharField(blank=True, default="", max_length=120)),
                ("email", models.CharField(blank=True, default="", max_length=254)),
                ("good_faith", models.BooleanField(default=True)),
                ("mark", models.CharField(max_length=64)),
                ("created", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                ("complaint", models.TextField(blank=True, default="", max_length=2000)),
                ("complained", models.DateTimeField(null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="rejoinder_discussion.comment",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rejoinder_moderation.decision",
                    ),
                ),
                (
                    "notifier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="rejoinder_accounts.commenter",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_notice",
                        to="rejoinder_moderation.decision",
                    ),
                ),
                (
                    "removal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="rejoinder_moderation.decision",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="rejoinder_accounts.site",
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_legal_notice",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended", None)), fields=["site", "due"], name="notice_waiting"
                    ),
                    models.Index(fields=["site", "id"], name="notice_of_site"),
                    models.Index(
                        condition=models.Q(("email", ""), _negated=True), fields=["email"], name="notice_from"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("comment", "mark"), name="one_notice_a_text")
                ],
            },
        ),
    ]
