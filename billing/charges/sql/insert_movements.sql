-- What charges were lowered by on a value date.
INSERT INTO charges_movement (tenant_id, charge_id, "on", principal_fen, late_fee_fen, is_waived, created_at)
SELECT %(tenant_id)s, moved.charge_id, %(on)s, moved.principal_fen, moved.late_fee_fen, %(is_waived)s, now()
  FROM unnest(%(charge_ids)s::bigint[], %(principal_fen)s::bigint[], %(late_fee_fen)s::bigint[])
    AS moved (charge_id, principal_fen, late_fee_fen)
