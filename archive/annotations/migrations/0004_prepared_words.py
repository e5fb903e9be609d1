"""Once prepared anew the words that annotations were found by, which the next migration takes away."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0003_pictures"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = []
