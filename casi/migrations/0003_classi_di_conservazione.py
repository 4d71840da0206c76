"""How long each kind of thing is kept at first: the network's own choice (domain.md §5.5), to be changed as data."""

from django.db import migrations

CLASSI = (
    ("come_il_caso", "Cartella di un caso chiuso", "chiusura del caso", 120),
    ("richiesta_12_mesi", "Richieste e segnalazioni senza seguito", "arrivo", 12),
    ("ascolto_24_mesi", "Ascolti senza presa in carico", "ascolto", 24),
    ("bozza_30_giorni", "Bozze e moduli già inviati", "ultima modifica", 1),
    ("registro_24_mesi", "Registro degli accessi: mai meno di 24 mesi", "accesso", 24),
)


def write(apps, schema_editor):
    classe = apps.get_model("casi", "ClasseConservazione")
    for codice, descrizione, evento, mesi in CLASSI:
        values = {"descrizione": descrizione, "evento": evento, "mesi": mesi}
        classe.objects.get_or_create(codice=codice, defaults=values)


def remove(apps, schema_editor):
    """Those that a disposal list already names stay."""
    classi = apps.get_model("casi", "ClasseConservazione").objects.filter(codice__in=[row[0] for row in CLASSI])
    used = apps.get_model("casi", "VoceScarto").objects.values("classe")
    classi.exclude(pk__in=used).delete()


class Migration(migrations.Migration):
    replaces = [("casi", "0008_classi_di_conservazione")]
    dependencies = [("casi", "0002_registro")]
    operations = [migrations.RunPython(write, remove)]
