-- What is past due, by the day the oldest of it fell due and by the rung its case stands on: the same reading as
-- facts.sql and queries/covering.py, summed for a whole company. Level -1: no case yet; 0: no rung covers what
-- remains. What is disputed is owed, but no rung is about it. The last column counts those whose bills never arrived: from the demand on the ladder waits for them.
WITH late AS (
  SELECT c.account_id, c.community_id, c.id, c.amount_fen - c.settled_fen AS unpaid_fen, c.due_on,
         coalesce(x.amount_fen >= c.amount_fen - c.settled_fen, false) AS disputed,
         CASE WHEN c.kind = 'OPENING' THEN c.due_on
              WHEN d.on IS NOT NULL THEN greatest(c.due_on, d.on + %(lead_days)s) END AS anchor_on
    FROM charges_charge c
    LEFT JOIN (
         SELECT charge_id, min(n.delivered_on) AS "on"
           FROM notices_notice n, unnest(n.charge_ids) AS charge_id
          WHERE n.tenant_id = %(tenant_id)s AND n.kind = 'BILL_NOTICE' AND n.delivered_on IS NOT NULL
          GROUP BY charge_id
         ) d ON d.charge_id = c.id
    LEFT JOIN cases_disputedcharge x ON x.tenant_id = %(tenant_id)s AND x.charge_id = c.id AND x.held @> %(as_of)s::date
   WHERE c.tenant_id = %(tenant_id)s AND c.reversed_on IS NULL
     AND c.settled_fen < c.amount_fen AND c.due_on < %(as_of)s
     AND (%(community_ids)s::bigint[] IS NULL OR c.community_id = ANY (%(community_ids)s::bigint[]))
), owed AS (
  SELECT account_id, min(community_id) AS community_id, sum(unpaid_fen)::bigint AS overdue_fen,
         min(due_on) AS oldest_due_on, min(anchor_on) AS anchor_on,
         min((due_on - DATE '2000-01-01')::bigint << 40 | id) FILTER (WHERE NOT disputed) & (1::bigint << 40) - 1 AS oldest_id,
         min((anchor_on - DATE '2000-01-01')::bigint << 40 | id)
           FILTER (WHERE anchor_on < %(as_of)s AND NOT disputed) & (1::bigint << 40) - 1 AS formal_id
    FROM late GROUP BY account_id HAVING sum(unpaid_fen) > %(tolerance_fen)s
), walked AS (
  SELECT o.*, k.id AS case_id
    FROM owed o
    LEFT JOIN cases_case k ON k.tenant_id = %(tenant_id)s AND k.account_id = o.account_id AND k.closed_on IS NULL
), rung AS (
  SELECT w.case_id, s.level, max(s.id) AS last_id,
         max(s."on") FILTER (WHERE s.event = 'TAKEN' AND s.charge_ids @> ARRAY[
           CASE WHEN s.level < %(formal_from)s THEN w.oldest_id ELSE w.formal_id END]) AS taken_on,
         max(s.id) FILTER (WHERE s.event = 'TAKEN') < max(s.id) FILTER (WHERE s.event = 'VOID') AS undone
    FROM walked w JOIN cases_step s ON s.tenant_id = %(tenant_id)s AND s.case_id = w.case_id
   GROUP BY w.case_id, s.level
), standing AS (
  SELECT case_id, max(last_id) AS last_id,
         max(level) FILTER (WHERE taken_on IS NOT NULL AND undone IS NOT TRUE) AS level
    FROM rung GROUP BY case_id
)
SELECT w.community_id, w.oldest_due_on,
       CASE WHEN w.case_id IS NULL THEN -1
            ELSE greatest(coalesce(t.level, 0),
                          CASE WHEN s.charge_ids @> ARRAY[CASE WHEN s.level < %(formal_from)s THEN w.oldest_id
                                                               ELSE w.formal_id END] THEN s.level ELSE 0 END) END,
       count(*), sum(w.overdue_fen)::bigint, count(*) FILTER (WHERE w.anchor_on IS NULL)
  FROM walked w
  LEFT JOIN standing t ON t.case_id = w.case_id
  LEFT JOIN cases_step s ON s.tenant_id = %(tenant_id)s AND s.id = t.last_id AND s.event IN ('DUE', 'APPROVED', 'SENT')
 GROUP BY 1, 2, 3
