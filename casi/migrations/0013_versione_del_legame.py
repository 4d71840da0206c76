from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0012_ripristino")]

    operations = [
        migrations.AddField(
            model_name="legamesociale",
            name="versione",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
