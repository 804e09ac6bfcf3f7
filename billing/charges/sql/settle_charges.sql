-- What charges look like after money moved; each row was locked and decided before.
UPDATE charges_charge c
   SET settled_fen = now.settled_fen, waived_fen = now.waived_fen,
       late_fee_settled = now.late_fee_settled, late_fee_from = now.late_fee_from,
       late_fee_paid_fen = now.late_fee_paid_fen, late_fee_waived_fen = now.late_fee_waived_fen
  FROM unnest(%(ids)s::bigint[], %(settled_fen)s::bigint[], %(waived_fen)s::bigint[],
              %(late_fee_settled)s::numeric[], %(late_fee_from)s::date[],
              %(late_fee_paid_fen)s::bigint[], %(late_fee_waived_fen)s::bigint[])
    AS now (id, settled_fen, waived_fen, late_fee_settled, late_fee_from, late_fee_paid_fen, late_fee_waived_fen)
 WHERE c.tenant_id = %(tenant_id)s AND c.id = now.id
