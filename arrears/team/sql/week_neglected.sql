-- Open cases of a week with what is past due and how often somebody spoke to them or went there: those nobody may
-- contact (a hold) are left out. `first_on`: the first call ever; `moved_on`: the last step or contact; then the
-- rung that is under way with its newest event and day: calls go on beside it, and it may wait all the same.
SELECT k.id, u.code, o.name, coalesce(w.name, ''), k.opened_on, owed.fen, coalesce(contact.n, 0), first.at, moved.on_day,
       coalesce(last.code, ''), coalesce(last.event, ''), last."on"
  FROM cases_case k
  JOIN charges_account a ON a.tenant_id = k.tenant_id AND a.id = k.account_id
  JOIN owners_unit u ON u.tenant_id = k.tenant_id AND u.id = k.unit_id
  JOIN owners_party o ON o.tenant_id = a.tenant_id AND o.id = a.party_id
  LEFT JOIN people_user w ON w.id = k.collector_id
  JOIN (SELECT c.account_id, sum(c.amount_fen - c.settled_fen)::bigint AS fen
          FROM charges_charge c
         WHERE c.tenant_id = %(tenant_id)s AND c.due_on < %(as_of)s AND c.reversed_on IS NULL
           AND c.settled_fen < c.amount_fen
         GROUP BY c.account_id) owed ON owed.account_id = k.account_id AND owed.fen > %(tolerance_fen)s
  LEFT JOIN (
       SELECT case_id, count(*) AS n FROM (
         SELECT l.case_id FROM cases_call l
          WHERE l.tenant_id = %(tenant_id)s AND l.at >= %(from_at)s AND l.at < %(until_at)s
         UNION ALL
         SELECT v.case_id FROM cases_visit v
          WHERE v.tenant_id = %(tenant_id)s AND v."on" BETWEEN %(from_on)s AND %(to_on)s) c
        GROUP BY case_id) contact ON contact.case_id = k.id
  LEFT JOIN (SELECT case_id, (min(at) AT TIME ZONE 'Asia/Shanghai')::date AS at FROM cases_call
              WHERE tenant_id = %(tenant_id)s GROUP BY case_id) first ON first.case_id = k.id
  LEFT JOIN (
       SELECT case_id, max(d) AS on_day FROM (
         SELECT s.case_id, max(s."on") AS d FROM cases_step s
          WHERE s.tenant_id = %(tenant_id)s AND s.event <> 'VOID' GROUP BY s.case_id
         UNION ALL
         SELECT l.case_id, (max(l.at) AT TIME ZONE 'Asia/Shanghai')::date FROM cases_call l
          WHERE l.tenant_id = %(tenant_id)s GROUP BY l.case_id
         UNION ALL
         SELECT v.case_id, max(v."on") FROM cases_visit v WHERE v.tenant_id = %(tenant_id)s GROUP BY v.case_id) m
        GROUP BY case_id) moved ON moved.case_id = k.id
  LEFT JOIN LATERAL (
       SELECT s.code, s.event, s."on" FROM cases_step s
        WHERE s.tenant_id = k.tenant_id AND s.case_id = k.id ORDER BY s.id DESC LIMIT 1
       ) last ON last.event IN ('DUE', 'PROPOSED', 'APPROVED', 'SENT')
 WHERE k.tenant_id = %(tenant_id)s AND k.closed_on IS NULL AND k.opened_on <= %(to_on)s
   AND (%(community_id)s::bigint IS NULL OR k.community_id = %(community_id)s)
   AND NOT EXISTS (
     SELECT FROM cases_hold h
      WHERE h.tenant_id = k.tenant_id AND h.account_id = k.account_id AND h.from_on <= %(to_on)s
        AND (h.to_on IS NULL OR h.to_on >= %(from_on)s) AND (h.released_on IS NULL OR h.released_on > %(from_on)s))
 ORDER BY owed.fen DESC, k.id
