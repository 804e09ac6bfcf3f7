-- Its rooms: two entrances a building, four doors a floor.
INSERT INTO owners_unit (
    tenant_id, community_id, building_id, kind, entrance, room, floor, code, sort_key, area_cm2, handover_on,
    handover, occupancy, location, plate, remark, special_needs)
SELECT %(tenant_id)s, %(community_id)s, b.id, 'ROOM', at.entrance::text, at.room::text, at.floor,
       b.name || '-' || at.entrance || '-' || at.room,
       b.sort_key || '-' || lpad(at.entrance::text, 4, '0') || '-' || lpad(at.room::text, 6, '0'),
       -- Doors above each other have one area; those of two buildings rarely the same.
       600000 + (b.id * 7 + at.entrance * 3 + at.n %% 4) * 7919 %% 9000 * 100,
       %(from_on)s, 'TAKEN_OVER', 'OCCUPIED', '', '', '', ''
  FROM (SELECT n, n / %(per_building)s + 1 AS building,
               n %% %(per_building)s * 2 / %(per_building)s + 1 AS entrance,
               n %% (%(per_building)s / 2) / 4 + 1 AS floor,
               (n %% (%(per_building)s / 2) / 4 + 1) * 100 + n %% 4 + 1 AS room
          FROM generate_series(0, %(units)s - 1) AS n) AS at
  JOIN owners_building b ON b.community_id = %(community_id)s AND b.name = at.building::text
 ORDER BY at.n
