
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('utenti', '0001_iniziale'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonaDemo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('etichetta', models.CharField(max_length=80, verbose_name='chi è')),
                ('cosa_provare', models.CharField(blank=True, max_length=200, verbose_name='cosa provare')),
                ('processo', models.CharField(choices=[('pubblico', 'Portale e redazione'), ('riservato', 'Area riservata')], max_length=10, verbose_name='dove entra')),
                ('ordine', models.PositiveSmallIntegerField(default=0, verbose_name='ordine')),
                ('utente', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='persona_demo', to=settings.AUTH_USER_MODEL, verbose_name='utente')),
            ],
            options={
                'verbose_name': 'persona della demo',
                'verbose_name_plural': 'persone della demo',
                'ordering': ['ordine', 'pk'],
            },
        ),
    ]
