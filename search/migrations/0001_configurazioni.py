"""How PostgreSQL reads words: a text search configuration per language, without accents, and what weighs how much.

`search_vettore` is immutable because the index rows keep its result: title A, names and codes B, description C, text D.
Trusted extensions: the owner of the database may create them.
"""

from django.contrib.postgres.operations import BtreeGinExtension, CreateExtension, TrigramExtension
from django.db import migrations

# Ukrainian has no stemmer in PostgreSQL; `tessere_parole` keeps each word whole, for spelling.
DIZIONARI = {"it": "italian", "en": "english", "ar": "arabic", "uk": "simple", "parole": "simple"}
PAROLE = "asciiword, asciihword, hword_asciipart, word, hword, hword_part"


def configuration(name: str, language: str) -> migrations.RunSQL:
    dictionary = "simple" if language == "simple" else f"{language}_stem"
    return migrations.RunSQL(
        f"""CREATE TEXT SEARCH CONFIGURATION tessere_{name} (COPY = {language});
        ALTER TEXT SEARCH CONFIGURATION tessere_{name} ALTER MAPPING FOR {PAROLE} WITH unaccent, {dictionary};""",
        f"DROP TEXT SEARCH CONFIGURATION tessere_{name}",
    )


VETTORE = """
CREATE FUNCTION search_configurazione(lingua text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE lingua WHEN 'it' THEN 'tessere_it'::regconfig WHEN 'en' THEN 'tessere_en'::regconfig
                   WHEN 'ar' THEN 'tessere_ar'::regconfig ELSE 'tessere_uk'::regconfig END;

CREATE FUNCTION search_vettore(lingua text, originale text, titolo text, parole text, descrizione text, testo text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector(search_configurazione(originale), titolo), 'A')
    || setweight(to_tsvector('tessere_it'::regconfig, parole), 'B')
    || CASE WHEN lingua = 'it' THEN ''::tsvector
            ELSE setweight(to_tsvector(search_configurazione(lingua), parole), 'B') END
    || setweight(to_tsvector(search_configurazione(originale), descrizione), 'C')
    || setweight(to_tsvector(search_configurazione(originale), testo), 'D');
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cms", "0004_senza_accenti")]
    operations = [
        TrigramExtension(),
        BtreeGinExtension(),
        CreateExtension("fuzzystrmatch"),
        *(configuration(name, language) for name, language in DIZIONARI.items()),
        migrations.RunSQL(
            VETTORE,
            "DROP FUNCTION search_vettore(text, text, text, text, text, text); "
            "DROP FUNCTION search_configurazione(text)",
        ),
    ]
