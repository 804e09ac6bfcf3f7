-- The stops of a round as they stand now: what is owed, what holds, what was done, in walking order.
SELECT s.id, s.position, s.unit_id, u.code, coalesce(b.name, ''), u.entrance, u.floor, s.account_id, s.case_id,
       coalesce(t.kind, ''), coalesce(work.address, ''), s.dropped_at IS NOT NULL, p.name, coalesce(k.klass, ''),
       coalesce(owed.fen, 0), owed.oldest_due_on, coalesce(held.kind, ''), promise.promised_on, coalesce(legacy.text, ''),
       coalesce(done.visited, false), coalesce(done.skipped, ''), done.came_at, coalesce(papers.open, 0),
       coalesce(papers.done, 0)
  FROM team_stop s
  JOIN owners_unit u ON u.tenant_id = s.tenant_id AND u.id = s.unit_id
  JOIN charges_account a ON a.tenant_id = s.tenant_id AND a.id = s.account_id
  JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
  LEFT JOIN owners_building b ON b.tenant_id = u.tenant_id AND b.id = u.building_id
  LEFT JOIN cases_case k ON k.tenant_id = s.tenant_id AND k.id = s.case_id
  LEFT JOIN cases_task t ON t.tenant_id = s.tenant_id AND t.id = s.task_id
  LEFT JOIN team_workplaceask work ON work.tenant_id = s.tenant_id AND work.id = s.workplace_id
  LEFT JOIN LATERAL (
       SELECT sum(c.amount_fen - c.settled_fen)::bigint AS fen, min(c.due_on) AS oldest_due_on
         FROM charges_charge c
        WHERE c.tenant_id = s.tenant_id AND c.account_id = s.account_id AND c.due_on < %(as_of)s
          AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
       ) owed ON true
  LEFT JOIN LATERAL (
       SELECT h.kind FROM cases_hold h
        WHERE h.tenant_id = s.tenant_id AND h.account_id = s.account_id AND h.kind = ANY (%(left_alone)s) AND NOT h.only_listed
          AND h.from_on <= %(as_of)s AND (h.to_on IS NULL OR h.to_on >= %(as_of)s)
          AND (h.released_on IS NULL OR h.released_on > %(as_of)s)
        ORDER BY h.id LIMIT 1
       ) held ON true
  LEFT JOIN LATERAL (
       SELECT r.promised_on FROM cases_promise r
        WHERE r.tenant_id = s.tenant_id AND r.case_id = s.case_id ORDER BY r.made_on DESC, r.id DESC LIMIT 1
       ) promise ON true
  LEFT JOIN LATERAL (
       SELECT string_agg(i.text, '；' ORDER BY i.recorded_on, i.id) AS text FROM owners_legacyissue i
        WHERE i.tenant_id = s.tenant_id AND i.unit_id = s.unit_id AND i.closed_on IS NULL
       ) legacy ON true
  LEFT JOIN LATERAL (
       SELECT bool_or(e.kind = 'VISIT') AS visited,
              (array_agg(e.skip_reason ORDER BY e.id DESC) FILTER (WHERE e.kind = 'SKIP'))[1] AS skipped,
              max(e.came_at) AS came_at
         FROM team_entry e
        WHERE e.tenant_id = s.tenant_id AND e.stop_id = s.id
       ) done ON true
  LEFT JOIN LATERAL (
       SELECT count(*) FILTER (WHERE NOT carried.served
                                 AND (n.state IN ('QUEUED', 'SENDING') OR carried.tried AND n.state = 'SENT')) AS open,
              count(*) FILTER (WHERE carried.served) AS done
         FROM team_stoppaper c
         JOIN notices_notice n ON n.tenant_id = c.tenant_id AND n.id = c.notice_id
         CROSS JOIN LATERAL (
              SELECT count(d.id) > 0 AS tried, coalesce(bool_or(d.delivered), false) AS served
                FROM team_entry e
                JOIN notices_delivery d ON d.tenant_id = e.tenant_id AND d.id = e.delivery_id
               WHERE e.tenant_id = c.tenant_id AND e.stop_id = c.stop_id AND e.notice_id = c.notice_id
              ) carried
        WHERE c.tenant_id = s.tenant_id AND c.stop_id = s.id
       ) papers ON true
 WHERE s.tenant_id = %(tenant_id)s AND s.round_id = %(round_id)s
 ORDER BY s.position
