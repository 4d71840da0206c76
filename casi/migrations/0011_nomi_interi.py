"""The blind indices of every name anew: of its words together, in whichever box, and by a rougher sound.

With rows to index it needs the key file. Forwards the rule is today's, imported: of a later rule, its migration indexes
anew. Back, they are as they were: of a name and a surname only.
"""

import re

from django.db import migrations

from casi.crypto import blind_index
from casi.models.persona import index_of_name, index_of_sound
from casi.parole import normalized

SUONI = (
    (r"sch", "sk"), (r"ch|q|c(?![eiy])", "k"), (r"gh", "g"), (r"ph", "f"), (r"x", "s"), (r"th", "t"), (r"sh|sci?", "s"),
    (r"w", "v"), (r"[jy]", "i"), (r"z", "s"), (r"h", ""), (r"ou|oo", "u"), (r"ee|ie", "i"),
)  # fmt: skip
INDICI = ["indice_nome", "indice_suono"]


def index(apps, schema_editor):
    for row in apps.get_model("casi", "persona").objects.order_by("pk").iterator():
        row.indice_nome = index_of_name(row.cognome, row.nome, str(row.data_nascita or ""))
        row.indice_suono = index_of_sound(row.cognome, row.nome)
        row.save(update_fields=INDICI)


def as_before(apps, schema_editor):
    for row in apps.get_model("casi", "persona").objects.order_by("pk").iterator():
        names, born = [row.cognome, row.nome], row.data_nascita
        known = all(map(normalized, names))
        exact = "|".join([*map(normalized, names), str(born)]) if known and born else ""
        row.indice_nome = blind_index(exact, scopo="nome_e_nascita")
        row.indice_suono = blind_index("|".join(map(_sounded, names)) if known else "", scopo="suono")
        row.save(update_fields=INDICI)


def _sounded(text):
    key = normalized(text)
    for pattern, sound in SUONI:
        key = re.sub(pattern, sound, key)
    return re.sub(r"(.)\1+", r"\1", key)


class Migration(migrations.Migration):
    dependencies = [("casi", "0010_ascolto_fissato_per")]
    operations = [migrations.RunPython(index, as_before)]
