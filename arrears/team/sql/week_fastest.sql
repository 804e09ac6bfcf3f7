-- Cases that a payment closed in the week after somebody spoke to the owner, the fastest first, with the last note.
SELECT k.id, u.code, coalesce(w.name, ''), k.closed_on - k.opened_on, last.feedback
  FROM cases_case k
  JOIN owners_unit u ON u.tenant_id = k.tenant_id AND u.id = k.unit_id
  JOIN LATERAL (
       SELECT l.feedback, l.by_id FROM cases_call l
        WHERE l.tenant_id = k.tenant_id AND l.case_id = k.id AND l.feedback <> '' AND l.outcome LIKE 'CONNECTED%%'
        ORDER BY l.id DESC LIMIT 1) last ON true
  LEFT JOIN people_user w ON w.id = last.by_id
 WHERE k.tenant_id = %(tenant_id)s AND k.close_reason = 'PAID' AND k.closed_on BETWEEN %(from_on)s AND %(to_on)s
   AND (%(community_id)s::bigint IS NULL OR k.community_id = %(community_id)s)
 ORDER BY 4, k.id LIMIT 3
