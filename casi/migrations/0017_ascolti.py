import django.db.models.deletion
from django.db import migrations, models

import casi.models.campi


class Migration(migrations.Migration):
    dependencies = [("casi", "0015_versione_del_legame")]

    operations = [
        migrations.AddField(
            model_name="primoascolto",
            name="seguito_di",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="seguiti",
                to="casi.primoascolto", verbose_name="seguito di",
            ),
        ),
        migrations.AddField(
            model_name="primoascolto",
            name="nome",
            field=casi.models.campi.TestoCifrato(blank=True, null=True, verbose_name="come si chiama"),
        ),
        migrations.AddField(
            model_name="primoascolto",
            name="contatto",
            field=casi.models.campi.TestoCifrato(blank=True, null=True, verbose_name="numero o indirizzo"),
        ),
        migrations.AddField(
            model_name="primoascolto",
            name="contatto_sicuro",
            field=casi.models.campi.TestoCifrato(
                blank=True, null=True, verbose_name="quando e come chiamarla senza problemi"
            ),
        ),
    ]  # fmt: skip
