
import casi.models.caso
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('catalogo', '0001_iniziale'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Caso',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('numero', models.CharField(default=casi.models.caso.new_numero, editable=False, max_length=8, unique=True, verbose_name='numero')),
                ('stato', models.CharField(choices=[('segnalato', 'Segnalato'), ('primo_ascolto', 'Primo ascolto'), ('in_valutazione', 'In valutazione'), ('preso_in_carico', 'Preso in carico'), ('sospeso', 'Sospeso'), ('in_chiusura', 'In chiusura'), ('chiuso', 'Chiuso'), ('riaperto', 'Riaperto'), ('orientato', 'Orientato'), ('non_preso_in_carico', 'Non preso in carico'), ('trasferito', 'Trasferito')], default='segnalato', max_length=20, verbose_name='stato')),
                ('aperto_il', models.DateTimeField(default=django.utils.timezone.now, verbose_name='aperto il')),
                ('ente_titolare', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogo.ente', verbose_name='ente titolare')),
            ],
            options={
                'verbose_name': 'caso',
                'verbose_name_plural': 'casi',
                'ordering': ['-aperto_il', 'pk'],
                'default_permissions': ('view', 'change'),
            },
        ),
        migrations.CreateModel(
            name='Ammissione',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dal', models.DateField(verbose_name='dal')),
                ('al', models.DateField(blank=True, help_text='Ultimo giorno valido, compreso.', null=True, verbose_name='al')),
                ('ente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogo.ente', verbose_name='ente')),
                ('caso', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ammissioni', to='casi.caso', verbose_name='caso')),
            ],
            options={
                'verbose_name': 'ammissione',
                'verbose_name_plural': 'ammissioni',
                'ordering': ['caso', 'dal', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Incarico',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dal', models.DateField(verbose_name='dal')),
                ('al', models.DateField(blank=True, help_text='Ultimo giorno valido, compreso.', null=True, verbose_name='al')),
                ('caso', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='incarichi', to='casi.caso', verbose_name='caso')),
                ('operatore', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogo.operatore', verbose_name='operatore')),
            ],
            options={
                'verbose_name': 'incarico',
                'verbose_name_plural': 'incarichi',
                'ordering': ['caso', 'dal', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PermessoGruppoSuCaso',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casi.caso')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
            ],
            options={
                'verbose_name': 'permesso di gruppo su un caso',
                'verbose_name_plural': 'permessi di gruppo su casi',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PermessoUtenteSuCaso',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='permessi', to='casi.caso')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'permesso su un caso',
                'verbose_name_plural': 'permessi su casi',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Registro',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('quando', models.DateTimeField(auto_now_add=True, verbose_name='quando')),
                ('utente_id', models.BigIntegerField(verbose_name='utente')),
                ('operatore_id', models.BigIntegerField(verbose_name='operatore')),
                ('ente_id', models.BigIntegerField(verbose_name='ente')),
                ('ente_nome', models.CharField(max_length=160, verbose_name="nome dell'ente, allora")),
                ('ruolo', models.CharField(max_length=30, verbose_name='ruolo, allora')),
                ('azione', models.CharField(max_length=40, verbose_name='azione')),
                ('esito', models.CharField(choices=[('consentito', 'Consentito'), ('negato', 'Negato')], max_length=10, verbose_name='esito')),
                ('casi', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None, verbose_name='casi')),
                ('sessione', models.CharField(max_length=64, verbose_name='impronta della sessione')),
                ('indirizzo', models.GenericIPAddressField(verbose_name='indirizzo IP')),
                ('richiesta', models.UUIDField(verbose_name='richiesta')),
            ],
            options={
                'verbose_name': 'voce del registro',
                'verbose_name_plural': 'registro degli accessi',
                'ordering': ['-pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['quando'], name='registro_quando')],
                'constraints': [models.CheckConstraint(condition=models.Q(('esito__in', ['consentito', 'negato'])), name='registro_esito_noto')],
            },
        ),
        migrations.AddConstraint(
            model_name='caso',
            constraint=models.CheckConstraint(condition=models.Q(('stato__in', ['segnalato', 'primo_ascolto', 'in_valutazione', 'preso_in_carico', 'sospeso', 'in_chiusura', 'chiuso', 'riaperto', 'orientato', 'non_preso_in_carico', 'trasferito'])), name='caso_stato_noto'),
        ),
        migrations.AddConstraint(
            model_name='caso',
            constraint=models.CheckConstraint(condition=models.Q(('numero__regex', '^C-[2-9B-DF-HJ-KM-NP-TV-XZ]{6}$')), name='caso_numero_opaco'),
        ),
        migrations.AddConstraint(
            model_name='ammissione',
            constraint=models.CheckConstraint(condition=models.Q(('al__isnull', True), ('al__gte', models.F('dal')), _connector='OR'), name='ammissione_al_dopo_dal', violation_error_message='La data di fine viene prima di quella di inizio.'),
        ),
        migrations.AddConstraint(
            model_name='ammissione',
            constraint=models.UniqueConstraint(condition=models.Q(('al__isnull', True)), fields=('caso', 'ente'), name='unique_ammissione_in_corso', violation_error_message='Questo ente è già ammesso al caso.'),
        ),
        migrations.AddConstraint(
            model_name='incarico',
            constraint=models.CheckConstraint(condition=models.Q(('al__isnull', True), ('al__gte', models.F('dal')), _connector='OR'), name='incarico_al_dopo_dal', violation_error_message='La data di fine viene prima di quella di inizio.'),
        ),
        migrations.AddConstraint(
            model_name='incarico',
            constraint=models.UniqueConstraint(condition=models.Q(('al__isnull', True)), fields=('caso', 'operatore'), name='unique_incarico_in_corso', violation_error_message='Questa persona è già assegnata al caso.'),
        ),
        migrations.AddConstraint(
            model_name='permessogrupposucaso',
            constraint=models.CheckConstraint(condition=models.Q(('pk__isnull', True)), name='permessi_di_gruppo_mai'),
        ),
        migrations.AlterUniqueTogether(
            name='permessogrupposucaso',
            unique_together={('group', 'permission', 'content_object')},
        ),
        migrations.AlterUniqueTogether(
            name='permessoutentesucaso',
            unique_together={('user', 'permission', 'content_object')},
        ),
    ]
