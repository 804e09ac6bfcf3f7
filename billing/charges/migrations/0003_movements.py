"""What charges were lowered by and when; the end of a charge's period as a day that an index can hold."""

import django.db.models.deletion
import tenancy.kernel.scope
from django.db import migrations, models

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('charges', '0002_walls'),
        ('kernel', '0001_initial'),
        ('owners', '0002_walls'),
    ]

    operations = [
        migrations.CreateModel(
            name='Movement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('principal_fen', models.BigIntegerField(default=0)),
                ('late_fee_fen', models.BigIntegerField(default=0)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('charge', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='charges.charge')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('late_fee_fen', 0), ('principal_fen', 0), _negated=True), name='movement_moves_something'),
                ],
            },
        ),
        migrations.AddField(
            model_name='charge',
            name='ends_on',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.F('period'), function='upper'), output_field=models.DateField()),
        ),
        migrations.AddIndex(
            model_name='charge',
            index=models.Index(condition=models.Q(('late_fee_settled__gt', models.F('late_fee_paid_fen')), ('reversed_on__isnull', True), ('settled_fen', models.F('amount_fen'))), fields=['tenant', 'account'], name='charge_open_late_fee'),
        ),
        migrations.AddIndex(
            model_name='charge',
            index=models.Index(fields=['tenant', 'community', 'ends_on'], name='charge_by_end'),
        ),
        Protect("Movement", append_only=True),
    ]
