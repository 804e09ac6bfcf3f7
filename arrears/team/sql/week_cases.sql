-- What moved in a week: name, key, how many, fen. What stands open is read as it is now, like the money of it.
WITH place AS (
  SELECT k.*, a.unit_id AS unit FROM cases_case k
    JOIN charges_account a ON a.tenant_id = k.tenant_id AND a.id = k.account_id
   WHERE k.tenant_id = %(tenant_id)s AND (%(community_id)s::bigint IS NULL OR k.community_id = %(community_id)s)
), spoken AS (
  SELECT DISTINCT p.account_id FROM place p
   WHERE EXISTS (SELECT FROM cases_call l WHERE l.tenant_id = p.tenant_id AND l.case_id = p.id
                    AND l.at >= %(spoken_at)s AND l.at < %(until_at)s)
      OR EXISTS (SELECT FROM cases_visit v WHERE v.tenant_id = p.tenant_id AND v.case_id = p.id
                    AND v."on" BETWEEN %(spoken_on)s AND %(to_on)s)
)
SELECT 'opened', '', count(*), 0::bigint FROM place WHERE opened_on BETWEEN %(from_on)s AND %(to_on)s
UNION ALL
SELECT 'closed', close_reason, count(*), 0 FROM place WHERE closed_on BETWEEN %(from_on)s AND %(to_on)s GROUP BY close_reason
UNION ALL
SELECT 'standing', '', count(*), 0 FROM place WHERE closed_on IS NULL
UNION ALL
SELECT 'level', s.code, count(*), 0
  FROM cases_step s JOIN place p ON p.id = s.case_id
 WHERE s.tenant_id = %(tenant_id)s AND s.event = 'TAKEN' AND s."on" BETWEEN %(from_on)s AND %(to_on)s GROUP BY s.code
UNION ALL
SELECT 'calls', '', count(*), 0 FROM cases_call l JOIN place p ON p.id = l.case_id
 WHERE l.tenant_id = %(tenant_id)s AND l.at >= %(from_at)s AND l.at < %(until_at)s
UNION ALL
SELECT 'visits', '', count(*), 0 FROM cases_visit v JOIN place p ON p.id = v.case_id
 WHERE v.tenant_id = %(tenant_id)s AND v."on" BETWEEN %(from_on)s AND %(to_on)s
UNION ALL
SELECT 'collected', '', count(*), coalesce(sum(y.amount_fen), 0)::bigint
  FROM payments_payment y JOIN spoken s ON s.account_id = y.account_id
 WHERE y.tenant_id = %(tenant_id)s AND y.kind IN ('RECEIVED', 'REVERSAL') AND y.method <> 'CREDIT'
   AND y.posted_on BETWEEN %(from_on)s AND %(to_on)s
