"""Three texts that were in the clear are sealed, with those already written; a code is found by its blind index.

All in one step: stopped halfway, nothing has changed. With rows to seal it needs the key file. The tables are written
anew at the end, because a column that is dropped leaves its bytes on the disk.
"""

from django.db import migrations, models

from casi.crypto import blind_index
from casi.models.campi import TestoCifrato

TESTI = (("persona", "lingua"), ("primoascolto", "sigla"), ("scarto", "atto"))
CHIARO = "{}_in_chiaro"
RISCRIVI = "CLUSTER casi_{table} USING casi_{table}_pkey; ALTER TABLE casi_{table} SET WITHOUT CLUSTER;"


def seal(apps, schema_editor):
    for name, field in TESTI:
        clear = CHIARO.format(field)
        for row in apps.get_model("casi", name).objects.exclude(**{clear: ""}).order_by("pk").iterator():
            text, more = getattr(row, clear), []
            setattr(row, field, text)
            setattr(row, clear, "")
            if field == "sigla":
                row.indice_sigla, more = blind_index(f"{row.ente_id}|{text.upper()}", scopo="sigla"), ["indice_sigla"]
            row.save(update_fields=[field, clear, *more])


def unseal(apps, schema_editor):
    """The columns of before read them in the clear only."""
    for name, field in TESTI:
        clear = CHIARO.format(field)
        rows = apps.get_model("casi", name).objects.exclude(**{f"{field}__isnull": True})
        for row in rows.order_by("pk").iterator():
            setattr(row, clear, getattr(row, field))
            row.save(update_fields=[clear])


def sealed(name, field, words):
    """The old column aside, the new one in its place."""
    return [
        migrations.RenameField(name, field, CHIARO.format(field)),
        migrations.AddField(name, field, TestoCifrato(words, blank=True)),
    ]


class Migration(migrations.Migration):
    dependencies = [("casi", "0005_ascolto_luogo")]
    operations = [
        *sealed("persona", "lingua", "lingua in cui parla meglio"),
        *sealed("primoascolto", "sigla", "sigla, se non dice il nome"),
        migrations.AddField(
            "primoascolto",
            "indice_sigla",
            models.CharField(max_length=64, blank=True, editable=False, db_index=True),
        ),
        *sealed("scarto", "atto", "atto che lo autorizza"),
        migrations.RunPython(seal, unseal),
        *(migrations.RemoveField(name, CHIARO.format(field)) for name, field in TESTI),
        migrations.RunSQL("".join(RISCRIVI.format(table=name) for name, _field in TESTI), migrations.RunSQL.noop),
    ]
