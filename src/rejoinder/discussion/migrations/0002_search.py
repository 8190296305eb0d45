"""The search index: FTS5 with triggers on SQLite, a generated tsvector with GIN on PostgreSQL.

A later migration that remakes rejoinder_comment on SQLite drops the triggers with the old table; run
`build` again after it.
"""

from django.db import migrations

_SQLITE = (
    """CREATE VIRTUAL TABLE rejoinder_search USING fts5(
        author_name, body, content='rejoinder_comment', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER rejoinder_search_added AFTER INSERT ON rejoinder_comment BEGIN
        INSERT INTO rejoinder_search (rowid, author_name, body) VALUES (new.id, new.author_name, new.body);
    END""",
    """CREATE TRIGGER rejoinder_search_changed AFTER UPDATE OF author_name, body ON rejoinder_comment BEGIN
        INSERT INTO rejoinder_search (rejoinder_search, rowid, author_name, body)
        VALUES ('delete', old.id, old.author_name, old.body);
        INSERT INTO rejoinder_search (rowid, author_name, body) VALUES (new.id, new.author_name, new.body);
    END""",
    """CREATE TRIGGER rejoinder_search_gone AFTER DELETE ON rejoinder_comment BEGIN
        INSERT INTO rejoinder_search (rejoinder_search, rowid, author_name, body)
        VALUES ('delete', old.id, old.author_name, old.body);
    END""",
)
_SQLITE_BACK = (
    "DROP TRIGGER IF EXISTS rejoinder_search_added",
    "DROP TRIGGER IF EXISTS rejoinder_search_changed",
    "DROP TRIGGER IF EXISTS rejoinder_search_gone",
    "DROP TABLE IF EXISTS rejoinder_search",
)
# Stripped of accents, as FTS5's remove_diacritics does; composed again, or Hangul would be no words.
_POSTGRESQL = (
    r"""ALTER TABLE rejoinder_comment ADD COLUMN search tsvector GENERATED ALWAYS AS (
        to_tsvector('simple', normalize(regexp_replace(
            normalize(author_name || ' ' || body, NFD), '[\u0300-\u036f]', '', 'g'), NFC))) STORED""",
    "CREATE INDEX rejoinder_comment_search ON rejoinder_comment USING gin (search)",
)
_POSTGRESQL_BACK = ("ALTER TABLE rejoinder_comment DROP COLUMN search",)


def build(apps, schema_editor):
    for statement in _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL:
        schema_editor.execute(statement)


def unbuild(apps, schema_editor):
    for statement in _SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("rejoinder_discussion", "0001_initial")]
    operations = [migrations.RunPython(build, unbuild)]
