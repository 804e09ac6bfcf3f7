-- A unit from the middle of the company with its bill, its case and its owner's name.
SELECT u.id, b.id, k.id, u.code, p.name, b.number
  FROM owners_unit u
  JOIN charges_account a ON a.tenant_id = %(tenant_id)s AND a.unit_id = u.id
  JOIN charges_bill b ON b.tenant_id = %(tenant_id)s AND b.account_id = a.id
  JOIN cases_case k ON k.tenant_id = %(tenant_id)s AND k.account_id = a.id
  JOIN owners_party p ON p.tenant_id = %(tenant_id)s AND p.id = a.party_id
 WHERE u.tenant_id = %(tenant_id)s
 ORDER BY u.id LIMIT 1 OFFSET %(half)s
