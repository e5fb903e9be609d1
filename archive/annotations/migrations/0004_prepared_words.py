"""What annotations are found by is prepared as the text of articles is: `Łódź` is found by `lodz` among notes, too."""

from collections import defaultdict

from django.db import migrations

# The code of today and no copy: what is stored has to be as the search of today prepares what is typed.
from archive.annotations.searching import searchable

AT_ONCE = 1_000


def prepare_again(apps, schema_editor):
    annotations = apps.get_model("annotations", "Annotation").objects
    tagged = apps.get_model("taggit", "TaggedItem").objects.filter(
        content_type__app_label="annotations", content_type__model="annotation"
    )
    last = 0
    while portion := list(
        annotations.filter(pk__gt=last).order_by("pk").only("exact", "image_alt", "note", "search_text")[:AT_ONCE]
    ):
        last = portion[-1].pk
        tags = defaultdict(list)
        for pk, name in tagged.filter(object_id__in=[one.pk for one in portion]).values_list("object_id", "tag__name"):
            tags[pk].append(name)
        changed = []
        for one in portion:
            words = searchable(one.exact, one.image_alt, one.note, *tags[one.pk])
            if words != one.search_text:
                one.search_text = words
                changed.append(one)
        annotations.bulk_update(changed, ["search_text"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0003_pictures"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [migrations.RunPython(prepare_again, migrations.RunPython.noop)]
