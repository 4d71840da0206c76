"""A reserved session ends in the very transaction that changes what it rests on, whoever changes it and however.

The public process changes accounts and has no right on the sessions: the function acts as its owner. Its argument is
the column of the changed row that says whose sessions they are. Why a trigger: docs/decisions/0009.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION utenti_chiudi_sessioni() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM utenti_sessioneriservata WHERE utente_id = (to_jsonb(OLD) ->> TG_ARGV[0])::bigint;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        DELETE FROM utenti_sessioneriservata WHERE utente_id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER utenti_chiudi_sessioni AFTER UPDATE ON utenti_utente FOR EACH ROW
    WHEN ((OLD.password, OLD.is_active, OLD.is_superuser) IS DISTINCT FROM
          (NEW.password, NEW.is_active, NEW.is_superuser))
    EXECUTE FUNCTION utenti_chiudi_sessioni('id');

-- Recovery codes are made anew without losing the factor they stand in for.
CREATE TRIGGER utenti_chiudi_sessioni AFTER DELETE ON mfa_authenticator FOR EACH ROW
    WHEN (OLD.type <> 'recovery_codes')
    EXECUTE FUNCTION utenti_chiudi_sessioni('user_id');
"""
DROP = "DROP FUNCTION utenti_chiudi_sessioni() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("utenti", "0002_persona_demo"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunSQL(CREATE, DROP)]
