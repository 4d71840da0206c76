"""The register takes new rows and nothing else, whoever asks: also the owner's plain statements are refused."""

from django.db import migrations

CREATE = """
CREATE FUNCTION casi_registro_immutabile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Il registro degli accessi non si modifica e non si cancella (%).', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER casi_registro_immutabile BEFORE UPDATE OR DELETE ON casi_registro
    FOR EACH STATEMENT EXECUTE FUNCTION casi_registro_immutabile();
CREATE TRIGGER casi_registro_non_si_svuota BEFORE TRUNCATE ON casi_registro
    FOR EACH STATEMENT EXECUTE FUNCTION casi_registro_immutabile();
"""

DROP = """
DROP TRIGGER casi_registro_non_si_svuota ON casi_registro;
DROP TRIGGER casi_registro_immutabile ON casi_registro;
DROP FUNCTION casi_registro_immutabile();
"""


class Migration(migrations.Migration):
    dependencies = [("casi", "0001_iniziale")]
    operations = [migrations.RunSQL(CREATE, DROP)]
