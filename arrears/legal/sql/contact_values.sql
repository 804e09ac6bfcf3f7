-- Numbers and addresses as they are kept (encrypted), for papers that a court reads.
SELECT id, value
  FROM owners_contact
 WHERE tenant_id = %(tenant_id)s AND id = ANY (%(contact_ids)s::bigint[])
