"""Every session of an account, of the public site too, ends when it loses a second factor or changes mailbox.

Sessions of the public site are not the person's by any column: each carries a digest of what the account rests on, and
this count is in it. The count never goes back, whoever saves an account read before.
"""

from django.db import migrations, models

CREATE = """
CREATE FUNCTION utenti_conta_cambi() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.cambi_di_accesso = GREATEST(NEW.cambi_di_accesso, OLD.cambi_di_accesso);
    IF NEW.email IS DISTINCT FROM OLD.email THEN
        NEW.cambi_di_accesso = NEW.cambi_di_accesso + 1;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER utenti_conta_cambi BEFORE UPDATE ON utenti_utente FOR EACH ROW EXECUTE FUNCTION utenti_conta_cambi();

CREATE FUNCTION utenti_conta_fattori() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE utenti_utente SET cambi_di_accesso = cambi_di_accesso + 1 WHERE id = OLD.user_id;
    RETURN NULL;
END $$;

CREATE TRIGGER utenti_conta_fattori AFTER DELETE ON mfa_authenticator FOR EACH ROW
    WHEN (OLD.type <> 'recovery_codes')
    EXECUTE FUNCTION utenti_conta_fattori();
"""
DROP = """
DROP FUNCTION utenti_conta_fattori() CASCADE;
DROP FUNCTION utenti_conta_cambi() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("utenti", "0003_sessioni_che_finiscono")]
    operations = [
        migrations.AddField(
            model_name="utente",
            name="cambi_di_accesso",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
