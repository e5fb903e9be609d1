"""A passage may be a picture. The new constraints rebuild the table on SQLite, which drops its triggers (see 0002)."""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models

search = import_module("archive.annotations.migrations.0002_search")


def build_again(apps, schema_editor):
    """The triggers, and the index with them, over the rows as they are."""
    rebuild = ("DROP TABLE annotations_index", *search.SQLITE)
    rebuild += ("INSERT INTO annotations_index(annotations_index) VALUES ('rebuild')",)
    search.run(schema_editor, rebuild, ())


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0002_search'),
        ('articles', '0002_revision_images'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, build_again),
        migrations.RemoveConstraint(
            model_name='annotation',
            name='annotation_quote_has_offsets',
        ),
        migrations.RemoveConstraint(
            model_name='annotation',
            name='annotation_ends_after_start',
        ),
        migrations.RemoveConstraint(
            model_name='annotation',
            name='annotation_highlight_has_quote',
        ),
        migrations.AddField(
            model_name='annotation',
            name='image',
            field=models.TextField(blank=True, default='', help_text='address of the picture that is the passage'),
        ),
        migrations.AddField(
            model_name='annotation',
            name='image_alt',
            field=models.TextField(blank=True, default='', help_text="the picture's description in the article"),
        ),
        migrations.AddField(
            model_name='annotation',
            name='image_now',
            field=models.TextField(blank=True, default='', help_text='its address in the revision it was last found in'),
        ),
        migrations.AddConstraint(
            model_name='annotation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', None), ('exact', ''), ('image', ''), ('image_now', ''), ('start', None)), models.Q(models.Q(('exact', ''), _negated=True), ('end__isnull', False), ('image', ''), ('image_now', ''), ('start__isnull', False)), models.Q(('end', None), ('exact', ''), ('start__isnull', False), models.Q(('image', ''), _negated=True), models.Q(('image_now', ''), _negated=True)), _connector='OR'), name='annotation_passage_has_place'),
        ),
        migrations.AddConstraint(
            model_name='annotation',
            constraint=models.CheckConstraint(condition=models.Q(('end', None), ('end__gt', models.F('start')), _connector='OR'), name='annotation_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='annotation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('motivation', 'highlighting'), _negated=True), ('start__isnull', False), _connector='OR'), name='annotation_highlight_has_passage'),
        ),
        migrations.RunPython(build_again, migrations.RunPython.noop),
    ]
