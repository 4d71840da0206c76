"""The register numbers and seals its own lines: gapless, each carrying the fingerprint of the one before.

The trigger does it, so that no process can leave it out. One line at a time, held to the end of the transaction: a lock
makes the order of the lines the order of the seals.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION casi_registro_sigillo(r casi_registro) RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\\x1f',
        r.precedente, r.id, extract(epoch FROM r.quando), r.utente_id, r.operatore_id, r.ente_id, r.ente_nome, r.ruolo,
        r.azione, r.esito, array_to_string(r.casi, ','), r.oggetto, coalesce(r.oggetto_id::text, ''),
        coalesce(r.livello::text, ''), r.finalita, coalesce(r.risultati::text, ''), r.sessione, host(r.indirizzo),
        r.richiesta), 'UTF8')), 'hex')
$$;
CREATE FUNCTION casi_registro_incatena() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    ultima record;
BEGIN
    PERFORM pg_advisory_xact_lock(7236177, 1);
    SELECT id, impronta INTO ultima FROM casi_registro ORDER BY id DESC LIMIT 1;
    NEW.id := coalesce(ultima.id, 0) + 1;
    NEW.precedente := coalesce(ultima.impronta, '');
    NEW.impronta := casi_registro_sigillo(NEW);
    RETURN NEW;
END
$$;
CREATE TRIGGER casi_registro_incatena BEFORE INSERT ON casi_registro
    FOR EACH ROW EXECUTE FUNCTION casi_registro_incatena();
CREATE TRIGGER casi_testaregistro_immutabile BEFORE UPDATE OR DELETE ON casi_testaregistro
    FOR EACH STATEMENT EXECUTE FUNCTION casi_registro_immutabile();
CREATE TRIGGER casi_testaregistro_non_si_svuota BEFORE TRUNCATE ON casi_testaregistro
    FOR EACH STATEMENT EXECUTE FUNCTION casi_registro_immutabile();
"""

DROP = """
DROP TRIGGER casi_testaregistro_non_si_svuota ON casi_testaregistro;
DROP TRIGGER casi_testaregistro_immutabile ON casi_testaregistro;
DROP TRIGGER casi_registro_incatena ON casi_registro;
DROP FUNCTION casi_registro_incatena();
DROP FUNCTION casi_registro_sigillo(casi_registro);
"""


class Migration(migrations.Migration):
    dependencies = [("casi", "0004_cartella")]
    operations = [migrations.RunSQL(CREATE, DROP)]
