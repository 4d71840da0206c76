"""Where a first conversation was held."""

from django.db import migrations

import casi.models.campi


class Migration(migrations.Migration):
    dependencies = [("casi", "0004_segnalazione_scritta_a")]
    operations = [
        migrations.AddField(
            "primoascolto", "luogo", casi.models.campi.TestoCifrato(blank=True, null=True, verbose_name="dove")
        )
    ]
