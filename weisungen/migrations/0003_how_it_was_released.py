from django.db import migrations

from portal.migrations._release_of_old_rows import note_how


class Migration(migrations.Migration):
    dependencies = [("weisungen", "0002_steps_of_the_release"), ("portal", "0002_functions_of_the_release")]

    operations = [
        migrations.RunPython(
            lambda apps, _editor: note_how(apps, "weisungen", "Weisung"), migrations.RunPython.noop, elidable=True
        )
    ]
