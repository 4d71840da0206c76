"""Titles by how they begin, in order: what the autocomplete asks for at every letter."""

from django.db import migrations, models
from django.db.models.functions import Collate


class Migration(migrations.Migration):
    dependencies = [("search", "0005_nomi")]

    operations = [
        migrations.AddIndex(
            model_name="voceindice",
            index=models.Index(models.F("lingua"), Collate("titolo_piano", "C"), name="search_voce_inizio"),
        )
    ]
