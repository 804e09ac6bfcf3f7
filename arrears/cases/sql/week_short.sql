-- Open cases without a call to come, with their contacts since Monday (calls and visits, each day once).
SELECT k.id, count(DISTINCT spoken.day)
  FROM cases_case k
  JOIN charges_account a ON a.tenant_id = k.tenant_id AND a.id = k.account_id
  JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id AND NOT p.no_calls
  LEFT JOIN LATERAL (
       SELECT (l.at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM cases_call l
        WHERE l.tenant_id = k.tenant_id AND l.case_id = k.id
          AND l.at >= %(monday)s::timestamp AT TIME ZONE 'Asia/Shanghai'
       UNION ALL
       SELECT v."on" FROM cases_visit v
        WHERE v.tenant_id = k.tenant_id AND v.case_id = k.id AND v."on" >= %(monday)s
       ) spoken ON spoken.day <= %(as_of)s
 WHERE k.tenant_id = %(tenant_id)s AND k.closed_on IS NULL
   AND EXISTS (SELECT FROM cases_step s
                WHERE s.tenant_id = k.tenant_id AND s.case_id = k.id AND s.level = 2 AND s.event = 'TAKEN')
   AND NOT EXISTS (SELECT FROM cases_task t
                    WHERE t.tenant_id = k.tenant_id AND t.case_id = k.id AND t.kind = 'CALL'
                      AND t.done_at IS NULL AND t.cancelled_at IS NULL)
   AND NOT EXISTS (SELECT FROM cases_hold h
                    WHERE h.tenant_id = k.tenant_id AND h.account_id = k.account_id
                      AND h.kind = ANY (%(left_alone)s::text[]) AND NOT h.only_listed AND h.from_on <= %(as_of)s
                      AND (h.to_on IS NULL OR h.to_on >= %(as_of)s)
                      AND (h.released_on IS NULL OR h.released_on > %(as_of)s))
   AND NOT EXISTS (SELECT FROM cases_promise r
                    WHERE r.tenant_id = k.tenant_id AND r.case_id = k.id AND r.doubt = '' AND r.promised_on >= %(as_of)s)
   AND EXISTS (SELECT FROM owners_contact c
                WHERE c.tenant_id = k.tenant_id AND c.party_id = a.party_id AND c.kind IN ('LANDLINE', 'MOBILE')
                  AND c.state IN ('GOOD', 'UNCHECKED'))
   AND (SELECT sum(c.amount_fen - c.settled_fen) FROM charges_charge c
         WHERE c.tenant_id = k.tenant_id AND c.account_id = k.account_id AND c.due_on < %(as_of)s
           AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen) > %(tolerance_fen)s
 GROUP BY k.id
