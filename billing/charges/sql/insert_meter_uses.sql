-- Which readings the charges of one block were made of.
INSERT INTO charges_meteruse (tenant_id, charge_id, meter_id, before_id, now_id, usage_milli)
SELECT %(tenant_id)s, u.charge_id, u.meter_id, u.before_id, u.now_id, u.usage_milli
  FROM unnest(%(charge_id)s::bigint[], %(meter_id)s::bigint[], %(before_id)s::bigint[], %(now_id)s::bigint[],
              %(usage_milli)s::bigint[]) AS u (charge_id, meter_id, before_id, now_id, usage_milli)
