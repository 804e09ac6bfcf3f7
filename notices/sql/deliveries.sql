-- One way of delivery for many notices; what it counts for was decided per notice.
INSERT INTO notices_delivery (
    tenant_id, notice_id, method, result, "on", handed_over_by, receiver, receiver_name, relation, waybill,
    agreed_address, note, photo_id, signature_id, delivered, opens_gates, interrupts, recorded_by_id, recorded_at)
SELECT %(tenant_id)s, d.notice_id, %(method)s, %(result)s, %(on)s, %(handed_over_by)s, %(receiver)s,
       %(receiver_name)s, %(relation)s, %(waybill)s, %(agreed_address)s, %(note)s, %(photo_id)s, %(signature_id)s,
       d.delivered, d.opens_gates, d.interrupts, %(user_id)s, clock_timestamp()
  FROM unnest(%(ids)s::bigint[], %(delivered)s::boolean[], %(opens_gates)s::boolean[],
              %(interrupts)s::boolean[])
       AS d (notice_id, delivered, opens_gates, interrupts)
RETURNING id
