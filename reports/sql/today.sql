-- The figures of the today page, one row each: name, how many, how much in fen.
-- Whoever paid since the night is not counted, though his task is closed by the next walk only; nor whom nobody
-- may speak to while a hold stands.
WITH visit AS (
  SELECT t.id
    FROM cases_task t
    JOIN cases_case k ON k.tenant_id = t.tenant_id AND k.id = t.case_id AND k.closed_on IS NULL
    JOIN LATERAL (
         SELECT sum(greatest(c.amount_fen - c.settled_fen - coalesce(x.amount_fen, 0), 0))::bigint AS fen
           FROM charges_charge c
           LEFT JOIN cases_disputedcharge x
                  ON x.tenant_id = c.tenant_id AND x.charge_id = c.id AND x.held @> %(as_of)s::date
          WHERE c.tenant_id = t.tenant_id AND c.account_id = t.account_id AND c.due_on < %(as_of)s
            AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
         ) owed ON owed.fen > %(tolerance_fen)s
   WHERE t.tenant_id = %(tenant_id)s AND t.done_at IS NULL AND t.cancelled_at IS NULL
     AND t.kind IN ('VISIT', 'PM_VISIT')
     AND NOT (t.kind = ANY (%(spoken)s) AND EXISTS (
         SELECT FROM cases_hold h
          WHERE h.tenant_id = t.tenant_id AND h.account_id = t.account_id AND h.kind = ANY (%(silent)s)
            AND h.from_on <= %(as_of)s AND (h.to_on IS NULL OR h.to_on >= %(as_of)s)
            AND (h.released_on IS NULL OR h.released_on > %(as_of)s)))
),
-- The last promise of an open case that still owes counts; an account out of sight of the reader drops out by its policy.
promise AS (
  SELECT p.amount_fen
    FROM cases_promise p
    JOIN cases_case c ON c.tenant_id = p.tenant_id AND c.id = p.case_id AND c.closed_on IS NULL
    JOIN charges_account a ON a.tenant_id = p.tenant_id AND a.id = p.account_id
    JOIN LATERAL (
         SELECT sum(d.amount_fen - d.settled_fen)::bigint AS fen
           FROM charges_charge d
          WHERE d.tenant_id = p.tenant_id AND d.account_id = p.account_id AND d.due_on < %(as_of)s
            AND d.reversed_on IS NULL AND d.settled_fen < d.amount_fen
         ) owed ON owed.fen > %(tolerance_fen)s
   WHERE p.tenant_id = %(tenant_id)s AND p.promised_on = %(as_of)s
     AND NOT EXISTS (SELECT 1 FROM cases_promise later
                      WHERE later.tenant_id = p.tenant_id AND later.case_id = p.case_id
                        AND (later.made_on, later.id) > (p.made_on, p.id))
)
SELECT 'visits', count(*), 0 FROM visit
UNION ALL
SELECT 'promises', count(*), coalesce(sum(amount_fen), 0) FROM promise
UNION ALL
SELECT 'deliveries', count(*), 0
  FROM notices_notice
 WHERE tenant_id = %(tenant_id)s AND channel = 'PAPER' AND state IN ('QUEUED', 'SENT') AND kind = ANY (%(for_owners)s)
UNION ALL
SELECT 'taken', count(*), coalesce(sum(amount_fen), 0)
  FROM payments_payment
 WHERE tenant_id = %(tenant_id)s AND posted_on = %(as_of)s AND method <> 'CREDIT'
UNION ALL
SELECT 'taken_' || lower(method), count(*), sum(amount_fen)
  FROM payments_tendered
 WHERE tenant_id = %(tenant_id)s AND posted_on = %(as_of)s AND method <> 'CREDIT'
 GROUP BY method
UNION ALL
SELECT 'overnight_paid', count(*), coalesce(sum(amount_fen), 0)
  FROM payments_payment
 WHERE tenant_id = %(tenant_id)s AND created_at >= %(since)s AND method <> 'CREDIT'
UNION ALL
SELECT 'overnight_objected', count(*), 0
  FROM cases_hold h
  JOIN charges_account a ON a.tenant_id = h.tenant_id AND a.id = h.account_id
 WHERE h.tenant_id = %(tenant_id)s AND h.kind = 'DISPUTE' AND h.created_at >= %(since)s
UNION ALL
SELECT 'overnight_unsent', count(DISTINCT n.id), 0
  FROM notices_attempt t
  JOIN notices_notice n ON n.tenant_id = t.tenant_id AND n.id = t.notice_id AND n.state IN ('FAILED', 'UNKNOWN')
 WHERE t.tenant_id = %(tenant_id)s AND t.at >= %(since)s
