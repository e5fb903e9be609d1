from django.db import migrations


def forget_attempts(apps, schema_editor):
    """Earlier versions kept the whole address of a failed sign-in, and with it sign-in links that still work."""
    apps.get_model("axes", "AccessAttempt").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("axes", "0010_accessattemptexpiration")]
    operations = [migrations.RunPython(forget_attempts, migrations.RunPython.noop)]
