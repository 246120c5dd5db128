from django.db import migrations

from portal.migrations._functions_0002 import CREATE_STEP, CREATE_WROTE, DROP_STEP, DROP_WROTE


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_people")]

    operations = [
        migrations.RunSQL(CREATE_WROTE, DROP_WROTE),
        migrations.RunSQL(CREATE_STEP, DROP_STEP),
    ]
