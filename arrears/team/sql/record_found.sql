-- The lines of 催缴记录表 in order, as three arrays: one for each call and visit of the period, one for a case without
-- any. A case belongs to the period when it was open on one of its days.
WITH chosen AS (
  SELECT k.id, k.community_id, u.sort_key
    FROM cases_case k
    JOIN owners_unit u ON u.tenant_id = k.tenant_id AND u.id = k.unit_id
    LEFT JOIN owners_building b ON b.tenant_id = u.tenant_id AND b.id = u.building_id
   WHERE k.tenant_id = %(tenant_id)s AND k.opened_on <= %(to_on)s
     AND (k.closed_on IS NULL OR k.closed_on >= %(from_on)s)
     AND (%(community_id)s::bigint IS NULL OR k.community_id = %(community_id)s)
     AND (%(building_id)s::bigint IS NULL OR u.building_id = %(building_id)s)
     AND (%(cluster)s = '' OR b.cluster = %(cluster)s)
     AND (%(collector_id)s::bigint IS NULL OR k.collector_id = %(collector_id)s)
     AND (%(klass)s = '' OR k.klass = %(klass)s)
), act AS (
  SELECT l.case_id, 'call' AS kind, l.id, l.at
    FROM cases_call l
   WHERE l.tenant_id = %(tenant_id)s AND l.at >= %(from_at)s AND l.at < %(until_at)s
  UNION ALL
  SELECT v.case_id, 'visit', v.id, (v."on" + coalesce(v.time_in, '00:00'::time)) AT TIME ZONE 'Asia/Shanghai'
    FROM cases_visit v
   WHERE v.tenant_id = %(tenant_id)s AND v."on" BETWEEN %(from_on)s AND %(to_on)s
), line AS (
  SELECT c.id AS case_id, coalesce(a.kind, '') AS kind, coalesce(a.id, 0) AS id,
         row_number() OVER (ORDER BY c.community_id, c.sort_key, c.id, a.at, a.kind, a.id) AS place
    FROM chosen c LEFT JOIN act a ON a.case_id = c.id
   WHERE NOT %(acted)s OR a.id IS NOT NULL
)
SELECT coalesce(array_agg(case_id ORDER BY place), '{}'), coalesce(array_agg(kind ORDER BY place), '{}'),
       coalesce(array_agg(id ORDER BY place), '{}'), count(DISTINCT case_id) FROM line
