"""Who gets, changes or loses a tie signs in to the reserved area again."""

from django.db import migrations

CREATE = """
CREATE TRIGGER utenti_chiudi_sessioni AFTER INSERT OR DELETE ON catalogo_operatore FOR EACH ROW
    EXECUTE FUNCTION utenti_chiudi_sessioni('utente_id');
CREATE TRIGGER utenti_chiudi_sessioni_se_cambia AFTER UPDATE ON catalogo_operatore FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION utenti_chiudi_sessioni('utente_id');
"""
DROP = """
DROP TRIGGER IF EXISTS utenti_chiudi_sessioni_se_cambia ON catalogo_operatore;
DROP TRIGGER IF EXISTS utenti_chiudi_sessioni ON catalogo_operatore;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogo", "0005_legame_chiuso"), ("utenti", "0003_sessioni_che_finiscono")]
    operations = [migrations.RunSQL(CREATE, DROP)]
