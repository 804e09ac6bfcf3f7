-- A page of rounds: who goes, and how many doors are done. What was paid or is held is told by the round's own page.
SELECT r.id, r.community_id, m.name, r."on", r.main_id, w.name, r.second_id, coalesce(x.name, ''), r.by_manager, r.note,
       coalesce(y.name, ''), r.created_at, r.closed_at, r.called_off_at,
       coalesce(count(s.id) FILTER (WHERE s.dropped_at IS NULL), 0),
       coalesce(count(s.id) FILTER (WHERE s.dropped_at IS NULL AND s.case_id IS NOT NULL), 0),
       coalesce(count(s.id) FILTER (WHERE s.dropped_at IS NULL AND e.visited), 0),
       coalesce(count(s.id) FILTER (WHERE s.dropped_at IS NULL AND e.skipped AND NOT e.visited), 0),
       coalesce(sum(e.handed_over) FILTER (WHERE s.dropped_at IS NULL), 0)::int
  FROM team_round r
  JOIN owners_community m ON m.tenant_id = r.tenant_id AND m.id = r.community_id
  JOIN people_user w ON w.id = r.main_id
  LEFT JOIN people_user x ON x.id = r.second_id
  LEFT JOIN people_user y ON y.id = r.created_by_id
  LEFT JOIN team_stop s ON s.tenant_id = r.tenant_id AND s.round_id = r.id
  LEFT JOIN LATERAL (
       SELECT coalesce(bool_or(e.kind = 'VISIT'), false) AS visited, coalesce(bool_or(e.kind = 'SKIP'), false) AS skipped,
              count(DISTINCT e.notice_id) FILTER (WHERE d.delivered) AS handed_over
         FROM team_entry e
         LEFT JOIN notices_delivery d ON d.tenant_id = e.tenant_id AND d.id = e.delivery_id
        WHERE e.tenant_id = s.tenant_id AND e.stop_id = s.id
       ) e ON true
 WHERE r.tenant_id = %(tenant_id)s AND r.id = ANY (%(ids)s::bigint[])
 GROUP BY r.id, m.name, w.name, x.name, y.name
 ORDER BY r."on" DESC, r.id DESC
