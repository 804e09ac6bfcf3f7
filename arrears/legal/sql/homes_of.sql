-- Every home of a community: what a masked room could stand for.
SELECT coalesce(b.name, ''), u.entrance, u.room
  FROM owners_unit u
  LEFT JOIN owners_building b ON b.tenant_id = u.tenant_id AND b.id = u.building_id
 WHERE u.tenant_id = %(tenant_id)s AND u.community_id = %(community_id)s AND u.kind <> 'BAY' AND u.retired_on IS NULL
