-- What does not add up, one row for each rule: its code, how many, the first of them, how many were looked at.
-- The database refuses all of this at commit; this reads everything again, so that nothing is believed.
WITH charge AS (
  SELECT c.id, c.account_id, c.amount_fen, c.settled_fen, c.waived_fen, c.late_fee_paid_fen, c.late_fee_waived_fen,
         c.reversed_on
    FROM charges_charge c WHERE c.tenant_id = %(tenant_id)s
), paid AS (
  SELECT charge_id, coalesce(sum(amount_fen) FILTER (WHERE part = 'PRINCIPAL'), 0) AS principal,
         coalesce(sum(amount_fen) FILTER (WHERE part = 'LATE_FEE'), 0) AS fee
    FROM payments_allocation WHERE tenant_id = %(tenant_id)s AND charge_id IS NOT NULL GROUP BY charge_id
), let_off AS (
  SELECT charge_id, coalesce(sum(amount_fen) FILTER (WHERE part = 'PRINCIPAL'), 0) AS principal,
         coalesce(sum(amount_fen) FILTER (WHERE part = 'LATE_FEE'), 0) AS fee
    FROM charges_adjustment WHERE tenant_id = %(tenant_id)s GROUP BY charge_id
), moved AS (
  SELECT charge_id, sum(principal_fen) AS principal, sum(late_fee_fen) AS fee
    FROM charges_movement WHERE tenant_id = %(tenant_id)s GROUP BY charge_id
), line AS (
  SELECT payment_id, sum(amount_fen) AS fen, coalesce(sum(amount_fen) FILTER (WHERE part = 'CREDIT'), 0) AS credit
    FROM payments_allocation WHERE tenant_id = %(tenant_id)s GROUP BY payment_id
), entry AS (
  SELECT payment_id, sum(amount_fen) AS fen FROM payments_creditentry WHERE tenant_id = %(tenant_id)s GROUP BY payment_id
), wrong AS (
  SELECT 'charge_entries' AS code, c.id
    FROM charge c LEFT JOIN paid p ON p.charge_id = c.id LEFT JOIN let_off o ON o.charge_id = c.id
   WHERE c.settled_fen - c.waived_fen <> coalesce(p.principal, 0) OR c.late_fee_paid_fen <> coalesce(p.fee, 0)
      OR c.waived_fen <> coalesce(o.principal, 0) OR c.late_fee_waived_fen <> coalesce(o.fee, 0)
  UNION ALL
  SELECT 'charge_movements', c.id
    FROM charge c LEFT JOIN moved m ON m.charge_id = c.id
   WHERE c.settled_fen <> coalesce(m.principal, 0)
      OR c.late_fee_paid_fen + c.late_fee_waived_fen <> coalesce(m.fee, 0)
  UNION ALL
  SELECT 'payment_allocated', p.id
    FROM payments_payment p LEFT JOIN line l ON l.payment_id = p.id
   WHERE p.tenant_id = %(tenant_id)s AND p.amount_fen <> coalesce(l.fen, 0)
  UNION ALL
  SELECT 'credit_entries', p.id
    FROM payments_payment p LEFT JOIN line l ON l.payment_id = p.id LEFT JOIN entry e ON e.payment_id = p.id
   WHERE p.tenant_id = %(tenant_id)s
     AND coalesce(e.fen, 0) <> coalesce(l.credit, 0) - CASE p.method WHEN 'CREDIT' THEN p.amount_fen ELSE 0 END
  UNION ALL
  SELECT 'account_balance', a.account_id FROM (
    SELECT c.account_id FROM charge c
      LEFT JOIN paid p ON p.charge_id = c.id LEFT JOIN let_off o ON o.charge_id = c.id
     WHERE c.reversed_on IS NULL GROUP BY c.account_id
    HAVING sum(c.amount_fen) - sum(coalesce(p.principal, 0)) - sum(coalesce(o.principal, 0))
           <> sum(c.amount_fen - c.settled_fen)) AS a
  UNION ALL
  SELECT 'credit_below_zero', e.account_id
    FROM payments_creditentry e WHERE e.tenant_id = %(tenant_id)s
   GROUP BY e.account_id HAVING sum(e.amount_fen) < 0
  UNION ALL
  SELECT 'receipt_gap', min(r.id)
    FROM (SELECT id, substring(number from '^(.*-)[0-9]{6,9}$') AS series,
                 substring(number from '-([0-9]{6,9})$')::int AS n
            FROM payments_receipt WHERE tenant_id = %(tenant_id)s) AS r
   WHERE r.series IS NOT NULL
   GROUP BY r.series HAVING max(r.n) <> count(*) OR min(r.n) <> 1
)
SELECT rule.code, count(w.id), coalesce((array_agg(w.id ORDER BY w.id) FILTER (WHERE w.id IS NOT NULL))[1:20], '{}')
  FROM unnest(%(codes)s::text[]) AS rule (code) LEFT JOIN wrong w ON w.code = rule.code
 GROUP BY rule.code
