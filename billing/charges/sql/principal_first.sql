-- Communities whose contract in force says that principal is paid before its late fee.
SELECT community_id FROM charges_contract
 WHERE tenant_id = %(tenant_id)s AND principal_first AND held @> %(day)s::date
