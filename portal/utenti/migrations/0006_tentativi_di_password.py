"""Wrong passwords, counted where every process sees them."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("utenti", "0005_tentativi_di_codice")]
    operations = [
        migrations.CreateModel(
            name="TentativoDiPassword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nome", models.CharField(db_index=True, max_length=64)),
                ("quando", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
