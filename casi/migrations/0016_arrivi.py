import casi.models.campi
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0015_versione_del_legame")]

    operations = [
        migrations.AddField(
            model_name="segnalazione",
            name="avvisata_il",
            field=models.DateField(blank=True, null=True, verbose_name="la persona è stata informata il"),
        ),
        migrations.AddField(
            model_name="segnalazione",
            name="non_avvisata_perche",
            field=casi.models.campi.TestoCifrato(
                blank=True, null=True, verbose_name="perché la persona non va informata"
            ),
        ),
    ]
