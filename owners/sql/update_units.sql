-- What a register tells differently about known units. A blank (NULL, '' or no area) tells nothing.
UPDATE owners_unit AS u
   SET kind = t.kind,
       floor = COALESCE(t.floor, u.floor),
       area_cm2 = CASE WHEN t.area_cm2 > 0 THEN t.area_cm2 ELSE u.area_cm2 END,
       handover_on = COALESCE(t.handover_on, u.handover_on),
       handover = t.handover,
       occupancy = COALESCE(NULLIF(t.occupancy, ''), u.occupancy),
       linked_unit_id = COALESCE(t.linked_id, u.linked_unit_id),
       location = COALESCE(NULLIF(t.location, ''), u.location),
       plate = COALESCE(NULLIF(t.plate, ''), u.plate),
       remark = COALESCE(NULLIF(t.remark, ''), u.remark)
  FROM unnest(
           %(unit_ids)s::bigint[], %(kinds)s::text[], %(floors)s::smallint[], %(areas_cm2)s::bigint[],
           %(handovers_on)s::date[], %(handovers)s::text[], %(occupancies)s::text[], %(linked_ids)s::bigint[],
           %(locations)s::text[], %(plates)s::text[], %(remarks)s::text[])
       AS t (unit_id, kind, floor, area_cm2, handover_on, handover, occupancy, linked_id, location, plate,
             remark)
 WHERE u.tenant_id = %(tenant_id)s AND u.id = t.unit_id
