-- Money that the bank has for an account, or is asked to take from it, and that nobody has booked yet.
SELECT account_id, max(day), bool_and(is_debit)
  FROM (SELECT l.account_id, l."on" AS day, false AS is_debit
          FROM banking_bankline l
         WHERE l.tenant_id = %(tenant_id)s AND l.state = 'PROPOSED' AND l.account_id IS NOT NULL
           AND l.payment_id IS NULL
        UNION ALL
        SELECT i.account_id, b.debit_on, true
          FROM banking_debitbatch b
          JOIN banking_debititem i ON i.tenant_id = b.tenant_id AND i.batch_id = b.id
         WHERE b.tenant_id = %(tenant_id)s AND b.state = 'SENT') AS moving
 GROUP BY account_id
