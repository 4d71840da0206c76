"""The catalogue reads twenty sheets in the order of their titles: without this it would sort them all each time.

The table is Wagtail's, which offers no place to declare an index of ours.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalogo", "0002_senza_gruppi_di_fabbrica"), ("wagtailcore", "0098_apitoken")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX catalogo_pagine_per_titolo ON wagtailcore_page (title, id) WHERE live",
            "DROP INDEX catalogo_pagine_per_titolo",
        )
    ]
