-- What became of promises whose day is over, by value dates: KEPT when of what was past due as it was made
-- no more was unpaid at the end of its day than it left (nothing, unless a part was promised); what was let off counts as paid. A promise without a judgement is judged; one of
-- the last days is judged again where the ledger says something else by now.
INSERT INTO cases_judgement (tenant_id, promise_id, state, "on", unpaid_fen, at)
SELECT p.tenant_id, p.id, CASE WHEN owed.fen <= p.left_fen THEN 'KEPT' ELSE 'BROKEN' END, %(as_of)s, greatest(owed.fen - p.left_fen, 0), now()
  FROM cases_promise p
  LEFT JOIN LATERAL (
       SELECT j.state FROM cases_judgement j
        WHERE j.tenant_id = p.tenant_id AND j.promise_id = p.id ORDER BY j.id DESC LIMIT 1
       ) judged ON true
  CROSS JOIN LATERAL (
       SELECT coalesce(sum(greatest(c.amount_fen - c.settled_fen + later.fen, 0)), 0)::bigint AS fen
         FROM charges_charge c
        CROSS JOIN LATERAL (
              -- A payment that was taken back is taken back as of its own value date.
              SELECT coalesce(sum(a.amount_fen), 0)::bigint AS fen
                FROM payments_allocation a
                JOIN payments_payment m ON m.tenant_id = a.tenant_id AND m.id = a.payment_id
                LEFT JOIN payments_payment o ON o.tenant_id = m.tenant_id AND o.id = m.reverses_id
               WHERE a.tenant_id = c.tenant_id AND a.charge_id = c.id AND a.part = 'PRINCIPAL'
                 AND coalesce(o.paid_on, m.paid_on) > p.promised_on
              ) later
        WHERE c.tenant_id = p.tenant_id AND c.account_id = p.account_id AND c.reversed_on IS NULL
          AND c.due_on < p.made_on
       ) owed
 WHERE p.tenant_id = %(tenant_id)s AND p.promised_on < %(as_of)s
   AND (judged.state IS NULL OR p.promised_on >= %(since)s)
   AND judged.state IS DISTINCT FROM CASE WHEN owed.fen <= p.left_fen THEN 'KEPT' ELSE 'BROKEN' END
