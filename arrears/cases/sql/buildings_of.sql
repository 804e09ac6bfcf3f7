-- The building of each account.
SELECT a.id, u.building_id
  FROM charges_account a JOIN owners_unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
 WHERE a.tenant_id = %(tenant_id)s AND a.id = ANY (%(account_ids)s)
