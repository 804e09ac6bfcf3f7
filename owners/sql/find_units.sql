-- What the search box may mean: a code, a reading of it as building, entrance and room, a name, a phone.
-- Each branch is driven by an index; the best reason of a unit wins. What follows is fenced (MATERIALIZED,
-- OFFSET 0), so that it is walked from the hits outward even before the statistics of a new register exist.
WITH hit (unit_id, weight) AS (
    SELECT u.id, 0
      FROM owners_unit u
     WHERE u.tenant_id = %(tenant_id)s AND u.code = ANY (%(codes)s::text[])
    UNION ALL
    SELECT u.id, 1
      FROM owners_unit u
     WHERE u.tenant_id = %(tenant_id)s AND u.code = ANY (%(whole)s::text[])
    UNION ALL
    SELECT u.id, 1
      FROM unnest(%(buildings)s::text[], %(building_rooms)s::text[]) AS reading (building, room)
      JOIN owners_building b ON b.tenant_id = %(tenant_id)s AND b.name = reading.building
     CROSS JOIN LATERAL (
          SELECT id, room FROM owners_unit WHERE tenant_id = %(tenant_id)s AND building_id = b.id OFFSET 0) AS u
     WHERE u.room = reading.room
    UNION ALL
    SELECT u.id, 1
      FROM owners_unit u
     WHERE u.tenant_id = %(tenant_id)s AND u.room = ANY (%(rooms)s::text[])
    UNION ALL
    SELECT o.unit_id, CASE WHEN p.name_key = %(name)s THEN 2 ELSE 3 END
      FROM owners_party p
      JOIN owners_ownership o ON o.tenant_id = p.tenant_id AND o.party_id = p.id
     WHERE p.tenant_id = %(tenant_id)s AND %(name)s <> '' AND p.name_key ^@ %(name)s
    UNION ALL
    SELECT o.unit_id, 4
      FROM owners_contact c
      JOIN owners_ownership o ON o.tenant_id = c.tenant_id AND o.party_id = c.party_id
     WHERE c.tenant_id = %(tenant_id)s
       AND ((%(last4)s <> '' AND c.last4_hash = %(last4)s) OR (%(phone)s <> '' AND c.value_hash = %(phone)s))
), best AS MATERIALIZED (
    SELECT hit.unit_id, min(hit.weight) AS weight FROM hit GROUP BY hit.unit_id
), shown AS MATERIALIZED (
    SELECT u.id, u.code, u.sort_key, best.weight, c.name AS community, c.code AS community_code
      FROM best
     CROSS JOIN LATERAL (
          SELECT id, code, sort_key, community_id FROM owners_unit
           WHERE id = best.unit_id AND retired_on IS NULL OFFSET 0) AS u
     CROSS JOIN LATERAL (SELECT name, code FROM owners_community WHERE id = u.community_id OFFSET 0) AS c
     ORDER BY best.weight, c.code, u.sort_key
     LIMIT %(limit)s
)
SELECT shown.id, shown.code, shown.community, COALESCE(owner.name, ''), shown.weight
  FROM shown
  LEFT JOIN LATERAL (
      SELECT p.name
        FROM owners_ownership o
        JOIN owners_party p ON p.tenant_id = o.tenant_id AND p.id = o.party_id
       WHERE o.tenant_id = %(tenant_id)s AND o.unit_id = shown.id AND o.role = 'OWNER' AND o.rank = 1
       ORDER BY lower(o.held) DESC
       LIMIT 1) AS owner ON true
 ORDER BY shown.weight, shown.community_code, shown.sort_key
