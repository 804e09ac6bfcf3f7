-- An owner for each unit and a joint owner for one in ten; the name key says of which unit.
INSERT INTO owners_party (tenant_id, kind, name, name_key, id_number, id_hash, domicile, no_calls)
SELECT %(tenant_id)s, 'PERSON', p.title || u.id, p.title || u.id, '', '', '', false
  FROM owners_unit u
  JOIN (VALUES (1, '业主', 1), (2, '共有人', 10)) AS p (rank, title, each) ON u.id %% p.each = 0
 WHERE u.community_id = %(community_id)s
 ORDER BY u.id, p.rank
