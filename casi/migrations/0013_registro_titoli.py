"""Each line of the register keeps the rows it was allowed by, sealed with it; the older ones have none, and their seal
is what it was.

Told apart from the keys of a list by a word, so that none goes from one column to the other unnoticed. There is no way
back once a line has some: its seal would not hold, nor could they be written again.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION casi_registro_sigillo(r casi_registro) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\\x1f',
        r.precedente, r.id, extract(epoch FROM r.quando), r.utente_id, r.operatore_id, r.ente_id, r.ente_nome, r.ruolo,
        r.azione, r.esito, array_to_string(r.casi, ','), r.oggetto, coalesce(r.oggetto_id::text, ''),
        coalesce(r.livello::text, ''), r.finalita, coalesce(r.risultati::text, ''), r.sessione, host(r.indirizzo),
        r.richiesta, nullif(array_to_string(r.oggetti, ','), ''){more}), 'UTF8')), 'hex')
$$;
"""
SEAL = FUNCTION.format(more=", 'titoli ' || nullif(r.titoli::text, '{}')")
UNSEAL = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM casi_registro WHERE titoli <> '{}') THEN
        RAISE EXCEPTION 'Il registro ha già voci con i loro titoli: non si torna indietro.';
    END IF;
END $$;
""" + FUNCTION.format(more="")


class Migration(migrations.Migration):
    dependencies = [("casi", "0012_avviso_ritirata_subito")]
    operations = [
        migrations.AddField(
            "registro",
            "titoli",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None, verbose_name="in base a"
            ),
        ),
        migrations.RunSQL(SEAL, UNSEAL),
    ]
