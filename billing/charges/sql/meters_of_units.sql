-- The meters of some units with the readings that a run may need and what of them is billed: the last
-- two before the window, all in it; the uses of the last calendar years and the newest one. One row per meter.
WITH wanted AS (
    SELECT m.* FROM charges_meter m
     WHERE m.unit_id = ANY (%(unit_ids)s::bigint[]) AND m.community_id = %(community_id)s
       AND (m.removed_on IS NULL OR m.removed_on > %(removed_after)s)
), valid AS (
    SELECT r.id, r.meter_id, r.read_on, r.value_milli, r.kind
      FROM charges_meterreading r
      JOIN wanted w ON w.id = r.meter_id
     WHERE r.tenant_id = %(tenant_id)s AND r.read_on <= %(window_to)s
       AND NOT EXISTS (SELECT FROM charges_meterreading n WHERE n.tenant_id = r.tenant_id AND n.supersedes_id = r.id)
), near AS (
    SELECT v.*, row_number() OVER (PARTITION BY v.meter_id, v.read_on <= %(window_from)s ORDER BY v.read_on DESC) AS n
      FROM valid v
), reads AS (
    SELECT meter_id, json_agg(json_build_array(id, read_on, value_milli, kind) ORDER BY read_on, id) AS rows
      FROM near WHERE read_on > %(window_from)s OR n <= 2
     GROUP BY meter_id
), used AS (
    SELECT u.meter_id, b.read_on AS from_on, t.id, t.read_on, t.value_milli, t.kind, u.usage_milli,
           lower(c.period) AS starts_on, upper(c.period) AS ends_on,
           EXISTS (SELECT FROM charges_meterreading n
                    WHERE n.tenant_id = t.tenant_id AND n.supersedes_id = t.id) AS is_stale,
           max(t.read_on) OVER (PARTITION BY u.meter_id) AS last_on
      FROM charges_meteruse u
      JOIN wanted w ON w.id = u.meter_id
      JOIN charges_charge c ON c.tenant_id = u.tenant_id AND c.id = u.charge_id AND c.reversed_on IS NULL
      JOIN charges_meterreading b ON b.tenant_id = u.tenant_id AND b.id = u.before_id
      JOIN charges_meterreading t ON t.tenant_id = u.tenant_id AND t.id = u.now_id
     WHERE u.tenant_id = %(tenant_id)s
), uses AS (
    SELECT meter_id, json_agg(json_build_array(from_on, id, read_on, value_milli, kind, is_stale, usage_milli,
                                               starts_on, ends_on)) AS rows
      FROM used WHERE starts_on >= %(year_from)s OR read_on = last_on
     GROUP BY meter_id
)
SELECT w.unit_id, w.fee_item_id, w.id, w.serial, w.digits, w.multiplier, w.installed_on, w.removed_on, w.people,
       reads.rows, uses.rows
  FROM wanted w
  LEFT JOIN reads ON reads.meter_id = w.id
  LEFT JOIN uses ON uses.meter_id = w.id
 ORDER BY w.unit_id, w.fee_item_id, w.installed_on, w.id
