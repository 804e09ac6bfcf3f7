-- Whether somebody asked for a waiver that stands for one of these charges, or decided on it.
SELECT EXISTS (
  SELECT FROM charges_waiverline l
    JOIN charges_waiver w ON w.tenant_id = %(tenant_id)s AND w.id = l.waiver_id
    LEFT JOIN people_approval d ON d.tenant_id = %(tenant_id)s AND d.id = w.approval_id
   WHERE l.tenant_id = %(tenant_id)s AND l.charge_id = ANY (%(charge_ids)s::bigint[])
     AND w.state IN ('OFFERED', 'GRANTED') AND %(by_id)s IN (w.asked_by_id, d.decided_by_id))
