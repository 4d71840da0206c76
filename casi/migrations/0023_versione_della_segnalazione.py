"""Two people who write whether somebody was told of an alert no longer overwrite each other unawares."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0022_registro_oggetti")]

    operations = [
        migrations.AddField(
            model_name="segnalazione",
            name="versione",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
