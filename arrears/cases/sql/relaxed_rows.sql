-- All that a line of the deviations shows, for one page of relaxed stages.
SELECT r.id, r.case_id, m.name, u.code, p.name, r.level, r.from_on, r.opens_on, r.reason, b.name, r.ended_on, e.name
  FROM cases_relaxation r
  JOIN cases_case k ON k.tenant_id = r.tenant_id AND k.id = r.case_id
  JOIN charges_account a ON a.tenant_id = r.tenant_id AND a.id = r.account_id
  JOIN owners_community m ON m.tenant_id = k.tenant_id AND m.id = k.community_id
  JOIN owners_unit u ON u.tenant_id = k.tenant_id AND u.id = k.unit_id
  JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
  LEFT JOIN people_user b ON b.id = r.by_id
  LEFT JOIN people_user e ON e.id = r.ended_by_id
 WHERE r.tenant_id = %(tenant_id)s AND r.id = ANY (%(ids)s)
