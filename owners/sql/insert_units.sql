-- New units of a register's block; answers code and id.
INSERT INTO owners_unit (
    tenant_id, community_id, building_id, kind, entrance, room, floor, code, sort_key, area_cm2, handover_on,
    handover, occupancy, linked_unit_id, location, plate, remark, special_needs)
SELECT %(tenant_id)s, %(community_id)s, u.building_id, u.kind, u.entrance, u.room, u.floor, u.code, u.sort_key,
       u.area_cm2, u.handover_on, u.handover, u.occupancy, u.linked_id, u.location, u.plate, u.remark, ''
  FROM unnest(
           %(building_ids)s::bigint[], %(kinds)s::text[], %(entrances)s::text[], %(rooms)s::text[],
           %(floors)s::smallint[], %(codes)s::text[], %(sort_keys)s::text[], %(areas_cm2)s::bigint[],
           %(handovers_on)s::date[], %(handovers)s::text[], %(occupancies)s::text[], %(linked_ids)s::bigint[],
           %(locations)s::text[], %(plates)s::text[], %(remarks)s::text[])
       AS u (building_id, kind, entrance, room, floor, code, sort_key, area_cm2, handover_on, handover,
             occupancy, linked_id, location, plate, remark)
RETURNING code, id
