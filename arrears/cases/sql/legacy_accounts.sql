-- Those of some accounts whose unit has an open legacy issue.
SELECT DISTINCT a.id
  FROM owners_legacyissue i
  JOIN charges_account a ON a.tenant_id = i.tenant_id AND a.unit_id = i.unit_id
 WHERE i.tenant_id = %(tenant_id)s AND i.closed_on IS NULL AND a.id = ANY (%(account_ids)s::bigint[])
