-- What each person has to do on a day besides his calls: visits of his open cases, overdue tasks, promises whose day it is, and
-- cases he looks after for somebody who is away.
SELECT k.collector_id,
       count(*) FILTER (WHERE t.kind IN ('VISIT', 'PM_VISIT') AND t.due_on <= %(as_of)s)::int,
       count(*) FILTER (WHERE t.due_on < %(as_of)s)::int, 0, 0
  FROM cases_task t
  JOIN cases_case k ON k.tenant_id = t.tenant_id AND k.id = t.case_id AND k.closed_on IS NULL
 WHERE t.tenant_id = %(tenant_id)s AND t.done_at IS NULL AND t.cancelled_at IS NULL
   AND (%(community_id)s::bigint IS NULL OR k.community_id = %(community_id)s)
 GROUP BY k.collector_id
UNION ALL
SELECT k.collector_id, 0, 0, count(DISTINCT k.id)::int, 0
  FROM cases_promise p
  JOIN cases_case k ON k.tenant_id = p.tenant_id AND k.id = p.case_id AND k.closed_on IS NULL
 WHERE p.tenant_id = %(tenant_id)s AND p.promised_on = %(as_of)s
   AND (%(community_id)s::bigint IS NULL OR k.community_id = %(community_id)s)
 GROUP BY k.collector_id
UNION ALL
SELECT k.collector_id, 0, 0, 0, count(*)::int
  FROM team_cover c JOIN cases_case k ON k.tenant_id = c.tenant_id AND k.id = c.case_id AND k.closed_on IS NULL
 WHERE c.tenant_id = %(tenant_id)s AND c.ended_on IS NULL AND k.collector_id <> c.home_id
   AND (%(community_id)s::bigint IS NULL OR k.community_id = %(community_id)s)
 GROUP BY k.collector_id
