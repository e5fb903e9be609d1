"""The index leaves the database: what SQLite and PostgreSQL kept of it goes, with its tables and functions."""

from django.db import migrations, models

import archive.search.models

TABLES = ("search_index", "search_index_next", "search_terms")
FUNCTIONS = ("search_lexemes",)


def drop_indexes(apps, schema_editor):
    """Triggers and the view that name these tables went before migrations began."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if not is_postgresql:
        schema_editor.execute("DROP VIEW IF EXISTS search_content")
    # The terms of an FTS5 table are a table over it, and go first.
    for table in reversed(TABLES):
        schema_editor.execute(f"DROP TABLE IF EXISTS {table}{' CASCADE' if is_postgresql else ''}")
    if is_postgresql:
        for function in FUNCTIONS:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")


def columns():
    return [
        ("number", models.BigAutoField(primary_key=True, serialize=False)),
        ("token", models.BigIntegerField(default=archive.search.models.new_token)),
        ("object_id", models.BigIntegerField(help_text="0 where nothing particular changed")),
    ]


class Migration(migrations.Migration):
    dependencies = [("search", "0003_personal"), ("annotations", "0007_words_in_an_index_on_disk")]

    operations = [
        migrations.RunPython(drop_indexes, migrations.RunPython.noop),
        migrations.DeleteModel("Document"),
        migrations.DeleteModel("Label"),
        migrations.DeleteModel("StaleArticle"),
        migrations.DeleteModel("State"),
        migrations.DeleteModel("Word"),
        migrations.CreateModel("ArticleChange", columns(), options={"abstract": False}),
        migrations.CreateModel("AnnotationChange", columns(), options={"abstract": False}),
    ]
