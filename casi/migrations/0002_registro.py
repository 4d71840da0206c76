"""The register takes new rows and nothing else, whoever asks, the owner's plain statements too; it numbers and seals its
own lines, gapless, each carrying the fingerprint of the one before. So are its daily heads, and where it begins.

A trigger does it, so that no process can leave it out. One line at a time, held to the end of the transaction: a lock
makes the order of the lines the order of the seals.
"""

from django.db import migrations

IMMUTABLE = """
CREATE FUNCTION casi_registro_immutabile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Il registro degli accessi non si modifica e non si cancella (%).', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;
"""
GUARD = """
CREATE TRIGGER {table}_immutabile BEFORE UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION casi_registro_immutabile();
CREATE TRIGGER {table}_non_si_svuota BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION casi_registro_immutabile();
"""
UNGUARD = """
DROP TRIGGER {table}_non_si_svuota ON {table};
DROP TRIGGER {table}_immutabile ON {table};
"""
SEAL = """
CREATE FUNCTION casi_registro_sigillo(r casi_registro) RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\\x1f',
        r.precedente, r.id, extract(epoch FROM r.quando), r.utente_id, r.operatore_id, r.ente_id, r.ente_nome, r.ruolo,
        r.azione, r.esito, array_to_string(r.casi, ','), r.oggetto, coalesce(r.oggetto_id::text, ''),
        coalesce(r.livello::text, ''), r.finalita, coalesce(r.risultati::text, ''), r.sessione, host(r.indirizzo),
        r.richiesta, nullif(array_to_string(r.oggetti, ','), '')), 'UTF8')), 'hex')
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
"""
UNSEAL = """
DROP TRIGGER casi_registro_incatena ON casi_registro;
DROP FUNCTION casi_registro_incatena();
DROP FUNCTION casi_registro_sigillo(casi_registro);
"""
TABLES = ("casi_registro", "casi_testaregistro", "casi_ancoraregistro")
CREATE = IMMUTABLE + "".join(GUARD.format(table=table) for table in TABLES) + SEAL
DROP = UNSEAL + "".join(UNGUARD.format(table=table) for table in TABLES) + "DROP FUNCTION casi_registro_immutabile();"


class Migration(migrations.Migration):
    # Written anew before the first release: a trial database that had gone through all of these goes on.
    replaces = [
        ("casi", name)
        for name in (
            "0002_registro_immutabile",
            "0003_incarichi_con_chiave_opaca",
            "0004_cartella",
            "0005_registro_incatenato",
            "0006_condivisione",
            "0007_integrita_e_chiavi",
            "0009_freno",
            "0010_rettifica_nel_diario",
            "0011_passo",
            "0012_ripristino",
            "0013_indici_dell_elenco",
            "0014_registro_per_oggetto",
            "0015_versione_del_legame",
            "0016_arrivi",
            "0017_ascolti",
            "0019_persone",
            "0020_diritti",
            "0021_scarti",
            "0022_registro_oggetti",
            "0023_versione_della_segnalazione",
            "0024_richieste_raccolte",
            "0025_storico",
            "0026_avvisi",
            "0027_proroga",
            "0028_indice_responsabile",
        )
    ]
    dependencies = [("casi", "0001_iniziale")]
    operations = [migrations.RunSQL(CREATE, DROP)]
