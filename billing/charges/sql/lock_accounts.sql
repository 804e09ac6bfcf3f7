-- Everything that changes what an account owes waits here, one after another; in order, so that two who lock
-- several do not wait for each other.
SELECT id, community_id, unit_id FROM charges_account
 WHERE tenant_id = %(tenant_id)s AND id = ANY (%(account_ids)s::bigint[])
 ORDER BY id
   FOR UPDATE
