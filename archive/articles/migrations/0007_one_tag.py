"""Tags that differ only in case, or in how their accents were typed, become one: the one that most is tagged with."""

from unicodedata import normalize

from django.db import migrations
from django.db.models import Count, Exists, OuterRef


def _key(name):
    return normalize("NFC", name).casefold()


def merge(apps, schema_editor):
    tags = apps.get_model("taggit", "Tag").objects.using(schema_editor.connection.alias)
    taggings = apps.get_model("taggit", "TaggedItem").objects.using(schema_editor.connection.alias)
    by_key = {}
    for pk, name in tags.order_by("pk").values_list("pk", "name"):
        by_key.setdefault(_key(name), []).append((pk, name))
    several = [pk for same in by_key.values() if len(same) > 1 for pk, _ in same]
    uses = dict(taggings.filter(tag__in=several).values_list("tag").annotate(number=Count("pk")).order_by())
    for same in by_key.values():
        kept, name = max(same, key=lambda tag: uses.get(tag[0], 0))  # of equals the first
        there = taggings.filter(tag=kept, content_type=OuterRef("content_type"), object_id=OuterRef("object_id"))
        for other in (pk for pk, _ in same if pk != kept):
            taggings.filter(tag=other).filter(Exists(there)).delete()
            taggings.filter(tag=other).update(tag=kept)
            tags.filter(pk=other).delete()
        if name != normalize("NFC", name):
            tags.filter(pk=kept).update(name=normalize("NFC", name))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_revision_kind"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]
    operations = [migrations.RunPython(merge, migrations.RunPython.noop)]
