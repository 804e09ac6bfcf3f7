-- What the units of a register's block pay from now on.
INSERT INTO charges_subscription (tenant_id, unit_id, tariff_id, fee_item_id, held)
SELECT %(tenant_id)s, s.unit_id, s.tariff_id, s.fee_item_id, daterange(s.from_on, s.to_on)
  FROM unnest(%(unit_ids)s::bigint[], %(tariff_ids)s::bigint[], %(fee_item_ids)s::bigint[],
              %(froms_on)s::date[], %(tos_on)s::date[])
       AS s (unit_id, tariff_id, fee_item_id, from_on, to_on)
