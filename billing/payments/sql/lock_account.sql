-- Everything that changes what an account owes waits here, one after another.
SELECT id FROM charges_account WHERE tenant_id = %(tenant_id)s AND id = %(account_id)s FOR UPDATE
