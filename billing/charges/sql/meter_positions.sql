-- Where meters stand before a day: their last readings, one of that very day, and to where they are billed;
-- in walking order. Either all of a community and fee, or some by id.
SELECT m.id, m.unit_id, u.code, m.serial, m.place, m.digits, m.multiplier, m.installed_on, m.removed_on,
       before.rows, own.id, own.value_milli, own.kind, billed.to_on
  FROM charges_meter m
  JOIN owners_unit u ON u.tenant_id = m.tenant_id AND u.id = m.unit_id
  LEFT JOIN LATERAL (
       SELECT json_agg(json_build_array(r.id, r.read_on, r.value_milli, r.kind) ORDER BY r.read_on) AS rows
         FROM (SELECT r.id, r.read_on, r.value_milli, r.kind
                 FROM charges_meterreading r
                WHERE r.tenant_id = m.tenant_id AND r.meter_id = m.id AND r.read_on < %(day)s
                  AND NOT EXISTS (SELECT FROM charges_meterreading n
                                   WHERE n.tenant_id = r.tenant_id AND n.supersedes_id = r.id)
                ORDER BY r.read_on DESC LIMIT 4) r) before ON true
  LEFT JOIN LATERAL (
       SELECT r.id, r.value_milli, r.kind
         FROM charges_meterreading r
        WHERE r.tenant_id = m.tenant_id AND r.meter_id = m.id AND r.read_on = %(day)s
          AND NOT EXISTS (SELECT FROM charges_meterreading n
                           WHERE n.tenant_id = r.tenant_id AND n.supersedes_id = r.id)) own ON true
  LEFT JOIN LATERAL (
       SELECT max(t.read_on) AS to_on
         FROM charges_meteruse x
         JOIN charges_charge c ON c.tenant_id = x.tenant_id AND c.id = x.charge_id AND c.reversed_on IS NULL
         JOIN charges_meterreading t ON t.tenant_id = x.tenant_id AND t.id = x.now_id
        WHERE x.tenant_id = m.tenant_id AND x.meter_id = m.id) billed ON true
 WHERE (m.id = ANY (%(meter_ids)s::bigint[])
        OR m.community_id = %(community_id)s AND m.fee_item_id = %(fee_item_id)s
           AND (%(building_id)s IS NULL OR u.building_id = %(building_id)s)
           AND m.installed_on <= %(day)s AND (m.removed_on IS NULL OR m.removed_on > %(day)s))
 ORDER BY u.sort_key, u.id, m.id
