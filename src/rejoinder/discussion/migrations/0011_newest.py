"""A person's newest comments, on PostgreSQL: an index of their row numbers too, in place of that of the person alone.

SQLite has the row number at the end of each index. One index still, so a post costs no more.
"""

from django.db import migrations

_BY_PERSON = "rejoinder_comment_author_id_dbeb2e19"  # as Django names it
_NEWEST = "rejoinder_comment_newest"


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {_NEWEST} ON rejoinder_comment (author_id, id)")
        schema_editor.execute(f"DROP INDEX IF EXISTS {_BY_PERSON}")


def unbuild(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {_BY_PERSON} ON rejoinder_comment (author_id)")
        schema_editor.execute(f"DROP INDEX {_NEWEST}")


class Migration(migrations.Migration):
    dependencies = [("rejoinder_discussion", "0010_receipts")]
    operations = [migrations.RunPython(build, unbuild)]
