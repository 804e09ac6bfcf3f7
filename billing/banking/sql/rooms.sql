-- How many units of the community have a room number; where it is one, which.
SELECT room, min(id), count(*)
  FROM owners_unit
 WHERE tenant_id = %(tenant_id)s AND community_id = %(community_id)s AND retired_on IS NULL
   AND room = ANY (%(rooms)s::text[])
 GROUP BY room
