-- The developer's party of a community: who holds a unit of it as developer, else one of the usual name.
-- Developers are few: they are found first, so that in a long import, which no statistics know of yet, the
-- planner has nothing else to begin with.
WITH developer AS MATERIALIZED (
    SELECT p.id, p.name_key
      FROM owners_party p
     WHERE p.tenant_id = %(tenant_id)s AND p.kind = 'DEVELOPER' AND p.merged_into_id IS NULL
)
SELECT d.id
  FROM developer d
  LEFT JOIN LATERAL (
      SELECT u.community_id
        FROM owners_ownership o
        JOIN owners_unit u ON u.tenant_id = o.tenant_id AND u.id = o.unit_id
       WHERE o.tenant_id = %(tenant_id)s AND o.party_id = d.id
       LIMIT 1) AS held ON true
 WHERE held.community_id = %(community_id)s OR d.name_key = %(name_key)s
 ORDER BY held.community_id = %(community_id)s DESC NULLS LAST, d.id
 LIMIT 1
