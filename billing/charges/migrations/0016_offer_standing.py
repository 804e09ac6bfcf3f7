"""An offer may ask for a good standing (缴费口碑)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('charges', '0015_average_wage'),
    ]

    operations = [
        migrations.AddField(
            model_name='discountoffer',
            name='needs_good_standing',
            field=models.BooleanField(db_default=False, default=False, help_text='Only for who stands well (缴费口碑) on the day of payment'),
        ),
        migrations.AddField(
            model_name='historicaldiscountoffer',
            name='needs_good_standing',
            field=models.BooleanField(db_default=False, default=False, help_text='Only for who stands well (缴费口碑) on the day of payment'),
        ),
    ]
