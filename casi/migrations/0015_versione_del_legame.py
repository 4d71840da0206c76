from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0014_registro_per_oggetto")]

    operations = [
        migrations.AddField(
            model_name="legamesociale",
            name="versione",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
