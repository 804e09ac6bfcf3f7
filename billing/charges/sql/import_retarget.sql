-- Subscriptions that have not begun yet: they simply begin with another tariff.
UPDATE charges_subscription AS s
   SET tariff_id = t.tariff_id
  FROM unnest(%(ids)s::bigint[], %(tariff_ids)s::bigint[]) AS t (id, tariff_id)
 WHERE s.tenant_id = %(tenant_id)s AND s.id = t.id
