"""A narrow vector for ordering by: what a sheet is called and how it is described, kept in the row itself.

Ordering thousands by their whole vector would unpack thousands of texts. Titles are sorted in their plain form, byte
by byte, as a search cluster does.
"""

import django.contrib.postgres.search
from django.db import migrations, models

import search.models.voce

NOMI = """
CREATE FUNCTION search_nomi(lingua text, originale text, titolo text, parole text, descrizione text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector(search_configurazione(originale), titolo), 'A')
    || setweight(to_tsvector('tessere_it'::regconfig, parole), 'B')
    || CASE WHEN lingua = 'it' THEN ''::tsvector
            ELSE setweight(to_tsvector(search_configurazione(lingua), parole), 'B') END
    || setweight(to_tsvector(search_configurazione(originale), descrizione), 'C');
"""

# In one statement, so that the rows are written once and the way the new column is kept holds for them too.
AGGIUNGI = """
ALTER TABLE search_voceindice
    ADD nomi tsvector GENERATED ALWAYS AS (search_nomi(lingua, originale, titolo, parole_chiave, descrizione)) STORED,
    ALTER nomi SET STORAGE MAIN, ALTER titolo_piano SET STORAGE MAIN
"""
TOGLI = "ALTER TABLE search_voceindice DROP nomi, ALTER titolo_piano SET STORAGE EXTENDED"


class Migration(migrations.Migration):
    dependencies = [("search", "0004_sinonimi_e_conteggio")]

    operations = [
        migrations.RunSQL(NOMI, "DROP FUNCTION search_nomi(text, text, text, text, text)"),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(AGGIUNGI, TOGLI)],
            [
                migrations.AddField(
                    model_name="voceindice",
                    name="nomi",
                    field=search.models.voce.Vettore(
                        db_persist=True,
                        expression=models.Func(
                            models.F("lingua"),
                            models.F("originale"),
                            models.F("titolo"),
                            models.F("parole_chiave"),
                            models.F("descrizione"),
                            function="search_nomi",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                )
            ],
        ),
    ]
