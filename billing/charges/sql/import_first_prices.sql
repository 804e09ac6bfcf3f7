-- A tariff made by an import is known by its price only: that price counts from the first day a unit pays it.
UPDATE charges_tariffversion AS v
   SET from_on = paid.first_on
  FROM (SELECT s.tariff_id, min(lower(s.held)) AS first_on
          FROM charges_subscription s
         WHERE s.tenant_id = %(tenant_id)s AND s.tariff_id = ANY (%(tariff_ids)s::bigint[])
         GROUP BY s.tariff_id) AS paid
 WHERE v.tenant_id = %(tenant_id)s AND v.tariff_id = paid.tariff_id AND v.from_on > paid.first_on
