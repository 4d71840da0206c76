"""A line of the register that shows a list of requests, alerts or conversations says which.

The seal covers them where there are any: a line without them is sealed as it always was, and so stays good.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

SEAL = """
CREATE OR REPLACE FUNCTION casi_registro_sigillo(r casi_registro) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\\x1f',
        r.precedente, r.id, extract(epoch FROM r.quando), r.utente_id, r.operatore_id, r.ente_id, r.ente_nome, r.ruolo,
        r.azione, r.esito, array_to_string(r.casi, ','), r.oggetto, coalesce(r.oggetto_id::text, ''),
        coalesce(r.livello::text, ''), r.finalita, coalesce(r.risultati::text, ''), r.sessione, host(r.indirizzo),
        r.richiesta{oggetti}), 'UTF8')), 'hex')
$$;
"""
WITH = SEAL.format(oggetti=", nullif(array_to_string(r.oggetti, ','), '')")
# Without the column the lines that have something in it would be found altered.
WITHOUT = (
    """
DO $$ BEGIN
    IF EXISTS (SELECT FROM casi_registro WHERE oggetti <> '{}') THEN
        RAISE EXCEPTION 'Nel registro ci sono elenchi con le loro chiavi: tornando indietro non sarebbe più integro.';
    END IF;
END $$;
"""
    + SEAL.format(oggetti="")
)


class Migration(migrations.Migration):
    dependencies = [("casi", "0021_scarti")]

    operations = [
        migrations.AddField(
            model_name="registro",
            name="oggetti",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None, verbose_name="quali, in un elenco"
            ),
        ),
        migrations.AddIndex(
            model_name="registro",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=~models.Q(oggetti=[]), fields=["oggetti"], name="registro_oggetti"
            ),
        ),
        migrations.RunSQL(WITH, WITHOUT),
    ]
