-- The parts of a community for the board's switcher: every building, what stands in none, and the bays; with how
-- many units there are, how many have more than the tolerance past due, and how much.
WITH late AS (
  SELECT min(c.unit_id) AS unit_id, sum(c.amount_fen - c.settled_fen)::bigint AS fen
    FROM charges_charge c
   WHERE c.tenant_id = %(tenant_id)s AND c.community_id = %(community_id)s AND c.reversed_on IS NULL
     AND c.settled_fen < c.amount_fen AND c.due_on < %(as_of)s
   GROUP BY c.account_id HAVING sum(c.amount_fen - c.settled_fen) > %(tolerance_fen)s
), owing AS (
  SELECT unit_id, sum(fen)::bigint AS fen FROM late GROUP BY unit_id
), unit AS (
  SELECT u.id, u.kind = 'BAY' AS is_bay, CASE WHEN u.kind <> 'BAY' THEN u.building_id END AS building_id
    FROM owners_unit u
   WHERE u.tenant_id = %(tenant_id)s AND u.community_id = %(community_id)s AND u.retired_on IS NULL
)
SELECT u.is_bay, u.building_id, coalesce(b.name, ''), count(*), count(o.unit_id), coalesce(sum(o.fen), 0)::bigint
  FROM unit u
  LEFT JOIN owners_building b ON b.tenant_id = %(tenant_id)s AND b.id = u.building_id
  LEFT JOIN owing o ON o.unit_id = u.id
 GROUP BY u.is_bay, u.building_id, b.name, b.sort_key
 ORDER BY u.is_bay, b.sort_key NULLS LAST, b.name
