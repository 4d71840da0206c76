"""Tables and trigger function behind `portal.cms.cache_pagine.edizione`; the triggers come after each migration.

Writers add a row each and wait for nobody: a single counter would make every editor wait for the importer's commit.
Every 256 changes one writer starts a new generation and removes the rows it sees; who cannot have the lock goes on.
The function acts as its owner, so that a process needs no right on the two tables but reading.
"""

from django.db import migrations

CREATE = """
CREATE TABLE cms_edizione (generazione bigint NOT NULL);
INSERT INTO cms_edizione VALUES (1);
CREATE TABLE cms_modifica (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);

CREATE FUNCTION cms_annota_modifica() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE numero bigint;
BEGIN
    INSERT INTO cms_modifica DEFAULT VALUES RETURNING id INTO numero;
    IF numero % 256 = 0 AND pg_try_advisory_xact_lock(7265737365) THEN
        UPDATE cms_edizione SET generazione = generazione + 1;
        DELETE FROM cms_modifica WHERE id < numero;
    END IF;
    RETURN NULL;
END $$;
"""
DROP = """
DROP FUNCTION cms_annota_modifica() CASCADE;
DROP TABLE cms_modifica;
DROP TABLE cms_edizione;
"""


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_legami")]
    operations = [migrations.RunSQL(CREATE, DROP)]
