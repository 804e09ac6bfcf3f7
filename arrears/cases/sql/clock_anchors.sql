-- Unpaid charges due up to a day, each with all that may have restarted its clock: demands that arrived, money of
-- the debtor, and what stands in cases_clockevent (the newest row of a source; taken back: none). What of it counts
-- is decided in rules/limitation. Sets are joined once, whatever their number; a list of accounts narrows them.
WITH old AS MATERIALIZED (
  SELECT c.id, c.account_id, c.community_id, c.due_on, c.amount_fen - c.settled_fen AS unpaid_fen
    FROM charges_charge c
   WHERE c.tenant_id = %(tenant_id)s AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
     AND c.due_on <= %(due_until)s
     AND (%(community_id)s::bigint IS NULL OR c.community_id = %(community_id)s)
     AND (%(account_ids)s::bigint[] IS NULL OR c.account_id = ANY (%(account_ids)s))
), demanded AS (
  SELECT n.charge_ids, min(d."on") AS "on"
    FROM notices_delivery d
    JOIN notices_notice n ON n.tenant_id = d.tenant_id AND n.id = d.notice_id
   WHERE d.tenant_id = %(tenant_id)s AND d.interrupts AND d."on" <= %(as_of)s
     AND n.account_id IN (SELECT account_id FROM old)
     AND n.kind = ANY (%(demands)s) AND n.state NOT IN ('WITHDRAWN', 'SKIPPED')
   GROUP BY n.id, n.charge_ids
), event AS (
  SELECT charge_id, 'DEMAND' AS kind, "on", NULL::date AS until
    FROM demanded, unnest(charge_ids) AS charge_id
  UNION ALL
  SELECT a.charge_id, 'PART_PAYMENT', p.paid_on, NULL
    FROM old o
    JOIN payments_allocation a ON a.tenant_id = %(tenant_id)s AND a.charge_id = o.id
    JOIN payments_payment p ON p.tenant_id = a.tenant_id AND p.id = a.payment_id
   WHERE p.kind = 'RECEIVED' AND p.method <> 'CREDIT' AND p.paid_on <= %(as_of)s
     AND NOT EXISTS (SELECT FROM payments_payment r WHERE r.tenant_id = p.tenant_id AND r.reverses_id = p.id)
  UNION ALL
  SELECT e.charge_id, e.kind, e."on", e.until
    FROM (SELECT DISTINCT ON (k.charge_id, k.source) k.charge_id, k.kind, k."on", k.until
            FROM cases_clockevent k
           WHERE k.tenant_id = %(tenant_id)s AND k.charge_id IN (SELECT id FROM old)
           ORDER BY k.charge_id, k.source, k.id DESC) AS e
   WHERE e.kind IN ('DEMAND', 'ACKNOWLEDGEMENT', 'PROCEEDING') AND e."on" <= %(as_of)s
), told AS (
  SELECT charge_id, array_agg(kind ORDER BY "on", kind) AS kinds, array_agg("on" ORDER BY "on", kind) AS ons,
         array_agg(until ORDER BY "on", kind) AS untils
    FROM event GROUP BY charge_id
)
SELECT o.id, o.account_id, o.community_id, o.due_on, o.unpaid_fen, t.kinds, t.ons, t.untils
  FROM old o
  LEFT JOIN told t ON t.charge_id = o.id
