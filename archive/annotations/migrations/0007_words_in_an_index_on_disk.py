"""The words that annotations are found by leave the database: `archive.search` keeps an index of them on disk."""

from django.db import migrations

SQLITE = (
    "DROP TRIGGER IF EXISTS annotations_index_insert",
    "DROP TRIGGER IF EXISTS annotations_index_delete",
    "DROP TRIGGER IF EXISTS annotations_index_update",
    "DROP TABLE IF EXISTS annotations_index",
)
POSTGRESQL = ("DROP INDEX IF EXISTS annotations_index",)


def drop_index(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0006_imported_marks")]

    operations = [
        migrations.RunPython(drop_index, migrations.RunPython.noop),
        migrations.RemoveField("annotation", "search_text"),
    ]
