from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0010_rettifica_nel_diario")]

    operations = [
        migrations.AddField(
            model_name="passaggio",
            name="passo",
            field=models.CharField(blank=True, max_length=20, verbose_name="passo"),
        ),
    ]
