"""Search over quotes, notes and tags, kept by the database; and changes that are undone together.

SQLite drops a table's triggers where a later migration has to rebuild the table: such a one ends with `build` again.
"""

from django.db import migrations, models

SQLITE = (
    "CREATE VIRTUAL TABLE annotations_index USING fts5(search_text, content='annotations_annotation', "
    "content_rowid='id', prefix='2 3', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER annotations_index_insert AFTER INSERT ON annotations_annotation BEGIN "
    "INSERT INTO annotations_index(rowid, search_text) VALUES (new.id, new.search_text); END",
    "CREATE TRIGGER annotations_index_delete AFTER DELETE ON annotations_annotation BEGIN "
    "INSERT INTO annotations_index(annotations_index, rowid, search_text) "
    "VALUES ('delete', old.id, old.search_text); END",
    "CREATE TRIGGER annotations_index_update AFTER UPDATE OF search_text ON annotations_annotation "
    "WHEN old.search_text <> new.search_text BEGIN "
    "INSERT INTO annotations_index(annotations_index, rowid, search_text) "
    "VALUES ('delete', old.id, old.search_text); "
    "INSERT INTO annotations_index(rowid, search_text) VALUES (new.id, new.search_text); END",
)
SQLITE_BACK = (
    "DROP TRIGGER annotations_index_insert",
    "DROP TRIGGER annotations_index_delete",
    "DROP TRIGGER annotations_index_update",
    "DROP TABLE annotations_index",
)
POSTGRESQL = (
    "CREATE INDEX annotations_index ON annotations_annotation USING gin (to_tsvector('simple', search_text))",
)
POSTGRESQL_BACK = ("DROP INDEX annotations_index",)


def build(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRESQL)


def take_away(apps, schema_editor):
    run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def run(schema_editor, sqlite, postgresql):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="annotation",
            name="search_text",
            field=models.TextField(
                blank=True, default="", editable=False, help_text="the words of quote, note and tags, folded"
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="batch",
            field=models.UUIDField(
                blank=True, db_index=True, help_text="changes made in one go have the same", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="annotation", index=models.Index(fields=["owner", "status"], name="annotation_by_status")
        ),
        migrations.RunPython(build, take_away),
    ]
