-- Who holds what, since the town stands.
INSERT INTO owners_ownership (tenant_id, unit_id, party_id, role, rank, held)
SELECT %(tenant_id)s, u.id, p.id, 'OWNER', t.rank, daterange(%(from_on)s, NULL)
  FROM owners_unit u
  JOIN (VALUES (1, '业主', 1), (2, '共有人', 10)) AS t (rank, title, each) ON u.id %% t.each = 0
  JOIN owners_party p ON p.name_key = t.title || u.id
 WHERE u.community_id = %(community_id)s
 ORDER BY u.id, t.rank
