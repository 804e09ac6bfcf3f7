-- Visits that are due, as a planner sees them: where, whose, which class, and whether somebody goes there on the day.
SELECT t.id, t.kind, t.due_on, t.case_id, t.account_id, a.unit_id, t.community_id, u.code, coalesce(b.name, ''), u.entrance,
       u.floor, u.room, p.name, k.klass, coalesce(owed.fen, 0),
       EXISTS (SELECT FROM team_stop s
                WHERE s.tenant_id = t.tenant_id AND s.account_id = t.account_id AND s."on" = %(on)s
                  AND s.case_id IS NOT NULL AND s.dropped_at IS NULL),
       work.id, coalesce(work.address, '')
  FROM cases_task t
  JOIN cases_case k ON k.tenant_id = t.tenant_id AND k.id = t.case_id
  JOIN charges_account a ON a.tenant_id = t.tenant_id AND a.id = t.account_id
  JOIN owners_unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
  JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
  LEFT JOIN owners_building b ON b.tenant_id = u.tenant_id AND b.id = u.building_id
  LEFT JOIN LATERAL (
       SELECT sum(c.amount_fen - c.settled_fen)::bigint AS fen
         FROM charges_charge c
        WHERE c.tenant_id = t.tenant_id AND c.account_id = t.account_id AND c.due_on < %(as_of)s
          AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
       ) owed ON true
  LEFT JOIN LATERAL (
       SELECT w.id, w.address
         FROM team_workplaceask w
         JOIN people_approval y ON y.tenant_id = w.tenant_id AND y.id = w.approval_id AND y.decision = 'APPROVED'
        WHERE w.tenant_id = t.tenant_id AND w.case_id = t.case_id
          AND NOT EXISTS (SELECT FROM team_stop s
                           WHERE s.tenant_id = w.tenant_id AND s.workplace_id = w.id AND s.dropped_at IS NULL)
        ORDER BY w.id DESC LIMIT 1
       ) work ON true
 WHERE t.tenant_id = %(tenant_id)s AND t.id = ANY (%(ids)s::bigint[])
   AND t.done_at IS NULL AND t.cancelled_at IS NULL AND k.closed_on IS NULL
   AND NOT EXISTS (
       SELECT FROM cases_hold h
        WHERE h.tenant_id = t.tenant_id AND h.account_id = t.account_id AND h.kind = ANY (%(left_alone)s) AND NOT h.only_listed
          AND h.from_on <= %(as_of)s AND (h.to_on IS NULL OR h.to_on >= %(as_of)s)
          AND (h.released_on IS NULL OR h.released_on > %(as_of)s))
 ORDER BY u.sort_key, t.id
