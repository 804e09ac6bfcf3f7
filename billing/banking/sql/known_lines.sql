-- What the house knows of these numbers of the bank already.
SELECT serial, "on", amount_fen, file_id = %(file_id)s
  FROM banking_bankline
 WHERE tenant_id = %(tenant_id)s AND bank_account_id = %(bank_account_id)s
   AND serial = ANY (%(serials)s::text[]) AND split_of_id IS NULL
