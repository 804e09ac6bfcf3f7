-- Every call to one party in the last days, on whichever of his accounts: caps protect people, not cases.
SELECT l.at, coalesce(c.kind, 'MOBILE'), l.outcome
  FROM cases_call l
  JOIN charges_account a ON a.tenant_id = l.tenant_id AND a.id = l.account_id
  LEFT JOIN owners_contact c ON c.tenant_id = l.tenant_id AND c.id = l.contact_id
 WHERE l.tenant_id = %(tenant_id)s AND a.party_id = %(party_id)s AND l.at >= %(since)s AND l.at <= %(until)s
 ORDER BY l.at, l.id
