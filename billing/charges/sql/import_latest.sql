-- The latest subscription of each unit and fee item of a block.
SELECT DISTINCT ON (s.unit_id, s.fee_item_id)
       s.unit_id, s.fee_item_id, s.id, s.tariff_id, lower(s.held), upper(s.held)
  FROM charges_subscription s
 WHERE s.tenant_id = %(tenant_id)s AND s.unit_id = ANY (%(unit_ids)s::bigint[])
 ORDER BY s.unit_id, s.fee_item_id, lower(s.held) DESC
