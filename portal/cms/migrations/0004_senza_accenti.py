"""Words are searched without accents. A trusted extension: the owner of the database may create it."""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cms", "0003_edizione")]
    operations = [UnaccentExtension()]
