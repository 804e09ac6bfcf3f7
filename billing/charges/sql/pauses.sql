-- The days without late fee of some charges.
SELECT charge_id, first_on, last_on
  FROM charges_latefeepause
 WHERE tenant_id = %(tenant_id)s AND charge_id = ANY (%(charge_ids)s::bigint[])
 ORDER BY first_on, id
