"""Settlement sheets of units that were sold."""

import django.db.models.deletion
import tenancy.kernel.scope
from django.conf import settings
from django.db import migrations, models

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('charges', '0011_vacancies'),
        ('kernel', '0002_sent_forms'),
        ('owners', '0003_search_by_name'),
        ('payments', '0014_receipt_ending'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('on', models.DateField()),
                ('registered_on', models.DateField(null=True)),
                ('free_fen', models.BigIntegerField()),
                ('facts', models.JSONField()),
                ('created_at', models.DateTimeField()),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='charges.account')),
                ('bill', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.bill')),
                ('buyer', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.party')),
                ('community', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.community')),
                ('issued_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', '-id'], name='transfer_newest_first')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'number'), name='transfer_number_once'), models.UniqueConstraint(fields=('tenant', 'unit', 'on'), name='transfer_settled_once'), models.CheckConstraint(condition=models.Q(('free_fen__gte', 0)), name='transfer_frees_no_less_than_nothing')],
            },
        ),
        Protect("Transfer", append_only=True, community="community_id", no_index=("community",)),
    ]
