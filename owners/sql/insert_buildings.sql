-- Buildings that a register names for the first time; answers name and id.
INSERT INTO owners_building (tenant_id, community_id, name, cluster, sort_key)
SELECT %(tenant_id)s, %(community_id)s, b.name, '', b.sort_key
  FROM unnest(%(names)s::text[], %(sort_keys)s::text[]) AS b (name, sort_key)
RETURNING name, id
