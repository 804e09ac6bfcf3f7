-- Every unit pays the one tariff.
INSERT INTO charges_subscription (tenant_id, unit_id, tariff_id, fee_item_id, held)
SELECT %(tenant_id)s, u.id, %(tariff_id)s, %(fee_item_id)s, daterange(%(from_on)s, NULL)
  FROM owners_unit u
 WHERE u.community_id = %(community_id)s
 ORDER BY u.id
