"""The needs are said of anybody: who asks for somebody else, and who listens, read them too.

A word that somebody has changed meanwhile stays as it is.
"""

from django.db import migrations

# By code and language: as it was, as it is.
PAROLE = {
    "lavarsi": {
        "it": ("Lavarmi e lavare", "Lavarsi e lavare"),
        "en": ("Wash myself and my clothes", "Wash and do laundry"),
    },
    "vestirsi": {"it": ("Vestirmi", "Vestirsi")},
    "salute": {"it": ("Curarmi", "Curarsi"), "en": ("Look after my health", "Get health care")},
}


def of_anybody(apps, schema_editor):
    _say(apps, 0, 1)


def of_oneself(apps, schema_editor):
    _say(apps, 1, 0)


def _say(apps, before, after):
    Bisogno = apps.get_model("catalogo", "Bisogno")
    for row in Bisogno.objects.filter(codice__in=PAROLE):
        for lingua, words in PAROLE[row.codice].items():
            if lingua == "it" and row.nome == words[before]:
                row.nome = words[after]
            elif row.traduzioni.get(lingua) == words[before]:
                row.traduzioni[lingua] = words[after]
        row.save(update_fields=["nome", "traduzioni"])


class Migration(migrations.Migration):
    dependencies = [("catalogo", "0008_vigila_o_segue_casi")]
    operations = [migrations.RunPython(of_anybody, of_oneself)]
