-- All that a line of the list of cases and the head of a case show, for one page of cases.
SELECT k.id, k.account_id, k.community_id, m.name, k.unit_id, u.code, a.party_id, p.name, k.opened_on, k.closed_on,
       k.close_reason, k.klass, k.reason_code, k.collector_id, coalesce(w.name, ''),
       coalesce(owed.fen, 0), owed.oldest_due_on,
       newest.level, coalesce(newest.code, ''), coalesce(newest.event, ''), newest."on",
       coalesce(newest.because, ''), coalesce(newest.because_params::text, '{}'), newest.notice_id, newest.approval_id,
       paper.delivered_on, promise.promised_on, held.kind, held.to_on, coalesce(promise.doubt, ''), promise.made_on,
       coalesce(owed.disputed_fen, 0), coalesce(owed.undisputed_due_on, owed.oldest_due_on)
  FROM cases_case k
  JOIN charges_account a ON a.tenant_id = k.tenant_id AND a.id = k.account_id
  JOIN owners_community m ON m.tenant_id = k.tenant_id AND m.id = k.community_id
  JOIN owners_unit u ON u.tenant_id = k.tenant_id AND u.id = k.unit_id
  JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
  LEFT JOIN people_user w ON w.id = k.collector_id
  LEFT JOIN LATERAL (
       SELECT sum(c.amount_fen - c.settled_fen)::bigint AS fen, min(c.due_on) AS oldest_due_on,
              min(c.due_on) FILTER (WHERE c.amount_fen - c.settled_fen > coalesce(x.amount_fen, 0)) AS undisputed_due_on,
              -- least() passes over a NULL: without a dispute it would be all of it
              sum(least(x.amount_fen, c.amount_fen - c.settled_fen)) FILTER (WHERE x.amount_fen > 0)::bigint AS disputed_fen
         FROM charges_charge c
         LEFT JOIN cases_disputedcharge x ON x.tenant_id = c.tenant_id AND x.charge_id = c.id AND x.held @> %(as_of)s::date
        WHERE c.tenant_id = k.tenant_id AND c.account_id = k.account_id AND c.due_on < %(as_of)s
          AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
       ) owed ON true
  LEFT JOIN LATERAL (
       SELECT s.level, s.code, s.event, s."on", s.because, s.because_params, s.notice_id, s.approval_id
         FROM cases_step s
        WHERE s.tenant_id = k.tenant_id AND s.case_id = k.id ORDER BY s.id DESC LIMIT 1
       ) newest ON true
  LEFT JOIN notices_notice paper ON paper.tenant_id = k.tenant_id AND paper.id = newest.notice_id
  LEFT JOIN LATERAL (
       SELECT r.promised_on, r.doubt,
              -- when what was promised has come, as of all of it, its day no longer matters
              CASE WHEN r.left_fen = 0 OR r.left_fen <
              (SELECT coalesce(sum(c.amount_fen - c.settled_fen), 0) FROM charges_charge c
                     WHERE c.tenant_id = %(tenant_id)s AND c.account_id = k.account_id AND c.reversed_on IS NULL
                       AND c.settled_fen < c.amount_fen AND c.due_on < r.made_on) THEN r.made_on END AS made_on
         FROM cases_promise r
        WHERE r.tenant_id = k.tenant_id AND r.case_id = k.id ORDER BY r.made_on DESC, r.id DESC LIMIT 1
       ) promise ON true
  LEFT JOIN LATERAL (
       SELECT h.kind, h.to_on FROM cases_hold h
        WHERE h.tenant_id = k.tenant_id AND h.account_id = k.account_id AND h.from_on <= %(as_of)s
          AND (h.to_on IS NULL OR h.to_on >= %(as_of)s) AND (h.released_on IS NULL OR h.released_on > %(as_of)s)
        ORDER BY h.to_on DESC NULLS FIRST, h.id LIMIT 1
       ) held ON true
 WHERE k.tenant_id = %(tenant_id)s AND k.id = ANY (%(ids)s)
