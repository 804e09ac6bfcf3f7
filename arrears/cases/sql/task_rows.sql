-- All that a line of the call list or of the visits shows, for one page of tasks. The page is found first: the planner
-- knows then how few its rows are, and what each of them needs is looked up by its key.
WITH page AS MATERIALIZED (
  SELECT t.id, t.case_id, t.account_id, t.kind, t.due_on, t.because, t.because_params, t.community_id,
         k.klass, k.collector_id, a.unit_id, a.party_id
    FROM cases_task t
    JOIN cases_case k ON k.tenant_id = t.tenant_id AND k.id = t.case_id
    JOIN charges_account a ON a.tenant_id = t.tenant_id AND a.id = t.account_id
   WHERE t.tenant_id = %(tenant_id)s AND t.id = ANY (%(ids)s)
)
SELECT t.id, t.case_id, t.account_id, t.kind, t.due_on, t.because, t.because_params::text,
       t.community_id, m.name, t.unit_id, u.code, p.name,
       coalesce(owed.fen, 0), owed.oldest_due_on, t.klass, t.collector_id, coalesce(w.name, ''),
       coalesce(phone.masked, ''), promise.promised_on, coalesce(promise.doubt, ''), coalesce(legacy.text, ''), coalesce(tried.outcome, ''), tried.at
  FROM page t
  JOIN owners_community m ON m.tenant_id = %(tenant_id)s AND m.id = t.community_id
  JOIN owners_unit u ON u.tenant_id = %(tenant_id)s AND u.id = t.unit_id
  JOIN owners_party p ON p.tenant_id = %(tenant_id)s AND p.id = t.party_id
  LEFT JOIN people_user w ON w.id = t.collector_id
  LEFT JOIN LATERAL (
       SELECT sum(c.amount_fen - c.settled_fen - coalesce(x.amount_fen, 0))::bigint AS fen, min(c.due_on) AS oldest_due_on
         FROM charges_charge c
         LEFT JOIN cases_disputedcharge x ON x.tenant_id = c.tenant_id AND x.charge_id = c.id AND x.held @> %(as_of)s::date
        WHERE c.tenant_id = %(tenant_id)s AND c.account_id = t.account_id AND c.due_on < %(as_of)s
          AND c.reversed_on IS NULL AND c.amount_fen - c.settled_fen > coalesce(x.amount_fen, 0)
          AND c.settled_fen < c.amount_fen
       ) owed ON true
  LEFT JOIN LATERAL (
       SELECT o.masked FROM owners_contact o
        WHERE o.tenant_id = %(tenant_id)s AND o.party_id = t.party_id AND o.kind IN ('LANDLINE', 'MOBILE')
          AND o.state NOT IN ('VOID', 'WRONG')
        ORDER BY o.kind, o.position, o.id LIMIT 1
       ) phone ON true
  LEFT JOIN LATERAL (
       SELECT r.promised_on, r.doubt FROM cases_promise r
        WHERE r.tenant_id = %(tenant_id)s AND r.case_id = t.case_id ORDER BY r.made_on DESC, r.id DESC LIMIT 1
       ) promise ON true
  LEFT JOIN LATERAL (
       SELECT string_agg(i.text, '；' ORDER BY i.recorded_on, i.id) AS text FROM owners_legacyissue i
        WHERE i.tenant_id = %(tenant_id)s AND i.unit_id = t.unit_id AND i.closed_on IS NULL
       ) legacy ON true
  LEFT JOIN LATERAL (
       SELECT l.outcome, l.at FROM cases_call l
        WHERE l.tenant_id = %(tenant_id)s AND l.case_id = t.case_id ORDER BY l.id DESC LIMIT 1
       ) tried ON true
