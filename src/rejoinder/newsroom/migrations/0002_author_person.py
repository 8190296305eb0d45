import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rejoinder_accounts", "0006_people"),
        ("rejoinder_newsroom", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="authorpage",
            name="person",
            field=models.ForeignKey(
                blank=True,
                help_text="What this person writes beneath their own stories carries the badge “Author of the story”.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="rejoinder_accounts.commenter",
                verbose_name="account",
            ),
        ),
    ]
