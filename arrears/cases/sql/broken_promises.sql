-- Class A whose day passed: back to B, unless all that was past due then is paid or disputed. Where only a part was
-- promised, whether that was paid.
UPDATE cases_case k SET klass = 'B_UNDECIDED'
  FROM (SELECT DISTINCT ON (case_id) case_id, account_id, promised_on, made_on, left_fen
          FROM cases_promise WHERE tenant_id = %(tenant_id)s AND doubt = ''
         ORDER BY case_id, made_on DESC, id DESC) AS p
 WHERE k.tenant_id = %(tenant_id)s AND k.id = p.case_id AND k.klass = 'A_PROMISED' AND k.closed_on IS NULL
   AND p.promised_on < %(as_of)s
   AND EXISTS (SELECT 1 FROM charges_charge c
                WHERE c.tenant_id = k.tenant_id AND c.account_id = p.account_id AND c.reversed_on IS NULL
                  AND c.settled_fen < c.amount_fen AND c.due_on < p.made_on
                  AND NOT EXISTS (SELECT 1 FROM cases_disputedcharge x
                                   WHERE x.tenant_id = c.tenant_id AND x.charge_id = c.id AND x.held @> %(as_of)s::date
                                     AND x.amount_fen >= c.amount_fen - c.settled_fen))
RETURNING k.id, p.promised_on, p.left_fen > 0 AND p.left_fen >=
      (SELECT coalesce(sum(c.amount_fen - c.settled_fen), 0) FROM charges_charge c
             WHERE c.tenant_id = %(tenant_id)s AND c.account_id = p.account_id AND c.reversed_on IS NULL
               AND c.settled_fen < c.amount_fen AND c.due_on < p.made_on)
