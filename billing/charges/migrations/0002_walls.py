"""Put every table of this app behind the walls."""

from django.db import migrations

from tenancy.kernel.migrate import Protect, pin_sql


class Migration(migrations.Migration):
    dependencies = [("charges", "0001_initial"), ("notices", "0002_walls")]

    operations = [
        Protect("Contract", history=True, community="community_id"),
        Protect("FeeItem", root=True, history=True),
        Protect("Tariff", history=True, community="community_id"),
        Protect("TariffVersion", history=True),
        Protect("Subscription", history=True, no_index=("fee_item",)),
        Protect("Account", community="community_id"),
        Protect("Run", community="community_id"),
        Protect("Bill", community="community_id", no_index=("community",)),
        Protect("Charge", community="community_id", no_index=("community", "fee_item", "account")),
        migrations.RunSQL(pin_sql("notices_notice", "account_id", "charges_account")),
    ]
