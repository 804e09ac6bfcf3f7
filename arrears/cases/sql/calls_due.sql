-- Calls that people must make until a day, with what their order follows from: kind, last day, principal and age of
-- what is past due, class, the newest promise that is still about something owed, contacts since Monday. Left out
-- are, as in tasks.sql, who paid since the night and to whom nobody may speak while a hold stands.
-- Sets are joined once: a queue of a few calls is found by its indexes, everybody's by hashing.
WITH waiting AS MATERIALIZED (
  SELECT t.id, t.case_id, t.account_id, t.kind, t.due_on, k.klass
    FROM cases_task t
    JOIN cases_case k ON k.tenant_id = t.tenant_id AND k.id = t.case_id AND k.closed_on IS NULL
   WHERE t.tenant_id = %(tenant_id)s AND t.done_at IS NULL AND t.cancelled_at IS NULL
     AND t.kind = ANY (%(kinds)s) AND t.due_on <= %(until)s
     AND (%(community_id)s::bigint IS NULL OR t.community_id = %(community_id)s)
     AND (%(collector_id)s::bigint IS NULL OR k.collector_id = %(collector_id)s)
     AND NOT (t.kind = ANY (%(spoken)s) AND EXISTS (
         SELECT FROM cases_hold h
          WHERE h.tenant_id = t.tenant_id AND h.account_id = t.account_id AND h.kind = ANY (%(left_alone)s) AND NOT h.only_listed
            AND h.from_on <= %(as_of)s AND (h.to_on IS NULL OR h.to_on >= %(as_of)s)
            AND (h.released_on IS NULL OR h.released_on > %(as_of)s)
            AND NOT (t.kind = 'CALL' AND EXISTS (
                SELECT FROM unnest(h.agreed_days) AS day WHERE %(as_of)s BETWEEN day - %(remind_days)s AND day))))
), owed AS (
  SELECT c.account_id, sum(c.amount_fen - c.settled_fen - coalesce(x.amount_fen, 0))::bigint AS fen,
         min(c.due_on) AS oldest_due_on
    FROM charges_charge c
    LEFT JOIN cases_disputedcharge x ON x.tenant_id = c.tenant_id AND x.charge_id = c.id AND x.held @> %(as_of)s::date
   WHERE c.tenant_id = %(tenant_id)s AND c.account_id IN (SELECT account_id FROM waiting)
     AND c.due_on < %(as_of)s AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
     AND c.amount_fen - c.settled_fen > coalesce(x.amount_fen, 0)
   GROUP BY c.account_id
), promise AS (
  SELECT DISTINCT ON (r.case_id) r.case_id, r.promised_on, r.made_on, r.left_fen
    FROM cases_promise r
   WHERE r.tenant_id = %(tenant_id)s AND r.case_id IN (SELECT case_id FROM waiting)
   ORDER BY r.case_id, r.made_on DESC, r.id DESC
), spoken AS (
  SELECT l.case_id, count(DISTINCT (l.at AT TIME ZONE 'Asia/Shanghai')::date) AS days
    FROM cases_call l
   WHERE l.tenant_id = %(tenant_id)s AND l.case_id IN (SELECT case_id FROM waiting)
     AND l.at >= %(monday)s::timestamp AT TIME ZONE 'Asia/Shanghai'
   GROUP BY l.case_id
)
SELECT w.id, w.case_id, w.kind, w.due_on, owed.fen, %(as_of)s - owed.oldest_due_on, w.klass,
       CASE WHEN owed.oldest_due_on < promise.made_on AND (promise.left_fen = 0 OR promise.left_fen <
      (SELECT coalesce(sum(c.amount_fen - c.settled_fen), 0) FROM charges_charge c
             WHERE c.tenant_id = %(tenant_id)s AND c.account_id = w.account_id AND c.reversed_on IS NULL
               AND c.settled_fen < c.amount_fen AND c.due_on < promise.made_on)) THEN promise.promised_on END, coalesce(spoken.days, 0)
  FROM waiting w
  JOIN owed ON owed.account_id = w.account_id AND owed.fen > %(tolerance_fen)s
  LEFT JOIN promise ON promise.case_id = w.case_id
  LEFT JOIN spoken ON spoken.case_id = w.case_id
