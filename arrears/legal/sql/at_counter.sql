-- What of an account is with a court, or approved for one: for whoever takes money. The claim that waits (its paper, by
-- number and sum) and the newest filing without an answer that ended it.
SELECT coalesce(n.number, ''), coalesce(n.data ->> 'unpaid_fen', n.data ->> 'total_fen')::bigint, n.state = 'WITHDRAWN',
       filed.filed_on, filed.court, filed.claim_fen
  FROM cases_case k
  LEFT JOIN LATERAL (
       SELECT s.code, s.event, s.notice_id FROM cases_step s
        WHERE s.tenant_id = k.tenant_id AND s.case_id = k.id ORDER BY s.id DESC LIMIT 1
       ) newest ON newest.code IN ('COURT', 'ENFORCEMENT') AND newest.event IN ('DUE', 'APPROVED', 'SENT')
  LEFT JOIN notices_notice n ON n.tenant_id = k.tenant_id AND n.id = newest.notice_id
  LEFT JOIN LATERAL (
       SELECT f.filed_on, f.court, f.claim_fen FROM legal_filing f
        WHERE f.tenant_id = k.tenant_id AND f.case_id = k.id
          AND NOT EXISTS (SELECT 1 FROM legal_result r
                           WHERE r.tenant_id = f.tenant_id AND r.filing_id = f.id
                             AND r.kind IN ('REJECTED', 'WITHDRAWN'))
        ORDER BY f.id DESC LIMIT 1
       ) filed ON true
 WHERE k.tenant_id = %(tenant_id)s AND k.account_id = %(account_id)s AND k.closed_on IS NULL
   AND (newest.code IS NOT NULL OR filed.filed_on IS NOT NULL)
