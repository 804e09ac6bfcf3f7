-- Hold these accounts: no payment slips in between reading what they owe and writing it on paper.
SELECT id FROM charges_account
 WHERE tenant_id = %(tenant_id)s AND id = ANY (%(account_ids)s::bigint[])
 ORDER BY id
   FOR UPDATE
