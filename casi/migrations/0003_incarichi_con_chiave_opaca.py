"""Admissions and assignments get opaque keys. No release has ever filled these tables: they are made anew in 0004."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casi", "0002_registro_immutabile")]
    operations = [migrations.DeleteModel("Ammissione"), migrations.DeleteModel("Incarico")]
