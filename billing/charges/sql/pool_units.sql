-- The units that share a common cost: of a community or a building, of some kinds, that stood in the period;
-- in walking order.
SELECT u.id, u.code, u.area_cm2, u.floor
  FROM owners_unit u
 WHERE u.community_id = %(community_id)s AND u.kind = ANY (%(kinds)s::text[])
   AND (%(building_id)s IS NULL OR u.building_id = %(building_id)s)
   AND (u.retired_on IS NULL OR u.retired_on >= %(until)s)
 ORDER BY u.sort_key, u.id
