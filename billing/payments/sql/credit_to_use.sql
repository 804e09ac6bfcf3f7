-- Accounts that hold credit and owe something, in the order in which accounts are locked.
SELECT e.account_id
  FROM payments_creditentry e
 WHERE e.tenant_id = %(tenant_id)s
   AND EXISTS (SELECT FROM charges_charge c
                WHERE c.tenant_id = e.tenant_id AND c.account_id = e.account_id AND c.reversed_on IS NULL
                  AND c.settled_fen < c.amount_fen AND c.issued_on <= %(as_of)s)
 GROUP BY e.account_id HAVING sum(e.amount_fen) > 0
 ORDER BY e.account_id
