# Disputes of single charges, and what a hold was set and ended with.

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import tenancy.kernel.scope
from django.conf import settings
from django.db import migrations, models

from tenancy.kernel.migrate import Protect, pin_sql


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_reviews'),
        ('charges', '0013_costs'),
        ('kernel', '0002_sent_forms'),
        ('people', '0006_approval_remarks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='hold',
            name='hold_one_open_of_a_kind',
        ),
        migrations.AddField(
            model_name='hold',
            name='end_reason',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='hold',
            name='only_listed',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='hold',
            name='proof',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.storedfile'),
        ),
        migrations.AddField(
            model_name='hold',
            name='representative',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(condition=models.Q(('only_listed', False), ('released_on__isnull', True)), fields=('tenant', 'account', 'kind'), name='hold_one_open_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('only_listed', False), ('kind', 'DISPUTE'), _connector='OR'), name='hold_lists_only_what_is_disputed'),
        ),
        migrations.RunSQL(
            pin_sql('cases_hold', 'proof_id', 'people_storedfile'),
            'ALTER TABLE cases_hold DROP CONSTRAINT cases_hold_proof_id_pin',
        ),
        migrations.CreateModel(
            name='DisputedCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField()),
                ('held', django.contrib.postgres.fields.ranges.DateRangeField(help_text='Half-open; without an end while nobody has ended it')),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.account')),
                ('charge', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.charge')),
                ('hold', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='disputed', to='cases.hold')),
                ('pause', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.latefeepause')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='disputed_charge_of_something'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('tenant_id', '='), ('charge_id', '='), ('held', '&&')], name='disputed_charge_once_a_day'),
                ],
            },
        ),
        Protect("DisputedCharge"),
    ]
