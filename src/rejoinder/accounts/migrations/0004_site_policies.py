from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_accounts", "0003_edition"),
    ]

    operations = [
        migrations.AddField(
            model_name="site",
            name="guest_email",
            field=models.CharField(
                choices=[
                    ("none", "not asked for"),
                    ("optional", "may be given"),
                    ("required", "must be given"),
                    ("confirmed", "must be given and confirmed before the comment is stored"),
                ],
                default="none",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="site",
            name="profiles",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="site",
            name="sso_algorithms",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
        migrations.AddField(
            model_name="site",
            name="sso_audience",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="site",
            name="sso_issuer",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="site",
            name="sso_jwks_url",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.AddField(
            model_name="site",
            name="sso_required",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="site",
            name="sso_roles",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="site",
            name="sso_secret",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
    ]
