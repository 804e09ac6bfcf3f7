-- Units from everywhere in the company, each as many units behind the one before, with how people look for them.
SELECT u.id, u.code, p.name
  FROM (SELECT id, code, row_number() OVER (ORDER BY id) AS n FROM owners_unit WHERE tenant_id = %(tenant_id)s) AS u
  JOIN charges_account a ON a.tenant_id = %(tenant_id)s AND a.unit_id = u.id
  JOIN owners_party p ON p.tenant_id = %(tenant_id)s AND p.id = a.party_id
 WHERE u.n %% %(step)s = 0
 ORDER BY u.n
