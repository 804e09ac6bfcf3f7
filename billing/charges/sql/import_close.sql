-- Subscriptions that end because the price is another from a day on; their past stays as it was.
UPDATE charges_subscription
   SET held = daterange(lower(held), %(on)s::date)
 WHERE tenant_id = %(tenant_id)s AND id = ANY (%(ids)s::bigint[])
