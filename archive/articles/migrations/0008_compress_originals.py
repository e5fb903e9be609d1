"""Compress the originals that are there, some at a time. Broken off, it goes on with those that are left."""

import hashlib

from django.db import migrations, transaction

import archive.articles.models.original
from archive.articles.models.original import pack, unpack

AT_ONCE = 200  # revisions, in one transaction


def compress(apps, schema_editor):
    """Its hash tells an original as it came, whatever it begins with."""
    _rewrite(apps, schema_editor, lambda kept, digest: pack(kept) if _digest(kept) == digest else kept)


def decompress(apps, schema_editor):
    _rewrite(apps, schema_editor, lambda kept, digest: kept if _digest(kept) == digest else unpack(kept))


def _rewrite(apps, schema_editor, rewritten):
    revisions = apps.get_model("articles", "Revision").objects.using(schema_editor.connection.alias)
    rows = revisions.order_by("pk").values_list("pk", "original", "content_hash")
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1][0]
        with transaction.atomic(schema_editor.connection.alias):
            for pk, kept, digest in some:
                if (new := rewritten(bytes(kept), digest)) != bytes(kept):
                    revisions.filter(pk=pk).update(original=new)


def _digest(original):
    return hashlib.sha256(original).hexdigest()


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("articles", "0007_one_tag")]

    operations = [
        migrations.RunPython(compress, decompress),
        # The column stays as it is. To alter it, SQLite would write its largest table anew.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("revision", "original", archive.articles.models.original.OriginalField())
            ]
        ),
    ]
