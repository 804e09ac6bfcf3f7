-- The entries of one collector's record sheet of a day in a community, in order. Promises stand with the call or visit
-- they were made in; those that were broken stand on the morning after.
WITH account AS (
  SELECT a.id, a.unit_id, u.code AS unit_code, p.name AS party_name
    FROM charges_account a
    JOIN owners_unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
    JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
   WHERE a.tenant_id = %(tenant_id)s AND a.community_id = %(community_id)s
)
SELECT 'call' AS kind, l.id, l.case_id, a.unit_code, a.party_name, l.at, l.outcome, l.feedback, l.promised_on,
       l.next_on, l.overdue_fen, coalesce(o.kind, ''), '', l.reason_code
  FROM cases_call l JOIN account a ON a.id = l.account_id
  LEFT JOIN owners_contact o ON o.tenant_id = l.tenant_id AND o.id = l.contact_id
 WHERE l.tenant_id = %(tenant_id)s AND l.by_id = %(person_id)s AND l.at >= %(from_at)s AND l.at < %(until_at)s
UNION ALL
SELECT 'visit', v.id, v.case_id, a.unit_code, a.party_name, v.at, v.result, v.feedback, v.promised_on,
       NULL, NULL, '', v.second_person, v.reason_code
  FROM cases_visit v JOIN account a ON a.id = v.account_id
 WHERE v.tenant_id = %(tenant_id)s AND v.by_id = %(person_id)s AND v."on" = %(day)s
UNION ALL
SELECT 'broken', p.id, p.case_id, a.unit_code, a.party_name, NULL, '', '', p.promised_on, NULL, p.amount_fen, '', '', ''
  FROM cases_promise p JOIN account a ON a.id = p.account_id
 WHERE p.tenant_id = %(tenant_id)s AND p.by_id = %(person_id)s AND p.promised_on = %(day)s::date - 1
   AND p.left_fen < (
     SELECT coalesce(sum(c.amount_fen - c.settled_fen + coalesce((
          SELECT sum(m.principal_fen) FROM charges_movement m
           WHERE m.tenant_id = c.tenant_id AND m.charge_id = c.id AND m."on" > p.promised_on), 0)), 0)
       FROM charges_charge c
      WHERE c.tenant_id = p.tenant_id AND c.unit_id = a.unit_id AND c.account_id = p.account_id
        AND c.due_on < p.made_on AND c.issued_on <= p.made_on
        AND (c.reversed_on IS NULL OR c.reversed_on > p.promised_on))
UNION ALL
SELECT 'correction', r.id, coalesce(l.case_id, v.case_id), coalesce(a.unit_code, ''), coalesce(a.party_name, ''), r.at,
       CASE WHEN r.call_id IS NOT NULL THEN 'call:' || r.call_id WHEN r.visit_id IS NOT NULL THEN 'visit:' || r.visit_id
            ELSE '' END, r.text, NULL, NULL, NULL, '', '', ''
  FROM team_correction r
  LEFT JOIN cases_call l ON l.tenant_id = r.tenant_id AND l.id = r.call_id
  LEFT JOIN cases_visit v ON v.tenant_id = r.tenant_id AND v.id = r.visit_id
  LEFT JOIN account a ON a.id = coalesce(l.account_id, v.account_id)
 WHERE r.tenant_id = %(tenant_id)s AND r.person_id = %(person_id)s AND r.day = %(day)s AND r.kind = 'RECORD'
   AND r.community_id = %(community_id)s
 ORDER BY 1, 6, 2
