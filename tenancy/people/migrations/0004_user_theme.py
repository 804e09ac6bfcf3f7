from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_portal_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='theme',
            field=models.CharField(default='system', help_text='system, light or dark', max_length=10),
        ),
    ]
