-- Each of them was signed for.
INSERT INTO notices_delivery (
    tenant_id, notice_id, method, result, "on", handed_over_by, receiver, receiver_name, relation, waybill,
    agreed_address, note, delivered, opens_gates, interrupts, recorded_at)
SELECT %(tenant_id)s, n.id, 'EMS', 'SIGNED', n.delivered_on, '', 'OWNER', '', '', 'EZ1', false, '', true, true, true, now()
  FROM notices_notice n WHERE n.tenant_id = %(tenant_id)s AND n.kind = 'DEMAND'
