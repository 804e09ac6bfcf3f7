-- The buildings of a made-up community.
INSERT INTO owners_building (tenant_id, community_id, name, cluster, sort_key)
SELECT %(tenant_id)s, %(community_id)s, b::text, '', lpad(b::text, 6, '0')
  FROM generate_series(1, (%(units)s - 1) / %(per_building)s + 1) AS b
