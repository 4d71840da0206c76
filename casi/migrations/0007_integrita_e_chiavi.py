"""Where the register begins after the oldest lines were dropped, unchangeable too; trials of the encryption keys."""

import casi.models.campi
from django.db import migrations, models

CREATE = """
CREATE TRIGGER casi_ancoraregistro_immutabile BEFORE UPDATE OR DELETE ON casi_ancoraregistro
    FOR EACH STATEMENT EXECUTE FUNCTION casi_registro_immutabile();
CREATE TRIGGER casi_ancoraregistro_non_si_svuota BEFORE TRUNCATE ON casi_ancoraregistro
    FOR EACH STATEMENT EXECUTE FUNCTION casi_registro_immutabile();
"""
DROP = """
DROP TRIGGER casi_ancoraregistro_non_si_svuota ON casi_ancoraregistro;
DROP TRIGGER casi_ancoraregistro_immutabile ON casi_ancoraregistro;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casi', "0006_condivisione"),
    ]

    operations = [
        migrations.CreateModel(
            name='AncoraRegistro',
            fields=[
                ('giorno', models.DateField(primary_key=True, serialize=False, verbose_name='giorno')),
                ('ultima', models.BigIntegerField(verbose_name='ultima voce scartata')),
                ('impronta', models.CharField(max_length=64, verbose_name='impronta')),
                ('prima_del', models.DateField(verbose_name='scartate le voci prima del')),
            ],
            options={
                'verbose_name': 'ancora del registro',
                'verbose_name_plural': 'ancore del registro',
                'ordering': ['-giorno'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ControlloChiave',
            fields=[
                ('nome', models.CharField(max_length=255, primary_key=True, serialize=False, verbose_name='nome della chiave')),
                ('prova', casi.models.campi.TestoCifrato(null=True, verbose_name='prova')),
                ('indice', models.CharField(max_length=64, verbose_name="prova dell'indice")),
            ],
            options={
                'verbose_name': 'controllo di una chiave',
                'verbose_name_plural': 'controlli delle chiavi',
                'ordering': ['nome'],
                'default_permissions': (),
            },
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
