"""An occupant may pay by agreement; the owners are liable with him."""

from django.db import migrations, models

from tenancy.kernel.migrate import NewColumns


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_sent_forms'),
        ('owners', '0003_search_by_name'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalownership',
            name='basis',
            field=models.CharField(blank=True, db_default='', default='', max_length=120),
        ),
        migrations.AddField(
            model_name='historicalownership',
            name='pays',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='ownership',
            name='basis',
            field=models.CharField(blank=True, db_default='', default='', max_length=120),
        ),
        migrations.AddField(
            model_name='ownership',
            name='pays',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name='ownership',
            index=models.Index(condition=models.Q(('pays', True)), fields=['tenant', 'unit'], name='ownership_payer'),
        ),
        migrations.AddConstraint(
            model_name='ownership',
            constraint=models.CheckConstraint(condition=models.Q(('pays', False), models.Q(('rank', 1), ('role', 'OCCUPANT'), models.Q(('basis', ''), _negated=True)), _connector='OR'), name='ownership_payer_is_an_occupant_by_agreement'),
        ),
        NewColumns("Ownership"),
    ]
